"""A time in words as days from a day: `tonight`, `in 3 hours`, `Monday`, `by 3 March`."""

from __future__ import annotations

import re
from datetime import date

from routing.case.written_day import written_day
from routing.core.answer_date import day_fault
from routing.rulebook.spans import core_time
from routing.rulebook.words import Words

END_OF_WEEK = re.compile(r"end (?:this )?(next )?week|before (?:this )?(next )?weekend")
FRIDAY = 4  # with which a week of work ends in most States
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def days_in_words(words: Words, text: str, as_of: date | None) -> int | None:
    """The days that a time in words leaves; None where it is none, or a weekday and the day is not known."""
    days = words.days(text)
    if days is not None or as_of is None:
        return days
    core = core_time(text)
    if week := END_OF_WEEK.fullmatch(core):
        return (FRIDAY - as_of.weekday()) % 7 + 7 * any(week.groups())
    name = core.removeprefix("next ")
    return (WEEKDAYS.index(name) - as_of.weekday()) % 7 or 7 if name in WEEKDAYS else None


def days_to(text: str, as_of: date) -> int | None:
    """The days to a date, fewer than none to one that has passed; None where the text names no date."""
    meant = written_day(text, as_of) if day_fault(text) else date.fromisoformat(text)
    return (meant - as_of).days if meant else None
