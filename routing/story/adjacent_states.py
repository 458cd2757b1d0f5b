"""Which State stands beside a phrase of a story, and which only near it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from routing.rulebook.model import Rulebook
from routing.story.lines import Line
from routing.story.places import BOTH, EITHER, Place
from routing.story.sentences import Phrase

ONWARD, LATER = frozenset({"to", "into", "for"}), frozenset({"before", "until", "otherwise", "or"})
BESIDE = 3  # words between a company and its State


def state_beside(
    rulebook: Rulebook,
    phrase: Phrase,
    line: Line,
    places: tuple[Place, ...],
    ours: frozenset[str],
    near: bool,
) -> tuple[str, ...]:
    """The State in the words beside a phrase, in the same part of its sentence.

    near: only where it stands directly before, closely after, or is that from which something is wanted.
    """
    mention, sentence = phrase.mention, line.sentence
    part = sentence.part_of(mention)
    same = [place for place in places if place.part == part or (place.of_town and place.part == part + 1)]
    theirs = [place for place in places if place.state not in ours]
    within = [place for place in theirs if mention.start <= place.start and place.end <= mention.end]
    before = [place for place in same if place.end == mention.start]
    after = [place for place in same if place.start >= mention.end]
    earlier = [place for place in same if place.end <= mention.start and not place.asks]
    if near:
        sources = rulebook.words.story.get("sources", ())
        wished = bool(sentence.wishes)
        after = [
            place
            for place in after
            if place.start - mention.end < BESIDE
            if wished or sentence.before(place.start) not in sources
        ]
        earlier = [place for place in earlier if sentence.before(place.start) in sources]
    after = [
        place
        for place in after
        if not goes_on(sentence.words, mention.end, place, rulebook.words.story.get("reaches", ()))
        if not sentence.says_of_what(place.start) or place.start - mention.end <= BESIDE
    ]
    given = [place for place in after[:1] if sentence.before(place.start) == "to" and earlier]
    nearest = (*before[-1:], *within[-1:], *(() if given else after[:1]), *earlier[-1:], *given)
    chosen = next((place for place in nearest if place.state not in ours), None)
    return _joined(chosen, places, sentence.words, ours) if chosen else ()


def stayed(
    places: tuple[Place, ...], words: Sequence[str], gone: Iterable[tuple[int, int]]
) -> Iterator[Place]:
    """The States of a sentence, without one from which somebody went on to the next."""
    first, starts = min((end for _, end in gone), default=len(words)), {place.start for place in places}
    for place in places:
        on = words[place.end : place.end + 1] == ("to",) and place.end + 1 in starts
        if place.start < first or not on:
            yield place


def _joined(
    chosen: Place, places: tuple[Place, ...], words: Sequence[str], ours: Collection[str]
) -> tuple[str, ...]:
    """A State with those that are joined with it (`in this and that`); none where it is one or the other."""
    at = places.index(chosen)
    joined = [chosen]
    for these, first in ((places[at + 1 :], False), (places[:at][::-1], True)):
        for place in these:
            before, after = (place, joined[0]) if first else (joined[-1], place)
            between = words[before.end : after.start]
            if before.state == after.state or (between not in EITHER and between not in BOTH):
                break
            if between in EITHER:
                return ()
            joined.insert(0 if first else len(joined), place)
    return tuple(dict.fromkeys(place.state for place in joined if place.state not in ours))


def goes_on(words: Sequence[str], end: int, place: Place, reaches: Iterable[str]) -> bool:
    """Whether a State is where somebody may go afterwards: `before he travels on to Turkey`, `before it
    reaches their waters`."""
    between = words[end : place.start]
    toward = words[place.start - 1] in ONWARD or not set(reaches).isdisjoint(between)
    return toward and not LATER.isdisjoint(between)


def adjoins(place: Place, thing: int) -> bool:
    """Whether a State stands beside a thing: `a Danish company`, `a flat in Lima`."""
    return place.end == thing or place.start in (thing + 1, thing + 2)
