"""What was answered in an interview: taken in anybody's words, kept in those of the rules, and taken back."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Self

import yaml

from routing.analyse.interview import opening
from routing.analyse.interview.opening import DANGER, GROUP, KEEP, MORE, PARTS
from routing.analyse.whatif.changed_case import case_data
from routing.case.doubt import says_unknown
from routing.case.model import Case
from routing.core.domain import NO, UNKNOWN, YES, Measure
from routing.core.errors import CaseProblems, one_of, quoted
from routing.rulebook.measures_meant import offered
from routing.rulebook.parse.conditions import TIE

if TYPE_CHECKING:
    from routing.opened import Router

WRITTEN = ("title", "state", "as_of", "assume", "needs")  # the keys of a case that are not facts
ALL = frozenset({DANGER, MORE})
COUNTED = ("first", "second", "third", "fourth", "fifth", "sixth")


def _missing(need: Mapping[str, Any]) -> str:
    """What must be known of a need before there can be a plan for it, in words; empty where it is."""
    if need.get("measure", UNKNOWN) == UNKNOWN:
        return "it is not known what is sought"
    return "" if need.get("kind", UNKNOWN) != UNKNOWN else "it is not known who asks whom"


class Answers:
    """The answers so far. as_of: the day the answer is for; else the case's own, else today's date is needed.

    notes: what was read in the last answer otherwise than it was written.
    """

    def __init__(self, router: Router, case: Case | None = None, as_of: date | None = None) -> None:
        day = as_of or (case.as_of if case else None)
        if day is None:
            raise CaseProblems.of(
                "no day is given to answer for", fix="pass as_of, or give the case its `as_of`"
            )
        self.router = router
        self.day = day
        self.notes: tuple[str, ...] = ()
        self._remarks: tuple[str, ...] = ()
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
    def resumed(cls, router: Router, data: Mapping[str, Any], as_of: date) -> Self:
        """An interview that goes on from a case file, which may be unfinished: what it leaves out is asked
        for."""
        interview = cls(router, as_of=as_of)
        interview._data = {**copy.deepcopy(dict(data)), "as_of": as_of.isoformat()}
        listed = interview._data.get("needs") or [{}]
        if not isinstance(listed, list) or not all(isinstance(need, Mapping) for need in listed):
            message = "each need under `needs` is a block of `key: value` lines"
            raise CaseProblems.of(message, fix="begin each with `- measure: ...` or `- id: ...`")
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
        """Why there can be no plan yet, in words; empty when of some need it is known what is sought and who
        asks whom."""
        missing = [_missing(need) for need in self._data["needs"]]
        return missing[0] if all(missing) else ""

    def left_out(self) -> tuple[str, ...]:
        """The needs that the plan leaves out, each with what is not known of it, in words."""
        if self.without_plan():
            return ()
        return tuple(
            f"{self._counted(need['id'])}: {missing}"
            for need in self._data["needs"]
            if (missing := _missing(need))
        )

    @property
    def case(self) -> Case | None:
        """The case so far, without the needs of which it is not known what is sought or who asks whom; None
        where there are no others."""
        if self.without_plan():
            return None
        return self._read([need for need in self._data["needs"] if not _missing(need)])

    def _counted(self, need: str) -> str:
        """A need of which nothing is known yet, by its place among the others."""
        place = [each["id"] for each in self._data["needs"]].index(need)
        return f"the {COUNTED[place]} thing needed" if place < len(COUNTED) else "a further thing needed"

    def _read(self, needs: list[dict[str, Any]] | None = None) -> Case:
        """The answers as a case, where some measure and kind stand in for those that are not known."""
        some = {"measure": next(iter(self.router.rulebook.measures)), "kind": "request"}
        listed = [
            {**need, **{name: word for name, word in some.items() if need.get(name, UNKNOWN) == UNKNOWN}}
            for need in (self._data["needs"] if needs is None else needs)
        ]
        return self.router.read({**self._data, "needs": listed}, "answers")

    def answer(self, fact: str, value: object, need: str | None = None) -> None:
        """Take an answer. `unknown` is always allowed; an earlier answer is replaced.

        Raises CaseProblems, and takes nothing, where the value is not one.
        """
        before = (copy.deepcopy(self._data), dict(self._groups), self._done)
        self._remarks = ()
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

    def _put(self, fact: str, value: object, need_id: str | None) -> None:
        need = next((n for n in self._data["needs"] if need_id in (None, n["id"])), None)
        if need is None:
            raise CaseProblems.of(f"{quoted(str(need_id))} is not a need of this case")
        unknown = isinstance(value, str) and says_unknown(value)
        if fact == DANGER:
            self._done |= {DANGER}
            words = value if isinstance(value, (list, tuple)) else [UNKNOWN if unknown else str(value)]
            stated, self._remarks = opening.dangers_meant(self.router.rulebook, map(str, words))
            self._data.update(stated)
        elif fact in (GROUP, MORE):
            self._put_group(fact, UNKNOWN if unknown else str(value), need)
        elif fact == KEEP:
            self._done |= {f"{KEEP}:{need['id']}"}
            if str(value).strip().lower() in (YES, "y", "true"):
                saving = self._saved_by(need)
                assert saving is not None  # it is asked only where there is one
                self._add_need(need, measure=saving.id, partner=need["with"])
            elif not unknown and str(value).strip().lower() not in (NO, "n", "false"):
                raise CaseProblems.of(f"`{value}` is neither yes nor no")
        elif fact in PARTS:
            self._put_part(fact, UNKNOWN if unknown else value, need)
        elif fact.startswith(TIE):
            self._data.setdefault("assume", {}).setdefault("ties", {})[fact.removeprefix(TIE)] = (
                UNKNOWN if unknown else value
            )
        else:
            entry = self.router.rulebook.facts.get(fact)
            if entry is None or entry.derived:
                names = [item.id for item in self.router.rulebook.facts.values() if not item.derived]
                raise CaseProblems.of(f"`{fact}` is not a fact that can be told", fix=one_of(fact, names, 8))
            answer = UNKNOWN if unknown else value
            (self._data if entry.of == "case" else need)[fact] = answer
            for sibling in self._data["needs"] if entry.of != "case" else ():
                shared = entry.of == "pair" or self._saves(sibling, need, fact)
                if shared and sibling.get("with") == need.get("with"):
                    sibling.setdefault(fact, answer)

    def _saves(self, saver: Mapping[str, Any], need: Mapping[str, Any], fact: str) -> bool:
        """Whether another need saves what this one asks for, so that a fact of this one is a fact of both."""
        measure = self.router.rulebook.measures.get(saver.get("measure", ""))
        return (
            measure is not None
            and need.get("measure") in measure.offered_with
            and fact not in measure.presumes
        )

    def _put_part(self, name: str, value: object, need: dict[str, Any]) -> None:
        if name == "measure" and value == UNKNOWN and need.get(name) == UNKNOWN:
            self._done |= {f"{GROUP}:{need['id']}"}  # nothing helps to tell what is needed
        if name in ("state", "with") and str(value).strip() in (NO, NO.capitalize()):
            message = f"`{value}` may be an answer or the code of a State"
            raise CaseProblems.of(message, fix="write the name of the State, or `unknown`")
        (self._data if name == "state" else need)[name] = value
        if name == "kind" and "measure" not in need and len(self._offered(need["id"])) == 1:
            need["measure"] = self._offered(need["id"])[0].id

    def _put_group(self, fact: str, words: str, need: dict[str, Any]) -> None:
        """A group, or what is needed in somebody's own words; at the end also that nothing more is needed."""
        if fact == MORE:
            if words.strip().lower() in (
                NO,
                "n",
                UNKNOWN,
                "nothing",
                "nothing else",
                "that is all",
                "all",
                "none",
            ):
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
        used = {need["id"] for need in self._data["needs"]}
        id = next(name for n in range(1, 1000) if (name := f"need-{n}") not in used)
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
                if "note" in need:  # which no question is about
                    entry["note"] = need["note"]
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
        self.notes = (*self._remarks, *notes)

    def _offered(self, need_id: str) -> tuple[Measure, ...]:
        need = next(need for need in self._data["needs"] if need["id"] == need_id)
        return offered(self.router.rulebook, need.get("kind"))

    def _saved_by(self, need: Mapping[str, Any]) -> Measure | None:
        """The measure that is offered beside what a need asks for and that no need asks of the same State
        yet."""
        if need.get("kind") != "request" or need.get("with", UNKNOWN) == UNKNOWN:
            return None
        asked = {(each.get("measure"), each.get("with")) for each in self._data["needs"]}
        return next(
            (
                measure
                for measure in self.router.rulebook.measures.values()
                if need.get("measure") in measure.offered_with and (measure.id, need["with"]) not in asked
            ),
            None,
        )

    def _stated(self, need_id: str) -> dict[str, object]:
        need = next(need for need in self._data["needs"] if need["id"] == need_id)
        return {
            name: value
            for name, value in {**self._data, **need}.items()
            if name in self.router.rulebook.facts
        }
