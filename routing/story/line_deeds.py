"""The clauses of one sentence of a story: who does what in it."""

from __future__ import annotations

from routing.case.deeds import Deed, deeds_in
from routing.rulebook.model import Rulebook
from routing.rulebook.spelling import LITTLE
from routing.story.lines import Line
from routing.story.signatures import PLACES

NO_VERB_AFTER = LITTLE - {"please", "all", "s"}


def deeds_of(rulebook: Rulebook, line: Line) -> tuple[Deed, ...]:
    """The clauses of a sentence, in its order, which together hold each of its words."""
    sentence = line.sentence
    led = frozenset(
        place
        for place, raw in enumerate(sentence.raws)
        if raw and sentence.run[raw - 1].casefold() in NO_VERB_AFTER
        if sentence.as_written(place)
    )
    states = {phrase.mention.start: phrase.mention.end for phrase in line.of(*PLACES)}
    return deeds_in(sentence.words, sentence.parts, led, states, rulebook.words.story)
