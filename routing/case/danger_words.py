"""What the words of a line for a danger say of one: that it is over or denied, that somebody is only in
custody, or that persons or money are at risk.

    danger: not any more, the second bomb was made safe
    danger: he is locked in, so no

tell none; `danger: patients` tells one of persons.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from routing.case.denied_lines import answer_in
from routing.core.answer_date import FIRST, LAST
from routing.core.domain import NO
from routing.rulebook.denial import denied_at, denies
from routing.rulebook.mentions import matches, stands_in
from routing.rulebook.spelling import tidy
from routing.rulebook.words import Words

PARTS = re.compile(r"\s*(?:[,;:!?]|\.(?=\s|$)|\s-\s|\bbut\b)\s*", re.IGNORECASE)
"""What stands between an answer and the rest of what is said, and between two things that are said."""
STILL = "still"
LAST_PART = re.compile(r"[,;.!-]\s*(?=[^,;.!-]*$)")
"""What stands before the last part of a text."""


def says_over(words: Words, tokens: Sequence[str]) -> bool:
    """Whether words say that a danger is over: `made safe`, but not `not safe`."""
    cues = (*words.story.get("danger_over", ()), *words.story.get("ended", ()))
    return any(not denied_at(tokens, start) for _, start, _ in matches(tokens, cues))


def goes_on_still(words: Words, parts: Iterable[str]) -> bool:
    """Whether a part of what is said beside a danger that is over says that something goes on: `two are still
    inside`."""
    compared = (tidy(part).split() for part in parts)
    return any(
        STILL in tokens and not denied_at(tokens, tokens.index(STILL)) and not says_over(words, tokens)
        for tokens in compared
    )


def is_over(words: Words, text: str) -> bool:
    """Whether a text says of a danger that it is over, and nothing in it goes on."""
    parts = PARTS.split(text)
    return any(says_over(words, tidy(part).split()) for part in parts) and not goes_on_still(words, parts)


def tells_none(words: Words, text: str) -> bool:
    """Whether what a line for a danger says denies it, or says that it is over."""
    return answer_in(words, text)[0] == NO or closed_at_its_end(words, text) or is_over(words, text)


def closed_at_its_end(words: Words, text: str) -> bool:
    """Whether a text ends with a no that follows from what is said before it: `he is held, so no`."""
    last = LAST_PART.split(text)[-1].split()
    follows = last[:1] != [] and tidy(last[0]) in words.story.get("follows", ())
    return follows and len(text.split()) > len(last) and answer_in(words, " ".join(last[1:]))[0] == NO


def in_custody(words: Words, tokens: Sequence[str]) -> bool:
    """Whether words say that somebody is held by an authority."""
    return stands_in(tokens, words.story.get("in_custody", ()))


def at_risk(words: Words, fact: str, tokens: Sequence[str]) -> tuple[str, ...]:
    """The value of a fact for a danger of persons, where words name persons at risk, or harm to them; else
    for that of money, where they name some. Empty where they deny or doubt it, and elsewhere."""
    doubted = stands_in(tokens, words.story.get("doubts", ()))
    for rows, named in (("danger_of_persons", "at_risk"), ("danger_of_money", "money_at_risk")):
        values = dict(row.split(" ", 1) for row in words.story.get(rows, ()))
        named_here = stands_in(tokens, words.story.get(named, ()))
        if fact in values and named_here and not (doubted or denies(tokens)):
            return (values[fact],)
    return ()


def of_a_past_year(tokens: Iterable[str], day: date | None) -> bool:
    """Whether words name a year that has passed, and none that has not. day: of today; None where it is not
    known."""
    years = [int(word) for word in tokens if word.isdigit() and len(word) == len(str(FIRST.year))]
    years = [year for year in years if FIRST.year <= year <= LAST.year]
    return day is not None and bool(years) and all(year < day.year for year in years)
