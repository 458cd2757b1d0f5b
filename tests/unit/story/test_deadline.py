"""By when a story says that something must be there."""

from __future__ import annotations

from datetime import date

import pytest

from routing.opened import Router
from routing.story.deadline import due
from routing.story.lines import lines
from routing.story.offered import offered_by

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
        (
            "Request arrived today from Lima to us, to hear a witness by video link on 9 February.",
            77,
            "9 February",
        ),
        ("It must be received today.", 0, "today"),
        ("The ship left on 20/11 and arrives on 10/12, we saw it too late.", 16, "10/12"),
        ("The court will let him go 4 Dec at 13:30.", 10, "4 Dec at 13:30"),
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
        "Two years ago he threatened a witness, today no one is in danger.",
    ],
)
def test_a_time_that_presses_nobody_is_not_offered(router: Router, story: str) -> None:
    assert due(router.rulebook, lines(router, story), TUESDAY) == ()


@pytest.mark.parametrize(
    ("line", "days"),
    [
        ("deadline: none, but the user can delete any hour", None),
        ("deadline: hoster deletes after 72 h, rental ends 25.11.2026 23:59", 1),
        ("deadline: Friday", 3),
        ("deadline: 60 days from 9-11-2026", 45),
        ("deadline: tonight 21.00", 0),
    ],
)
def test_a_line_for_the_day_says_it_whatever_other_lines_tell(
    router: Router, line: str, days: int | None
) -> None:
    story = f"we: Spain\nthey: Ireland\nneed: bank records\norder: the judge will sign tomorrow\n{line}\n"
    offer = offered_by(router, story, TUESDAY)
    needed = [it.value for it in offer.facts if it.fact == router.rulebook.clocks.needed]
    assert needed == ([] if days is None else [str(days)])
    assert not any(words.startswith("It is needed by") for words in offer.unread)


def test_now_before_who_wishes_is_no_day(router: Router) -> None:
    text = "Kenya police. Now Ghana police like to have the chats that Togo gave us."
    assert not [
        it for it in offered_by(router, text, date(2026, 12, 1)).facts if it.fact == "days_until_needed"
    ]
