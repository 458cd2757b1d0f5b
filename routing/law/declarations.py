"""Declarations: what a State said on joining, in our words."""

from __future__ import annotations

from datetime import date

from routing.core.errors import RulebookProblems
from routing.core.records import Record
from routing.core.snapshot import Location
from routing.law.tables import UNSOURCED, Line, day_of_checking, is_source, read_rows

HEAD = ("instrument", "state", "article", "effect", "source", "checked")
EVERY = "*"


class Declaration(Record):
    """A reservation, notification or territorial statement. `state` is `*` where it concerns every party."""

    instrument: str
    state: str
    article: str
    effect: str
    source: str
    checked: date
    line: int


def read_declarations(path: Location) -> tuple[Declaration, ...]:
    """Every declaration, in the order of the file."""
    return read_rows(path, HEAD, _declaration)


def _declaration(line: Line, file: str) -> Declaration:
    number, (instrument, state, article, effect, source, checked) = line
    day = day_of_checking(checked, file, number)
    if not is_source(source):
        message, fix = f"`{source}` is not a source", f"give one address, or `{UNSOURCED}`"
        raise RulebookProblems.of(message, file, number, fix, "table.source")
    return Declaration(instrument, state, article, effect, source, day, number)
