"""Dangers that are over: what was done in a year that has passed is none of today, however grave it was.

    The girl was kidnapped in 2019 and came home in 2020. Now we want the owner of two numbers.

tells of no danger, and nobody is to be found.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from routing.case.danger_words import of_a_past_year
from routing.case.deeds import DID
from routing.core.domain import ANSWER
from routing.rulebook.model import Rulebook
from routing.rulebook.words import MEASURE
from routing.story.acts import Acts
from routing.story.direction import directions_in
from routing.story.lines import Line
from routing.story.manners import ENDED, Weighed
from routing.story.sentences import Phrase

AT_A_YEAR = frozenset({"in", "since", "during", "from"})
NEAR = 2  # words after a phrase in which its year stands: `kidnapping in 2019`, `bomb threat 2022`
IN_BRACKETS = 8  # the same of a year in brackets: `the shooting at a car wash in Kalamaria (2020, one dead)`


def over(
    rulebook: Rulebook, lines: Sequence[Line], acts: Acts, every: Sequence[Weighed], day: date | None
) -> Iterator[Weighed]:
    """What a story names of a danger, and of somebody to be found, that was in a year which has passed.

    day: of the answer; None where it is not known, and nothing is over."""
    story = rulebook.words.story
    topics, by_deeds = set(story.get(f"never_{ENDED}", ())), set(story.get("told_by_deeds", ()))
    past = [it for it in every if day and was_before(lines, acts, it.line, it.phrase, day)]
    yield from (it for it in past if it.phrase.topic in topics)
    gone = {id(it) for it in past}
    for it in past:
        targets = set(it.phrase.mention.targets)
        again = any(
            present.phrase.topic == MEASURE
            and id(present) not in gone
            and not targets.isdisjoint(present.phrase.mention.targets)
            for present in every
        )
        tells = it.phrase.topic == MEASURE and targets <= by_deeds and not lines[it.line].wishes
        if tells and not again:
            yield it


def of_who_asks(rulebook: Rulebook, lines: Sequence[Line], every: Sequence[Weighed]) -> Iterator[Weighed]:
    """What a story names of a danger that is only what somebody fears of the State that asks us for him (`he
    will be beaten there`): nobody is to hurry for that, least of all to telephone there."""
    if ANSWER not in directions_in(lines):
        return
    feared = set(rulebook.words.story.get("above_crimes", ()))
    fears = [(it.line, it.phrase) for it in every if it.phrase.topic in feared]
    for it in every:
        fact = rulebook.facts.get(it.phrase.topic)
        if (
            fact
            and not set(fact.urgent).isdisjoint(it.phrase.mention.targets)
            and any(
                number == it.line and not set(it.phrase.places).isdisjoint(fear.places)
                for number, fear in fears
            )
        ):
            yield it


def was_before(lines: Sequence[Line], acts: Acts, number: int, phrase: Phrase, day: date) -> bool:
    """Whether a phrase stands only where something was done in a year before that of a day, or right before
    such a year, or with one in brackets behind it."""
    sentence = lines[number].sentence
    after = sentence.words[phrase.mention.end : phrase.mention.end + NEAR]
    named = after[1:] if after[:1] != () and after[0] in AT_A_YEAR else after[:1]
    if of_a_past_year(named, day):
        return True
    later = range(phrase.mention.end, min(phrase.mention.end + IN_BRACKETS, len(sentence.words)))
    if of_a_past_year([sentence.words[at] for at in later if sentence.written[at].startswith("(")], day):
        return True
    deeds = acts.deeds[number]
    own = [deed for deed in acts.of(number, phrase) if deed.verb >= 0]
    opening = sentence.words[: deeds[0].end] if deeds[0].verb < 0 else ()  # `in 2019, she was kidnapped`
    return bool(own) and all(
        deed.says == DID and of_a_past_year((*opening, *sentence.words[deed.start : deed.end]), day)
        for deed in own
    )
