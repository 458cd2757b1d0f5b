"""Reading the words people use: `words/*.yaml`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from math import prod

from routing.core.domain import KINDS_OF_NEED, Fact, Measure
from routing.core.errors import Problem, one_of
from routing.rulebook.parse.sources import Source, of_part
from routing.rulebook.parse.story_rows import check_rows
from routing.rulebook.patterns import APART, Pattern, Patterns, Slot, in_one_line
from routing.rulebook.spelling import LITTLE, WORD, tidy
from routing.rulebook.story_keys import IDS, TOPICS
from routing.rulebook.words import (
    AGENCY,
    ASIDE,
    IS,
    KEY,
    KIND,
    LINE_KIND,
    MEASURE,
    NAME_LINE,
    NATIONALITY,
    NEVER_A_WAY,
    NO_WAY,
    ON_TERMS,
    OUTSIDE,
    PATHWAY,
    SAME,
    SIDE,
    SIDE_LINE,
    STATE,
    TOWN,
    YES_LINE,
    Words,
)
from routing.yaml.schema import words_of
from routing.yaml.tree import Mapping as Tree
from routing.yaml.tree import Text

SEVERAL = "+"  # `a+b` stands for both values of a fact that takes several
ALONE = "="  # a phrase that is read only where nothing else is said
EITHER = re.compile(r"\(([^()|]*(?:\|[^()|]*)+)\)")  # `(plane|train) leaves` stands for both phrases
ASKED = "?"  # a phrase that a story tells only where it asks or wishes
MOST_IN_STORIES = 128  # the same for a phrase by which stories are read
INSIDE = "\0"  # a blank inside a choice, while a phrase is taken apart at its blanks
MOST_SPELLED = 32  # phrases for which one with choices may stand and be spelled out; else it stays a pattern
KEYS = ("title", "state", "as_of", "kind", "measure", "with", "via", "note")
"""The lines of a case that are no facts and have other names as well."""
FREE = (STATE, NATIONALITY, TOWN, AGENCY, SAME, SIDE)


def read_words(
    sources: tuple[Source, ...],
    facts: Mapping[str, Fact],
    measures: Mapping[str, Measure],
    pathways: Iterable[str],
    warnings: Iterable[str],
    smaller_towns: Mapping[str, str],
    faults: list[Problem],
) -> Words:
    """The words of every file, by topic. A word of two meanings and a target that is not there are faults.
    The name of a measure, where nothing else is said, stands for that measure.

    States are not looked up here: the law data know their codes.
    """
    targets_of = {
        MEASURE: set(measures),
        PATHWAY: set(pathways),
        KIND: set(KINDS_OF_NEED),
        LINE_KIND: set(KINDS_OF_NEED),
        ASIDE: {"note"},
        NAME_LINE: {STATE, "with", *(fact.id for fact in facts.values() if fact.statable), MEASURE},
        SIDE_LINE: {"requesting", "requested"},
        OUTSIDE: set(warnings),
        NO_WAY: set(warnings),
        NEVER_A_WAY: set(warnings),
        ON_TERMS: set(warnings),
        KEY: {*KEYS, *(fact.id for fact in facts.values() if fact.statable)},
    }
    targets_of[YES_LINE] = {
        *(f"{KIND}{IS}{kind}" for kind in KINDS_OF_NEED),
        *(f"{fact.id}{IS}{value}" for fact in facts.values() for value in fact.values),
    }
    by_topic: dict[str, dict[str, tuple[str, ...]]] = {}
    alone: dict[str, dict[str, tuple[str, ...]]] = {}
    apart: dict[str, dict[str, tuple[str, ...]]] = {}
    times: dict[str, int] = {}
    otherwise: dict[str, dict[str, str]] = {}
    patterns: dict[str, list[Pattern]] = {}
    asked: list[str] = []
    for source in of_part(sources, "words"):
        for topic, listed in source.block("words"):
            fact = facts.get(topic.value)
            allowed = targets_of.get(topic.value) or (set(fact.values) if fact else set())
            counted = fact is not None and fact.type == "number"
            if not allowed and topic.value not in FREE and not counted:
                message = f"`{topic.value}` is not a topic of words"
                fix = one_of(topic.value, (*targets_of, STATE, *facts), 6)
                faults.append(Problem(message, source.file, topic.line, fix, "word.topic"))
                continue
            table = by_topic.setdefault(topic.value, {})
            for target, phrases in listed.entries if isinstance(listed, Tree) else ():
                targets = tuple(target.value.split(SEVERAL))
                for word in targets if topic.value not in FREE else ():
                    if not (word.isdigit() if counted else word in allowed):
                        message = f"`{word}` is not a {topic.value.replace('_', ' ')}"
                        faults.append(
                            Problem(
                                message, source.file, target.line, one_of(word, allowed, 6), "word.unknown"
                            )
                        )
                few: list[str] = []
                for phrase in words_of(phrases):
                    faults += _optional(phrase, source.file, target.line)
                    if topic.value in FREE or phrase.startswith(ALONE) or stands_for(phrase) <= MOST_SPELLED:
                        few.append(phrase)
                    else:
                        patterns.setdefault(topic.value, []).extend(patterns_of(phrase, targets))
                for phrase in spelled_out(few):
                    if phrase.endswith(ASKED):
                        asked.append(_tidied(phrase))
                    within = (
                        alone.setdefault(topic.value, {})
                        if phrase.startswith(ALONE)
                        else apart.setdefault(topic.value, {})
                        if APART in phrase
                        else table
                    )
                    before = within.setdefault(_tidied(phrase), targets)
                    if before != targets:
                        message = (
                            f"`{phrase}` is read both as `{SEVERAL.join(before)}` and as `{target.value}`"
                        )
                        faults.append(
                            Problem(message, source.file, target.line, "keep one of them", "word.twice")
                        )
        for topic, hints in source.block("otherwise"):
            hinted = hints.entries if isinstance(hints, Tree) else ()
            meant = {tidy(phrase.value): hint.value for phrase, hint in hinted if isinstance(hint, Text)}
            otherwise.setdefault(topic.value, {}).update(meant)
        for count, phrases in source.block("times"):
            if not count.value.isdigit():
                message = f"`{count.value}` is not a number of days"
                faults.append(Problem(message, source.file, count.line, "write a whole number", "word.time"))
                continue
            for phrase in words_of(phrases):
                if times.setdefault(tidy(phrase), int(count.value)) != int(count.value):
                    message = f"`{phrase}` is read both as {times[tidy(phrase)]} and as {count.value} days"
                    faults.append(Problem(message, source.file, count.line, "keep one of them", "word.twice"))
    alone[MEASURE] = {
        **alone.get(MEASURE, {}),
        **{tidy(measure.name): (id,) for id, measure in measures.items()},
    }
    stories = _of_stories(sources, {*targets_of, STATE, *facts}, faults)
    faults += check_rows(sources, facts, stories)
    stories["if_asked"] = (*stories.get("if_asked", ()), *asked)
    kept = {topic: Patterns(tuple(listed)) for topic, listed in patterns.items()}
    clues = _clues(sources)
    facts_told = {f"{fact.id}{IS}{value}" for fact in facts.values() for value in fact.values}
    may_need = tuple(_may_need(sources, clues, facts_told, set(measures), faults))
    return Words(by_topic, alone, times, otherwise, apart, stories, kept, clues, may_need, smaller_towns)


def _tidied(phrase: str) -> str:
    """A phrase as texts are compared, each of its parts by itself."""
    return APART.join(map(tidy, phrase.split(APART)))


def _optional(phrase: str, file: str, line: int) -> Iterator[Problem]:
    """Choices of little words alone, as `(his|her)`, which no text has where it is compared: they would make
    the whole choice one that may be left out."""
    for choices in EITHER.findall(phrase):
        for choice in choices.split("|"):
            tokens = WORD.findall(choice.casefold())
            if tokens and LITTLE.issuperset(tokens):
                message = f"`{choice}` of `({choices})` makes no difference where texts are compared"
                fix = "leave it out; an empty choice, as `(him|them|)`, says that none may stand there"
                yield Problem(message, file, line, fix, "word.little")


def stands_for(phrase: str) -> int:
    """For how many phrases one stands that is written with choices."""
    return prod(choices.count("|") + 1 for choices in EITHER.findall(phrase))


def patterns_of(phrase: str, targets: tuple[str, ...]) -> Iterator[Pattern]:
    """A phrase with choices that is not spelled out; each choice that itself has room for other words, as
    `(proceeds|money of ... gang)`, makes patterns of its own."""
    wide = next((choices for choices in EITHER.finditer(phrase) if APART in choices[1]), None)
    if wide is None:
        yield Pattern(tuple(map(_slots, phrase.split(APART))), targets, phrase.endswith(ASKED))
        return
    for choice in wide[1].split("|"):
        yield from patterns_of(f"{phrase[: wide.start()]}{choice}{phrase[wide.end() :]}", targets)


def _slots(part: str) -> tuple[Slot, ...]:
    """A part of a phrase, slot by slot; a choice inside a word makes it a choice of words."""
    blank = EITHER.sub(lambda choice: choice[0].replace(" ", INSIDE), part)
    slots = []
    for piece in blank.split():
        choices = (tidy(text).split() for text in spelled_out([piece.replace(INSIDE, " ")]))
        slots.append(tuple(dict.fromkeys(tuple([w for w in words if w not in LITTLE]) for words in choices)))
    return tuple(slots)


def spelled_out(phrases: Iterable[str]) -> Iterator[str]:
    """Every phrase that is meant, where one is written with choices."""
    for phrase in phrases:
        pieces = EITHER.split(phrase)
        choices = [piece.split("|") if place % 2 else [piece] for place, piece in enumerate(pieces)]
        for chosen in product(*choices):
            yield " ".join("".join(chosen).split())


def _of_stories(
    sources: tuple[Source, ...], topics: Iterable[str], faults: list[Problem]
) -> dict[str, tuple[str, ...]]:
    """The words by which a story is read. A topic that is not one is a fault."""
    read: dict[str, tuple[str, ...]] = {}
    for source in of_part(sources, "words"):
        for what, listed in source.block("story"):
            for phrase in words_of(listed):
                faults += _optional(phrase, source.file, what.line)
            few, many = _by_how_many(words_of(listed))
            named = tuple(spelled_out(few))
            for name in named if what.value in TOPICS else ():
                if name not in topics:
                    message, fix = f"`{name}` is not a topic of words", one_of(name, topics, 6)
                    faults.append(Problem(message, source.file, what.line, fix, "word.topic"))
            patterns = (in_one_line(it) for phrase in many for it in patterns_of(phrase, ()))
            entries = (*(named if what.value in IDS else map(_tidied, named)), *patterns)
            read[what.value] = (*read.get(what.value, ()), *entries)
    return read


def _by_how_many(phrases: Iterable[str]) -> tuple[list[str], list[str]]:
    """The phrases that are spelled out, and those that stand for so many that they stay patterns."""
    few: list[str] = []
    many: list[str] = []
    for phrase in phrases:
        (many if stands_for(phrase) > MOST_IN_STORIES else few).append(phrase)
    return few, many


def _clues(sources: tuple[Source, ...]) -> dict[str, tuple[str, ...]]:
    """The groups of words that may tell of a need."""
    read: dict[str, tuple[str, ...]] = {}
    for source in of_part(sources, "words"):
        for group, listed in source.block("clues"):
            phrases = map(tidy, spelled_out(words_of(listed)))
            read[group.value] = tuple(dict.fromkeys((*read.get(group.value, ()), *filter(None, phrases))))
    return read


def _may_need(
    sources: tuple[Source, ...],
    clues: Mapping[str, object],
    stated: set[str],
    measures: set[str],
    faults: list[Problem],
) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Which groups of words, and facts that are told, meet where which measures may be needed. A group or
    measure that is not there is a fault, and so is a group that no line uses."""
    used: set[str] = set()
    for source in of_part(sources, "words"):
        for target, rows in source.block("may_need"):
            needs = tuple(target.value.split(SEVERAL))
            for name in needs:
                if name not in measures:
                    message, fix = f"`{name}` is not a measure", one_of(name, measures, 6)
                    faults.append(Problem(message, source.file, target.line, fix, "word.unknown"))
            for row in words_of(rows):
                meeting = tuple(row.split())
                used.update(meeting)
                for name in meeting:
                    if name not in clues and name not in stated:
                        message, fix = f"`{name}` is not a group of `clues`", one_of(name, clues, 6)
                        faults.append(Problem(message, source.file, target.line, fix, "word.unknown"))
                yield meeting, needs
    for source in of_part(sources, "words"):
        for group, _ in source.block("clues"):
            if group.value not in used:
                message, fix = f"no line of `may_need` uses `{group.value}`", "use it, or take it out"
                faults.append(Problem(message, source.file, group.line, fix, "word.unused"))
