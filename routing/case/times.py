"""A time in words as days from a day: `tonight`, `in 3 hours`, `Monday`, `by 3 March`."""

from __future__ import annotations

import re
from datetime import date

from routing.case.written_day import WEEKDAYS, written_day
from routing.core.answer_date import day_fault
from routing.rulebook.spans import core_time
from routing.rulebook.spelling import tidy
from routing.rulebook.words import Words, standing

END_OF_WEEK = re.compile(r"end (?:this )?(next )?week|before (?:this )?(next )?weekend")
BY_WEEKEND = re.compile(r"(?:by|until|till) (?:this )?(next )?weekend")
FRIDAY = 4  # with which a week of work ends in most States
WEEKDAY = re.compile(
    r"(one week (?:on |from )?)?(?:(?:next|coming|upcoming|following|first) )*"
    r"(mon|tue|wed|thu|fri|sat|sun|tues|thur|[a-z]{3,6}day)( week)?( next week)?"
)
"""A day of the week, also cut short, the one a week later, `Friday week`, or that of the week after this
one."""
BEFORE = re.compile(r"^\s*before\b", re.IGNORECASE)


def days_in_words(words: Words, text: str, as_of: date | None) -> int | None:
    """The days that a time in words leaves; None where it is none, or a weekday and the day is not known."""
    days = words.days(text)
    if days is not None or as_of is None:
        return days
    core = core_time(text)
    if week := END_OF_WEEK.fullmatch(core) or BY_WEEKEND.fullmatch(tidy(text)):
        return (FRIDAY - as_of.weekday()) % 7 + 7 * any(week.groups())
    named = WEEKDAY.fullmatch(core)
    name = named[2] if named else None
    ahead = next((at for at, day in enumerate(WEEKDAYS) if name and day.startswith(name)), None)
    if named is None or ahead is None:
        return None
    if named[4]:
        return 7 - as_of.weekday() + ahead
    return ((ahead - as_of.weekday()) % 7 or 7) + 7 * bool(named[1] or named[3])


def days_to_event(words: Words, text: str, as_of: date) -> int | None:
    """The days to what a text names with its time, `the hearing on 3 March`; None where it names none."""
    said, cues = text.split(), words.story.get("due", ())
    for place in range(1, len(said)):
        before = tidy(" ".join(said[:place])).split()
        if any(end == len(before) for _, _, end in standing(before, cues)):
            rest = " ".join(said[place:])
            days = days_in_words(words, rest, as_of)
            days = days_to(rest, as_of) if days is None else days
            if days is not None:
                return max(0, days - 1) if days > 0 and BEFORE.match(text) else days
    return None


def days_to(text: str, as_of: date) -> int | None:
    """The days to a date, fewer than none to one that has passed; None where the text names no date."""
    meant = written_day(text, as_of) if day_fault(text) else date.fromisoformat(text)
    return (meant - as_of).days if meant else None
