"""Treaties of two States: which of them there are, by kind of help.

The table is never complete: a pair that is not in it may have a treaty all the same, and nothing is said.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from typing import Literal, get_args

from routing.core.cached import cached_property
from routing.core.domain import NO, YES
from routing.core.errors import Problem, Problems, RulebookProblems
from routing.core.records import Record
from routing.core.snapshot import Location
from routing.law.confidence import CONFIDENCES, LOW
from routing.law.partial_dates import PartialDate, covers
from routing.law.standing import IN_FORCE, SIGNED
from routing.law.states import States
from routing.law.tables import (
    Line,
    check_source,
    check_word,
    day_of_checking,
    plainly_begun,
    read_date,
    read_rows,
    read_span,
    read_table,
)

BILATERAL = "bilateral"
"""The instrument under which rules cite a treaty of two States, and the name of this table as a register."""

FILE = "bilateral.csv"
HEAD = (
    "kind",
    "state",
    "other",
    "status",
    "signed",
    "in_force",
    "ended",
    "title",
    "source",
    "confidence",
    "checked",
    "note",
)
Kind = Literal["assistance", "extradition", "transfer"]
KINDS: tuple[str, ...] = get_args(Kind)
"""The kinds of help: evidence and other assistance, surrender, transfer of a sentenced person."""

KEY = 3
"""The first cells of a row, by which it is found: kind and the two States."""
Status = Literal["in_force", "signed", "ended", "suspended"]
STATUSES: tuple[Status, ...] = get_args(Status)
ENDED: Status = "ended"
SUSPENDED: Status = "suspended"


class BilateralTreaty(Record):
    """A treaty of two States on one kind of help.

    states: their codes, in alphabetical order. title: what it is on, without the States and the day.
    in_force: the first day; None where it is in force and since when is not held. checked: the day on which
    this was seen.
    """

    kind: str
    states: tuple[str, str]
    status: str
    signed: PartialDate | None
    in_force: PartialDate | None
    ended: PartialDate | None
    title: str
    source: str
    confidence: str
    checked: date
    note: str
    line: int

    @property
    def name(self) -> str:
        """How it is cited where both States are plain: `Treaty on extradition of 14 Sep 1999`."""
        return f"{self.title} of {self.signed.words()}" if self.signed else self.title

    def binds(self, on: date) -> bool | None:
        """Whether it binds the two States on a day; None where the table does not tell.

        What was in force when it was seen goes on being so. A signature says nothing of the days to come.
        """
        if self.status == SIGNED:
            return None
        until = self.ended if self.status in (ENDED, SUSPENDED) else None
        if until is None and self.status != IN_FORCE:
            return False if on >= self.checked else None
        return covers(self.in_force or self.signed, until, self.checked, on)


class OwnTreaty(Record):
    """A treaty of two States, and whether it binds them on the day that was asked for."""

    treaty: BilateralTreaty
    binds: bool

    @property
    def answer(self) -> str:
        """The value of a fact that asks for it: YES or NO."""
        return YES if self.binds else NO


class BilateralTreaties:
    """The table. A row is read when its pair is asked for, not before.

    Raises RulebookProblems for a file that is no table.
    """

    def __init__(self, path: Location) -> None:
        self.path = path
        self._lines: dict[tuple[str, ...], tuple[int, str]] = {}
        try:
            text = path.read_bytes().decode("utf-8-sig")
        except (OSError, UnicodeDecodeError):
            read_table(path, HEAD)  # tells what is wrong with the file
            raise
        for number, line in enumerate(text.splitlines(), 1):
            self._lines.setdefault(tuple(line.split(",", KEY)[:KEY]), (number, line))
        self._read: dict[tuple[str, ...], BilateralTreaty] = {}

    def of_pair(self, state: str, partner: str) -> tuple[BilateralTreaty, ...]:
        """What is held of two States, in the order of KINDS. Raises RulebookProblems for a faulty row."""
        pair = sorted((state, partner))
        return tuple(treaty for kind in KINDS if (treaty := self._row((kind, *pair))) is not None)

    def _row(self, key: tuple[str, ...]) -> BilateralTreaty | None:
        if key not in self._read:
            if key not in self._lines:
                return None
            number, line = self._lines[key]
            cells = tuple(cell.strip() for cell in next(csv.reader([line])))
            self._read[key] = _treaty((number, cells), str(self.path))
        return self._read[key]

    def between(self, kind: str, state: str, partner: str, on: date) -> OwnTreaty | None:
        """The treaty of a kind between two States and whether it binds them on a day; None where the table
        does not tell. A row of low confidence is a lead, and tells nothing."""
        treaty = self.lead(kind, state, partner)
        binds = treaty.binds(on) if treaty is not None and treaty.confidence != LOW else None
        return None if treaty is None or binds is None else OwnTreaty(treaty, binds)

    def lead(self, kind: str, state: str, partner: str) -> BilateralTreaty | None:
        """The treaty of a kind that two States have or signed, whether or not it is told that it binds."""
        return self._row((kind, *sorted((state, partner))))

    @cached_property
    def every(self) -> tuple[BilateralTreaty, ...]:
        """All of them, in the order of the file."""
        return read_rows(self.path, HEAD, _treaty)

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """The pairs of States of which something is held, each in the order of the codes."""
        return tuple(dict.fromkeys(treaty.states for treaty in self.every))

    def of_state(self, state: str, kind: str, on: date) -> tuple[str, ...]:
        """The States with which a State has a treaty of a kind that binds on a day, by their codes."""
        pairs = (pair for pair in self.pairs if state in pair)
        others = sorted(first if second == state else second for first, second in pairs)
        owned = ((partner, self.between(kind, state, partner, on)) for partner in others)
        return tuple(partner for partner, own in owned if own is not None and own.binds)

    def problems(self, states: States) -> Iterator[Problem]:
        """Everything wrong with the table."""
        file, first = str(self.path), dict[tuple[str, tuple[str, str]], int]()
        try:
            lines = read_table(self.path, HEAD)
        except Problems as faults:
            yield from faults.problems
            return
        yield from plainly_begun(self.path, KEY)
        for line in lines:
            try:
                treaty = _treaty(line, file)
            except Problems as faults:
                yield from faults.problems
                continue
            for code in treaty.states:
                if code not in states:
                    yield Problem(
                        f"`{code}` is not a code of a State",
                        file,
                        treaty.line,
                        states.suggest(code),
                        "table.state",
                    )
            earlier = first.setdefault((treaty.kind, treaty.states), treaty.line)
            if earlier != treaty.line:
                message = f"the same two States and the same kind stand on line {earlier}"
                yield Problem(message, file, treaty.line, "keep the treaty that governs now", "table.twice")


def _treaty(line: Line, file: str) -> BilateralTreaty:
    number, cells = line
    kind, state, partner, status, signed, in_force, ended, title, source, confidence, checked, note = cells
    problems: list[Problem] = []

    def wrong(id: str, message: str, fix: str) -> None:
        problems.append(Problem(message, file, number, fix, id))

    check_word(kind, KINDS, "kind of help", wrong)
    check_word(status, STATUSES, "status", wrong)
    check_word(confidence, CONFIDENCES, "degree of confidence", wrong)
    if state >= partner:
        wrong(
            "table.state",
            f"`{state}` stands before `{partner}`",
            "write two States, in the order of the alphabet",
        )
    if not title:
        wrong("table.cells", "the treaty has no title", "say in a few words what it is on")
    check_source(source, wrong)
    signing = read_date(signed, wrong)
    begin, end = read_span(in_force, ended, wrong)
    seen = date.min
    try:
        seen = day_of_checking(checked, file, number)
    except Problems as faults:
        problems += faults.problems
    if problems:
        raise RulebookProblems(problems)
    days = (signing, begin, end)
    return BilateralTreaty(
        kind, (state, partner), status, *days, title, source, confidence, seen, note, number
    )
