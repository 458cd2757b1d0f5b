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
    partner: str
    source: str
    confidence: str
    checked: date
    note: str
    line: int

    def concerns(self, instrument: str, state: str, partner: str) -> bool:
        return instrument == self.instrument and {state, partner} == {self.state, self.partner}


def read_objections(path: Location) -> tuple[Objection, ...]:
    """Every objection, in the order of the file."""
    problems: list[Problem] = []
    objections = []
    for line, (instrument, state, partner, source, confidence, checked, note) in read_table(path, HEAD):
        try:
            objections.append(
                Objection(
                    instrument, state, partner, source, confidence, date.fromisoformat(checked), note, line
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
    return tuple(objections)
