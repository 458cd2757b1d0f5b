"""Objections: two parties between whom an instrument has no effect all the same."""

from __future__ import annotations

from datetime import date

from routing.core.errors import Problem, RulebookProblems
from routing.core.records import Record
from routing.core.snapshot import Location
from routing.law.tables import read_table

HEAD = ("instrument", "state", "other", "source", "confidence", "checked", "note")


class Objection(Record):
    """A State that declared that it has no relations under an instrument with another."""

    instrument: str
    state: str
    other: str
    source: str
    confidence: str
    checked: date
    note: str
    line: int

    def concerns(self, instrument: str, one: str, other: str) -> bool:
        return instrument == self.instrument and {one, other} == {self.state, self.other}


def read_objections(path: Location) -> tuple[Objection, ...]:
    """Every objection, in the order of the file."""
    problems: list[Problem] = []
    found = []
    for line, (instrument, state, other, source, confidence, checked, note) in read_table(path, HEAD):
        try:
            found.append(
                Objection(
                    instrument, state, other, source, confidence, date.fromisoformat(checked), note, line
                )
            )
        except ValueError:
            problems.append(
                Problem(
                    f"`{checked}` is not a day of checking",
                    str(path),
                    line,
                    "write a day, as 2013-05-17",
                    "table.date",
                )
            )
    if problems:
        raise RulebookProblems(problems)
    return tuple(found)
