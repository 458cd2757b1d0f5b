"""Where phrases stand in a text."""

from __future__ import annotations

from collections.abc import Iterator

from routing.rulebook.mentions import matches


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
