"""The measures whose words are nearest to those of a story, for one that does not say what it needs.

Every phrase that the rules read as a measure, and every line of clues, tells how much a word of it speaks for
that measure: the more, the fewer other measures it is said of. Nothing is weighed by hand.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from heapq import nlargest
from math import log1p
from typing import TYPE_CHECKING

from routing.core.remembered import MadeOf
from routing.rulebook.mentions import Mention
from routing.rulebook.words import LINKING, MEASURE, POINTING, Words
from routing.story.implied_needs import Meeting, forms_of, not_needed
from routing.story.lines import Line
from routing.story.sentences import Phrase

if TYPE_CHECKING:
    from routing.api import Router

NO_NEED = LINKING | POINTING
EVEN = 50  # phrases that each measure is taken to have more, so that few do not weigh too much
SHARP = 20  # how much more a word speaks that is said of one measure than one that is said of many
FEW = 2  # phrases from which on a word that is in few of a measure counts more than half
NEAREST = 4
LEAST = 4.0  # what the words of a story must tell of a measure
MUCH_LESS = 0.7  # of what they tell of the nearest, so that another is no guess at random


def nearest(router: Router, lines: Sequence[Line]) -> tuple[Meeting, ...]:
    """The measures nearest to a story, each at the word that speaks most for it."""
    speaks = _speaks(router.rulebook.words)
    idle = frozenset(router.rulebook.words.story.get("says_no_need", ()))
    weights: dict[str, float] = defaultdict(float)
    most: dict[str, tuple[float, int, int]] = {}
    seen: set[str] = set()
    came = router.rulebook.words.story.get("held", ())  # what was sent to us is not needed
    calling = {at for number, line in enumerate(lines) if line.wishes for at in (number - 1, number)}
    for number, line in enumerate(lines):
        if calling and number not in calling:
            continue  # what is needed is said where something is wished, or right before
        denied = (line.sentence.parts[place] for place in line.sentence.denials)
        shut = not_needed(router.rulebook, line.sentence, *came).union(denied)
        for place, word in enumerate(line.sentence.words):
            if word in seen or word in idle or word.isdigit() or line.sentence.parts[place] in shut:
                continue  # a number is said of everything
            seen.add(word)
            best: dict[str, float] = {}
            for form in forms_of(word):
                for measure, weight in speaks.get(form, {}).items():
                    best[measure] = max(best.get(measure, 0.0), weight)
            for measure, weight in best.items():
                weights[measure] += weight
                most[measure] = max(most.get(measure, (0.0, 0, 0)), (weight, number, -place))
    least = max(LEAST, MUCH_LESS * max(weights.values(), default=0.0))
    return tuple(
        Meeting(0.0, (), number, _at(lines[number], -place, measure))
        for measure, weight in nlargest(NEAREST, weights.items(), key=lambda it: it[1])
        if weight >= least
        for _, number, place in (most[measure],)
    )


def _at(line: Line, place: int, measure: str) -> Phrase:
    return Phrase(MEASURE, Mention(line.sentence.words[place], (measure,), place, place + 1))


def _bags(words: Words) -> Iterator[tuple[tuple[str, ...], object, tuple[str, ...]]]:
    """The words of each phrase for a measure and of each line of clues, with what tells them apart."""
    for table in (words.by_topic.get(MEASURE, {}), words.apart.get(MEASURE, {})):
        for phrase, targets in table.items():
            yield tuple(phrase.split()), phrase, targets
    patterns = words.patterns.get(MEASURE)
    for number, pattern in enumerate(patterns.kept if patterns else ()):
        words_of_pattern = tuple(
            it for part in pattern.parts for slot in part for choice in slot for it in choice
        )
        yield words_of_pattern, number, pattern.targets
    for meeting, targets in words.may_need:
        for group in meeting:
            for phrase in words.clues.get(group, ()):
                yield tuple(phrase.split()), (meeting, phrase), targets


def _weights(words: Words) -> Mapping[str, Mapping[str, float]]:
    """How much each word speaks for each measure."""
    of_word: dict[str, dict[str, set[object]]] = defaultdict(lambda: defaultdict(set))
    for bag, which, targets in _bags(words):
        for word in {form for it in bag if it not in NO_NEED for form in forms_of(it)} - NO_NEED:
            for measure in targets:
                of_word[word][measure].add(which)
    phrases: Counter[str] = Counter()
    for measures in of_word.values():
        for measure, held in measures.items():
            phrases[measure] += len(held)
    read: dict[str, dict[str, float]] = {}
    for word, measures in of_word.items():
        share = {measure: len(held) / (phrases[measure] + EVEN) for measure, held in measures.items()}
        every = sum(share.values())
        read[word] = {
            measure: log1p(SHARP * part / every) * len(measures[measure]) / (len(measures[measure]) + FEW)
            for measure, part in share.items()
        }
    return read


_speaks: MadeOf[Words, Mapping[str, Mapping[str, float]]] = MadeOf(2, _weights)
