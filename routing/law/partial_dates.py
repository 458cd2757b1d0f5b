"""Dates as the registers give them: a day, a month or a year."""

from __future__ import annotations

import calendar
import re
from datetime import date

from routing.core.printable import MONTHS, day
from routing.core.records import Record

_FORM = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


class PartialDate(Record):
    """A day, month or year as written, with the first and last day it may mean."""

    text: str
    first: date
    last: date

    @property
    def exact(self) -> bool:
        return self.first == self.last

    def __str__(self) -> str:
        return self.text

    def words(self) -> str:
        """As `17 May 2013`, `May 2013` or `2013`."""
        if self.exact:
            return day(self.first)
        year, _, month = self.text.partition("-")
        return f"{MONTHS[int(month) - 1]} {year}" if month else year


def parse_partial(text: str) -> PartialDate:
    """The date written as `2013`, `2013-05` or `2013-05-17`. Raises ValueError for anything else."""
    match = _FORM.fullmatch(text)
    if not match:
        raise ValueError(f"`{text}` is not a date")
    year, month, number = (int(part) if part else None for part in match.groups())
    assert year is not None
    if month is None:
        return PartialDate(text, date(year, 1, 1), date(year, 12, 31))
    if number is None:
        return PartialDate(text, date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))
    whole = date(year, month, number)
    return PartialDate(text, whole, whole)


def exactly(value: date) -> PartialDate:
    return PartialDate(value.isoformat(), value, value)


def later(first: PartialDate | None, second: PartialDate | None) -> PartialDate | None:
    """The later of two starts; None only where both are unknown."""
    if first is None or second is None:
        return first or second
    return first if first.last >= second.last else second


def covers(since: PartialDate | None, until: PartialDate | None, seen: date, on: date) -> bool | None:
    """Whether a span includes a day: yes, no, or None where the dates do not tell.

    A span without `since` was seen to run on the day `seen`, so it includes that day and those
    after it; of earlier days it says nothing.
    """
    if until is not None and on > until.last:
        return False
    if since is not None and on < since.first:
        return False
    begun = on >= seen if since is None else on >= since.last
    still = until is None or on < until.first or until.exact
    return True if begun and still else None
