"""Dangers that are told without a word for one: what together tells it stands in a sentence, or in two that
follow one another. `The girl has not come home. They ask money` tells of a life in danger, neither part does
alone.

Which words those are stands in the rules: `dangers_met` says which groups tell what where they meet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from routing.core.domain import OFFENCE
from routing.rulebook.mentions import Mention, matches, stands_in
from routing.story.sentences import Phrase, Sentence

if TYPE_CHECKING:
    from routing.story.lines import Line

SAFE = "danger_over"
PAST_YEAR = re.compile(r"(19|20)\d\d")


def dangers_met(
    story: Mapping[str, tuple[str, ...]], sentences: Sequence[Sentence], number: int
) -> Iterator[Phrase]:
    """The dangers that a sentence tells, alone or with the one before it."""
    here = sentences[number]
    before = sentences[number - 1] if number else None
    for row in story.get("dangers_met", ()):
        fact, value, *groups = row.split()
        near = [_clue(story, here, group) for group in groups]
        if not any(near):
            continue
        clues = zip(near, groups, strict=True)
        if all(clue or (before and _clue(story, before, group)) for clue, group in clues):
            start, end = max((clue for clue in near if clue), key=lambda clue: clue[1] - clue[0])
            yield Phrase(fact, Mention(" ".join(here.words[start:end]), (value,), start, end))


def near_danger(story: Mapping[str, tuple[str, ...]], lines: Sequence[Line]) -> str:
    """The first part of a sentence that stands near a danger, by a word as `blood` or `balcony` that is no
    word for the crime, and is not over: whoever reads it is asked. Empty where there is none."""
    for line in lines:
        sentence = line.sentence
        if sentence.asks or stands_in(sentence.words, story.get(SAFE, ())) or _of_a_past_year(sentence):
            continue
        crimes = {
            place
            for it in (*line.phrases, *line.denied, *line.aside)
            if it.topic == OFFENCE
            for place in it.places
        }
        for _, start, _ in matches(sentence.words, story.get("perilous", ())):
            if start not in crimes and sentence.parts[start] not in line.signed:
                part = [at for at, of in enumerate(sentence.parts) if of == sentence.parts[start]]
                return sentence.quoted(Mention("", (), part[0], part[-1] + 1))
    return ""


def _of_a_past_year(sentence: Sentence) -> bool:
    return any(PAST_YEAR.fullmatch(word) for word in sentence.words)


def _clue(story: Mapping[str, tuple[str, ...]], sentence: Sentence, group: str) -> tuple[int, int] | None:
    """Where words of a group first stand in a sentence and are not denied there."""
    if sentence.asks or any(matches(sentence.words, story.get(SAFE, ()))):
        return None
    for _, start, end in matches(sentence.words, story.get(group, ())):
        denied = any(at < start and sentence.parts[at] == sentence.parts[start] for at in sentence.denials)
        if not denied and sentence.done.isdisjoint(range(start, end)):
            return start, end
    return None
