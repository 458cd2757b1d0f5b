"""A scene near a danger that no word names is not passed over: the page quotes it, and asks."""

from __future__ import annotations

from datetime import date

import pytest

from routing.opened import Router
from routing.render.told_head import told_head
from routing.story.offered import offered_by
from routing.story.open_parts import completed

pytestmark = pytest.mark.when_changed("rules", "routing")

DAY = date(2026, 12, 1)
WE = "We are police in Kenya."
THEN = "We want the bank records of a firm in Ghana."


def emergency(router: Router, text: str) -> str | None:
    """The danger that a story tells."""
    facts = {it.fact: it.value for it in offered_by(router, f"{WE} {text}", DAY).facts}
    return facts.get("emergency")


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("Somebody cut the brake line of her car.", "brake line"),
        ("The caller says there is blood on the stairs.", "blood"),
        ("The boy swims after the sunk boat since two hours.", "swims"),
    ],
)
def test_a_scene_near_a_danger_is_asked(router: Router, text: str, near: str) -> None:
    offer = completed(router, offered_by(router, f"{WE} {text} {THEN}", DAY))
    assert near in offer.near_danger
    head = " ".join(told_head(router, offer, "FILE").split())
    assert "Danger: not sure" in head and "is somebody in danger now?" in head


@pytest.mark.parametrize(
    "text",
    [
        "The goods burned in the depot in 2021 and the insurance paid.",
        "It was murder.",
        "Nobody was hurt, all is well.",
        "The money went to a shop.",
    ],
)
def test_what_is_past_or_over_or_the_crime_is_not(router: Router, text: str) -> None:
    assert not offered_by(router, f"{WE} {text} {THEN}", DAY).near_danger


@pytest.mark.parametrize(
    "text",
    [
        "He poured petrol over the door while the family sleeps inside.",
        "The brother keeps a knife at her neck.",
        "They buried him alive in a box with a tube for air.",
        "The father drives with the baby toward the cliff.",
        "Masked people dragged the journalist into a van.",
        "The gas in the building is open and he has a lighter.",
        "The husband took her inhaler and locked her in.",
    ],
)
def test_classes_of_words_together_tell_a_danger(router: Router, text: str) -> None:
    assert emergency(router, text) == "threat_to_life"


@pytest.mark.parametrize(
    "text",
    [
        "The suspect wears a chain around his neck.",
        "The dealer hid the heroin in a bag under the bed.",
        "The police of Lima sent fingers and photo of a man.",
        "He tied the dog to the tree and broke into the villa.",
        "The student fell from a balcony last summer.",
        "They dragged the safe into a van and left.",
    ],
)
def test_the_same_words_of_things_tell_none(router: Router, text: str) -> None:
    assert emergency(router, text) != "threat_to_life"
