"""A case that may be unfinished, as an interview takes it up: its lines under our own names, and its day."""

from __future__ import annotations

from datetime import date
from typing import Any

from routing.case.reader import CaseReader
from routing.law.states import States
from routing.rulebook.model import Rulebook
from routing.yaml.tree import Mapping, blank, plain

AS_OF = "as_of"


def unfinished(
    tree: Mapping, name: str, rulebook: Rulebook, states: States, today: date | None
) -> tuple[dict[str, Any], date | None, tuple[str, ...]]:
    """The lines of a case under our own names, the day that it gives, if any, and notes on both.

    today: the day from which `yesterday` is counted. Raises CaseProblems for a line that may mean several
    things, or says what another one says, and for a day that is none.
    """
    reader = CaseReader(name, rulebook, states, today)
    tree, notes = reader.in_own_terms(tree)
    written = tree.get(AS_OF)
    day = None
    if written is not None and not blank(written):
        word = reader.single_word(AS_OF, written)
        day = reader.day(word, written.line) if word else None
    if reader.problems:
        raise reader.faults()
    data = plain(tree)
    assert isinstance(data, dict)
    return data, day, (*notes, *reader.notes)
