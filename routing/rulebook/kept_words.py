"""The words of a kept rulebook, each read when it is asked for: a case needs few of them, and those by which
a story is read only where there is one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

import msgspec

from routing.core.frozen import FrozenMap
from routing.core.records import names
from routing.rulebook.patterns import Patterns
from routing.rulebook.words import Words

Kept = TypeVar("Kept")
Rows = dict[str, msgspec.Raw]
Phrases = dict[str, tuple[str, ...]]
BY_TOPIC: dict[str, Any] = {"by_topic": Phrases, "alone": Phrases, "apart": Phrases, "patterns": Patterns}
"""What is kept by topic, and the form of each."""
OF_STORIES: dict[str, Any] = {"story": tuple[str, ...], "clues": tuple[str, ...]}
"""What only the reading of sentences asks for, by what it does there."""
TOWNS = "smaller_towns"
"""What only the reading of a place that is not known asks for."""
AT_ONCE: dict[str, Any] = {
    "times": dict[str, int],
    "otherwise": dict[str, dict[str, str]],
    "may_need": tuple[tuple[tuple[str, ...], tuple[str, ...]], ...],
}
SHORT = 1_000  # phrases of a list that is kept with the words of lines; those of more take most of the room
assert {*BY_TOPIC, *OF_STORIES, TOWNS, *AT_ONCE} == {*names(Words)}


class ReadLater(Mapping[str, Kept]):
    """Rows of JSON by name, each read when it is asked for. rows: gives them, and is asked once. near: those
    that can be had without asking."""

    def __init__(self, rows: Callable[[], Rows], form: type[Kept], near: Rows | None = None) -> None:
        self._give, self._form, self._near = rows, form, near or {}
        self._rows: Rows | None = None
        self._read: dict[str, Kept] = {}

    def _all(self) -> Rows:
        if self._rows is None:
            self._rows = self._give()
        return self._rows

    def __getitem__(self, name: str) -> Kept:
        if name not in self._read:
            row = self._near.get(name) or self._all()[name]
            self._read[name] = msgspec.json.decode(row, type=self._form)
        return self._read[name]

    def get(self, name: str, default: Any = None) -> Any:
        """As of every mapping, which asks for an error and catches it; most of what is asked for is read."""
        row = self._read.get(name)
        if row is not None:
            return row
        return self[name] if name in self._near or name in self._all() else default

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def __reduce__(self) -> tuple[type[FrozenMap[str, Kept]], tuple[dict[str, Kept]]]:
        """All of it goes to another process, which cannot read on where it lies."""
        return FrozenMap, (dict(self),)


def kept_words(words: Words) -> tuple[bytes, bytes, bytes]:
    """Words as they are kept: those of lines, with the short lists of stories, which lines ask for too;
    those of stories; and the smaller towns."""
    of_lines = {name: getattr(words, name) for name in (*BY_TOPIC, *AT_ONCE)}
    of_lines["near"] = {it: listed for it, listed in words.story.items() if len(listed) <= SHORT}
    of_stories = {it: getattr(words, it) for it in OF_STORIES}
    encode = msgspec.json.encode
    return encode(of_lines), encode(of_stories), encode(words.smaller_towns)


def words_from(of_lines: bytes, of_stories: Callable[[], bytes], of_towns: Callable[[], bytes]) -> Words:
    """Words that were kept. of_stories, of_towns: give those of stories and the smaller towns, and are asked
    when the first is needed."""
    parts = msgspec.json.decode(of_lines, type=Rows)
    stories: list[dict[str, Rows]] = []

    def rows_of(name: str) -> Callable[[], Rows]:
        def rows() -> Rows:
            if not stories:
                stories.append(msgspec.json.decode(of_stories(), type=dict[str, Rows]))
            return stories[0][name]

        return rows

    def by_topic(name: str) -> Callable[[], Rows]:
        return lambda: msgspec.json.decode(parts[name], type=Rows)

    values: dict[str, Any] = {
        **{name: ReadLater(by_topic(name), form) for name, form in BY_TOPIC.items()},
        **{name: ReadLater(rows_of(name), form) for name, form in OF_STORIES.items()},
        TOWNS: ReadLater(lambda: msgspec.json.decode(of_towns(), type=Rows), str),
        "story": ReadLater(
            rows_of("story"), OF_STORIES["story"], msgspec.json.decode(parts["near"], type=Rows)
        ),
        **{name: msgspec.json.decode(parts[name], type=form) for name, form in AT_ONCE.items()},
    }
    return Words(**values)
