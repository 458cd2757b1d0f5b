"""What was made of the last few objects of a kind, so that it is made once and not kept for ever."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

Key = TypeVar("Key")
Made = TypeVar("Made")


class Remembered(Generic[Key, Made]):
    """What was made, by key; what was unused longest gives way.

    most: how many are kept. It takes no lock, which a process that is forked might find held: of several
    threads at once, one may find nothing and make it again.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._made: dict[Key, Made] = {}

    def get(self, key: Key) -> Made | None:
        """What is kept under a key, which is the last used then."""
        made = self._made.pop(key, None)
        if made is not None:
            self._made[key] = made
        return made

    def keep(self, key: Key, made: Made) -> Made:
        self._made.pop(key, None)
        self._made[key] = made
        if len(self._made) > self._most:
            for oldest in list(self._made)[: len(self._made) - self._most]:
                self._made.pop(oldest, None)
        return made


class MadeOf(Generic[Key, Made]):
    """What was made of each of the last few objects, which are told apart by identity."""

    def __init__(self, most: int, make: Callable[[Key], Made]) -> None:
        self._make = make
        self._kept: Remembered[int, tuple[Key, Made]] = Remembered(most)
        self._last: tuple[Key, Made] | None = None  # most calls are for the same object as the one before

    def __call__(self, source: Key) -> Made:
        kept = self._last
        if kept is not None and kept[0] is source:
            return kept[1]
        kept = self._kept.get(id(source))
        if kept is None or kept[0] is not source:
            kept = self._kept.keep(id(source), (source, self._make(source)))
        self._last = kept
        return kept[1]
