"""What a story may need without saying so is asked about, and never taken as told."""

from __future__ import annotations

from html import unescape

import pytest
from starlette.testclient import TestClient

from routing.opened import Router
from routing.story.implied_needs import forms_of
from routing.story.needs import Want
from routing.story.reader import story_of


def asked(router: Router, text: str) -> dict[str, str]:
    """The needs that are asked about, each with its State."""
    return {name: want.state for want in story_of(router, text).wants if want.asked for name in want.measures}


def told(router: Router, text: str) -> set[str]:
    return {name for want in story_of(router, text).wants if not want.asked for name in want.measures}


@pytest.mark.parametrize(
    ("story", "measure", "state"),
    [
        (
            "I am from the police in Accra. The server in the Netherlands will be wiped on Monday.",
            "data",
            "NLD",
        ),
        ("The man sits in a cafe in Tirana right now and we have a warrant for him.", "arrest", "ALB"),
        ("Our lab cannot test this powder, the lab in Lyon can.", "laboratory", "FRA"),
        ("The account is with a bank in Malta, the money leaves at noon.", "transaction", "MLT"),
        ("The girl texted from Izmir that he will kill her.", "find_missing", "TUR"),
    ],
)
def test_what_a_story_may_need_is_asked(router: Router, story: str, measure: str, state: str) -> None:
    needs = asked(router, story)
    assert any(name.startswith(measure) and where in (state, "") for name, where in needs.items()), needs
    assert not told(router, story)


def test_what_a_story_says_that_it_wants_is_told(router: Router) -> None:
    story = "We are police in Kenya. We want the bank records from Panama."
    assert told(router, story) == {"bank_records"} and not asked(router, story)


def test_the_nearest_are_asked_where_nothing_else_is_told(router: Router) -> None:
    story = (
        "A nurse who treated the boy works in a clinic in Munich and is willing to speak about the wounds."
    )
    assert {"witness_hearing", "voluntary_statement"} & set(asked(router, story))


def test_what_is_not_wanted_is_not_asked(router: Router) -> None:
    story = "We are police in Bolzano. We want no arrest, only the name of the tenant in Innsbruck."
    assert "arrest" not in asked(router, story)


def test_what_may_be_lost_is_asked_beside_what_is_wanted(router: Router) -> None:
    story = (
        "I am from the police in Manila. The contract of the server in Lithuania ends tomorrow and then all is"
        " wiped. We want to know who paid for the server."
    )
    assert asked(router, story) == {"data_preservation": "LTU"} and "subscriber_data" in told(router, story)


def test_the_page_tells_what_is_asked_apart(client: TestClient) -> None:
    story = "We are police in Ghana. The server in the Netherlands will be wiped on Monday."
    page = unescape(client.post("/told", data={"story": story}).text)
    assert "Do you want one of these? The story does not say so." in page
    assert "What is needed, and from where?" not in page


def test_a_need_that_is_asked_is_no_other_than_one_that_is_told() -> None:
    assert not Want("words", (), "", "", "", "").asked


@pytest.mark.parametrize(
    ("word", "stem"),
    [("wiped", "wipe"), ("wiping", "wipe"), ("stopped", "stop"), ("carried", "carry"), ("leaving", "leave")],
)
def test_endings_make_no_other_word(word: str, stem: str) -> None:
    assert stem in forms_of(word)
