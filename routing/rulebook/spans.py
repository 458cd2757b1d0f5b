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
    **dict.fromkeys(("month", "mth", "mths"), 720),
    **dict.fromkeys(("year", "yr", "yrs"), 8760),
}
NUMBERS: dict[str, float] = {
    word: float(number)
    for number, word in enumerate(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"), 1
    )
} | {"half": 0.5, "couple": 2, "fourteen": 14, "fifteen": 15, "twenty": 20, "thirty": 30}
NUMBERS |= {
    "forty five": 45,
    "forty eight": 48,
    "sixty": 60,
    "seventy two": 72,
    "ninety": 90,
    "twenty four": 24,
}
ARTICLE = re.compile(r"(?<!half )\ban? (?=(?:minute|hour|day|week|month|year)\b)")
WITHIN_THE = re.compile(r"\b(?:with)?in the (?=(?:day|week|month|year)\b)")
CLOCK = r"\d{1,2} ?(?:am|pm|h)"
OF_THE_DAY = (
    *("morning", "afternoon", "evening", "noon", "midday", "midnight", "lunch", "lunchtime", "first thing"),
    *("cob", "eod", "(?:close|end) (?:business|play|working day|work day|office|day)", "office hour"),
)
LEADING = (
    *("in", "within", "by", "on", "at", "until", "till", "latest", "latest by", "this", "under", "less than"),
    *("no later than", "not later than", "not after", "on or before", "not more than", "no more than"),
    *("about", "around", "approximately", "roughly", "ca", "max", "maximum", "at most"),
    *(r"next(?= (?:\d|two|couple|few))", r"(?:early|late)(?! next)", r"\d{1,2} \d\d", CLOCK, *OF_THE_DAY),
    rf"before(?= (?:{CLOCK}|noon|midday|lunch|cob|eod|close|end) )",
)
TRAILING = (
    *(
        "time",
        "from now",
        "from today",
        "(?:at )?latest",
        r"(?:at|by|before|until) \d.*",
        r"\d{1,2} \d\d(?: h)?",
    ),
    *(CLOCK, "night", "early", "late", "max", "maximum", "at most", "or earlier", "or sooner", "if possible"),
    rf"(?:(?:by|at) )?(?:{'|'.join(OF_THE_DAY)})",
)
EDGES = re.compile(rf"^(?:(?:{'|'.join(LEADING)}) )+|(?: (?:{'|'.join(TRAILING)}))+$")
"""What stands around a time and does not change the day."""
COUNT = rf"(\d{{1,4}}|{'|'.join(sorted(NUMBERS, key=len, reverse=True))})"
TO_COUNT = rf"(?: ?(?:to |or )?(?:\d{{1,4}}|{'|'.join(NUMBERS)}))?"
"""The second number of `two or three days`: the first counts."""
SPAN = re.compile(
    rf"(?:next )?(?:{COUNT} (?:times?|x) )?{COUNT}{TO_COUNT} ?(?:(?:full|calendar|clear|short) )?"
    rf"({'|'.join(sorted(HOURS, key=len, reverse=True))})"
)
WORKED = re.compile(
    rf"(?:next )?{COUNT}{TO_COUNT} (?:(?:working|business|work|court|bank|banking) day|workday)"
)
"""Days of work: read as the fewest days they can be, as the days of rest differ from State to State."""


def _number(word: str) -> float:
    return int(word) if word.isdigit() else NUMBERS[word]


def core_time(text: str) -> str:
    """A time in words without what does not change its day: `by Friday morning` is `friday`."""
    return EDGES.sub("", tidy(ARTICLE.sub("one ", text.casefold())))


def days_of(text: str, times: Mapping[str, int]) -> int | None:
    """A time in words as whole days; None where it is none. times: what the rules say of words for a time."""
    text = WITHIN_THE.sub("this ", text.casefold())
    whole, core = tidy(text), core_time(text)
    if worked := WORKED.fullmatch(core):
        weeks, rest = divmod(int(_number(worked[1])), 5)
        return weeks * 7 + rest
    span = SPAN.fullmatch(core)
    if span is None:
        return times.get(whole, times.get(core))
    times_over, count, unit = span.groups()  # `three times twenty-four hours`
    hours = HOURS[unit] * _number(count) * _number(times_over or "one")
    return int(-(-hours // 24) if min(HOURS[unit], hours) >= 24 else hours // 24)
