"""What is done here is said to be here; whose national somebody is, and who else wants the person, is told."""

from __future__ import annotations

from typing import Any

import pytest

from routing.opened import Router
from routing.render.text import text


def page(router: Router, state: str, *needs: dict[str, Any], **facts: object) -> str:
    case = {"state": state, "as_of": "2026-11-30", "actor": "prosecutor", "stage": "investigation"}
    case |= {"offence": "fraud", "max_penalty_months": 84, "needs": [*needs], **facts}
    return " ".join(text(router.route(case), router).split())


@pytest.mark.parametrize(
    ("need", "line"),
    [
        (
            {"measure": "witness_protection", "danger_place": "here"},
            "Protecting a witness or victim where the person lives, here:",
        ),
        ({"measure": "asset_freezing", "property_held": "here"}, "Freezing or seizing assets, here:"),
        ({"measure": "asset_freezing", "property_held": "there"}, "Freezing or seizing assets, in Viet Nam:"),
    ],
)
def test_what_is_held_or_done_here_is_said_to_be_here(
    router: Router, need: dict[str, str], line: str
) -> None:
    assert line in page(router, "FRA", {"with": "VNM", **need})


ASKED = "ask for prosecution there"


@pytest.mark.parametrize(
    ("state", "partner"), [("MDA", "ROU"), ("ESP", "CHL"), ("AGO", "PRT"), ("JPN", "THA"), ("DEU", "NOR")]
)
def test_every_ordinary_request_says_what_follows_if_a_national_is_kept(
    router: Router, state: str, partner: str
) -> None:
    need = {"measure": "surrender", "with": partner, "person_role": "suspect"}
    assert ASKED in page(router, state, {**need, "own_national": "yes"})
    assert ASKED not in page(router, state, {**need, "own_national": "no"})


@pytest.mark.parametrize(("state", "partner"), [("GBR", "PRT"), ("USA", "GBR")])
def test_where_nationality_is_no_ground_that_is_said(router: Router, state: str, partner: str) -> None:
    need = {"measure": "surrender", "with": partner, "person_role": "suspect", "own_national": "yes"}
    assert "Nationality alone does not allow a refusal" in page(router, state, need)


def test_several_states_that_want_one_person_are_weighed_together(router: Router) -> None:
    needs = [
        {"id": state, "kind": "answer", "measure": "surrender", "with": state} for state in ("ITA", "TUR")
    ]
    words = "Another State wants the person too"
    assert words in page(router, "GRC", *needs) and words not in page(router, "GRC", needs[0])
    assert words in page(router, "GRC", {**needs[0], "wanted_by_another": "yes"})


def test_a_national_who_is_held_and_not_surrendered_comes_before_the_judge(router: Router) -> None:
    need = {
        "kind": "answer",
        "measure": "arrest",
        "with": "TUR",
        "own_national": "yes",
        "surrenders_own_nationals": "no",
    }
    words = "Put the detention before the judge today"
    assert words in page(router, "KAZ", {**need, "held_for_the_request": "yes"})
    assert words not in page(router, "KAZ", {**need, "held_for_the_request": "no"})


def test_pictures_that_are_kept_for_days_are_held_by_police_there(router: Router) -> None:
    need = {"measure": "seizure_of_evidence", "with": "BRA"}
    words = "Ask police there today to have the holder keep or copy it"
    assert words in page(router, "SEN", {**need, "days_of_retention": 12})
    assert words not in page(router, "SEN", need)
