"""Where the phrases of the rules stand in a text: in one piece, or in parts with other words between."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from routing.core.grouping import grouped
from routing.core.records import Record
from routing.core.remembered import MadeOf
from routing.rulebook.patterns import GAP, Pattern, Tokens
from routing.rulebook.spelling import MOST_KEPT

APART = " ... "
"""What stands in a phrase where other words may stand in a text: `flight ... leaves`."""


MOST_LISTS = 256  # lists of phrases that are kept by their first words


class Mention(Record):
    """A phrase found in a text. start, end: its words, counted from 0; targets: what it is read as; asked:
    whether it tells something only where the text asks or wishes."""

    phrase: str
    targets: tuple[str, ...]
    start: int
    end: int
    asked: bool = False

    def moved(self, start: int, end: int) -> Mention:
        """The same phrase at other words."""
        return Mention(self.phrase, self.targets, start, end, self.asked)


def mention_of(pattern: Pattern, parts: Sequence[Tokens], start: int, end: int) -> Mention:
    """Where a phrase with many choices stands, as the one of them that stands there."""
    phrase = APART.join([" ".join(part) for part in parts])
    return Mention(phrase, pattern.targets, start, end, pattern.asked)


@lru_cache(maxsize=MOST_KEPT)
def words_of_parts(phrase: str) -> tuple[tuple[str, ...], ...]:
    """The words of each part of a phrase."""
    return tuple(tuple(part.split()) for part in phrase.split(APART))


def matches(words: Sequence[str], phrases: Iterable[str]) -> Iterator[tuple[str, int, int]]:
    """Where phrases stand in a text: each with its first word and the one after its last."""
    places = grouped((word, place) for place, word in enumerate(words))
    first = _by_first(phrases if isinstance(phrases, (tuple, Mapping)) else tuple(phrases))
    for _, phrase in sorted(numbered for word in places for numbered in first.get(word, ())):
        parts = words_of_parts(phrase)
        for start in places[parts[0][0]]:
            if end := end_of(parts, words, start):
                yield phrase, start, end


def stands_in(words: Sequence[str], phrases: Iterable[str]) -> bool:
    """Whether one of the phrases stands in a text."""
    return any(True for _ in matches(words, phrases))


Numbered = dict[str, list[tuple[int, str]]]


def _first_words(phrases: tuple[str, ...] | Mapping[str, object]) -> Numbered:
    """Phrases with their numbers, by the first word of each."""
    return _of_equal(phrases) if isinstance(phrases, tuple) else _numbered(phrases)


def _numbered(phrases: Iterable[str]) -> Numbered:
    return grouped((phrase.split(None, 1)[0], (number, phrase)) for number, phrase in enumerate(phrases))


_of_equal = lru_cache(maxsize=MOST_LISTS)(_numbered)
_by_first: MadeOf[tuple[str, ...] | Mapping[str, object], Numbered] = MadeOf(MOST_LISTS, _first_words)
"""The same; what is asked for again as it is, a list or a table, need not be compared word by word."""


def end_of(parts: Sequence[tuple[str, ...]], words: Sequence[str], start: int) -> int:
    """Where a phrase ends that begins at a word; 0 where it does not stand there."""
    end = start + len(parts[0])
    if tuple(words[start:end]) != parts[0]:
        return 0
    for part in parts[1:]:
        reach = range(end, end + 1 + GAP)
        at = next((place for place in reach if tuple(words[place : place + len(part)]) == part), None)
        if at is None:
            return 0
        end = at + len(part)
    return end


def weight(mention: Mention) -> int:
    """How many words of a text a mention rests on."""
    return sum(map(len, words_of_parts(mention.phrase)))
