"""What words may mean that no phrase of the rules holds: the phrases that are nearest to them in meaning.

It is asked only where nothing else reads a text. What is very near, and to nothing else, is read and said
back; what is near is asked back; what is less near is not told.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import chain
from math import log
from typing import TYPE_CHECKING

from routing.core.domain import OFFENCE
from routing.core.grouping import grouped
from routing.core.printable import either_of
from routing.core.records import Record
from routing.core.remembered import MadeOf, Remembered
from routing.rulebook.denial import denials_in
from routing.rulebook.patterns import APART, Pattern
from routing.rulebook.spelling import tidy
from routing.rulebook.words import LINKING, MEASURE, PATHWAY, POINTING, Words

if TYPE_CHECKING:
    from routing.meaning.held_words import Held, WordsOfPhrases
    from routing.meaning.nearest import Phrasebook

SURE, CLEAR = 0.8, 0.05
"""How near a text must be to a phrase to be read as it, and how much less near to all that means otherwise.
Of 3,000 phrases each left out in turn, 96 in 100 of those so near were read rightly."""
LIKELY, CLOSE = 0.68, 0.05
"""How near it must be to be asked back, and how much less near a second meaning may be, to be asked back
beside it. Of 38 phrases of practice that were not known and so near, 33 were right."""
MOST_ASKED = 2
SHARED = 0.4
"""How near each word must be to one of the other text."""
TOPICS = frozenset({MEASURE, PATHWAY, OFFENCE})
"""What is compared by meaning: things of a kind. Before and after, with and without are near in meaning and
far apart in what they tell of a stage or a leave."""
SAYS_ENOUGH = 4.0
"""How much the words of a text must say of what is meant: `documents` or `do it` is compared with nothing."""
MOST_WORDS = 9
"""Words of a text that can be a phrase: what is longer tells more than one thing."""
TELLS, MUCH_LESS = 3.5, 0.6
"""How much the words of a sentence must tell of what it is asked about, and of what the first tells a second.
Of 60 stories of practice 29 said no need in known words; of 28 measures asked about so, 12 were right."""
SAMPLES = 3
"""Phrases for which one with choices stands here: it is not spelled out."""


class MayMean(Record):
    """What a text may mean. meaning: what it stands for; sure: whether it may be read so."""

    meaning: tuple[str, ...]
    sure: bool


def may_mean(words: Words, topic: str, text: str, allowed: Collection[str]) -> tuple[MayMean, ...]:
    """What a text may mean of the values allowed, at most two; none where it is near to nothing, says too
    little, or is of another topic.

    Each word of it is near to one of the phrase, and for what is sure each of the phrase to one of it:
    `photo` of `send us the photo` is near to nothing in `send him to us`. What is sure is alone; what is
    denied, or one word that is less near, means nothing else.
    """
    every = _near(words, topic, text)
    return tuple(it for it in every if set(it.meaning) <= set(allowed))


def _near(words: Words, topic: str, text: str) -> tuple[MayMean, ...]:
    plain = tidy(text.replace("_", " "))
    own = plain.split()
    if topic not in TOPICS or len(own) > MOST_WORDS or _says(words, topic, own) < SAYS_ENOUGH:
        return ()
    from routing.meaning.nearest import least_shared  # not before a text is read that nothing else reads

    denied, telling = _denied(words, plain), _telling(own)
    every = _phrasebook(words, topic).nearest(plain, LIKELY)
    near = [it for it in every if _denied(words, it.phrase) == denied]
    if not near or least_shared(telling, _telling(near[0].phrase.split())) < SHARED:
        return ()
    first = near[0]
    rest = [it for it in near[1:] if set(it.meaning).isdisjoint(first.meaning)]
    is_clear = first.likeness >= SURE and all(it.likeness <= first.likeness - CLEAR for it in rest[:1])
    if is_clear and least_shared(_telling(first.phrase.split()), telling) >= SHARED:
        return (MayMean(first.meaning, True),)
    if denied or (len(telling) < 2 and first.likeness < SURE):
        return ()
    close = [it for it in rest if it.likeness >= first.likeness - CLOSE]
    return tuple(MayMean(it.meaning, False) for it in (first, *close)[:MOST_ASKED])


def _denied(words: Words, text: str) -> frozenset[str]:
    return denials_in(text.split(), words.story.get("denies_not", ()))


def _telling(words: Sequence[str]) -> list[str]:
    return [word for word in words if word not in LINKING | POINTING]


def _says(words: Words, topic: str, own: Sequence[str]) -> float:
    """How much words say: the more, the fewer meanings of a topic have each in their phrases."""
    of_topic = _meanings(words)
    table = of_topic.get(topic) or of_topic.keep(topic, _Meanings(words, topic))
    return sum(
        log(table.every / table.of_word.get(word, 1)) for word in own if word not in LINKING | POINTING
    )


class _Meanings:
    """How many meanings a topic has, and in the phrases of how many of them each word stands."""

    def __init__(self, words: Words, topic: str) -> None:
        those = grouped((word, it) for phrase, it in _phrases(words, topic) for word in phrase.split())
        self.of_word = {word: len({*chain(*meanings)}) for word, meanings in those.items()}
        self.every = len({*chain(*chain(*those.values()))}) or 1


def surely_meant(near: Sequence[MayMean]) -> tuple[str, ...]:
    """What a text is read as by its meaning alone, of what it may mean; empty where it is not that near."""
    return near[0].meaning if near and near[0].sure else ()


def asked_back(near: Sequence[MayMean]) -> str:
    """What to ask of a text that nothing reads: what it may mean; empty where that is nothing."""
    each = (either_of(it.meaning) for it in near)
    return f"nearest in meaning: {', or '.join(each)}" if near else ""


BY_MEANING = "by its meaning, as no phrase of the rules has these words"
"""What is said back with a text that was read so."""


def told_by_words(words: Words, topic: str, sentence: Sequence[str]) -> tuple[Held, ...]:
    """What the words of a sentence may mean, wherever they stand in it, what tells most first, at most
    two."""
    of_topic = _words_of_phrases(words)
    if (table := of_topic.get(topic)) is None:
        from routing.meaning.held_words import WordsOfPhrases

        table = of_topic.keep(topic, WordsOfPhrases(_phrases(words, topic)))
    held: list[Held] = []
    for it in table.in_words(sentence, TELLS):
        if held and it.tells < held[0].tells * MUCH_LESS:
            break
        if all(set(it.meaning).isdisjoint(before.meaning) for before in held):
            held.append(it)
    return tuple(held[:MOST_ASKED])


_meanings: MadeOf[Words, Remembered[str, _Meanings]] = MadeOf(2, lambda _: Remembered(8))
"""How much each word of a topic says, made when the topic is first asked for."""
_books: MadeOf[Words, Remembered[str, Phrasebook]] = MadeOf(2, lambda _: Remembered(8))
"""The phrases of each topic, as rows: made when a topic is first asked for."""
_words_of_phrases: MadeOf[Words, Remembered[str, WordsOfPhrases]] = MadeOf(2, lambda _: Remembered(1))
"""The words of the phrases of a topic, made when they are first asked for."""


def _phrasebook(words: Words, topic: str) -> Phrasebook:
    from routing.meaning.nearest import Phrasebook  # not before a text is read that nothing else reads

    of_topic = _books(words)
    return of_topic.get(topic) or of_topic.keep(topic, Phrasebook(_phrases(words, topic)))


def _phrases(words: Words, topic: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The phrases of a topic, without the places where other words may stand."""
    yield from words.by_topic.get(topic, {}).items()
    for phrase, targets in words.apart.get(topic, {}).items():
        yield phrase.replace(APART, " "), targets
    patterns = words.patterns.get(topic)
    for pattern in patterns.kept if patterns else ():
        for sample in sorted({_spelled_out(pattern, number) for number in range(SAMPLES)}):
            if len(own := sample.split()) == len(set(own)):  # not `phone phone phone`
                yield sample, pattern.targets


def _spelled_out(pattern: Pattern, number: int) -> str:
    """A phrase with choices, with one choice at each place: which, goes by a number."""
    slots = (slot for part in pattern.parts for slot in part if slot)
    return " ".join(word for slot in slots for word in sorted(slot)[number * 7 % len(slot)])
