"""What is near in meaning is nearer than what is not, and the same words in any order are the same."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from routing.core.errors import RulebookProblems
from routing.meaning import pieces as meaning
from routing.meaning.held_words import WordsOfPhrases
from routing.meaning.nearest import Phrasebook
from routing.meaning.pieces import TABLE, pieces, words_of

WHOLE = Path(meaning.__file__).with_name(TABLE)
BOOK = Phrasebook(
    [("freeze the account", ("freeze",)), ("call records", ("calls",)), ("search of a house", ("search",))]
)
ENGLISH = st.lists(
    st.sampled_from(
        [
            "police",
            "bank",
            "money",
            "house",
            "letter",
            "phone",
            "record",
            "arrest",
            "witness",
            "judge",
            "ship",
            "border",
        ]
    ),
    min_size=1,
    max_size=6,
)


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("block the money in the bank", "freeze"),
        ("list of phone conversations", "calls"),
        ("examine the apartment", "search"),
    ],
)
def test_other_words_for_a_thing_are_nearest_to_it(text: str, meaning: str) -> None:
    assert BOOK.nearest(text, 0.01)[0].meaning == (meaning,)


@given(ENGLISH, st.randoms())
def test_the_order_of_words_makes_no_difference_and_likeness_is_at_most_one(
    words: list[str], order: object
) -> None:
    moved = sorted(words)
    (near,) = Phrasebook([(" ".join(words), ("it",))]).nearest(" ".join(moved), 0.01)
    assert near.likeness == pytest.approx(1.0, abs=1e-5) and near.likeness <= 1.0


def test_each_meaning_stands_once_the_nearest_first() -> None:
    near = Phrasebook([("house", ("a",)), ("search", ("b",)), ("search of a house", ("b",))]).nearest(
        "search of the house", 0.3
    )
    assert [it.meaning for it in near] == [("b",), ("a",)]
    assert near[0].phrase == "search of a house" and near[0].likeness > near[1].likeness


@pytest.mark.parametrize("text", ["", "!!!", "住所"])
def test_what_has_no_known_word_is_near_to_nothing(text: str) -> None:
    assert BOOK.nearest(text, 0.01) == ()
    assert Phrasebook([]).nearest(text, 0.01) == ()


def test_a_word_is_made_of_its_longest_pieces() -> None:
    table = pieces()
    assert len(table.of_word("freezing")) == 1 and len(table.of_word("sextortion")) > 1
    assert table.of_word("été") == [] and not table.row_of("été").any()


def test_accents_and_capitals_are_left_out_and_other_scripts_too() -> None:
    assert words_of("Perquisición, DOMICILE 42 Москва") == ["perquisicion", "domicile", "42"]


PHRASES = WordsOfPhrases(
    [
        ("hear the witness", ("hearing",)),
        ("freeze the account", ("freeze",)),
        ("account of the witness", ("statement",)),
    ]
)


def test_a_phrase_is_seen_whose_words_stand_apart_in_a_sentence() -> None:
    sentence = [
        "the",
        "judge",
        "wants",
        "to",
        "hear",
        "on",
        "Monday",
        "by",
        "the",
        "clerk",
        "an",
        "old",
        "witness",
    ]
    (held,) = PHRASES.in_words(sentence, 1.0)
    assert held.meaning == ("hearing",)
    assert sentence[held.place] in ("hear", "witness")


def test_a_sentence_with_few_words_of_a_phrase_tells_nothing() -> None:
    assert PHRASES.in_words(["the", "weather", "is", "fine"], 0.1) == ()
    assert PHRASES.in_words([], 0.0) == ()


def _pickled(path: Path) -> None:
    np.savez(path, pieces=np.array([{}], object), rows=np.zeros((1, 2), np.int8), scales=np.ones(1))


def _of_other_length(path: Path) -> None:
    names = np.frombuffer(b"a\nb\nc", np.uint8)
    np.savez(path, pieces=names, rows=np.zeros((2, 2), np.int8), scales=np.ones(2, np.float32))


def _changed(path: Path) -> None:
    data = bytearray(WHOLE.read_bytes())
    data[len(data) // 2] ^= 255
    path.write_bytes(data)


DAMAGED: dict[str, Callable[[Path], object]] = {
    "missing": lambda path: None,
    "empty": lambda path: path.write_bytes(b""),
    "text": lambda path: path.write_bytes(b"not a table"),
    "cut": lambda path: path.write_bytes(WHOLE.read_bytes()[:100_000]),
    "changed": _changed,
    "of objects": _pickled,
    "of another length": _of_other_length,
}


@pytest.mark.parametrize("how", DAMAGED)
def test_a_damaged_table_is_told_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    DAMAGED[how](tmp_path / TABLE)
    monkeypatch.setattr(meaning, "files", lambda package: tmp_path)
    with pytest.raises(RulebookProblems, match=r"damaged or missing \(install the program again\)"):
        pieces.__wrapped__()


def test_one_word_of_a_phrase_tells_nothing_as_it_may_be_there_by_chance() -> None:
    assert PHRASES.in_words(["an", "old", "witness", "has", "gone"], 0.1) == ()
    (held,) = PHRASES.in_words(["we", "hear", "an", "old", "witness"], 0.1)
    assert held.places == (1, 4)
