"""Declarations: what a State said on joining, in our words."""

from __future__ import annotations

from datetime import date

from routing.core.errors import Problem, RulebookProblems
from routing.core.records import Record
from routing.core.snapshot import Location
from routing.law.membership import UNSOURCED
from routing.law.tables import read_table

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
    problems: list[Problem] = []
    declarations = []
    for line, (instrument, state, article, effect, source, checked) in read_table(path, HEAD):
        try:
            day = date.fromisoformat(checked)
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
            continue
        if source != UNSOURCED and not source.startswith(("https://", "http://")):
            problems.append(
                Problem(
                    f"`{source}` is not a source",
                    str(path),
                    line,
                    f"give one address, or `{UNSOURCED}`",
                    "table.source",
                )
            )
        declarations.append(Declaration(instrument, state, article, effect, source, day, line))
    if problems:
        raise RulebookProblems(problems)
    return tuple(declarations)
