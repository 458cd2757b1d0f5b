"""A story that names a service and no State: the State in which its company answers us is presumed, and told."""

from __future__ import annotations

import pytest
from offers import SUNDAY, read

from routing.opened import Router
from routing.render.case_told import case_told
from routing.render.told_head import told_head
from routing.story.open_parts import completed

ASK = "We are police in {}. A man threatens a girl on {}. We need to know who has the account."


def states(router: Router, text: str) -> list[str]:
    return [want.state for want in completed(router, read(router, text)).needed]


@pytest.mark.parametrize(
    ("town", "service", "state"),
    [
        ("Lima", "Instagram", "USA"),
        ("Munich", "Instagram", "IRL"),
        ("Oslo", "WhatsApp", "IRL"),
        ("Nairobi", "TikTok", "SGP"),
        ("Lisbon", "Discord", "USA"),
    ],
)
def test_the_state_of_the_company_that_answers_us_is_presumed(
    router: Router, town: str, service: str, state: str
) -> None:
    assert states(router, ASK.format(town, service)) == [state]


def test_what_is_presumed_stands_above_the_plan_with_the_sentence_that_says_otherwise(router: Router) -> None:
    offer = completed(router, read(router, ASK.format("Lima", "Instagram")))
    head = " ".join(told_head(router, offer, "story.txt").split())
    assert (
        "Presumed: United States, as Meta Platforms, Inc. answers for it there (checked, 30 Nov 2026)" in head
    )
    assert "“The other State is [State].”" in head


def test_a_row_that_nobody_read_in_the_text_of_the_company_says_so(router: Router) -> None:
    offer = completed(router, read(router, ASK.format("Munich", "Twitter")))
    assert "not read in its own text" in " ".join(told_head(router, offer, "story.txt").split())


def test_a_case_file_says_whose_seat_it_is(router: Router) -> None:
    (line,) = [
        it for it in case_told(router, ASK.format("Lima", "Instagram"), SUNDAY).splitlines() if " with:" in it
    ]
    assert "United States" in line and "Meta Platforms, Inc. answers for it; is it there?" in line


@pytest.mark.parametrize(
    "text",
    [
        ASK.format("Lima", "Telegram"),
        ASK.format("Boston", "Instagram"),
        "A man threatens a girl on Instagram. We need to know who has the account.",
    ],
)
def test_nothing_is_presumed_of_a_service_not_held_one_at_home_or_for_a_state_not_said(
    router: Router, text: str
) -> None:
    assert states(router, text) == [""]


def test_a_state_that_the_story_says_goes_before_the_seat(router: Router) -> None:
    text = f"{ASK.format('Lima', 'Instagram')} The other State is Ireland."
    offer = completed(router, read(router, text))
    assert not any(want.provider for want in offer.needed) and "Presumed" not in told_head(
        router, offer, "s.txt"
    )


def test_where_a_phone_is_now_is_not_asked_at_the_seat_of_the_app_by_which_somebody_calls(
    router: Router,
) -> None:
    text = "We are police in Kampala. A girl is held in Mombasa. They call by WhatsApp. We need to find the phone now."
    assert "USA" not in states(router, text)


def test_what_another_state_asks_of_us_is_not_at_the_seat(router: Router) -> None:
    text = "We are prosecutors in Oslo. Police in Lima ask us who has an Instagram account."
    assert "USA" not in states(router, text) and "IRL" not in states(router, text)
