"""Which needs share a step, and what comes before what."""

from __future__ import annotations

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

from routing.case.facts import Facts
from routing.core.conditions import Is
from routing.core.domain import DELIVER, YES, Pathway
from routing.core.grouping import grouped
from routing.plan.manner import manner
from routing.plan.need import DraftStep, NeedPlan

Key = tuple[str, str, str, str, str]
"""Pathway, State, kind of need, role, and what is done: needs share a step only where it is the same act."""


class Bundle:
    """Drafts of all needs that go to one authority by one pathway, and what comes before what."""

    def __init__(self, plans: tuple[NeedPlan, ...], by_role: bool) -> None:
        self.by_role = by_role
        self.plans = plans
        self.joint = _joint(plans)
        self.carried = _carried(plans)
        self.with_others: dict[Key, Key] = {}
        self._put_in_order()
        while self.ordered and (alike := self._alike()):
            self.with_others.update(alike)
            self._put_in_order()

    def _put_in_order(self) -> None:
        drafts = ((plan, draft) for plan in self.plans for draft in plan.drafts)
        self.groups = grouped((self.key(*pair), pair) for pair in drafts)
        self.order = {key: self._before(key) for key in self.groups}
        try:
            tuple(TopologicalSorter(self.order).static_order())
            self.ordered = True
        except CycleError:
            self.ordered = False

    def _alike(self) -> dict[Key, Key]:
        """The steps that are one contact: to one State by one channel, after the same steps, where they only
        prepare or where what is done is called alike and rests on the same."""
        contacts = grouped((self._contact(key), key) for key in self.groups)
        return {key: keys[0] for keys in contacts.values() for key in keys[1:]}

    def _contact(self, key: Key) -> tuple[Key, frozenset[Key]]:
        pathway, state, kind, role, _ = key
        plan, draft = self.groups[key][0]
        channel = plan.findings.rulebook.pathways[draft.pathway]
        act = (
            f"{_called(channel, plan.findings.facts)} {_law(plan, draft)}" if channel.role == DELIVER else ""
        )
        return (pathway, state, kind, role, act), frozenset(self.order[key])

    def cut_rings(self) -> None:
        """Drop one order in each ring that is left. The proofs of the rules show that there is none."""
        while True:
            try:
                tuple(TopologicalSorter(self.order).static_order())
                return
            except CycleError as error:
                later, earlier = max(zip(error.args[1][1:], error.args[1], strict=False))
                self.order[later].discard(earlier)

    def key(self, plan: NeedPlan, draft: DraftStep) -> Key:
        facts = plan.findings.facts
        pathway, kind = plan.findings.rulebook.pathways[draft.pathway], facts.need.kind
        joint = (draft.pathway, kind) in self.joint
        state = "" if joint else facts.partner or "?"
        whole = joint or (draft.pathway, state, kind) in self.carried
        act = "" if whole else _act(pathway, facts)
        key = (draft.pathway, state, kind, draft.role if self.by_role else "", act)
        while key in self.with_others:
            key = self.with_others[key]
        return key

    def _before(self, key: Key) -> set[Key]:
        own = {
            self.key(plan, earlier)
            for plan, draft in self.groups[key]
            for earlier in plan.drafts
            if earlier.pathway in draft.after
        }
        drawn = self.groups[key]
        beside = {first for pair in drawn for first in (*self._asked_beside(*pair), *self._followed(*pair))}
        return (own | beside) - {key}

    def _followed(self, plan: NeedPlan, draft: DraftStep) -> Iterator[Key]:
        """The main steps of needs that go before a step: before the main step, where its measure follows
        theirs; before one that shows what we know and does not start at once, where a person is not to notice
        them; before one of a need that names them as those it waits for."""
        facts, rulebook = plan.findings.facts, plan.findings.rulebook
        measure = rulebook.measures[facts.need.measure]
        follows = measure.follows if draft.pathway == plan.answer.primary.pathway else ()
        owed = {duty.code for duty in plan.duties if draft.pathway in rulebook.rule[duty.why].targets}
        shows = () if draft.urgency else owed
        quiet = {name for signal in rulebook.told_beside if signal.duty in shows for name in signal.by}
        waits = any(signal.named_in and signal.duty in owed for signal in rulebook.told_beside)
        awaited = facts.need.awaits if waits else ()
        if not (follows or quiet or awaited):
            return
        for earlier in self.plans:
            there = earlier.findings.facts
            of_one = there.partner == facts.partner and there.need.measure in follows
            alike = there.need.kind == facts.need.kind and (of_one or there.need.measure in quiet)
            if alike or there.need.id in awaited:
                main = earlier.answer.primary.pathway
                yield from (self.key(earlier, step) for step in earlier.drafts if step.pathway == main)

    def _asked_beside(self, plan: NeedPlan, draft: DraftStep) -> Iterator[Key]:
        """The steps of needs for the use of material that a rule of this need puts first, where what is asked
        for is that material: whoever gave it agrees before it goes on."""
        passing_on = plan.findings.rulebook.passed_on
        if passing_on is None or not plan.findings.facts.surely(Is(passing_on.owner_asked, frozenset({YES}))):
            return
        first = {
            way
            for rule in plan.findings.fired_rules("before")
            if draft.pathway in rule.over
            for way in rule.values
        }
        for using in self.plans:
            if using.findings.facts.need.kind == "use":
                yield from (self.key(using, step) for step in using.drafts if step.pathway in first)

    def together(self, key: Key) -> set[Key]:
        return {
            self.key(plan, mate)
            for plan, draft in self.groups[key]
            for mate in plan.drafts
            if mate.pathway in draft.together
        } - {key}


def _joint(plans: tuple[NeedPlan, ...]) -> set[tuple[str, str]]:
    """The pathways, by kind of need, that are one step with all States that the case names for them."""
    states: dict[tuple[str, str], set[str | None]] = {}
    for plan in plans:
        facts = plan.findings.facts
        for draft in plan.drafts:
            if plan.findings.rulebook.pathways[draft.pathway].card.get("one_for_all") == "yes":
                states.setdefault((draft.pathway, facts.need.kind), set()).add(facts.partner)
    return {key for key, named in states.items() if len(named) > 1 and None not in named}


def _act(pathway: Pathway, facts: Facts) -> str:
    """What is done, as far as it keeps steps apart. A call may put several questions; a request with other
    words is another request."""
    called = _called(pathway, facts)
    return called if pathway.informal else f"{called} {manner(pathway, facts).get('tells', '')}"


def _law(plan: NeedPlan, draft: DraftStep) -> str:
    """The treaty or law on which a step rests, whatever its article."""
    route = plan.findings.rulebook.routes.get(draft.route)
    return route.lead[0].partition(" ")[0] if route and route.lead else ""


def _called(pathway: Pathway, facts: Facts) -> str:
    return str(manner(pathway, facts).get("action", ""))


def _carried(plans: tuple[NeedPlan, ...]) -> set[tuple[str, str, str]]:
    """The pathways, by State and kind of need, that are one act for all needs, as it is for one of them."""
    carried = set()
    for plan in plans:
        facts = plan.findings.facts
        for draft in plan.drafts:
            how = manner(plan.findings.rulebook.pathways[draft.pathway], facts)
            if how.get("over_others") == "yes":
                carried.add((draft.pathway, facts.partner or "?", facts.need.kind))
    return carried
