"""From the state of a case to its interview, its plan and what can be shown of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from threading import RLock
from typing import Any

from routing.analyse.interview import Interview, Question
from routing.analyse.whatif.plan_diff import differences
from routing.core import answer_date
from routing.core.cached import cached_property
from routing.core.domain import UNKNOWN, Fact
from routing.core.limits import limited
from routing.core.printable import capital_first
from routing.core.records import Record
from routing.core.remembered import MadeOf
from routing.opened import Router, given_day, no_day
from routing.phrasing.of_plans import Wording
from routing.plan.model import Plan
from routing.plan.questions import STATES
from routing.plan.shut_channels import ShutBy
from routing.render.side_by_side import label_of, said_of
from routing.serve.store import CaseDraft

MOST_KEPT = 16
"""Of how many states of cases what follows from them is kept."""
TEXT = "text"
SERVING = "channels for what you need"
PARTNER = "with"
OTHER_STATE = Fact(PARTNER, STATES[PARTNER], "need", "state", {})
"""The other State of a need, which a case says beside its facts and a person may change like them."""


class FactRow(Record):
    """A fact of a case, with what it says now. stated: whether the case says it, else it is presumed."""

    need: str
    fact: Fact
    value: str
    stated: bool


class PlanChange(Record):
    """What two plans say differently. rules: ids of the rules that made the difference."""

    label: str
    need: str
    before: str
    after: str
    rules: tuple[tuple[str, str], ...]


class CaseState:
    """A state of a case, and what follows from it: each worked out once, as a state never changes.

    Raises CaseProblems where it is made, for answers that are none.
    """

    def __init__(self, cases: Cases, draft: CaseDraft) -> None:
        self.cases, self.draft = cases, draft
        self.interview = cases.interview(draft)

    @cached_property
    def plan(self) -> Plan | None:
        """The plan so far; None while there can be none."""
        return self.cases.plan(self.interview)

    @cached_property
    def question(self) -> Question | None:
        """What is asked next; None where nothing is."""
        return self.cases.question(self.interview)

    @cached_property
    def shut(self) -> Mapping[str, ShutBy]:
        """The presumptions that keep a channel shut, by their fact."""
        with self.cases.lock:
            return {item.fact: item for item in self.interview.shut()}


class Cases:
    """Interviews and plans over one router, one at a time: the engine under it is not shared by threads."""

    def __init__(self, router: Router) -> None:
        self.router = router
        self.lock = RLock()
        self.words = Wording(router)
        self._looked_at = MadeOf(MOST_KEPT, partial(CaseState, self))
        self.states = [(place.alpha3, router.law.states.name(place.alpha3)) for place in router.law.states]

    def state(self, draft: CaseDraft) -> CaseState:
        """What follows from a state of a case; of those looked at last it is kept. Raises CaseProblems."""
        with self.lock:
            return self._looked_at(draft)

    def interview(self, draft: CaseDraft) -> Interview:
        """The interview as it stands after every answer. Raises CaseProblems."""
        day = given_day(draft.day)
        if day is None:
            raise no_day()
        with self.lock, limited(self.router.limits):
            interview = (
                Interview.resumed(self.router, draft.file, day)
                if draft.file
                else Interview(self.router, as_of=day)
            )
            for answer in draft.answers:
                value = list(answer.value) if isinstance(answer.value, tuple) else answer.value
                interview.answer(answer.fact, value, answer.need or None)
        return interview

    def question(self, interview: Interview) -> Question | None:
        with self.lock, limited(self.router.limits):
            return interview.next_question()

    def plan(self, interview: Interview) -> Plan | None:
        """The plan so far; None while there can be none."""
        with self.lock, limited(self.router.limits):
            return None if interview.without_plan() else interview.plan()

    def changes(self, before: Plan, after: Plan) -> tuple[PlanChange, ...]:
        """What the second plan says otherwise, in words."""
        return tuple(
            PlanChange(
                label_of(item.what, self.words),
                item.need or "",
                said_of(item.what, item.before, self.words),
                said_of(item.what, item.after, self.words),
                tuple(
                    (rule, self.words.rulebook.rule[rule].says)
                    for rule in item.why
                    if rule in self.words.rulebook.rule
                ),
            )
            for item in differences(before, after)
        )

    def rows(self, interview: Interview, plan: Plan) -> Iterator[FactRow]:
        """Every fact that the case says, then what the plan presumes: each can be changed."""
        facts, data = self.router.rulebook.facts, interview.data()
        seen: set[tuple[str, str]] = set()
        for name, value in data.items():
            if name in facts:
                seen.add(("", name))
                yield FactRow("", facts[name], shown(value), True)
        for need in data["needs"]:
            yield FactRow(need["id"], OTHER_STATE, self.state_named(need.get(PARTNER)), True)
            for name, value in need.items():
                if name in facts:
                    seen.add((need["id"], name))
                    yield FactRow(need["id"], facts[name], shown(value), True)
        for item in plan.assumptions:
            if item.origin == "presumed" and item.fact in facts and facts[item.fact].statable:
                for id in item.needs or ("",):
                    key = ("" if facts[item.fact].of == "case" else id, item.fact)
                    if key not in seen and ("", item.fact) not in seen:
                        seen.add(key)
                        yield FactRow(key[0], facts[item.fact], item.value, False)

    def state_named(self, code: object) -> str:
        """A State as a form shows it: by its name."""
        return self.words.state(str(code)) if str(code) in self.router.law.states else UNKNOWN

    def asks(self, fact: str) -> str:
        """What is asked of a fact, or of a side of a need."""
        definition = self.router.rulebook.facts.get(fact)
        return definition.asks if definition else STATES.get(fact, fact)

    def called(self, plan: Plan) -> dict[str, str]:
        """Each need in its own words: what, and with which State."""
        return {need.id: self.words.need(need) for need in plan.needs}

    def heading(self, plan: Plan) -> str:
        """What a plan without a title is headed by: what is needed, and from whom."""
        first, *rest = dict.fromkeys(self.called(plan).values())
        further = f", and {len(rest)} more" if rest else ""
        return f"{capital_first(first)}{further}"

    def other_channels(self, plan: Plan) -> dict[str, dict[str, list[tuple[str, str]]]]:
        """For each need the channels that the plan does not use, in groups: those that were closed and those
        that serve such a need first, then the others by their family."""
        rulebook, used = self.router.rulebook, {step.pathway for step in plan.steps}
        others: dict[str, dict[str, list[tuple[str, str]]]] = {}
        for need in plan.needs:
            serving = dict.fromkeys(
                [item.pathway for item in plan.excluded if item.need == need.id]
                + [*rulebook.measures[need.measure].ways]
            )
            groups = others[need.id] = {SERVING: []}
            for id in dict.fromkeys([*serving, *rulebook.pathways]):
                if id in rulebook.pathways and id not in used:
                    pathway = rulebook.pathways[id]
                    group = SERVING if id in serving else rulebook.families[pathway.family]
                    groups.setdefault(group, []).append((id, pathway.name))
        return others

    def without_names(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """A case without its title, its own names of needs and whatever was written in free text."""
        facts = self.router.rulebook.facts
        free = {name for name, fact in facts.items() if fact.type == TEXT}
        kept = {name: value for name, value in data.items() if name not in free and name != "title"}
        kept["needs"] = [
            {**{name: value for name, value in need.items() if name not in free}, "id": f"need-{number}"}
            for number, need in enumerate(data["needs"], 1)
        ]
        return kept


def shown(value: object) -> str:
    """A value as a form shows it."""
    if isinstance(value, (list, tuple)):
        return ", ".join(map(str, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return UNKNOWN if value is None else str(value)


def today_written() -> str:
    return answer_date.today().isoformat()
