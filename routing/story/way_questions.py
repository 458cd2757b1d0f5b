"""Questions of the way itself: `what paper do I need`, `is police to police enough`, `whom do I call`.

A plan answers them. What they name is not wanted by them: no letter, and no arrest in `do we need a warrant`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from routing.core.domain import REQUEST
from routing.rulebook.mentions import matches
from routing.rulebook.words import KIND, MEASURE
from routing.story.sentences import Phrase, Sentence

WAY = "asks_the_way"


def way_questions(story: Mapping[str, tuple[str, ...]], sentence: Sentence) -> tuple[range, ...]:
    """Where a sentence asks how something is to be done, who does it, or whether it may be done so."""
    return tuple(range(start, end) for _, start, end in matches(sentence.words, story.get(WAY, ())))


def without_the_way(phrases: Iterable[Phrase], questions: Collection[range]) -> Iterator[Phrase]:
    """What stands in a sentence, without the needs and requests that only a question of the way names."""
    for phrase in phrases:
        asks = phrase.topic == MEASURE or (phrase.topic == KIND and phrase.mention.targets == (REQUEST,))
        if not (asks and any(set(phrase.places) <= set(it) for it in questions)):
            yield phrase
