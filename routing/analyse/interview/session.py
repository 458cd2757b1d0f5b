"""The interview: one question at a time, until nothing that is unknown can change the answer.

    >>> interview = Interview(router, as_of=date(2026, 11, 24))
    >>> interview.next_question().asks
    'Is anybody in danger, or is something about to be lost?'

It is derived from the rules; no order of questions is written by hand but the opening. Who does not know what
is needed is asked for what tells the measures apart, and then to choose from those that are left.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

import yaml

from routing.analyse.interview import opening
from routing.analyse.interview.matching_measures import telling
from routing.analyse.interview.most_informative import next_fact
from routing.analyse.interview.open_facts import PRIMARY, Topics, askable, asked_as, asked_before
from routing.analyse.interview.opening import DANGER, GROUP, KEEP, MORE, PARTS
from routing.analyse.interview.question import Option, Question
from routing.analyse.interview.reasons import leads, reasons
from routing.analyse.whatif.changed_case import case_data
from routing.case.facts import facts_for
from routing.case.model import Case, Need
from routing.core.domain import NO, UNKNOWN, YES, Measure
from routing.core.errors import CaseProblems, Problem, one_of
from routing.core.records import replace
from routing.evaluate.reference import Reference
from routing.phrasing.of_facts import tie_name
from routing.plan.build import findings_of
from routing.plan.model import Assumption, Plan
from routing.plan.questions import ask
from routing.plan.shut_channels import ShutBy, shut_channels
from routing.rulebook.measures_meant import measures_meant, offered
from routing.rulebook.parse.conditions import TIE, TIE_VALUES

if TYPE_CHECKING:
    from routing.api import Router

WRITTEN = ("title", "state", "as_of", "assume", "needs")  # the keys of a case that are not facts
SLACK = 1  # by how much a measure may fit less than the best and still be offered
ALL = frozenset({DANGER, MORE})


class Interview:
    """An interview over a router. as_of: the day the answer is for; else the case's own, else today's date is
    needed.

    notes: what was read in the last answer otherwise than it was written.
    """

    def __init__(self, router: Router, case: Case | None = None, as_of: date | None = None) -> None:
        day = as_of or (case.as_of if case else None)
        if day is None:
            raise CaseProblems(
                [Problem("no day is given to answer for", fix="pass as_of, or give the case its `as_of`")]
            )
        self.router = router
        self.day = day
        self.notes: tuple[str, ...] = ()
        self._topics = _topics(router)
        self._data: dict[str, Any] = case_data(case) if case else {"needs": [{"id": "need-1"}]}
        self._data.setdefault("as_of", day.isoformat())
        # What no case file says: the group chosen for a need, and the questions of the opening that were
        # answered.
        self._groups: dict[str, str] = {}
        self._done: frozenset[str] = ALL if case is not None else frozenset()
        self._past: list[tuple[Any, ...]] = []
        if case is not None:
            # A case says what it says: States that it leaves open are not asked for again.
            self._done |= {f"{KEEP}:{need['id']}" for need in self._data["needs"]}
            self._data.setdefault("state", UNKNOWN)
            for need in self._data["needs"]:
                need.setdefault("with", UNKNOWN)

    @classmethod
    def resumed(cls, router: Router, data: Mapping[str, Any], as_of: date) -> Interview:
        """An interview that goes on from a case file, which may be unfinished: what it leaves out is asked
        for."""
        interview = cls(router, as_of=as_of)
        interview._data = {**copy.deepcopy(dict(data)), "as_of": as_of.isoformat()}
        listed = interview._data.get("needs") or [{}]
        if not isinstance(listed, list) or not all(isinstance(need, Mapping) for need in listed):
            said = "each need under `needs` is a block of `key: value` lines"
            raise CaseProblems([Problem(said, fix="begin each with `- measure: ...` or `- id: ...`")])
        needs = [
            {name: value for name, value in need.items() if value is not None or name == "kind"}
            for need in listed
        ]
        for number, need in enumerate(needs, 1):
            need.setdefault("id", f"need-{number}")
            need.setdefault("kind", "request") if "measure" in need else None
            for name in ("measure", "kind"):
                if name in need and need[name] in (UNKNOWN, None, ""):
                    del need[name]
        interview._data["needs"] = needs
        if all("measure" in need for need in needs):
            interview._done = ALL | {f"{KEEP}:{need['id']}" for need in needs}
        elif any(fact in interview._data for fact, _, _ in opening.dangers(router.rulebook)):
            interview._done = frozenset({DANGER})
        interview._settle()
        return interview

    @property
    def needs(self) -> tuple[Mapping[str, Any], ...]:
        """The needs so far; one that says `measure: unknown` waits for what tells the measures apart."""
        return tuple(self._data["needs"])

    def without_plan(self) -> str:
        """Why there can be no plan yet, in words; empty when there can be one."""
        for name, asks in (("measure", "what is sought"), ("kind", "who asks whom")):
            if any(need.get(name, UNKNOWN) == UNKNOWN for need in self._data["needs"]):
                return f"it is not known {asks}"
        return ""

    def may_be_meant(self, need: str) -> tuple[str, ...]:
        """The measures for which most of what was said of a need so far is usual."""
        return measures_meant(self.router.rulebook, self._said(need), SLACK, self._offered(need))

    @property
    def case(self) -> Case | None:
        """The case so far; None before it is known what is sought and who asks whom."""
        if self.without_plan():
            return None
        return self._read()

    def _read(self, needs: list[dict[str, Any]] | None = None) -> Case:
        """The answers as a case, where some measure and kind stand in for those that are not known."""
        some = {"measure": next(iter(self.router.rulebook.measures)), "kind": "request"}
        listed = [
            {**need, **{name: word for name, word in some.items() if need.get(name, UNKNOWN) == UNKNOWN}}
            for need in (self._data["needs"] if needs is None else needs)
        ]
        return self.router.read({**self._data, "needs": listed}, "answers")

    def plan(self) -> Plan:
        """The plan so far. Raises CaseProblems while there can be none."""
        case = self.case
        if case is None:
            raise CaseProblems([Problem(f"there is no plan: {self.without_plan()}", fix="answer that first")])
        return self.router.route(case, self.day)

    def next_question(self) -> Question | None:
        """The question that settles most of what is open; None when nothing that is unknown matters any
        more."""
        asked = self._next()
        return asked and replace(asked, about=self._about(asked))

    def _next(self) -> Question | None:
        opened = self._opening()
        if opened is not None:
            return opened
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
        before = (copy.deepcopy(self._data), dict(self._groups), self._done)
        try:
            self._put(fact, value, need)
            self._settle()
        except CaseProblems:
            self._data, self._groups, self._done = before
            raise
        self._past.append(before)

    def back(self) -> bool:
        """Take the last answer back; False when there is none."""
        if not self._past:
            return False
        self._data, self._groups, self._done = self._past.pop()
        return True

    def presumptions(self) -> tuple[Assumption, ...]:
        """What the plan assumes and the person may want to correct."""
        return tuple(item for item in self.plan().assumptions if item.origin == "presumed")

    def shut(self) -> tuple[ShutBy, ...]:
        """The presumptions that keep a channel out of the plan."""
        case = self.case
        if case is None:
            return ()
        found: dict[tuple[str, str], ShutBy] = {}
        for need in case.needs:
            findings, _, _ = findings_of(case, need, self.router.judge, self.router.law, self.day)
            for item in shut_channels(findings):
                found.setdefault((item.fact, item.value), item)
        return tuple(found.values())

    def question_of(self, fact: str) -> Question | None:
        """The question for a fact that nobody asked, as at the review; None where there is no such fact to
        tell."""
        known = self.router.rulebook.facts.get(fact)
        if known is None or not known.told:
            return None
        kind = str(self._data["needs"][0].get("kind", "request"))
        options = tuple(Option(value, means) for value, means in known.values.items())
        return Question(
            fact, "", known.question(kind), known.type, options, (), known.means or "", known.unit or ""
        )

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
        data = self.data()
        for need in data["needs"]:
            if need.get("measure") == UNKNOWN:
                del need["measure"]
            if need.get("kind") == UNKNOWN:
                need["kind"] = None  # left open, where `kind` left out would be a request
        return yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=110)

    # Answers

    def _put(self, fact: str, value: object, need_id: str | None) -> None:
        need = next((n for n in self._data["needs"] if need_id in (None, n["id"])), None)
        if need is None:
            raise CaseProblems([Problem(f"`{need_id}` is not a need of this case")])
        unknown = isinstance(value, str) and value.strip().lower() in (UNKNOWN, "?", "")
        if fact == DANGER:
            self._done |= {DANGER}
            words = value if isinstance(value, (list, tuple)) else [UNKNOWN if unknown else str(value)]
            self._data.update(opening.dangers_meant(self.router.rulebook, map(str, words)))
        elif fact in (GROUP, MORE):
            self._put_group(fact, UNKNOWN if unknown else str(value), need)
        elif fact == KEEP:
            self._done |= {f"{KEEP}:{need['id']}"}
            if str(value).strip().lower() in (YES, "y", "true"):
                self._add_need(need, measure=self._saved_by(need).id, partner=need["with"])  # type: ignore[union-attr]
            elif not unknown and str(value).strip().lower() not in (NO, "n", "false"):
                raise CaseProblems([Problem(f"`{value}` is neither yes nor no")])
        elif fact in PARTS:
            self._put_part(fact, UNKNOWN if unknown else value, need)
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
            said = UNKNOWN if unknown else value
            (self._data if known.of == "case" else need)[fact] = said
            for other in self._data["needs"] if known.of != "case" else ():
                shared = known.of == "pair" or self._saves(other, need, fact)
                if shared and other.get("with") == need.get("with"):
                    other.setdefault(fact, said)

    def _saves(self, other: Mapping[str, Any], need: Mapping[str, Any], fact: str) -> bool:
        """Whether another need saves what this one asks for, so that a fact of this one is a fact of both."""
        measure = self.router.rulebook.measures.get(other.get("measure", ""))
        return (
            measure is not None
            and need.get("measure") in measure.offered_with
            and fact not in measure.presumes
        )

    def _put_part(self, name: str, value: object, need: dict[str, Any]) -> None:
        if name == "measure" and value == UNKNOWN and need.get(name) == UNKNOWN:
            self._done |= {f"{GROUP}:{need['id']}"}  # nothing helps to tell what is needed
        if name in ("state", "with") and str(value).strip() in (NO, NO.capitalize()):
            said = f"`{value}` may be an answer or the code of a State"
            raise CaseProblems([Problem(said, fix="write the name of the State, or `unknown`")])
        (self._data if name == "state" else need)[name] = value
        if name == "kind" and "measure" not in need and len(self._offered(need["id"])) == 1:
            need["measure"] = self._offered(need["id"])[0].id

    def _put_group(self, fact: str, words: str, need: dict[str, Any]) -> None:
        """A group, or what is needed in somebody's own words; at the end also that nothing more is needed."""
        if fact == MORE:
            if words.strip().lower() in (NO, "n", UNKNOWN, "nothing", "that is all"):
                self._done |= {MORE}
                return
            need = self._add_need(need)
        named = opening.group_meant(words, opening.groups(self.router.rulebook, need.get("kind")))
        if named is not None:
            self._groups[need["id"]] = named
        else:
            need["measure"] = words

    def _add_need(
        self, like: Mapping[str, Any], measure: str | None = None, partner: object = None
    ) -> dict[str, Any]:
        taken = {need["id"] for need in self._data["needs"]}
        id = next(name for n in range(1, 1000) if (name := f"need-{n}") not in taken)
        given = {"id": id, "kind": like.get("kind"), "measure": measure, "with": partner}
        added = {name: value for name, value in given.items() if value is not None}
        self._data["needs"].append(added)
        return added

    def _settle(self) -> None:
        """Put every answer in the words of the rules, and each of several States or measures in a need of its
        own.

        Raises CaseProblems for what is no answer.
        """
        self._read()  # which tells everything that is wrong
        notes: dict[str, None] = {}
        needs: list[dict[str, Any]] = []
        for need in self._data["needs"]:
            case = self._read([need])
            notes |= dict.fromkeys(case.notes)
            for entry in case_data(case)["needs"]:
                for part in ("kind", "measure", "with"):
                    if need.get(part, UNKNOWN) == UNKNOWN:
                        entry.pop(part, None)
                        if part in need:
                            entry[part] = UNKNOWN
                needs.append(entry)
                if need["id"] != entry["id"] and need["id"] in self._groups:
                    self._groups[entry["id"]] = self._groups[need["id"]]
        read = case_data(self._read([{"id": "x"}]))
        for name, value in list(self._data.items()):
            if name in self.router.rulebook.facts or (name == "state" and value != UNKNOWN):
                self._data[name] = read.get(name, value)
        self._data["needs"] = needs
        self.notes = tuple(notes)

    # Questions

    def _about(self, asked: Question) -> str:
        """What of several needs a question is about; empty where it is about the case or there is one
        need."""
        fact = self.router.rulebook.facts.get(asked.fact)
        if (
            len(self._data["needs"]) < 2
            or asked.fact in (DANGER, MORE, "state")
            or (fact and fact.of == "case")
        ):
            return ""
        need = next(need for need in self._data["needs"] if need["id"] == asked.need)
        measure = self.router.rulebook.measures.get(need.get("measure", ""))
        partner = need.get("with", UNKNOWN)
        place = self.router.law.states.name(partner) if partner in self.router.law.states else ""
        return ", ".join(filter(None, (measure.name if measure else str(need["id"]), place)))

    def _opening(self) -> Question | None:
        rulebook = self.router.rulebook
        first = self._data["needs"][0]["id"]
        if DANGER not in self._done and (asked := opening.danger(rulebook, first)):
            return asked
        for need in self._data["needs"]:
            for name in PARTS:
                if name not in (self._data if name == "state" else need):
                    return self._part(name, need)
            saved = self._saved_by(need)
            if f"{KEEP}:{need['id']}" not in self._done and saved is not None:
                return opening.keep(need["id"], saved)
        if MORE not in self._done and not self.without_plan():
            last = self._data["needs"][-1]
            return opening.more(rulebook, last["id"], last.get("kind"))
        return None

    def _part(self, name: str, need: Mapping[str, Any]) -> Question:
        rulebook, id = self.router.rulebook, need["id"]
        if name == "kind":
            return opening.kind(id)
        if name == "measure":
            measures = self._offered(id)
            named = opening.groups(rulebook, need.get("kind"))
            if id in self._groups:
                return opening.measure(id, need.get("kind"), named[self._groups[id]])
            return (
                opening.measure(id, need.get("kind"), measures)
                if len(measures) <= opening.FEW or len(named) < 2
                else opening.group(rulebook, id, need.get("kind"))
            )
        codes = {str(other["with"]) for other in self._data["needs"] if other.get("with", UNKNOWN) != UNKNOWN}
        states = self.router.law.states
        again = {code: states.name(code) for code in sorted(codes) if name == "with" and code in states}
        return opening.state(name, id, again)

    def _offered(self, need_id: str) -> tuple[Measure, ...]:
        need = next(need for need in self._data["needs"] if need["id"] == need_id)
        return offered(self.router.rulebook, need.get("kind"))

    def _saved_by(self, need: Mapping[str, Any]) -> Measure | None:
        """The measure that is offered beside what a need asks for and that no need asks of the same State
        yet."""
        if need.get("kind") != "request" or need.get("with", UNKNOWN) == UNKNOWN:
            return None
        asked = {(other.get("measure"), other.get("with")) for other in self._data["needs"]}
        return next(
            (
                measure
                for measure in self.router.rulebook.measures.values()
                if need.get("measure") in measure.offered_with and (measure.id, need["with"]) not in asked
            ),
            None,
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
        if f"{GROUP}:{need}" in self._done:
            return None
        rulebook, left = self.router.rulebook, self.may_be_meant(need)
        kind = str(next(one for one in self._data["needs"] if one["id"] == need).get("kind", "request"))
        fact = telling(rulebook, self._said(need), left)
        if fact is None:
            return opening.measure(need, kind, (rulebook.measures[measure] for measure in left))
        options = tuple(Option(value, means) for value, means in fact.values.items())
        why = (f"what is needed: {len(left)} things are still possible",)
        return Question(
            fact.id, need, fact.question(kind), fact.type, options, why, fact.means or "", fact.unit or ""
        )

    def _of_need(self, case: Case, need: Need) -> Question | None:
        rulebook = self.router.rulebook
        facts = facts_for(case, need, rulebook, self.router.law, self.day)
        reference = Reference(rulebook.heads, facts)
        targets = [
            atom for atom in self._topics.targets(need.measure) if reference.atom(atom) == (False, True)
        ]
        if not targets:
            return None
        names = askable(rulebook, case, need, reference, targets)
        deciding = [atom for atom in targets if atom.startswith(PRIMARY)]
        name = next_fact(self._topics, facts, deciding, names) if names and deciding else None
        if name is None and names:
            name = next_fact(self._topics, facts, targets, names)
        if name is None:
            return None
        first = asked_before(rulebook, name, case, need, facts)
        return self._question(first or name, need, reference, targets, name)

    def _question(
        self, name: str, need: Need, reference: Reference, targets: list[str], waits: str
    ) -> Question:
        """The question for a fact. waits: the fact for which it is asked, where that is another."""
        rulebook = self.router.rulebook
        why = reasons(rulebook, waits, reference, targets)
        if name.startswith(TIE):
            asks = ask(rulebook, name)
            means = {
                "in_force": "yes, it is in force between them",
                "signed": "signed, not in force",
                "none": "no",
            }
            found = leads(rulebook, name, need.measure, reference, TIE_VALUES)
            options = tuple(Option(status, means[status], step) for status, step in found.items())
            return Question(name, need.id, asks, "choice", options, why, tie_name(rulebook, name))
        asked = rulebook.facts[asked_as(rulebook, name)]
        options = ()
        if asked.type in ("choice", "many"):
            found = leads(rulebook, name, need.measure, reference, tuple(asked.values))
            options = tuple(
                Option(value, means, found.get(value, "")) for value, means in asked.values.items()
            )
        return Question(
            asked.id,
            need.id,
            asked.question(need.kind),
            asked.type,
            options,
            why,
            asked.means or "",
            asked.unit or "",
        )


_kept: dict[int, tuple[Router, Topics]] = {}


def _topics(router: Router) -> Topics:
    key = id(router)
    if key not in _kept or _kept[key][0] is not router:
        _kept[key] = (router, Topics(router.rulebook))
    return _kept[key][1]
