"""Two things asked for in one line: each is read, or the reader is told which is not."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle, islice
from random import Random

import pytest

from routing.case.several import separated
from routing.opened import shared_router
from routing.rulebook.words import MEASURE
from routing.yaml.tree import Mapping, Text

JOINS = (" and ", ", ", " + ", " then ", " & ", "; ", ", and then ", " as well as ", " plus ")
PAIRS = 90


def needs_of(line: str) -> tuple[list[str], tuple[str, ...]]:
    """What each need of a line asks for, as it is written, and the notes."""
    entry = Mapping(((Text("measure", 1), Text(line, 1)),), 1)
    needs, notes = separated(entry, 1, shared_router().rulebook, lambda _: False)
    return [node.value for need in needs if isinstance(node := need.get(MEASURE), Text)], notes


def pairs() -> Iterator[tuple[str, str, str]]:
    table = shared_router().rulebook.words.by_topic[MEASURE]
    known = sorted(one for one, meant in table.items() if len(meant) == 1 and "and" not in one.split())
    chosen = Random(27)
    for join in islice(cycle(JOINS), PAIRS):
        first, second = chosen.sample(known, 2)
        yield first, join, second


@pytest.mark.parametrize(("first", "join", "second"), tuple(pairs()))
def test_each_of_two_known_phrases_is_read_or_told(first: str, join: str, second: str) -> None:
    words = shared_router().rulebook.words
    line = f"{first}{join}{second}"
    written, notes = needs_of(line)
    read = [words.read(MEASURE, one) for one in written]
    if any(len(meant) != 1 for meant in read) or words.whole(MEASURE, line):
        return  # the reader is asked which is meant, or the line is one phrase of the rules
    for phrase in (first, second):
        if phrase.startswith("if ") and phrase == second:
            continue  # what hangs on the part before it asks for nothing of its own
        assert words.read(MEASURE, phrase) in read or any(phrase in note for note in notes)


@pytest.mark.parametrize(
    ("line", "measures"),
    [
        (
            "stop the ransom payment and who holds the account",
            {"transaction_suspension", "bank_account_holder"},
        ),
        ("bank records and interview of the bank clerk", {"bank_records", "voluntary_statement"}),
        ("find him and seize his phone", {"locate_person", "seizure_of_evidence"}),
        ("bank records and the papers of the foundation", {"bank_records", "business_records"}),
        ("who the crew are and their criminal record", {"locate_person", "criminal_record"}),
        ("trace and freeze the money", {"proceeds_tracing", "asset_freezing"}),
        ("search and seizure at the office", {"search"}),
        ("the name and address of the subscriber", {"subscriber_data"}),
        ("seizure of the phone and the computer", {"seizure_of_evidence"}),
    ],
)
def test_each_action_of_a_line_is_a_need(line: str, measures: set[str]) -> None:
    written, notes = needs_of(line)
    words = shared_router().rulebook.words
    assert {words.read(MEASURE, one)[0] for one in written} == measures
    assert not any("nothing was read" in note for note in notes)


@pytest.mark.parametrize(
    ("line", "left"),
    [
        ("bank records plus blorp", "blorp"),
        ("bank records then blorp", "blorp"),
        ("who owns the number and where it is now", "where it is now"),
        ("seize his mobile phone and read it", "read it"),
        ("copy of the server and its logs", "its logs"),
    ],
)
def test_what_is_left_unread_is_said_once(line: str, left: str) -> None:
    router = shared_router()
    case = router.read({"state": "KEN", "needs": [{"id": "a", "measure": line, "with": "FRA"}]})
    assert len(case.needs) == 1
    assert sum(note.count(f"`{left}`") for note in case.notes) == 1
