"""Where each duty, warning and limit of a plan is told: once, at the first step it belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import get_args

from routing.core import conclusion
from routing.core.conditions import AtomRef, leaf_tests
from routing.core.domain import DELIVER, Weight
from routing.core.kinds import NETWORK, TREATY
from routing.core.records import replace
from routing.law.bilateral import BILATERAL
from routing.law.standing import IN_FORCE
from routing.phrasing.of_plans import Wording, sentence
from routing.plan.last_seen import PAST_HORIZON
from routing.plan.model import CodedTerm, Exclusion, Plan, Step, Warned
from routing.render.page import Kind, Remark
from routing.rulebook.model import Rule

PLACED = conclusion.OF_CHANNELS - {conclusion.LEAD}
"""What of a rule's condition names a step."""


class Placement:
    """What a plan tells at each of its steps. many: whether it has several needs. number: of each step."""

    def __init__(self, plan: Plan, words: Wording) -> None:
        self.plan, self.words, self.rulebook = plan, words, words.rulebook
        self.many = len(plan.needs) > 1
        self.number = {step.id: place for place, step in enumerate(plan.steps, 1)}

    def placed(self) -> tuple[tuple[Remark, ...], Mapping[str, tuple[Remark, ...]]]:
        """Every limit, duty and warning at the first step it belongs to; what stops all stands apart."""
        stops: list[Remark] = []
        at: dict[str, list[Remark]] = {step.id: [] for step in self.plan.steps}
        limits: dict[str, tuple[CodedTerm, list[Step]]] = {}
        for step in self.plan.steps:
            for limit in step.limits:
                limits.setdefault(limit.code, (limit, []))[1].append(step)
        for limit, steps in limits.values():
            at[steps[0].id].append(self._remark("limit", limit, steps))
        for kind, items in (("duty", self.plan.obligations), ("", self.plan.warnings)):
            for item in items:
                if item.code == PAST_HORIZON:
                    continue  # said once, at the end of the page
                level: Kind = item.level if isinstance(item, Warned) else "duty"
                steps = self._steps_of(item, kind or "warn")
                remark = self._remark(level, item, steps)
                if level == "stop" or not steps:
                    stops.append(remark)
                else:
                    at[steps[0].id].append(remark)
        for step, note in self._not_last():
            number = self.number[step.id]
            told_before = any(
                item.says == note.says and number in item.also for listed in at.values() for item in listed
            )
            # That a basis does not serve is no news where the step says the same of the channel.
            told_here = any(note.says.endswith(item.says) and item.law == note.law for item in at[step.id])
            if not (told_before or told_here):
                at[step.id].append(note)
        rank = {weight: place for place, weight in enumerate(get_args(Weight))}
        order = {"stop": 0, "limit": 1, "caution": 2, "duty": 3, "note": 4}
        return (
            tuple(sorted(stops, key=lambda remark: order[remark.kind])),
            {
                step.id: tuple(
                    sorted(
                        self._with_what_is_conveyed(_said_once(at[step.id], step.needs)),
                        key=lambda remark: (rank[remark.weight], order[remark.kind]),
                    )
                )
                for step in self.plan.steps
            },
        )

    def _remark(self, kind: Kind, item: CodedTerm | Warned, steps: list[Step]) -> Remark:
        at_top = item.code in self.rulebook.page.get("said_at_top", ()) and any(
            need.first for need in self.plan.needs
        )
        here = set(steps[0].needs) if steps else set()
        return Remark(
            kind=kind,
            code=item.code,
            says=sentence(item.says),
            law=self.words.law_of(
                item.basis,
                item.standing,
                self.kinds(item.needs),
                self._apart(item.basis, item.needs or (steps[0].needs if steps else ())),
                item.unsettled,
            ),
            weight="routine" if at_top else self._weight(kind, item.code),
            needs=item.needs if self.many and (kind == "stop" or not here <= set(item.needs)) else (),
            also=tuple(self.number[step.id] for step in steps[1:]),
            why=item.why,
            views_differ=self.views_differ(item.why),
        )

    def _weight(self, kind: Kind, code: str) -> Weight:
        """How much it weighs on a short page: what stops or limits an act always so much, a note never."""
        if kind in ("stop", "limit"):
            return "limit"
        entry = self.rulebook.duties.get(code) or self.rulebook.warnings.get(code)
        return "routine" if kind == "note" or entry is None else entry.weight

    def _with_what_is_conveyed(self, listed: Iterable[Remark]) -> Iterator[Remark]:
        """What a step says. What another sentence of the step says more closely, of the same needs or more,
        waits for the full plan; a limit of the act never does."""
        remarks, codes = list(listed), self.rulebook.codes
        conveyed = [
            (code, set(remark.needs))
            for remark in remarks
            if remark.code in codes
            for code in codes[remark.code].conveys
        ]
        for remark in remarks:
            needs = set(remark.needs)
            closer = any(code == remark.code and (not of or (needs and needs <= of)) for code, of in conveyed)
            yield replace(remark, weight="routine") if closer and remark.weight != "limit" else remark

    def _apart(self, refs: Iterable[str], needs: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
        """The instruments behind what several needs are told that bind with some of their States alone, and
        those States. Nothing is known of it where a tie was stipulated."""
        of, own = set(needs), self.plan.state
        named = (need.partner for need in self.plan.needs if need.id in of)
        partners = tuple(dict.fromkeys(partner for partner in named if partner))
        if (
            own is None
            or len(partners) < 2
            or any(item.origin == "stipulated" for item in self.plan.assumptions)
        ):
            return {}
        law, day = self.words.law, self.plan.as_of
        bound = {
            instrument: tuple(
                state
                for state in partners
                if state != own and law.between(instrument, own, state, day).status == IN_FORCE
            )
            for instrument in {ref.partition(" ")[0] for ref in refs}
            if instrument in law.instruments
        }
        return {name: states for name, states in bound.items() if 0 < len(states) < len(partners)}

    def kinds(self, needs: Iterable[str]) -> frozenset[str]:
        """The kinds of some needs; of all where none is named."""
        of = set(needs)
        return frozenset(need.kind for need in self.plan.needs if not of or need.id in of)

    def _steps_of(self, item: CodedTerm | Warned, form: str) -> list[Step]:
        """The steps that a duty or warning is about: those its rules name, else those that go through the
        body whose rules it tells, else the main step of each of its needs."""
        rules = [
            rule
            for rule in self.rulebook.rows.get(_parent(item.why), ())
            if rule.form == form and item.code in rule.values
        ]
        named = {name for rule in rules for name in _pathways(rule)}
        needs = set(item.needs)
        concerned = [s for s in self.plan.steps if not needs or not needs.isdisjoint(s.needs)]
        steps = [step for step in concerned if step.pathway in named]
        if steps := steps or [step for step in concerned if self._through(step, item.basis)]:
            return steps
        main = {need.primary.pathway for need in self.plan.needs if not needs or need.id in needs}
        return [s for s in concerned if s.pathway in main and s.role == DELIVER] or concerned[-1:]

    def _through(self, step: Step, refs: Iterable[str]) -> bool:
        """Whether a step goes through the body whose own rules alone stand behind what is said."""
        bodies = {self._body(ref) for ref in refs}
        return bool(bodies) and bodies <= {self._body(item.provision) for item in step.basis} - {""}

    def _body(self, ref: str) -> str:
        """The body or network whose rules a provision belongs to; nothing for other law."""
        instrument = self.rulebook.instruments[ref.partition(" ")[0]]
        return (instrument.through or instrument.id) if instrument.kind == NETWORK else ""

    def _not_last(self) -> Iterator[tuple[Step, Remark]]:
        """What a channel of the plan cannot obtain, said at its step: it is not a reason against the step.

        Why it does not run on another basis is left to the full plan where the one it has is sure, and so is
        what it cannot obtain where a step of the plan surely does.
        """
        for item in self.plan.excluded:
            step = self.step_by(item)
            if step is not None and not self._warned_of(item):
                why = item.why[0] if item.why else ""
                of_a_basis = item.route is not None
                sure = step.certainty == "confirmed"
                obtained = any(
                    main.role == DELIVER and main.certainty == "confirmed" and item.need in main.needs
                    for main in self.plan.steps
                    if main.pathway != item.pathway
                )
                yield (
                    step,
                    Remark(
                        kind="caution",
                        code=f"not_last:{why or item.pathway}",
                        says=self._why_not_on(item) if of_a_basis else sentence(item.says),
                        law=self.words.law_of(
                            item.basis, "law", self.kinds((item.need,)), unsettled=item.unsettled
                        ),
                        weight="routine" if (of_a_basis and sure) or obtained else "usual",
                        needs=(item.need,) if self.many and set(step.needs) > {item.need} else (),
                        why=why,
                        views_differ=self.views_differ(why),
                    ),
                )

    def _warned_of(self, item: Exclusion) -> bool:
        """Whether a warning tells by the same provisions why a channel does not run on one basis."""
        return item.route is not None and any(
            item.basis and set(item.basis) <= set(warned.basis) and item.need in warned.needs
            for warned in self.plan.warnings
        )

    def _why_not_on(self, item: Exclusion) -> str:
        """Why a channel does not run on one basis; a treaty is named, as it may bind and not reach it."""
        route = self.rulebook.routes.get(item.route or "")
        lead = self.rulebook.instruments.get(route.lead[0].split(" ")[0]) if route else None
        if route is None or lead is None or route.kind != TREATY or lead.id == BILATERAL:
            return sentence(item.says)
        return f"{lead.short} does not serve here as things are. {sentence(item.says)}"

    def step_by(self, item: Exclusion) -> Step | None:
        """The step of the need that runs by an excluded channel."""
        return next((s for s in self.plan.steps if s.pathway == item.pathway and item.need in s.needs), None)

    def views_differ(self, rule: str) -> bool:
        """Whether a rule is contested."""
        entry = self.rulebook.rule.get(rule)
        return entry is not None and entry.standing == "contested"


def _parent(rule: str) -> str:
    """The rule that a row of its table belongs to."""
    head, _, row = rule.rpartition("/")
    return head if head and row.isdigit() else rule


def _pathways(rule: Rule) -> Iterator[str]:
    """The channels that a rule is about: those it acts on, else those its condition wants; not those without
    which it speaks."""
    named = rule.targets or tuple(
        conclusion.name_of(atom)
        for leaf in leaf_tests(rule.when, denied=False)
        if isinstance(leaf, AtomRef) and conclusion.kind_of(atom := leaf.atom) in PLACED
    )
    return (name.split("/")[0] for name in named)


def _said_once(listed: Iterable[Remark], needs: tuple[str, ...]) -> Iterator[Remark]:
    """What a step says, each sentence once, with every need of which it is said; none where that is all."""
    seen: dict[str, Remark] = {}
    for remark in listed:
        first = seen.get(remark.says)
        of = () if first is None or not first.needs or not remark.needs else (*first.needs, *remark.needs)
        seen[remark.says] = remark if first is None else replace(first, needs=tuple(dict.fromkeys(of)))
    for remark in seen.values():
        yield replace(remark, needs=()) if set(remark.needs) >= set(needs) else remark
