"""Membership: who is on the list of an instrument, since when, and from which source."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from routing.core.errors import Problem, RulebookProblems
from routing.core.grouping import grouped
from routing.core.records import Record
from routing.core.snapshot import Location
from routing.law.confidence import CONFIDENCES
from routing.law.partial_dates import PartialDate
from routing.law.states import States
from routing.law.tables import (
    Line,
    check_source,
    check_word,
    plainly_begun,
    read_date,
    read_span,
    read_table,
)

HEAD = ("state", "status", "since", "until", "since_basis", "source", "confidence", "checked", "note")
BOUND = frozenset({"party", "member", "participant"})
STATUSES = (*sorted(BOUND), "signatory", "suspended", "opted_out")
LISTED = (
    "listed"  # a basis of `since`: a list of that day shows the State, and says nothing of the days before
)


class MembershipRow(Record):
    """One State on one list, for one span of time.

    since: the first day; with the basis `listed` only the day from which this is known.
    checked: the day on which this was seen to be so. It dates a row without `since`,
    and a signature is known to be no more than that up to it.
    """

    state: str
    status: str
    since: PartialDate | None
    until: PartialDate | None
    since_basis: str
    source: str
    confidence: str
    checked: date
    note: str
    line: int

    @property
    def start(self) -> PartialDate | None:
        """The first day, where it is known."""
        return None if self.since_basis == LISTED else self.since

    @property
    def seen(self) -> date:
        """The earliest day on which this is known to have been so, for a row whose first day is not known."""
        return self.since.last if self.since_basis == LISTED and self.since else self.checked


class MembershipList:
    """The list of one instrument. Rows become typed when a State is asked for, not before."""

    def __init__(self, path: Location, lines: list[Line]) -> None:
        self.path = path
        self._lines = grouped((line[1][0], line) for line in lines)
        self._rows: dict[str, tuple[MembershipRow, ...]] = {}

    @classmethod
    def read(cls, path: Location) -> MembershipList:
        """The list in a file. Raises RulebookProblems for what is no such table."""
        return cls(path, read_table(path, HEAD))

    def __len__(self) -> int:
        return sum(len(lines) for lines in self._lines.values())

    @property
    def states(self) -> tuple[str, ...]:
        return tuple(self._lines)

    def rows(self, state: str) -> tuple[MembershipRow, ...]:
        """The rows of a State in the order of time. Raises RulebookProblems for a row that cannot be read."""
        if state not in self._rows:
            problems: list[Problem] = []
            rows = [row for line in self._of(state) if (row := _row(line, self.path, problems))]
            if problems:
                raise RulebookProblems(problems)
            self._rows[state] = tuple(sorted(rows, key=_begins))
        return self._rows[state]

    def _of(self, state: str) -> list[Line]:
        return self._lines.get(state, [])

    def problems(self, states: States) -> Iterator[Problem]:
        """Everything wrong with the list: codes, dates, sources, spans that overlap."""
        yield from plainly_begun(self.path, 1)
        for state, lines in self._lines.items():
            faults: list[Problem] = []
            rows = [row for line in lines if (row := _row(line, self.path, faults))]
            yield from faults
            if state not in states:
                yield Problem(
                    f"`{state}` is not a code of a State",
                    str(self.path),
                    lines[0][0],
                    states.suggest(state),
                    "table.state",
                )
            rows.sort(key=_begins)
            for earlier, later in pairwise(rows):
                if earlier.until is None or later.since is None or earlier.until.first >= later.since.last:
                    message = f"`{state}` is listed twice for the same time, first on line {earlier.line}"
                    yield Problem(
                        message,
                        str(self.path),
                        later.line,
                        "give the first an `until`, or keep one of them",
                        "table.twice",
                    )


class KeptList(MembershipList):
    """A list that was found right before: only the lines of the States asked for are read."""

    def __init__(self, path: Location) -> None:
        super().__init__(path, [])
        self._text = "\n" + path.read_bytes().decode("utf-8-sig")

    def __len__(self) -> int:
        return len(self._every_line())

    @property
    def states(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self._every_line()))

    def _every_line(self) -> list[str]:
        """The State of each line, for who asks for the list as a whole."""
        return [cells[0].strip() for cells in list(csv.reader(io.StringIO(self._text[1:])))[1:] if cells]

    def _of(self, state: str) -> list[Line]:
        lines: list[Line] = []
        start = self._text.find(f"\n{state},")
        while start >= 0:
            end = self._text.find("\n", start + 1)
            cells = next(csv.reader([self._text[start + 1 : end if end >= 0 else None]]))
            lines.append((self._text.count("\n", 0, start + 1), tuple(cell.strip() for cell in cells)))
            start = self._text.find(f"\n{state},", start + 1)
        return lines


def _begins(row: MembershipRow) -> date:
    return row.since.first if row.since else date.min


def _row(line: Line, path: Location, problems: list[Problem]) -> MembershipRow | None:
    number, (state, status, since, until, basis, source, confidence, checked, note) = line
    before = len(problems)

    def wrong(id: str, message: str, fix: str) -> None:
        problems.append(Problem(message, str(path), number, fix, id))

    check_word(status, STATUSES, "status", wrong)
    check_word(confidence, CONFIDENCES, "degree of confidence", wrong)
    check_source(source, wrong)
    begin, end = read_span(since, until, wrong)
    seen = read_date(checked, wrong)
    if seen is None or not seen.exact:
        wrong("table.date", f"`{checked}` is not a day of checking", "write a day, as 2013-05-17")
    if basis == LISTED and begin is None:
        wrong("table.date", f"`{LISTED}` needs the day of the list", "write it as `since`")
    if len(problems) > before or seen is None:
        return None
    return MembershipRow(state, status, begin, end, basis, source, confidence, seen.first, note, number)
