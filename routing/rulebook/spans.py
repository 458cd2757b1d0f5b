"""A span of time in words: `in 3 hours`, `within two weeks`, `ten working days`."""

from __future__ import annotations

import re
from collections.abc import Mapping

from routing.rulebook.spelling import tidy

HOURS = {
    **dict.fromkeys(("minute", "min"), 0),
    **dict.fromkeys(("hour", "hr", "hrs", "h"), 1),
    **dict.fromkeys(("day", "d"), 24),
    **dict.fromkeys(("week", "wk", "wks"), 168),
    "month": 720,
    **dict.fromkeys(("year", "yr", "yrs"), 8760),
}
NUMBERS: dict[str, float] = {
    word: float(number)
    for number, word in enumerate(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"), 1
    )
} | {"half": 0.5, "fifteen": 15, "twenty": 20, "thirty": 30, "sixty": 60, "ninety": 90}
ONE = re.compile(r"(?<!half )\ban? (?=(?:minute|hour|day|week|month|year)\b)")
EDGES = re.compile(
    r"^(?:(?:in|within|by|on|at|until|till|latest|this|no later than|not later than"
    r"|about|around|approximately|roughly|ca|max|maximum|at most|next(?= (?:\d|two|few))|\d{1,2} \d\d) )+"
    r"|(?: time| from now| from today| (?:at )?latest| at \d.*| \d{1,2} \d\d(?: h)?| \d{1,2} ?(?:am|pm|h)"
    r"| morning| noon| afternoon| evening| night)+$"
)
"""What stands around a time and does not change the day."""
COUNT = rf"(\d{{1,4}}|{'|'.join(NUMBERS)})"
SPAN = re.compile(rf"(?:next )?{COUNT} ?({'|'.join(sorted(HOURS, key=len, reverse=True))})")
WORKED = re.compile(rf"{COUNT} (?:working|business|work) day")
"""Days of work: read as the fewest days they can be, as the days of rest differ from State to State."""


def _number(word: str) -> float:
    return int(word) if word.isdigit() else NUMBERS[word]


def core_time(text: str) -> str:
    """A time in words without what does not change its day: `by Friday morning` is `friday`."""
    return EDGES.sub("", tidy(ONE.sub("one ", text.casefold())))


def days_of(text: str, times: Mapping[str, int]) -> int | None:
    """A time in words as whole days; None where it is none. times: what the rules say of words for a time."""
    whole, core = tidy(text), core_time(text)
    if worked := WORKED.fullmatch(core):
        weeks, rest = divmod(int(_number(worked[1])), 5)
        return weeks * 7 + rest
    span = SPAN.fullmatch(core)
    if span is None:
        return times.get(whole, times.get(core))
    hours = HOURS[span[2]] * _number(span[1])
    return int(-(-hours // 24) if min(HOURS[span[2]], hours) >= 24 else hours // 24)
