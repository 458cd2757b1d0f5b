"""Where the phrases of the rules stand in a text: in one piece, or in parts with other words between."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from routing.core.grouping import grouped
from routing.core.records import Record
from routing.core.remembered import MadeOf
from routing.rulebook.patterns import APART, GAP, Pattern, Tokens, pattern_in
from routing.rulebook.spelling import MOST_KEPT

MOST_LISTS = 256  # lists of phrases that are kept by their first words
MOST_LED_BY = 2
LED_BY = range(1, MOST_LED_BY + 1)
"""How many words of its first part a phrase is looked up by."""


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
    """Where phrases stand in a text: each, as it stands there, with its first word and the one after its
    last."""
    begins = _by_beginning(phrases if isinstance(phrases, (tuple, Mapping)) else tuple(phrases))
    places = grouped((tuple(words[at : at + size]), at) for at in range(len(words)) for size in LED_BY)
    present = frozenset(words)
    numbered = {listed.number: listed for it in places for listed in begins.get(it, ())}
    for number in sorted(numbered):
        listed = numbered[number]
        if any(present.isdisjoint(need) for need in listed.needs):
            continue
        if listed.pattern is not None:
            firsts = sorted({at for word in listed.pattern.first() for at in places.get((word,), ())})
            for start in firsts:
                for end, stands in listed.pattern.matches_at(words, start):
                    yield APART.join(map(" ".join, stands)), start, end
            continue
        for start in places[listed.parts[0][:MOST_LED_BY]]:
            if end := end_of(listed.parts, words, start):
                yield listed.phrase, start, end


def stands_in(words: Sequence[str], phrases: Iterable[str]) -> bool:
    """Whether one of the phrases stands in a text."""
    return any(True for _ in matches(words, phrases))


class PhraseOfList(Record, gc=False):
    """A phrase of a list. number: its place in it; parts: its words, of one without choices; pattern: of one
    with many; needs: of each of these a text has a word, or the phrase is not in it."""

    number: int
    phrase: str
    parts: tuple[tuple[str, ...], ...]
    pattern: Pattern | None
    needs: tuple[frozenset[str], ...]


Beginnings = dict[tuple[str, ...], list[PhraseOfList]]
"""The phrases of a list, by the words with which each begins."""


def _beginnings(phrases: tuple[str, ...] | Mapping[str, object]) -> Beginnings:
    """Phrases by their first two words, or by the one that is the whole of a first part."""
    return _of_equal(phrases) if isinstance(phrases, tuple) else _numbered(phrases)


def _numbered(phrases: Iterable[str]) -> Beginnings:
    return grouped(pair for number, phrase in enumerate(phrases) for pair in _listed(number, phrase))


def _listed(number: int, phrase: str) -> Iterator[tuple[tuple[str, ...], PhraseOfList]]:
    """A phrase at each beginning by which it is looked up."""
    if (pattern := pattern_in(phrase)) is not None:
        listed = PhraseOfList(number, phrase, (), pattern, pattern.needs())
        yield from (((word,), listed) for word in sorted(pattern.first()))
        return
    parts = words_of_parts(phrase)
    yield parts[0][:MOST_LED_BY], PhraseOfList(number, phrase, parts, None, tuple(map(_first, parts[1:])))


def _first(part: tuple[str, ...]) -> frozenset[str]:
    return frozenset(part[:1])


_of_equal = lru_cache(maxsize=MOST_LISTS)(_numbered)
_by_beginning: MadeOf[tuple[str, ...] | Mapping[str, object], Beginnings] = MadeOf(MOST_LISTS, _beginnings)
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
