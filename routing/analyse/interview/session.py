"""The interview: one question at a time, until nothing that is unknown can change the answer.

    >>> interview = Interview(router, as_of=date(2026, 11, 24))
    >>> interview.next_question().asks
    'What is sought?'

It is derived from the rules; no order of questions is written by hand but the first four. Who does not know what
is sought is asked for what tells the measures apart, and then to choose from those that are left.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

import yaml

from routing.analyse.interview.matching_measures import telling
from routing.analyse.interview.most_informative import next_fact
from routing.analyse.interview.open_facts import Topics, asked_as, may_ask, open_facts
from routing.analyse.whatif.changed_case import case_data
from routing.case.facts import facts_for
from routing.case.model import Case, Need
from routing.core.conditions import AtomRef, Condition, leaf_tests
from routing.core.domain import UNKNOWN
from routing.core.errors import CaseProblems, Problem, one_of
from routing.core.records import Record
from routing.evaluate.batch import BatchEvaluator, places
from routing.evaluate.reference import Reference
from routing.phrasing.of_facts import provisions, tie_name
from routing.plan.model import Assumption, Plan
from routing.plan.questions import STATES, answers_of, label
from routing.rulebook.measures_meant import measures_meant
from routing.rulebook.parse.conditions import TIE, TIE_VALUES

if TYPE_CHECKING:
    from routing.api import Router

KINDS = {
    "request": "we ask another State",
    "answer": "another State asks us",
    "share": "we give without being asked",
    "use": "we want to use material that we hold",
}
WRITTEN = ("title", "state", "as_of", "assume", "needs")  # the keys of a case that are not facts
FIRST = ("measure", "kind", "state", "with")


class Option(Record):
    """An allowed answer, what it means, and the main step it would lead to, where that is known."""

    value: str
    means: str = ""
    leads_to: str = ""


class Question(Record):
    """One plain question. type: choice, many, number, date, state. why: the rules and bases that wait for it."""

    fact: str
    need: str
    asks: str
    type: str
    options: tuple[Option, ...]
    why: tuple[str, ...] = ()
    means: str = ""
    unit: str = ""


class Interview:
    """An interview over a router. as_of: the day the answer is for; else the case's own, else today's date is needed."""

    def __init__(self, router: Router, case: Case | None = None, as_of: date | None = None) -> None:
        day = as_of or (case.as_of if case else None)
        if day is None:
            raise CaseProblems(
                [Problem("no day is given to answer for", fix="pass as_of, or give the case its `as_of`")]
            )
        self.router = router
        self.day = day
        self._topics = _topics(router)
        self._data: dict[str, Any] = case_data(case) if case else {"needs": [{"id": "need-1"}]}
        self._data.setdefault("as_of", day.isoformat())
        self._given_up: frozenset[str] = (
            frozenset()
        )  # needs of which it is not known what is sought, whatever is asked
        self._past: list[tuple[dict[str, Any], frozenset[str]]] = []
        if case is not None:
            # A case says what it says: States that it leaves open are not asked for again.
            self._data.setdefault("state", UNKNOWN)
            for need in self._data["needs"]:
                need.setdefault("with", UNKNOWN)

    @classmethod
    def resumed(cls, router: Router, data: Mapping[str, Any], as_of: date) -> Interview:
        """An interview that goes on from a case file, which may be unfinished: what it leaves out is asked for."""
        interview = cls(router, as_of=as_of)
        interview._data = {**copy.deepcopy(dict(data)), "as_of": as_of.isoformat()}
        listed = interview._data.get("needs") or [{}]
        if not isinstance(listed, list) or not all(isinstance(need, Mapping) for need in listed):
            said = "each need under `needs` is a block of `key: value` lines"
            raise CaseProblems([Problem(said, fix="begin each with `- measure: ...` or `- id: ...`")])
        needs = [dict(need) for need in listed]
        for number, need in enumerate(needs, 1):
            need.setdefault("id", f"need-{number}")
            need.setdefault("kind", "request") if "measure" in need else None
            for name in ("measure", "kind"):
                if need.get(name) == UNKNOWN:
                    del need[name]
        interview._data["needs"] = needs
        interview._read()
        return interview

    def without_plan(self) -> str:
        """Why there can be no plan yet, in words; empty when there can be one."""
        for name, asks in (("measure", "what is sought"), ("kind", "who asks whom")):
            if any(need.get(name, UNKNOWN) == UNKNOWN for need in self._data["needs"]):
                return f"it is not known {asks}"
        return ""

    def may_be_meant(self, need: str) -> tuple[str, ...]:
        """The measures for which what was said of a need so far is usual."""
        return measures_meant(self.router.rulebook, self._said(need))

    @property
    def case(self) -> Case | None:
        """The case so far; None before it is known what is sought and who asks whom."""
        if self.without_plan():
            return None
        return self._read()

    def _read(self) -> Case:
        """The answers as a case, where some measure and kind stand in for those that are not known."""
        some = {"measure": next(iter(self.router.rulebook.measures)), "kind": "request"}
        needs = [
            {**need, **{name: word for name, word in some.items() if need.get(name, UNKNOWN) == UNKNOWN}}
            for need in self._data["needs"]
        ]
        return self.router.read({**self._data, "needs": needs}, "answers")

    def plan(self) -> Plan:
        """The plan so far. Raises CaseProblems while there can be none."""
        case = self.case
        if case is None:
            raise CaseProblems([Problem(f"there is no plan: {self.without_plan()}", fix="answer that first")])
        return self.router.route(case, self.day)

    def next_question(self) -> Question | None:
        """The question that settles most of what is open; None when nothing that is unknown matters any more."""
        for need in self._data["needs"]:
            for name in FIRST:
                if name not in (self._data if name == "state" else need):
                    return self._opening(name, need["id"])
        for need in self._data["needs"]:
            if need["measure"] == UNKNOWN and (narrower := self._narrower(need["id"])):
                return narrower
        case = self.case
        if case is None:
            return None
        questions = (self._of_need(case, need) for need in case.needs)
        return next((question for question in questions if question is not None), None)

    def answer(self, fact: str, value: object, need: str | None = None) -> None:
        """Take an answer. `unknown` is always allowed; an earlier answer is replaced.

        Raises CaseProblems, and takes nothing, where the value is not one.
        """
        before = copy.deepcopy(self._data), self._given_up
        try:
            self._put(fact, value, need)
            self._read()  # which finds what is not a value
        except CaseProblems:
            self._data, self._given_up = before
            raise
        self._past.append(before)

    def back(self) -> bool:
        """Take the last answer back; False when there is none."""
        if not self._past:
            return False
        self._data, self._given_up = self._past.pop()
        return True

    def presumptions(self) -> tuple[Assumption, ...]:
        """What the plan takes as given and the person may want to correct."""
        return tuple(item for item in self.plan().assumptions if item.origin == "presumed")

    def data(self) -> dict[str, Any]:
        """The case so far as a case file would say it, the needs at its end."""
        data = copy.deepcopy(self._data)
        order = [
            *("title", "state", "as_of"),
            *(name for name in data if name not in WRITTEN),
            "assume",
            "needs",
        ]
        return {name: data[name] for name in order if name in data}

    def file_text(self) -> str:
        """The case so far as a case file, to be routed or taken up again."""
        return yaml.safe_dump(self.data(), sort_keys=False, allow_unicode=True, width=110)

    def _put(self, fact: str, value: object, need_id: str | None) -> None:
        need = next((n for n in self._data["needs"] if need_id in (None, n["id"])), None)
        if need is None:
            raise CaseProblems([Problem(f"`{need_id}` is not a need of this case")])
        unknown = isinstance(value, str) and value.strip().lower() in (UNKNOWN, "?", "")
        if fact in FIRST:
            where = self._data if fact == "state" else need
            if fact == "measure" and unknown and need.get(fact) == UNKNOWN:
                self._given_up |= {need["id"]}
            where[fact] = UNKNOWN if unknown else self._code(value) if fact in ("state", "with") else value
        elif fact.startswith(TIE):
            self._data.setdefault("assume", {}).setdefault("ties", {})[fact.removeprefix(TIE)] = (
                UNKNOWN if unknown else value
            )
        else:
            known = self.router.rulebook.facts.get(fact)
            if known is None or known.derived:
                told = [item.id for item in self.router.rulebook.facts.values() if not item.derived]
                raise CaseProblems(
                    [Problem(f"`{fact}` is not a fact that can be told", fix=one_of(fact, told, 8))]
                )
            (self._data if known.of == "case" else need)[fact] = UNKNOWN if unknown else value

    def _code(self, written: object) -> object:
        """The code of a State written by its full name; anything else as it is."""
        named = (
            place.alpha3
            for place in self.router.law.states
            if place.name.casefold() == str(written).strip().casefold()
        )
        return next(named, written)

    def _opening(self, name: str, need: str) -> Question:
        rulebook = self.router.rulebook
        if name == "measure":
            return Question(
                name,
                need,
                "What is sought?",
                "choice",
                tuple(Option(m.id, m.name) for m in rulebook.measures.values()),
            )
        if name == "kind":
            return Question(
                name,
                need,
                "Who asks whom?",
                "choice",
                tuple(Option(kind, means) for kind, means in KINDS.items()),
            )
        return Question(
            name,
            need,
            STATES[name],
            "state",
            (Option("a State", "its name or its two- or three-letter code"),),
        )

    def _said(self, need_id: str) -> dict[str, object]:
        need = next(need for need in self._data["needs"] if need["id"] == need_id)
        return {
            name: value
            for name, value in {**self._data, **need}.items()
            if name in self.router.rulebook.facts
        }

    def _narrower(self, need: str) -> Question | None:
        """What tells the measures apart that may be meant, and in the end the choice between them."""
        if need in self._given_up:
            return None
        rulebook, left = self.router.rulebook, self.may_be_meant(need)
        fact = telling(rulebook, self._said(need))
        if fact is None:
            options = tuple(Option(measure, rulebook.measures[measure].name) for measure in left)
            return Question("measure", need, "Which of these is sought?", "choice", options)
        options = tuple(Option(value, means) for value, means in fact.values.items())
        why = (f"what is sought, for which {len(left)} measures are left",)
        return Question(fact.id, need, fact.asks, fact.type, options, why, fact.means or "", fact.unit or "")

    def _of_need(self, case: Case, need: Need) -> Question | None:
        rulebook = self.router.rulebook
        facts = facts_for(case, need, rulebook, self.router.law, self.day)
        reference = Reference(rulebook.heads, facts)
        targets = [
            atom for atom in self._topics.targets(need.measure) if reference.atom(atom) == (False, True)
        ]
        if not targets:
            return None
        names = [
            name for name in open_facts(reference, targets) if may_ask(rulebook, name, case, need, facts)
        ]
        name = next_fact(self._topics, facts, targets, names) if names else None
        return self._question(name, need, reference, targets) if name else None

    def _question(self, name: str, need: Need, reference: Reference, targets: list[str]) -> Question:
        rulebook = self.router.rulebook
        why = self._why(name, reference)
        if name.startswith(TIE):
            asks = f"Does {rulebook.instruments[name.removeprefix(TIE)].name} bind the two States?"
            means = {
                "in_force": "yes, it is in force between them",
                "signed": "signed, not in force",
                "none": "no",
            }
            options = tuple(
                Option(status, means[status], leads)
                for status, leads in self._leads(name, need, reference, TIE_VALUES).items()
            )
            return Question(name, need.id, asks, "choice", options, why, tie_name(rulebook, name))
        asked = rulebook.facts[asked_as(rulebook, name)]
        options = ()
        if asked.type in ("choice", "many"):
            leads = self._leads(name, need, reference, tuple(asked.values))
            options = tuple(
                Option(value, means, leads.get(value, "")) for value, means in asked.values.items()
            )
        return Question(
            asked.id, need.id, asked.asks, asked.type, options, why, asked.means or "", asked.unit or ""
        )

    def _leads(self, name: str, need: Need, reference: Reference, values: tuple[str, ...]) -> dict[str, str]:
        """The main step that each answer leads to, where it settles it."""
        given = [{name: value} for value in answers_of(self.router.rulebook, name) if label(value) in values]
        variants = BatchEvaluator.of(reference.heads, reference.facts, given)
        found = {label(change[name]): "" for change in given}
        for way in (*self.router.rulebook.measures[need.measure].ways, self.router.rulebook.last_resort):
            for place in places(variants.atom(f"primary:{way}")[0]):
                found[label(given[place][name])] = self.router.rulebook.pathways[way].name
        return found

    def _why(self, name: str, reference: Reference) -> tuple[str, ...]:
        """The rules and legal bases that wait for a fact, with their provisions."""
        rulebook, found = self.router.rulebook, {}
        for rule in rulebook.rules:
            if (
                rule.form != "never"
                and name in _facts_in(rule.when)
                and reference.atom(f"fired:{rule.id}") == (False, True)
            ):
                found[rule.parent] = (
                    f"{rule.says.rstrip('.')} ({'; '.join(provisions(rulebook, rule.basis[:2]))})"
                    if rule.basis
                    else rule.says
                )
        for route in rulebook.routes.values():
            if name in _facts_in(route.opens) and reference.truth(route.opens) == (False, True):
                found[route.id] = (
                    f"{rulebook.pathways[route.pathway].name}: {route.says.rstrip('.')} ({'; '.join(provisions(rulebook, route.lead[:1]))})"
                )
        return tuple(found.values())[:3]


def _facts_in(condition: Condition) -> set[str]:
    return {leaf.fact for leaf in leaf_tests(condition) if not isinstance(leaf, AtomRef)}


_kept: dict[int, tuple[Router, Topics]] = {}


def _topics(router: Router) -> Topics:
    key = id(router)
    if key not in _kept or _kept[key][0] is not router:
        _kept[key] = (router, Topics(router.rulebook))
    return _kept[key][1]
