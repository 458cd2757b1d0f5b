"""The lines of a case read as a story, for what a reader of lines cannot know: who asks whom, in any words of
any line; what is needed; whether somebody is in danger."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from routing.case.danger_lines import tells_no_danger
from routing.case.narrative import NarratedNeed, Narrative
from routing.core.domain import ANSWER, REQUEST
from routing.core.grouping import grouped
from routing.rulebook.denial import denies
from routing.rulebook.measures_meant import ASKED_OF_A_STATE
from routing.rulebook.mentions import stands_in
from routing.rulebook.model import Rulebook
from routing.rulebook.spelling import tidy
from routing.rulebook.words import ACTOR, KIND, MEASURE
from routing.story.lined_story import LinedStory, story_of_lines
from routing.story.manners import ENDED
from routing.story.past_dangers import was_before
from routing.story.reader import Story, story_of
from routing.story.readings import Reading, dangers_by_crime, gravest, split_readings, who_asks
from routing.story.sides import OWN, THEIRS, Side, sides_of

if TYPE_CHECKING:
    from routing.opened import Router

LONGEST = 10_000  # letters of lines that are read so


def narrative_of(router: Router, text: str, day: date | None = None) -> Narrative:
    """What the lines of a case tell as a story. day: of the answer, where it is known."""
    rulebook = router.rulebook
    unnamed = partial(tells_no_danger, rulebook)
    lines = story_of_lines(text[:LONGEST], rulebook.words, router.law.states, unnamed)
    story = story_of(router, lines.text, day)
    read, _ = split_readings(router, story)
    sides = {side.side: side.state for side in (*sides_of(rulebook, story), *lines.sides)}
    kinds = [
        it for it in read if it.fact == KIND and it.value != REQUEST and _fits(rulebook, story, it.value)
    ]
    if not kinds and lines.kinds == (ANSWER,):
        kinds = [*who_asks(lines.who, lines.kinds)]
    asked = any(it.fact == KIND and it.value == REQUEST and _is_said(text, it.phrase) for it in read)
    alone = len({it.value for it in kinds}) == 1 and not asked
    needs = tuple(
        NarratedNeed(want.measures[0], want.state, want.kind, want.phrase)
        for want in story.wants
        if len(want.measures) == 1 and not want.asked and not _is_denied(want.phrase)
        if not alone or kinds[0].value in _kinds_of(rulebook, want.measures[0])
    )
    if sides.get(OWN) == sides.get(THEIRS):
        sides = {}  # one State is never both
    readings = [
        it
        for it in read
        if not _of_theirs(it, lines.sides)
        and (it.fact not in rulebook.facts or _is_said(text, it.phrase, True))
    ]
    return Narrative(
        read=True,
        kind=kinds[0].value if alone else "",
        kind_words=kinds[0].phrase if alone else "",
        own=sides.get(OWN, ""),
        partner=sides.get(THEIRS, ""),
        needs=needs,
        facts=tuple(_facts(rulebook, readings, len(needs) > 1 or _several_sought(lines))),
        over=(*_dangers_over(rulebook, story, day), *dangers_by_crime(rulebook, story)),
    )


def _several_sought(lines: LinedStory) -> bool:
    """Whether more than one line says what is sought."""
    return sum(name == MEASURE for name, _ in lines.of_case) > 1


def _of_theirs(read: Reading, sides: Sequence[Side]) -> bool:
    """Whether a word for an office stands in the line that names the other State: it is not ours."""
    phrases = (side.phrase.casefold() for side in sides if side.side == THEIRS)
    return read.fact == ACTOR and any(read.phrase.casefold() in it for it in phrases)


def _dangers_over(rulebook: Rulebook, story: Story, day: date | None) -> Iterator[str]:
    """The words for each danger that a story tells as one that is over: `they were freed last week`, `was
    taken in 2019`."""
    words = rulebook.words.story
    cues = (*words.get(ENDED, ()), *words.get("ended_before", ()))
    acts = story.analysis.acts
    for number, line in enumerate(story.lines):
        ended = stands_in(line.sentence.words, cues)
        for phrase in line.aside:
            gone = ended or (day and was_before(story.lines, acts, number, phrase, day))
            if gone and phrase.topic in rulebook.facts and rulebook.facts[phrase.topic].urgent:
                yield line.sentence.quoted(phrase.mention)


def _is_said(text: str, phrase: str, by_name: bool = False) -> bool:
    """Whether somebody's own words say it, in what a line says, and not what stands before it in a story,
    which with its first word may say something else: `is child` of `the crime is child abuse`. by_name: or in
    the name of a line."""
    lines = (line if by_name else line.partition(":")[2] for line in text.splitlines())
    compared = tidy(phrase)
    return any(phrase.casefold() in line.casefold() or f" {compared} " in f" {tidy(line)} " for line in lines)


def _fits(rulebook: Rulebook, story: Story, kind: str) -> bool:
    """Whether a kind of need is one of what a story names, if it names anything, and not a part of its name:
    consent to use papers is asked for."""
    if kind == ANSWER:
        return True
    named = [
        (number, phrase)
        for number, line in enumerate(story.lines)
        for phrase in (*line.phrases, *line.aside)
        if phrase.topic == MEASURE
    ]
    measures = {name for _, phrase in named for name in phrase.mention.targets}
    apart = any(
        kind in direction.mention.targets
        and not any(at == number and set(direction.places) & set(it.places) for at, it in named)
        for number, line in enumerate(story.lines)
        for direction in line.of(KIND)
    )
    return not named or (apart and any(kind in _kinds_of(rulebook, name) for name in measures))


def _kinds_of(rulebook: Rulebook, measure: str) -> tuple[str, ...]:
    return rulebook.measures[measure].kinds or tuple(ASKED_OF_A_STATE)


def _facts(
    rulebook: Rulebook, read: Sequence[Reading], several: bool
) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """The facts that are told, each with its values and the words for the first; of a danger the gravest, and
    none of a fact that has one value and of which several are told. several: whether there are several needs,
    so that what is of one need, as who somebody is, is not said of all."""
    for name, readings in grouped((it.fact, it) for it in read if it.fact in rulebook.facts).items():
        fact = rulebook.facts[name]
        grave = gravest(fact, readings)
        chosen = grave or readings
        if several and fact.of == "need" and not grave:
            continue
        if fact.urgent and not grave:
            continue  # that there is no danger is for a person to say
        if len(chosen) == 1 or fact.type == "many":
            yield name, tuple(it.value for it in chosen), chosen[0].phrase


def _is_denied(phrase: str) -> bool:
    """Whether the words for a need deny the last of them: `the houses, not freeze`."""
    return denies(tidy(phrase).split()[-2:-1])
