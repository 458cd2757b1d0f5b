"""A day in figures, as people write it: the year that is written, and no other."""

from __future__ import annotations

from datetime import date

import pytest

from routing.case.written_day import two_days, written_day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("4.12.1999", date(1999, 12, 4)),
        ("4. 12. 1999", date(1999, 12, 4)),
        ("4. 12. 26", date(2026, 12, 4)),
        ("4.12/2026", date(2026, 12, 4)),
        ("15/12/2026", date(2026, 12, 15)),
        ("12/15/2026", date(2026, 12, 15)),
        ("4.12.0026", None),
        ("3/4/2027", None),
    ],
)
def test_a_day_in_figures_is_of_the_year_that_is_written(text: str, day: date | None) -> None:
    assert written_day(text) == day


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("3/12/2026", (date(2026, 3, 12), date(2026, 12, 3))),
        ("12.13.2026", (date(2026, 12, 13),)),
        ("12.13.26", (date(2026, 12, 13),)),
        ("4. 12. 2026", ()),
    ],
)
def test_of_a_day_that_may_be_two_both_are_given(text: str, days: tuple[date, ...]) -> None:
    assert two_days(text) == days
