"""Phrases written with choices, such as `(may|can) (we|i) use it ... (court|trial)`, matched as they stand.

One that stands for many phrases is not spelled out: words are looked for choice by choice. Words are compared
as `tidy` gives them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from routing.core.cached import cached_property
from routing.core.grouping import grouped
from routing.core.records import Record

Tokens = tuple[str, ...]
Slot = tuple[Tokens, ...]
"""What may stand at one place of a phrase: some words, or none."""
APART = " ... "
"""What stands in a phrase where other words may stand in a text: `flight ... leaves`."""
OR, BESIDE = "|", "\0"
"""Between the choices of a slot, and between the words of a choice, where a pattern is one line."""
GAP = 5  # so many words at most stand between two parts


class Pattern(Record, gc=False):
    """A phrase with choices.

    parts: those between which other words may stand, each slot by slot. targets: what it is read as. asked:
    whether it tells something only where the text asks or wishes.
    """

    parts: tuple[tuple[Slot, ...], ...]
    targets: tuple[str, ...]
    asked: bool = False

    def first(self) -> set[str]:
        """The words with which it can begin."""
        words: set[str] = set()
        for slot in self.parts[0]:
            words.update(choice[0] for choice in slot if choice)
            if all(slot):
                break
        return words

    def needs(self) -> tuple[frozenset[str], ...]:
        """For each place that is never empty, the words with which its choices begin: a text has one of
        each, or the phrase is not in it."""
        slots = (slot for part in self.parts for slot in part if all(slot))
        return tuple(frozenset(choice[0] for choice in slot) for slot in slots)

    def matches_at(self, words: Sequence[str], start: int) -> Iterator[tuple[int, tuple[Tokens, ...]]]:
        """Every way in which it stands at a word of a text, each with where it ends and its parts as they
        stand there."""
        return _matches(self.parts, words, start, 0)

    def match_at(self, words: Sequence[str], start: int) -> tuple[int, tuple[Tokens, ...]] | None:
        """Where it ends that begins at a word of a text, and its parts as they stand there; of several the
        one of most words. None where it does not stand there."""
        return max(self.matches_at(words, start), key=_words, default=None)


class Patterns(Record, dict=True):
    """The patterns of one topic."""

    kept: tuple[Pattern, ...] = ()

    @cached_property
    def by_first(self) -> dict[str, list[Pattern]]:
        """The patterns by each word with which they can begin."""
        return grouped((word, pattern) for pattern in self.kept for word in sorted(pattern.first()))

    def at(
        self, words: Sequence[str], start: int, apart: bool
    ) -> Iterator[tuple[Pattern, int, tuple[Tokens, ...]]]:
        """The patterns that begin at a word, each with where it ends and its parts as they stand there.
        apart: those of several parts, or those of one."""
        for pattern in self.by_first.get(words[start], ()):
            if apart == (len(pattern.parts) > 1) and (match := pattern.match_at(words, start)):
                yield pattern, *match


def in_one_line(pattern: Pattern) -> str:
    """A pattern as one of a list of phrases, to be read by `pattern_in`."""
    slots = (
        " ".join(OR.join(BESIDE.join(choice) for choice in slot) for slot in part) for part in pattern.parts
    )
    return APART.join(slots)


def pattern_in(phrase: str) -> Pattern | None:
    """The pattern that a phrase of a list is; None of one without choices."""
    if OR not in phrase:
        return None
    parts = (part.split(" ") for part in phrase.split(APART))
    return Pattern(tuple(tuple(map(_slot, slots)) for slots in parts), ())


def _slot(written: str) -> Slot:
    return tuple(tuple(filter(None, choice.split(BESIDE))) for choice in written.split(OR))


def _matches(
    parts: tuple[tuple[Slot, ...], ...], words: Sequence[str], start: int, gap: int
) -> Iterator[tuple[int, tuple[Tokens, ...]]]:
    """Every way in which parts stand in a text, the first at most `gap` words after a place. Each choice of
    words counts where it stands first; a part without a word stands nowhere."""
    if not parts:
        yield start, ()
        return
    stood: set[Tokens] = set()
    for begin in range(start, min(start + gap, len(words)) + 1):
        for end in sorted(_ends(parts[0], words, begin), reverse=True):
            part = tuple(words[begin:end])
            if part and part not in stood:
                stood.add(part)
                yield from ((last, (part, *rest)) for last, rest in _matches(parts[1:], words, end, GAP))


def _ends(slots: tuple[Slot, ...], words: Sequence[str], start: int) -> set[int]:
    """Where slots that begin at a word can end."""
    ends = {start}
    for slot in slots:
        ends = {
            end + len(choice)
            for end in ends
            for choice in slot
            if tuple(words[end : end + len(choice)]) == choice
        }
    return ends


def _words(match: tuple[int, tuple[Tokens, ...]]) -> int:
    return sum(map(len, match[1]))
