"""Who asks whom, as the sentences of a story tell it together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from routing.core.domain import ANSWER, REQUEST, SHARE
from routing.rulebook.words import KIND
from routing.story.coreference import COUNTRY
from routing.story.lines import FIRST, Line

ASKS_ME = ("me", "to")


def directions_in(lines: Iterable[Line]) -> set[str]:
    """The kinds of requests that sentences tell."""
    return {kind for line in lines for phrase in line.of(KIND) for kind in phrase.mention.targets}


def only_shares(lines: Iterable[Line]) -> bool:
    """Whether a story only tells another State something, and asks nobody for anything."""
    return directions_in(lines) == {SHARE}


def open_who_asks(lines: Sequence[Line]) -> bool:
    """Whether an office wants something that may be our own, as a story is told of others alone: it has no
    `we`, and nobody signs it (`the prosecutor of this State wants him`); or where it asks one person (`the
    judge in this town asks me to find it`)."""
    kinds = [phrase.mention for line in lines for phrase in line.of(KIND)]
    asked = [(line, phrase) for line in lines for phrase in line.of(KIND) if ANSWER in phrase.mention.targets]
    if len(asked) == len(kinds) == 1 and not any(line.signed for line in lines):
        line, phrase = asked[0]
        if line.sentence.words[phrase.mention.end : phrase.mention.end + len(ASKS_ME)] == ASKS_ME:
            return True  # `the judge in this town asks me to find it` may be our own judge
    return (
        not any(line.signed or not FIRST.isdisjoint(line.sentence.words) for line in lines)
        and any(ANSWER in kind.targets and kind.phrase.startswith(COUNTRY) for kind in kinds)
        and not any(REQUEST in kind.targets for kind in kinds)
    )
