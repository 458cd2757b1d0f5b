"""Questions of the way itself: `what paper do I need`, `is police to police enough`, `whom do I call`.

A plan answers them. What they name is not wanted by them: no letter, and no arrest in `do we need a warrant`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from routing.core.domain import REQUEST
from routing.rulebook.mentions import matches
from routing.rulebook.words import KIND, MEASURE
from routing.story.sentences import Phrase, Sentence
from routing.story.signatures import MARKS

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


def asked_of_the_way(story: Mapping[str, tuple[str, ...]], sentence: Sentence) -> Iterator[str]:
    """The questions of the way in a sentence, each as its part of the text."""
    asked = [it.start for it in way_questions(story, sentence)]
    if sentence.asks:
        asked += [start for _, start, _ in matches(sentence.words, story.get("wants_use", ()))]
    parts = dict.fromkeys(sentence.parts[start] for start in asked)
    for part in parts:
        places = [place for place, of in enumerate(sentence.parts) if of == part]
        first = sentence.raws[places[0] - 1] + 1 if places[0] else 0
        yield " ".join(sentence.run[first : sentence.raws[places[-1]] + 1]).strip(MARKS)
