"""Numbers with what they count, and sentences for who has no terminal."""

from __future__ import annotations

import pytest

from routing.phrasing.numbers import number_of
from routing.phrasing.without_commands import without_commands


@pytest.mark.parametrize(
    ("count", "what", "words"),
    [
        (1, "duty", "1 duty"),
        (3, "duty", "3 duties"),
        (0, "step", "0 steps"),
        (2, "treaty in force", "2 treaties in force"),
    ],
)
def test_what_is_counted_stands_in_its_number(count: int, what: str, words: str) -> None:
    assert number_of(count, what) == words


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Many more; `routing law list` shows them.", "Many more."),
        ("Old lists (`--full` shows them)", "Old lists (`--full` shows them)"),
        ("Old lists (`--full`).", "Old lists."),
        ("Nothing to run here.", "Nothing to run here."),
    ],
)
def test_a_sentence_loses_its_commands_and_nothing_else(text: str, left: str) -> None:
    assert without_commands(text) == left
