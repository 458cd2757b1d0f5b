"""What happened, in somebody's own words, read as facts to confirm.

Only the words of the rulebook are known. Nothing is taken: each reading is shown with the words it comes
from, and the person says which of them are right.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from routing.core.domain import Fact
from routing.core.grouping import grouped
from routing.core.records import Record
from routing.rulebook.words import KIND, LITTLE, LONGEST, MEASURE, STATE, Mention, Words, tidy

if TYPE_CHECKING:
    from routing.api import Router

STEP = LONGEST // 2
SHORT_NAME = 3  # letters of a State's name that is written in capitals
SHORTEST = 5  # letters of a word for a value that tells something by itself


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
    meanings: dict[tuple[str, str], Reading] = {}
    rulebook, words = router.rulebook, known_words(router)
    topics = [STATE, KIND, MEASURE, *(name for name, fact in rulebook.facts.items() if fact.told)]
    for topic in topics:
        for piece in _pieces(text):
            for mention in words.mentions(topic, piece):
                phrase = _as_written(piece, mention)
                if topic == STATE and len(phrase) <= SHORT_NAME and not phrase.isupper():
                    continue  # `us` is we
                for target in mention.targets:
                    says = _says(router, topic, target)
                    if says:
                        asks = _asks(rulebook.facts.get(topic), topic)
                        meanings.setdefault((topic, target), Reading(phrase, topic, target, asks, says))
    return tuple(meanings.values())


def known_words(router: Router) -> Words:
    """The words of the rulebook, with the names of States and measures, and the words for values.

    A word for values of several facts is left out: it tells nothing of any of them.
    """
    rulebook, states = router.rulebook, router.law.states
    told = [fact for fact in rulebook.facts.values() if fact.told]
    owners = grouped((value, fact) for fact in told for value in fact.values)
    tables = {topic: dict(table) for topic, table in rulebook.words.by_topic.items()}
    named = [(STATE, states.name(place.alpha3), place.alpha3) for place in states]
    named += [
        (MEASURE, words, measure.id)
        for measure in rulebook.measures.values()
        for words in (measure.id.replace("_", " "), measure.name)
    ]
    named += [
        (fact.id, value.replace("_", " "), value)
        for fact in told
        for value in fact.values
        if len(value) >= SHORTEST and _owner(owners[value]) is fact
    ]
    for topic, phrase, value in named:
        tables.setdefault(topic, {}).setdefault(tidy(phrase), (value,))
    return Words(tables)


def _owner(facts: list[Fact]) -> Fact | None:
    """The fact that a word for a value tells something of: the only one, or the only main one."""
    asked = [fact for fact in facts if fact.core] or facts
    return asked[0] if len(asked) == 1 else None


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
    values = router.rulebook.facts[topic].values
    return (values[value] or value.replace("_", " ")) if value in values else ""
