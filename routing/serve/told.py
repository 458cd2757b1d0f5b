"""What happened, in somebody's own words, read as facts to confirm.

Only the words of the rulebook are known. Nothing is taken: each reading is shown with the words it comes
from, and the person says which of them are right.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from routing.core.domain import Fact
from routing.core.records import Record
from routing.rulebook.words import KIND, LITTLE, LONGEST, MEASURE, STATE, Mention, tidy

if TYPE_CHECKING:
    from routing.api import Router

STEP = LONGEST // 2


class Reading(Record):
    """A phrase and one thing it may mean.

    fact: `state`, `measure`, `kind` or a fact. asks: what the fact is about; says: what the value means.
    """

    phrase: str
    fact: str
    value: str
    asks: str
    says: str


def readings(router: Router, text: str) -> tuple[Reading, ...]:
    """Every meaning of every phrase of the rulebook that a text holds, States first."""
    found: dict[tuple[str, str], Reading] = {}
    rulebook = router.rulebook
    topics = [STATE, KIND, MEASURE, *(name for name, fact in rulebook.facts.items() if fact.told)]
    for topic in topics:
        for piece in _pieces(text):
            for mention in rulebook.words.mentions(topic, piece):
                for target in mention.targets:
                    says = _says(router, topic, target)
                    if says:
                        asks = _asks(rulebook.facts.get(topic), topic)
                        found.setdefault(
                            (topic, target), Reading(_as_written(piece, mention), topic, target, asks, says)
                        )
    return tuple(found.values())


def _as_written(piece: str, mention: Mention) -> str:
    """A phrase in the words of the text, where those can be told."""
    written = piece.split()
    places = [
        place for place, word in enumerate(written) for read in tidy(word).split() if read not in LITTLE
    ]
    if len(places) != len(tidy(piece).split()):
        return mention.phrase
    return " ".join(written[places[mention.start] : places[mention.end - 1] + 1]).strip(".,;:!?")


def _pieces(text: str) -> Iterator[str]:
    """A text in overlapping pieces of whole words, none longer than what is searched at once."""
    words = text.split()
    piece: list[str] = []
    for word in words:
        if sum(map(len, piece)) + len(piece) + len(word) > LONGEST and piece:
            yield " ".join(piece)
            piece = piece[-8:]
        piece.append(word[:STEP])
    if piece:
        yield " ".join(piece)


def _asks(fact: Fact | None, topic: str) -> str:
    if fact is not None:
        return fact.asks
    return {STATE: "Which State is it?", KIND: "Who asks whom?", MEASURE: "What is needed?"}[topic]


def _says(router: Router, topic: str, value: str) -> str:
    from routing.analyse.interview.opening import KINDS

    if topic == STATE:
        return router.law.states.name(value) if value in router.law.states else ""
    if topic == KIND:
        return KINDS.get(value, "")
    if topic == MEASURE:
        known = router.rulebook.measures.get(value)
        return known.name if known else ""
    return router.rulebook.facts[topic].values.get(value, "")
