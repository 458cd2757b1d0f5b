"""What a story only mentions: named in doubt, for another time, as past or of something else.

Nothing of it is offered as told. It is shown apart, not ticked, so that no guess is made and nothing is lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from routing.core.records import Record
from routing.rulebook.words import KIND, MEASURE
from routing.story.lines import HOLDER
from routing.story.reader import Story
from routing.story.readings import Reading
from routing.story.sentences import Phrase, Sentence
from routing.story.signatures import PLACES

if TYPE_CHECKING:
    from routing.opened import Router

ALONE = 1  # words of a measure that may be there by chance


class Mentioned(Record):
    """Something that a story names and does not tell.

    phrase: its words; topic: `measure` or a fact; value: which; says: what it means, in words.
    """

    phrase: str
    topic: str
    value: str
    says: str


def mentioned(
    router: Router, story: Story, readings: Iterable[Reading], yielded: Iterable[Reading]
) -> tuple[Mentioned, ...]:
    """What a story mentions beside what is offered of it, in its order.

    readings: what is offered; yielded: what is not, as something firmer is told of the same fact.
    """
    rulebook = router.rulebook
    offered = {(item.fact, item.value) for item in readings}
    offered |= {(MEASURE, name) for want in story.wants for name in want.measures}
    mentions: dict[tuple[str, str], Mentioned] = {}
    for sentence, phrase in _passed_over(story):
        for value in phrase.mention.targets:
            if phrase.topic == MEASURE:
                says = rulebook.measures[value].name
            elif value in rulebook.facts[phrase.topic].values:
                says = rulebook.facts[phrase.topic].values[value] or value.replace("_", " ")
            else:
                continue
            quoted = sentence.quoted(phrase.mention)
            mentions.setdefault((phrase.topic, value), Mentioned(quoted, phrase.topic, value, says))
    for item in yielded:
        mentions.setdefault((item.fact, item.value), Mentioned(item.phrase, item.fact, item.value, item.says))
    return tuple(item for key, item in mentions.items() if key not in offered)


def _passed_over(story: Story) -> Iterator[tuple[Sentence, Phrase]]:
    """What was put aside, and the measures that no need of the story is made of."""
    for line in story.lines:
        unused = (phrase for phrase in line.of(MEASURE) if phrase.words > ALONE)
        for phrase in (*line.aside, *unused):
            if phrase.topic not in (KIND, HOLDER, *PLACES):
                yield line.sentence, phrase
