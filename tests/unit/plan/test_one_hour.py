"""A person and what could be moved or destroyed are taken at one hour; what has come out presses."""

from __future__ import annotations

from typing import Any

import pytest

from routing.opened import Router
from routing.plan.model import Plan

ONE_HOUR, PRINTED, KNOWN = "act_at_one_moment", "act_before_it_is_published", "act_as_if_they_knew"
INSIDER, MEANWHILE, HELD = (
    "go_past_the_insider",
    "take_a_statement_meanwhile",
    "if_held_ask_when_the_arrest_ends",
)
ARREST = {"id": "man", "measure": "arrest", "with": "BGR", "arrest_warrant": "yes"}
MONEY = {"id": "money", "measure": "asset_freezing", "with": "EST", "property_kind": "money"}


def planned(router: Router, *needs: dict[str, Any], state: str = "ROU", **facts: object) -> Plan:
    case = {"state": state, "as_of": "2026-11-30", "actor": "prosecutor", "stage": "investigation"}
    return router.route({**case, "offence": "fraud", "max_penalty_months": 84, "needs": [*needs], **facts})


def owing(plan: Plan, code: str) -> set[str]:
    return {need for duty in plan.obligations if duty.code == code for need in duty.needs}


@pytest.mark.parametrize("hold", ["asset_freezing", "search", "seizure_of_evidence"])
def test_arrest_and_hold_agree_on_one_hour(router: Router, hold: str) -> None:
    thing = {**MONEY, "measure": hold, "with": "BGR"}
    assert owing(planned(router, ARREST, thing), ONE_HOUR) == {"man", "money"}
    assert not owing(planned(router, ARREST), ONE_HOUR) and not owing(planned(router, thing), ONE_HOUR)


@pytest.mark.parametrize(
    "told", [{"struck_together": "no"}, {"held_for_the_request": "yes"}, {"emergency": "threat_to_life"}]
)
def test_no_hour_for_who_is_held_in_danger_or_somebody_else(router: Router, told: dict[str, object]) -> None:
    plan = planned(router, {**ARREST, **told}, {**MONEY, "struck_together": "no"})
    assert not owing(plan, ONE_HOUR)


def test_who_is_held_already_sets_no_hour_for_the_money(router: Router) -> None:
    plan = planned(router, {**ARREST, "held_for_the_request": "yes"}, MONEY)
    assert not owing(plan, ONE_HOUR)


def test_nothing_of_it_is_said_back(router: Router) -> None:
    assert not [note for note in planned(router, ARREST, MONEY).notes if "struck" in note]


def test_what_is_asked_about_the_arrest_is_not_asked_of_the_surrender_again(router: Router) -> None:
    surrender = {"id": "back", "measure": "surrender", "with": "BGR", "whereabouts_known": "yes"}
    assert owing(planned(router, surrender), HELD) == {"back"}
    assert not owing(planned(router, ARREST, surrender), HELD)
    elsewhere = {**surrender, "with": "DEU"}
    assert owing(planned(router, ARREST, elsewhere), HELD) == {"back"}


@pytest.mark.parametrize(("told", "code"), [("to_be_published", PRINTED), ("leaked", KNOWN)])
def test_what_comes_out_presses_and_is_told(router: Router, told: str, code: str) -> None:
    plan = planned(router, ARREST, MONEY, leak_or_publication=told)
    assert owing(plan, code) == {"man", "money"}
    assert {need.id for need in plan.needs if need.first} == {"man", "money"}
    quiet = planned(router, ARREST, MONEY)
    assert not owing(quiet, code) and not any(need.first for need in quiet.needs)


def test_an_emergency_that_is_told_is_not_taken_from_the_leak(router: Router) -> None:
    plan = planned(router, {**MONEY, "emergency": "none"}, leak_or_publication="leaked")
    assert not any(need.first for need in plan.needs)


@pytest.mark.parametrize("kind", ["request", "share"])
def test_nothing_goes_to_an_office_where_somebody_is_paid(router: Router, kind: str) -> None:
    measure = "police_held_data" if kind == "request" else "spontaneous_information"
    need = {"id": "ask", "kind": kind, "measure": measure, "with": "MYS"}
    assert owing(planned(router, {**need, "insider_there": "yes"}, state="BGD"), INSIDER) == {"ask"}
    assert not owing(planned(router, need, state="BGD"), INSIDER)


def test_a_willing_witness_speaks_before_a_day_in_court(router: Router) -> None:
    witness = {
        "id": "driver",
        "measure": "video_hearing",
        "with": "ESP",
        "person_role": "witness",
        "days_until_needed": 118,
    }
    assert owing(planned(router, witness, state="GBR"), MEANWHILE) == {"driver"}
    for other in (
        {"vulnerable_person": "child"},
        {"person_role": "expert"},
        {"days_until_needed": 3},
        {"consent": "refused"},
    ):
        assert not owing(planned(router, {**witness, **other}, state="GBR"), MEANWHILE)
