"""Cells of a flat table, read as a case file would be: each different word once, and with the rest of its row
where it may mean something else beside others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from routing.case.model import Case
from routing.core.answer_date import day_fault
from routing.core.domain import KINDS_OF_NEED
from routing.core.errors import CaseProblems, quoted
from routing.core.records import Record
from routing.evaluate.columnar.codes import Coding, ordinal
from routing.evaluate.columnar.law_tables import LawTables
from routing.evaluate.columnar.needs import via_code
from routing.opened import Router
from routing.rulebook.parse.conditions import TIE
from routing.rulebook.words import JOINED

SEPARATORS = re.compile(r"[,;|]")
MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})[T ][0-9:.,+Z -]*", re.ASCII)
SEVERAL = "{} stands for several needs (write a row for each)"
BAD = -(2**40)  # stands for a word that cannot be read, in columns of 64-bit numbers


class Cell(Record):
    """A word read by itself: its number, what is wrong with it, whether it means that beside any other word,
    and what it was read as where that is another word."""

    code: int
    wrong: str = ""
    alone: bool = True
    read_as: tuple[str, ...] = ()


class Together(Record):
    """Words of a row read with each other: the numbers of measure, kind, facts and days, and what was read as
    another word; or what is wrong."""

    measure: int = 0
    kind: int = 0
    facts: Mapping[str, int] = field(default_factory=dict)
    days: Mapping[str, int] = field(default_factory=dict)
    read_as: tuple[str, ...] = ()
    wrong: str = ""


@dataclass
class Cells:
    """Reads the words of tables for one rulebook. day: the day of rows that name none.

    bound: instruments told to bind both, by code - 1. crossed: by code, the answer and the places of the
    States.
    """

    router: Router
    tables: LawTables
    day: date | None = None
    bound: list[tuple[str, ...]] = field(default_factory=list)
    crossed: dict[int, tuple[int, tuple[int, ...]]] = field(default_factory=dict)
    _rows: dict[tuple[tuple[str, str], ...], Together] = field(default_factory=dict)

    def read(self, name: str, word: str, coding: Coding | None, silent: int) -> Cell:
        """The number for a word of a column."""
        if not word:
            return Cell(silent)
        fact = self.router.rulebook.facts.get(name)
        beside = name == "measure" or (fact is not None and fact.type not in ("text", "state", "instruments"))
        try:
            if name == "as_of":
                word = _bare_day(word)
                if day_fault(word) is None:
                    return Cell(ordinal(date.fromisoformat(word)))
            case = self.router.read(self._case_of(name, word))
            if name == "as_of":
                return Cell(ordinal(case.as_of or date.min), read_as=case.notes)
            need, *others = case.needs
            if others and name != "measure":
                return Cell(silent, SEVERAL.format(quoted(word)))
            beside_it = {*case.facts, *need.facts} - {name}
            if name == "kind":  # what its notes say may be of the measure that stands in
                return Cell(self._number(name, case, coding, silent), alone=word in KINDS_OF_NEED)
            more = beside and bool(case.notes or beside_it)
            return Cell(
                self._number(name, case, coding, silent), alone=not more, read_as=() if more else case.notes
            )
        except CaseProblems as error:
            return Cell(silent if silent != BAD else 0, _faults_in_words(error), alone=not beside)

    def together(self, words: tuple[tuple[str, str], ...]) -> Together:
        """What words of one row mean beside each other. words: columns with what stands there."""
        if words not in self._rows:
            self._rows[words] = self._together({name: word for name, word in words if word})
        return self._rows[words]

    def _together(self, words: dict[str, str]) -> Together:
        case: dict[str, object] = {}
        # A kind may have one measure; where the row names neither, its other words are read for their faults.
        first = next(iter(self.router.rulebook.measures))
        need: dict[str, object] = {} if "kind" in words else {"measure": first}
        for name, word in words.items():
            (need if self._of_need(name) else case)[name] = self._as_written(name, word)
        day = words.get("as_of", self.day.isoformat() if self.day else None)
        if day is not None:
            case["as_of"] = _bare_day(day)
        try:
            read = self.router.read({**case, "needs": [need]})
        except CaseProblems as error:
            return Together(wrong=_faults_in_words(error))
        need_read, *further = read.needs
        if further:
            return Together(wrong=SEVERAL.format(quoted(words.get("measure", ""))))
        stated = {**read.facts, **need_read.facts}
        codings = self.tables.codings
        return Together(
            list(self.router.rulebook.measures).index(need_read.measure),
            KINDS_OF_NEED.index(need_read.kind),
            {name: codings[name].of_stated(value) for name, value in stated.items() if name in codings},
            {name: ordinal(value) for name, value in stated.items() if isinstance(value, date)},
            read.notes,
        )

    def _case_of(self, name: str, word: str) -> dict[str, object]:
        """A case that says one thing."""
        need: dict[str, object] = {"measure": next(iter(self.router.rulebook.measures))}
        case: dict[str, object] = {"needs": [need]}
        if name.startswith(TIE):
            case["assume"] = {"ties": {name.removeprefix(TIE): word}}
        else:
            (need if self._of_need(name) else case)[name] = self._as_written(name, word)
        return case

    def _of_need(self, name: str) -> bool:
        fact = self.router.rulebook.facts.get(name)
        return name in ("measure", "kind", "with", "via") or (fact is not None and fact.of != "case")

    def _as_written(self, name: str, word: str) -> object:
        """A cell as a case file would say it: a list of the words where there may be several."""
        if name == "via":
            return _crossed(word)
        fact = self.router.rulebook.facts.get(name)
        if fact is None or fact.type not in ("many", "instruments"):
            return word
        whole = self.router.rulebook.words.whole
        parts = [word] if whole(name, word) else [part.strip() for part in SEPARATORS.split(word)]
        return [
            value
            for part in parts
            for value in ([part] if part in fact.values or whole(name, part) else JOINED.split(part))
            if value
        ]

    def _number(self, name: str, case: Case, coding: Coding | None, silent: int) -> int:
        need, rulebook = case.needs[0], self.router.rulebook
        if name == "measure":
            return list(rulebook.measures).index(need.measure)
        if name == "kind":
            return KINDS_OF_NEED.index(need.kind)
        if name in ("state", "with"):
            return self.tables.place.get((case.state if name == "state" else need.partner) or "", 0)
        if name == "via":
            # The place of the answer in the words of this column, so that the States crossed can be counted.
            code = (len(self.crossed) + 1) * 4 + via_code(need.via.values())
            self.crossed[code] = code % 4, tuple(self.tables.place.get(state, 0) for state in need.via)
            return code
        if name.startswith(TIE):
            assert coding is not None
            return coding.of_stated(case.assume.ties[name.removeprefix(TIE)])
        stated = {**case.facts, **need.facts}.get(name)
        if coding is not None:
            return coding.of_stated(stated)
        if isinstance(stated, tuple):
            self.bound.append(stated)
            return len(self.bound)
        return ordinal(stated) if isinstance(stated, date) else silent


def _bare_day(word: str) -> str:
    """A day without the hour that a table may add to it."""
    moment = MOMENT.fullmatch(word)
    return moment[1] if moment else word


def _faults_in_words(error: CaseProblems) -> str:
    return "; ".join(
        f"{problem.message}" + (f" ({problem.fix})" if problem.fix else "") for problem in error.problems
    )


def _crossed(word: str) -> dict[str, str]:
    states: dict[str, str] = {}
    for state, answer in _pairs(word):
        if state in states:
            raise CaseProblems.of(f"{quoted(state)} is crossed twice", fix="keep one of them")
        states[state] = answer
    return states


def _pairs(word: str) -> Iterator[tuple[str, str]]:
    """`FRA=yes; DEU=no` as pairs; a State with no answer stands for `unknown`."""
    for part in SEPARATORS.split(word):
        state, _, answer = part.replace(":", "=").partition("=")
        if state.strip():
            yield state.strip(), answer.strip() or "unknown"
