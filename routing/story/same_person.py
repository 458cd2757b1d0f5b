"""Who is sought as `her` or `them` is the person of whom a sentence before tells.

    A girl of 15 disappeared three days ago, over the border with a man. We need to find her.

`find her` may mean anybody; here it means the girl, who is missing. Which measure is which other one, where
the story tells of that, stands in the rules (`of_same_person`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from routing.core.records import replace
from routing.rulebook.pronouns import PERSON_ACTED_ON
from routing.rulebook.words import MEASURE
from routing.story.coreference import BACK
from routing.story.lines import Line
from routing.story.sentences import Phrase

WHOM = PERSON_ACTED_ON | {"them"}


def of_same_person(story: Mapping[str, tuple[str, ...]], lines: Sequence[Line]) -> tuple[Line, ...]:
    """The sentences of a story, in which a measure that is sought of `her` alone is the one that was told of
    her in the sentence, or in one of the two before it. story: the words by which a story is read."""
    told_before = dict(row.split() for row in story.get("of_same_person", ()))

    def meant(number: int, phrase: Phrase) -> Phrase:
        words = lines[number].sentence.words[phrase.mention.start : phrase.mention.end]
        measures = {told_before[name] for name in phrase.mention.targets if name in told_before}
        if phrase.topic != MEASURE or not measures or WHOM.isdisjoint(words):
            return phrase
        targets = tuple(sorted(measures & _measures_named(lines[max(0, number - BACK) : number + 1])))
        return replace(phrase, mention=replace(phrase.mention, targets=targets)) if targets else phrase

    return tuple(
        replace(line, phrases=tuple(meant(number, phrase) for phrase in line.phrases))
        for number, line in enumerate(lines)
    )


def _measures_named(lines: Sequence[Line]) -> set[str]:
    """The measures of which words stand in some sentences, whether or not they are wanted."""
    return {
        name
        for line in lines
        for phrase in (*line.of(MEASURE), *line.aside)
        if phrase.topic == MEASURE
        for name in phrase.mention.targets
    }
