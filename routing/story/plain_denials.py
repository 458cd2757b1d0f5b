"""What a story says is not so. It is read only where it is said plainly: a question, a doubt, a fear, a hope,
a condition and what we wish to be so deny nothing, and silence less than that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from routing.core.domain import NO
from routing.rulebook.mentions import matches
from routing.rulebook.model import Rulebook
from routing.rulebook.pronouns import SUBJECTS
from routing.story.lines import Line
from routing.story.sentences import Phrase, Sentence

LEAVES_OPEN = "leaves_open"
NONE = "none"
NEGATIVE = frozenset({NO, NONE})


def not_plainly_denied(rulebook: Rulebook, lines: Sequence[Line]) -> Iterator[Phrase]:
    """What would be read as denied of a fact, and is not said plainly: in words for that it is not so, and in
    words for it that are denied."""
    story = rulebook.words.story
    for line in lines:
        facts = rulebook.facts
        negative = (it for it in line.phrases if NEGATIVE.issuperset(it.mention.targets))
        for phrase in (*negative, *line.denied):
            if phrase.topic in facts and _is_open(story, line.sentence, phrase):
                yield phrase


def _is_open(story: Mapping[str, tuple[str, ...]], sentence: Sentence, phrase: Phrase) -> bool:
    """Whether a sentence leaves open what a phrase says, or wishes that it be so."""
    start, part = phrase.mention.start, sentence.part_of(phrase.mention)
    if sentence.asks:
        return True
    if sentence.words[start] in SUBJECTS and any(
        wish < start and sentence.parts[wish] == part for wish in sentence.wishes
    ):
        return True  # `we want they know it`
    for _, first, end in matches(sentence.words, story.get(LEAVES_OPEN, ())):
        opens = sentence.parts[first]
        begins = first == 0 or sentence.parts[first - 1] != opens
        if (opens == part and first < start) or end == start or (opens > part and begins):
            return True
    return False
