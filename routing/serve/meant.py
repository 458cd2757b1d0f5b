"""What `it` stands for in a story: the thing that was named last, in the sentence or shortly before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from routing.core.records import Record
from routing.serve.sentences import Sentence

BACK = 2  # sentences before, in which a thing may be named
MOST = 3  # things that a word may stand for, the nearest first


class Reworded(Record):
    """The words of a sentence with a thing in the place of a word that stands for it, or after one that is
    of it (`the owner`).

    place: that of the thing; spans: which words of the sentence each stands for.
    """

    words: tuple[str, ...]
    place: int
    spans: tuple[tuple[int, int], ...]


class Meant:
    """The things of a story, and what stands for them. story: the words by which one is read."""

    def __init__(self, story: Mapping[str, tuple[str, ...]], told: Sequence[Sentence]) -> None:
        self._told = told
        self._things, self._people = set(story.get("things", ())), set(story.get("people", ()))
        self._one, self._many = set(story.get("stand_for_one", ())), set(story.get("stand_for_many", ()))
        self._of_one = set(story.get("of_things", ()))

    def of(self, number: int) -> Iterator[Reworded]:
        """A sentence of the story with each such word as each thing that it may stand for."""
        sentence = self._told[number]
        for place, word in enumerate(sentence.words):
            if word in self._one | self._many:
                for thing in self._named(number, place, word in self._many):
                    yield _with(sentence, place, thing, after=False)
            elif word in self._of_one and self._ends(sentence, place):
                for thing in self._named(number, place, people=False):
                    yield _with(sentence, place, thing, after=True)

    def _ends(self, sentence: Sentence, place: int) -> bool:
        parts = sentence.parts
        return place + 1 == len(parts) or parts[place + 1] != parts[place]

    def _named(self, number: int, place: int, people: bool) -> tuple[str, ...]:
        """The things named before a word, the nearest first; none where it may stand for people, and some
        were named since."""
        found: dict[str, None] = {}
        for sentence in self._told[max(0, number - BACK) : number + 1][::-1]:
            end = place if sentence is self._told[number] else len(sentence.words)
            for word in sentence.words[:end][::-1]:
                if word in self._things:
                    found.setdefault(word)
                elif people and word in self._people:
                    return tuple(found)[:MOST]
        return tuple(found)[:MOST]


def _with(sentence: Sentence, place: int, thing: str, after: bool) -> Reworded:
    words, spans = list(sentence.words), [(at, at + 1) for at in range(len(sentence.words))]
    if after:
        words.insert(place + 1, thing)
        spans.insert(place + 1, spans[place])
        return Reworded(tuple(words), place + 1, tuple(spans))
    words[place] = thing
    return Reworded(tuple(words), place, tuple(spans))
