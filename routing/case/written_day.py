"""A day as people write it, where it can mean one day only: `15/12/2026`, `3 Dec 2026`, `December 15`.

`03/04/2027` is a day in March to some and in April to others, and is not read.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from routing.case.months import ENGLISH, number_of
from routing.core.answer_date import FIRST, day_fault

LONGEST = 100  # letters of a text that names a day
CLOCK = r"\d{1,2} ?(?:am|pm)|\d{1,2}[:.h]\d\d(?: ?(?:am|pm|h|hrs|utc|gmt|cet))?"
OF_THE_DAY = rf"cob|eod|(?:close|end) of (?:business|play|(?:the )?day)|noon|midday|midnight|{CLOCK}"
AROUND = re.compile(
    r"^(?:(?:by|on or before|on|until|till|latest|at the latest|no later than|not later than|not after|the"
    rf"|(?:{OF_THE_DAY}|morning|afternoon|evening) (?:of|on)?) ?\b)+"
    rf"|,? (?:at the )?latest$|(?:,? at|,)? (?:{OF_THE_DAY})$"
)
"""What stands around a day and does not change it."""
BEFORE = re.compile(r"^before (?:the )?")
FIGURES = re.compile(r"(?P<first>\d{1,2})(?P<mark>[/-])(?P<second>\d{1,2})[./-](?P<year>\d{4})", re.ASCII)
"""A day in figures, of which the first may be the month: `15/12/2026`."""
FIRST_FIGURE = re.compile(r"\d+", re.ASCII)
WITHOUT_YEAR = re.compile(r"(\d{1,2})(?:\.(\d{1,2})\.|/(\d{1,2}))", re.ASCII)
"""A day in figures without its year, as `30.11.` or `30/11`."""
SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})", re.ASCII)
CENTURY = 2000  # of a year of two figures
FAR = 335  # days to a day without a year that was rather the last one
YEAR_FIRST = re.compile(r"(\d{4})[./](\d{1,2})[./](\d{1,2})", re.ASCII)
DAY_BEFORE_DOT = re.compile(
    r"(?P<first>\d{1,2})\. ?(?P<second>\d{1,2})(?:\. ?|[/-](?=\d{4}))(?P<year>\d\d(?:\d\d)?)", re.ASCII
)
"""A day with dots, which is never the month; its year may be cut short: `11.1.27`, `4. 12. 2026`."""
WITHIN = re.compile(
    r"\b(?:\d{4}-\d\d-\d\d|\d{1,2}\. ?\d{1,2}\. ?\d{2,4}|\d{1,2}[/-]\d{1,2}[/-]\d{4}"
    r"|\d{1,2}(?:st|nd|rd|th)?\.? (?:of |de )?[^\W\d_]{3,10}\.?,? (?:de )?\d{4}"
    r"|[^\W\d_]{3,10}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4})\b"
)
"""A day with its year, wherever it stands in what somebody writes."""
DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\.? (?:of |de )?([^\W\d_]{3,10})\.?(?:,? (?:de )?(\d{4}))?")
MONTH_FIRST = re.compile(r"([^\W\d_]{3,10})\.? (\d{1,2})(?:st|nd|rd|th)?(?:,? (\d{4}))?", re.ASCII)
FEASTS = {
    **dict.fromkeys(("christmas", "christmas day", "xmas", "xmas day"), "25 december"),
    **dict.fromkeys(("christmas eve", "xmas eve"), "24 december"),
    **dict.fromkeys(("new year", "new year's day", "new years day"), "1 january"),
    **dict.fromkeys(("new year's eve", "new years eve"), "31 december"),
}
"""The day is the first on which it is kept anywhere: who keeps Christmas in January is in time as well."""
OF_MONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th)", re.ASCII)
OF_NEXT = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?(?: of)?(?: the)? (next|this) month", re.ASCII)
OF_YEAR = re.compile(
    r"(.*\d(?:st|nd|rd|th)? [^\W\d_]{3,10}|[^\W\d_]{3,10} \d{1,2}(?:st|nd|rd|th)?),? (next|this) year",
    re.ASCII,
)
LAST_OF = re.compile(r"end (?:of )?(?:the )?(?:(next|this) )?(?:calendar )?(month|year)")
ENDS = re.compile(r"(?:(next|this) )?(month|year)(?: |-|\u2019s |'s )end")
PART_OF = re.compile(
    r"(?:(end)|(mid|middle)|start|beginning|first day)(?: |-)(?:of )?([^\W\d_]{3,10})(?: (\d{4}))?", re.ASCII
)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WITH_WEEKDAY = re.compile(
    rf"({'|'.join(name[:3] for name in WEEKDAYS)})(?:[a-z]*day|e?s|u?rs)?\.?,? (.+)", re.ASCII
)

WEEKDAY_LAST = re.compile(rf"(.*\d) ?\(({'|'.join(WEEKDAYS)})\)", re.ASCII)


def written_day(text: str, since: date | None = None) -> date | None:
    """The day that a text names; None where it names none, or may name two.

    since: the day from which the next such day is taken where the year is left out; without it, none is.
    """
    if len(text) > LONGEST:
        return None
    bare = AROUND.sub("", " ".join(text.casefold().split()))
    if BEFORE.match(bare):
        following = written_day(BEFORE.sub("", bare), since)
        return following - timedelta(1) if following and following > FIRST else None
    bare = ENDS.sub(r"end of \1 \2", FEASTS.get(bare, bare)).replace("  ", " ")
    if since and (match := OF_YEAR.fullmatch(bare)):
        bare = f"{match[1]} {since.year + (match[2] == 'next')}"
    bare = WEEKDAY_LAST.sub(r"\2 \1", bare)
    if match := WITH_WEEKDAY.fullmatch(bare):
        following = written_day(match[2], since)
        return following if following and WEEKDAYS[following.weekday()].startswith(match[1]) else None
    if match := FIGURES.fullmatch(bare):
        first, second = int(match["first"]), int(match["second"])
        if first != second and max(first, second) <= len(ENGLISH):
            return None
        day, month = (second, first) if second > len(ENGLISH) and match["mark"] == "/" else (first, second)
        return _day(_year(match), month, day)
    if match := DAY_BEFORE_DOT.fullmatch(bare):
        return _day(_year(match), int(match["second"]), int(match["first"]))
    if match := WITHOUT_YEAR.fullmatch(bare):
        first, second = int(match[1]), int(match[2] or match[3])
        day, month = (second, first) if match[3] and second > len(ENGLISH) else (first, second)
        two = match[3] and first != second and max(first, second) <= len(ENGLISH)
        if two or not 1 <= month <= len(ENGLISH):
            return None
        return _named(str(day), ENGLISH[month - 1], None, since)
    if match := YEAR_FIRST.fullmatch(bare):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if match := DAY_FIRST.fullmatch(bare):
        return _named(match[1], match[2], match[3], since)
    if match := MONTH_FIRST.fullmatch(bare):
        return _named(match[2], match[1], match[3], since)
    if match := OF_MONTH.fullmatch(bare):
        return _of_month(int(match[1]), since)
    if match := OF_NEXT.fullmatch(bare):
        return _in_month(int(match[1]), since, match[2] == "next")
    match = PART_OF.fullmatch(bare)
    return _last_of(bare, since) or (_part_of(match, since) if match else None)


def day_within(text: str, since: date) -> date | None:
    """The one day to come, with its year, that stands in a text among other words; of one in figures that can
    be two, the sooner that is still to come. None where none or several stand there."""
    meant: set[date] = set()
    if two_days(text):
        return None  # nothing beside it tells which
    for match in WITHIN.finditer(" ".join(text.casefold().split())):
        day = written_day(match[0])
        days = (day,) if day else two_days(match[0])
        meant |= {min(to_come) for to_come in ([it for it in days if it >= since],) if to_come}
    return meant.pop() if len(meant) == 1 else None


def _year(match: re.Match[str]) -> int:
    return int(match["year"]) + (CENTURY if len(match["year"]) == 2 else 0)


def two_days(text: str) -> tuple[date, ...]:
    """Both days that a date in figures can mean, as `3/12/2026`, the sooner first; else none."""
    bare = AROUND.sub("", " ".join(text.casefold().split()))
    match = FIGURES.fullmatch(bare) or DAY_BEFORE_DOT.fullmatch(bare)
    if match is None or written_day(text) is not None:
        return ()
    first, second, year = int(match["first"]), int(match["second"]), _year(match)
    days = (_day(year, second, first), _day(year, first, second))
    return tuple(sorted(day for day in days if day))


def nearest_day(text: str, since: date) -> date | None:
    """The day that a text names of a time that is near: where it leaves the year out, the one that has just
    passed and not that of next year; of `10/12`, which is two, the sooner."""
    meant = written_day(text, since)
    if meant is None and (two := SLASHED.fullmatch(AROUND.sub("", " ".join(text.casefold().split())))):
        days = (written_day(f"{day}.{month}.", since) for day, month in ((two[1], two[2]), (two[2], two[1])))
        meant = min((day for day in days if day), default=None)
    both = two_days(text) if meant is None else ()
    if both and both[0] < since <= both[-1] and both[-1].day == int(FIRST_FIGURE.findall(text)[0]):
        return both[-1]  # `9/12/2026` in November, as most write it
    named = meant is not None and (str(meant.year) in text or "year" in text)
    if meant is None or named or (meant - since).days < FAR:
        return meant
    return day_before(text, since)


def _part_of(match: re.Match[str], since: date | None) -> date | None:
    """The last day of a month ahead, or the 15th, or the 1st: `end of January`, `mid-December`."""
    first = _named("1", match[3], match[4], since)
    if first is None or since is None:
        return None
    if match[4] is None and first.month == since.month:
        first = since.replace(day=1)
    day = monthrange(first.year, first.month)[1] if match[1] else 15 if match[2] else 1
    meant = first.replace(day=day)
    return None if match[4] is None and meant < since else meant


def _named(day: str, month: str, year: str | None, since: date | None) -> date | None:
    number = number_of(month)
    if not number:
        return None
    if year is not None:
        return _day(int(year), number, int(day))
    if since is None:
        return None
    this_year = _day(since.year, number, int(day))
    return _day(since.year + 1, number, int(day)) if this_year and this_year < since else this_year


def _of_month(day: int, since: date | None) -> date | None:
    """The next such day: `the 5th`, where the month has one."""
    if since is None:
        return None
    months = since.year * 12 + since.month - 1 + (day < since.day)
    return _day(months // 12, months % 12 + 1, day)


def _in_month(day: int, since: date | None, later: bool) -> date | None:
    """A day of this month, or of the next one."""
    if since is None:
        return None
    months = since.year * 12 + since.month - 1 + later
    return _day(months // 12, months % 12 + 1, day)


def day_before(text: str, until: date) -> date | None:
    """The day that a text names, the last such day where the year is left out: `Oct 14` of an arrest."""
    meant = written_day(text, until)
    if meant is None or meant <= until or str(meant.year) in text:
        return meant
    return _day(meant.year - 1, meant.month, meant.day)


def _last_of(text: str, since: date | None) -> date | None:
    match = LAST_OF.fullmatch(text)
    if match is None or since is None:
        return None
    later = match[1] == "next"
    if match[2] == "year":
        return _day(since.year + later, 12, 31)
    months = since.year * 12 + since.month - 1 + later
    year, month = months // 12, months % 12 + 1
    return _day(year, month, monthrange(year, month)[1])


def _day(year: int, month: int, day: int) -> date | None:
    try:
        written = date(year, month, day)
    except ValueError:
        return None
    return written if day_fault(written) is None else None
