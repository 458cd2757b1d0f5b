"""Which State asks us, in a story that tells of one that does."""

from __future__ import annotations

from routing.core.domain import ANSWER
from routing.rulebook.words import KIND
from routing.story.firmness import THEIR_WISH
from routing.story.lines import Line
from routing.story.places import Place
from routing.story.whereabouts import only_state

HELPING = 1  # words between who asks and that they do


def asker_of(lines: tuple[Line, ...], places: tuple[tuple[Place, ...], ...], ours: frozenset[str]) -> str:
    """The State that asks us: named in the words for it or right after them (`one asks us`, `a letter came
    from another`), else the last before them of which an office is named (`one's police ... They want`),
    else the only one in the story."""
    asking: list[str] = []
    named_so: list[str] = []
    asked = False
    offices: list[str] = []
    for number, (line, named) in enumerate(zip(lines, places, strict=True)):
        theirs = [place for place in named if place.state not in ours]
        for phrase in line.of(KIND):
            if ANSWER in phrase.mention.targets:
                asked = True
                start, end = phrase.mention.start, phrase.mention.end
                within = [place.state for place in theirs if start <= place.start <= end]
                before = [place.state for place in theirs if place.office and place.end <= start]
                before = before or [place.state for place in theirs if _does(line, place, start)]
                if phrase.mention.phrase == THEIR_WISH and not before:
                    before = [place.state for place in theirs if place.end <= start][-1:]
                if phrase.mention.phrase == THEIR_WISH and not before and number:
                    before = [place.state for place in places[number - 1] if place.state not in ours][-1:]
                named_so += within[:1]
                asking += (*offices, *before)[-1:]
        offices += [place.state for place in theirs if place.office]
    return only_state(dict.fromkeys(named_so or asking or (offices if asked else ())))


def _does(line: Line, place: Place, start: int) -> bool:
    """Whether a State begins a part of a sentence, close before words by which one asks (`the British did ask
    us`)."""
    sentence = line.sentence
    first = sentence.parts.index(sentence.parts[place.start])
    return place.end <= start <= place.end + HELPING and place.start == first
