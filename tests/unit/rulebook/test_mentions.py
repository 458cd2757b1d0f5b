"""Where phrases stand in a text."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from routing.rulebook.mentions import matches
from routing.rulebook.parse.words import patterns_of, spelled_out
from routing.rulebook.patterns import in_one_line


class Looked(dict[str, str]):
    """A table that counts how often it is gone through."""

    times = 0

    def __iter__(self) -> Iterator[str]:
        self.times += 1
        return super().__iter__()


def test_a_table_is_gone_through_once_however_many_texts_are_read() -> None:
    table = Looked({"flight ... leaves": "soon", "ship sails": "later"})
    assert list(matches(["his", "flight", "to", "Rio", "leaves"], table)) == [("flight ... leaves", 1, 5)]
    assert list(matches(["the", "ship", "sails"], table)) == [("ship sails", 1, 3)]
    assert table.times == 1


SLOTS = st.lists(
    st.lists(
        st.sampled_from(["", "ox", "hen", "ox hen", "cat", "dog fox"]), min_size=2, max_size=4, unique=True
    ),
    min_size=1,
    max_size=3,
)


@given(
    st.lists(SLOTS, min_size=1, max_size=2),
    st.lists(st.sampled_from(["ox", "hen", "cat", "dog", "fox", "bee"]), max_size=9),
)
def test_a_phrase_with_choices_stands_where_one_of_those_it_means_stands(
    parts: list[list[list[str]]], words: list[str]
) -> None:
    written = [[f"({'|'.join(slot)})" for slot in part] for part in parts]
    phrase = " ... ".join(map(" ".join, written))
    spelled = [it for it in spelled_out([phrase]) if all(map(str.split, it.split("...")))]
    (pattern,) = patterns_of(phrase, ())
    kept = in_one_line(pattern)
    assert set(matches(words, (kept,))) == set(matches(words, tuple(spelled)))
