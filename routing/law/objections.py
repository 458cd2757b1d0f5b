"""Objections: two parties between whom an instrument has no effect all the same."""

from __future__ import annotations

from datetime import date

from routing.core.records import Record
from routing.core.snapshot import Location
from routing.law.tables import Line, day_of_checking, read_rows

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
    return read_rows(path, HEAD, _objection)


def _objection(line: Line, file: str) -> Objection:
    number, (instrument, state, partner, source, confidence, checked, note) = line
    day = day_of_checking(checked, file, number)
    return Objection(instrument, state, partner, source, confidence, day, note, number)
