"""A day: how one is written, which days an answer can be for, and which day it is."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

FIRST, LAST = date(1900, 1, 1), date(2199, 12, 31)
HOW = "write year-month-day, as 2026-11-24"
WRITTEN = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

CLOCK: Callable[[], date] = date.today


def today() -> date:
    """The day by the clock of this machine; nothing else of the program asks for it. Tests set `CLOCK`."""
    return CLOCK()


def day_fault(word: str | date) -> str | None:
    """What is wrong with a day, as the end of a sentence; None where nothing is.

    Deadlines are counted from a day, so the ends of the calendar are no days to count from.
    """
    if isinstance(word, str):
        try:
            if not WRITTEN.fullmatch(word):
                raise ValueError
            word = date.fromisoformat(word)
        except ValueError:
            return "is not a date"
    return None if FIRST <= word <= LAST else f"lies outside {FIRST.year} to {LAST.year}"
