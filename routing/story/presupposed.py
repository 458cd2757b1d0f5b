"""Measures that presuppose somebody or something: of a story that never names it, their words mean another.

    He sits in a hotel there. Please take him and hold him until our papers are there.

`take him and` may mean that a witness is taken in; nothing tells of a witness here, and he is to be held.
Which measure presupposes what stands in the rules (`presupposes`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

from routing.core.records import replace
from routing.rulebook.mentions import stands_in
from routing.rulebook.words import MEASURE
from routing.story.lines import Line
from routing.story.sentences import Phrase


def without_presupposed(story: Mapping[str, tuple[str, ...]], lines: Sequence[Line]) -> tuple[Line, ...]:
    """The sentences of a story, without the measures that presuppose what no sentence names, where another
    measure is named. story: the words by which a story is read."""
    rows = dict(row.split() for row in story.get("presupposes", ()))
    unnamed = {
        measure
        for measure, group in rows.items()
        if not any(stands_in(line.sentence.words, story.get(group, ())) for line in lines)
    }
    every = (*(it for line in lines for it in (*line.of(MEASURE), *line.aside)),)
    others = any(it.topic == MEASURE and not unnamed.issuperset(it.mention.targets) for it in every)
    if not (unnamed and others):
        return tuple(lines)
    return tuple(
        replace(line, phrases=tuple(filter(None, (_kept(it, unnamed) for it in line.phrases))))
        for line in lines
    )


def _kept(phrase: Phrase, unnamed: AbstractSet[str]) -> Phrase | None:
    """A phrase with the measures that it may still mean; None where that is none."""
    if phrase.topic != MEASURE or unnamed.isdisjoint(phrase.mention.targets):
        return phrase
    targets = tuple(name for name in phrase.mention.targets if name not in unnamed)
    return replace(phrase, mention=replace(phrase.mention, targets=targets)) if targets else None
