"""What a story takes back itself: `he is in one, no, wait, it's the other`, `this one, not that one`; `they
ask us, no, sorry, we ask them`.

What was said up to there of the State that is taken back tells nothing; where it is named again, it counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from routing.core.records import replace
from routing.rulebook.mentions import matches
from routing.rulebook.words import KIND
from routing.story.coreference import COUNTRY, naming_states, words_of
from routing.story.lines import Line
from routing.story.sentences import Phrase
from routing.story.signatures import PLACES

NOT = "not"
SOON = 4  # words after `no, wait` in which the State is named that is meant
FURTHEST = 1  # sentences back in which the one stands that is taken back


def corrected(story: Mapping[str, tuple[str, ...]], lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The sentences of a story, without the States and who asks whom in them that it takes back, which are
    put aside."""
    aside: set[int] = set()
    for number, line in enumerate(lines):
        aside |= {id(phrase) for phrase in _other_way_round(story, lines, number)}
        for state, end in _taken_back(story, lines, number):
            aside |= {
                id(phrase)
                for before in lines[: number + 1]
                for phrase in before.of(*PLACES)
                if phrase.mention.targets == state and (before is not line or phrase.mention.start < end)
            }
    if not aside:
        return lines
    return tuple(
        replace(
            line,
            phrases=tuple(phrase for phrase in line.phrases if id(phrase) not in aside),
            aside=(*line.aside, *(phrase for phrase in line.phrases if id(phrase) in aside)),
        )
        for line in lines
    )


def _taken_back(
    story: Mapping[str, tuple[str, ...]], lines: Sequence[Line], number: int
) -> Iterator[tuple[tuple[str, ...], int]]:
    """The States that a sentence takes back, each with where what is said of it ends."""
    line = lines[number]
    sentence, named = line.sentence, line.of(*PLACES)
    tokens = naming_states(sentence, (it.mention for it in named))
    words = words_of(tokens)
    starts = {it.mention.start: it for it in named}
    for _, first, after in matches(words, story.get("one_not_other", ())):
        those = [starts[at] for word, at, _ in tokens[first:after] if word == COUNTRY and at in starts]
        wrong = [it for it in those if NOT in sentence.words[max(0, it.mention.start - 2) : it.mention.start]]
        if len(those) == len(wrong) + 1 and len(wrong) == 1 and len({it.mention.targets for it in those}) > 1:
            yield wrong[0].mention.targets, wrong[0].mention.end
    for _, first, after in matches(words, story.get("mistaken", ())):
        for word, at, end in tokens[first:after]:
            if word == COUNTRY and at in starts:
                yield starts[at].mention.targets, end
    for _, first, after in matches(words, story.get("corrects", ())):
        place = tokens[first][1]
        then = tokens[first + 1 : after + SOON]
        right = [starts[at] for word, at, _ in then if word == COUNTRY and at in starts]
        before = [it for it in named if it.mention.end <= place]
        back = max(0, number - FURTHEST)
        before = before or [it for earlier in lines[back:number][::-1] for it in earlier.of(*PLACES)[-1:]]
        if right and before and _differ(before[-1], right[0]):
            yield before[-1].mention.targets, right[0].mention.start


def _other_way_round(
    story: Mapping[str, tuple[str, ...]], lines: Sequence[Line], number: int
) -> Iterator[Phrase]:
    """The words for who asks whom that a sentence takes back, as it tells it the other way round at once."""
    line = lines[number]
    kinds = line.of(KIND)
    for _, first, after in matches(line.sentence.words, story.get("corrects", ())):
        right = next((it for it in kinds if first < it.mention.start <= after + SOON), None)
        before = [it for it in kinds if it.mention.end <= first]
        before = before or [
            it for earlier in lines[max(0, number - FURTHEST) : number] for it in earlier.of(KIND)
        ]
        if right and before and _differ(before[-1], right):
            yield before[-1]


def _differ(first: Phrase, second: Phrase) -> bool:
    return first.mention.targets != second.mention.targets
