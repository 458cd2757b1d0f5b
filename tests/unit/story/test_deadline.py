"""By when a story says that something must be there."""

from __future__ import annotations

from datetime import date

import pytest

from routing.api import Router
from routing.story.deadline import due
from routing.story.lines import lines

TUESDAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("story", "days", "phrase"),
    [
        ("We need the bank statements by Friday.", 3, "Friday"),
        ("The trial starts on 3 March 2027 and the witness lives in Peru.", 99, "3 March 2027"),
        ("The messages will be deleted on Friday. We need them.", 3, "Friday"),
        ("Our custody expires in 10 days.", 10, "10 days"),
        ("We need the call records before the hearing on 15 December.", 21, "15 December"),
        ("We must have the answer within two weeks, the trial is on 1 February.", 14, "two weeks"),
        ("His flight leaves tonight.", 0, "tonight"),
        ("Please answer no later than the 5th of December.", 11, "5th of December"),
        ("We need it before the weekend.", 3, "before the weekend"),
        ("Please serve the summons, the hearing in Madrid 3rd of February 2027.", 71, "3rd of February 2027"),
    ],
)
def test_the_soonest_time_by_which_something_must_be_there_is_offered(
    router: Router, story: str, days: int, phrase: str
) -> None:
    (read,) = due(router.rulebook, lines(router, story), TUESDAY)
    assert (read.fact, read.value, read.phrase) == ("days_until_needed", str(days), phrase)


@pytest.mark.parametrize(
    "story",
    [
        "He left the country before Friday.",
        "The robbery was on Monday, today is Wednesday.",
        "We need to know who used this address on 3 March 2026.",
        "The hotel deletes the video after 3 days.",
        "The judgment must be from before 1 January 2020.",
        "We need data from January to March 2026.",
    ],
)
def test_a_time_that_presses_nobody_is_not_offered(router: Router, story: str) -> None:
    assert due(router.rulebook, lines(router, story), TUESDAY) == ()
