"""When to act, who acts, and which law is named: each of these was wrong once."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import groupby
from typing import Any

import pytest

from routing.case.model import Case, Need
from routing.opened import shared_router
from routing.plan import build
from routing.plan.model import Plan, Step
from routing.render import rendered

TODAY = date(2026, 11, 24)


def plan(state: str, *needs: dict[str, Any], **case: Any) -> Plan:
    tree = {"state": state, "actor": "prosecutor", "stage": "investigation", **case, "needs": list(needs)}
    return shared_router().route(tree, TODAY)


def step(plan: Plan, pathway: str) -> Step:
    return next(step for step in plan.steps if step.pathway == pathway)


def test_a_tip_about_a_killing_begins_with_the_telephone() -> None:
    tip = {"id": "tip", "kind": "share", "measure": "information_sharing", "with": "POL"}
    danger, calm = plan("DEU", {**tip, "emergency": "threat_to_life"}), plan("DEU", tip)
    assert danger.needs[0].first == "Telephone now; confirm in writing today."
    assert danger.steps[0].when == "now" and danger.steps[0].action.startswith("Telephone")
    assert danger.needs[0].first in rendered(danger, shared_router(), "text").splitlines()[2]
    assert not calm.needs[0].first and danger.steps != calm.steps, "an emergency makes a difference"


@pytest.mark.parametrize("measure", ["subscriber_data", "stored_content", "locate_person"])
def test_nothing_in_danger_has_a_last_day_weeks_away(measure: str) -> None:
    found = plan(
        "GBR", {"measure": measure, "with": "USA", "emergency": "threat_to_life", "purpose": "evidence"}
    )
    days = [step.deadline.date for step in found.steps if step.deadline and step.deadline.date]
    assert all(day <= TODAY + timedelta(days=7) for day in days)
    assert found.steps[0].when == "now"


def test_an_order_does_not_wait_for_police() -> None:
    need = {
        "measure": "stored_content",
        "with": "IRL",
        "purpose": "evidence",
        "issuing_authority": "judge_or_court",
    }
    found = plan("DEU", {**need, "data_holder": "provider_represented_in_eu"}, max_penalty_months=120)
    order = step(found, "european_production_order")
    police = {item.id for item in found.steps if item.pathway in ("eu_contact_point", "police_to_police")}
    assert not police & set(order.after) and order.start == TODAY


def test_a_back_stop_is_told_apart_from_when_to_act() -> None:
    need = {
        "measure": "stored_content",
        "with": "CAN",
        "purpose": "evidence",
        "data_volatility": "imminent_loss",
        "first_request_to_state": "yes",
    }
    found = plan("GHA", need)
    hold, request = step(found, "budapest_preservation"), step(found, "mla")
    assert hold.when == "now" and request.when == "after" and request.start and request.start > TODAY
    assert request.deadline and request.deadline.date == TODAY + timedelta(days=59)
    assert hold.deadline and hold.deadline.runs_from
    assert "by 22 Jan 2027" in " ".join(rendered(found, shared_router(), "text").split())


@pytest.mark.parametrize("measure", ["search", "asset_freezing", "arrest"])
def test_who_answers_executes(measure: str) -> None:
    found = plan("DEU", {"kind": "answer", "measure": measure, "with": "POL"})
    main = next(step for step in found.steps if step.role == "deliver")
    assert (main.sender.role, main.sender.state) == ("executing_authority", "DEU")
    assert (main.receiver.role, main.receiver.state) == ("issuing_authority", "POL")
    assert not any(step.deadline and step.deadline.date for step in found.steps)


@pytest.mark.parametrize("measure", ["early_warning", "police_intelligence", "information_sharing"])
def test_what_nobody_asked_for_is_not_answered(measure: str) -> None:
    found = plan("DEU", {"kind": "share", "measure": measure, "with": "FRA"})
    assert not [step.action for step in found.steps if step.action.startswith("Answer")]


@pytest.mark.parametrize(
    ("state", "other", "foreign"),
    [("DEU", "POL", "swiss-imac"), ("BRA", "USA", "led "), ("KEN", "MUS", "led "), ("KEN", "GBR", "ets30")],
)
def test_the_law_of_others_is_not_named(state: str, other: str, foreign: str) -> None:
    for kind in ("request", "share"):
        found = plan(state, {"kind": kind, "measure": "information_sharing", "with": other})
        assert not [
            ref
            for said in (*found.warnings, *found.obligations)
            for ref in said.basis
            if ref.startswith(foreign)
        ]


def test_a_refused_channel_is_told_with_its_own_reason_and_day() -> None:
    need = {"measure": "search", "with": "DNK", "purpose": "evidence", "proposed_channel": "EIO"}
    told = plan("DEU", need).needs[0].proposed
    assert (
        told and told.answer == "not_as_proposed" and told.says.startswith("Ireland and Denmark take no part")
    )
    order = {"measure": "subscriber_data", "with": "IRL", "data_holder": "provider_represented_in_eu"}
    early = shared_router().route(
        {"state": "DEU", "needs": [{**order, "purpose": "evidence", "proposed_channel": "EPOC"}]},
        date(2026, 5, 1),
    )
    told = early.needs[0].proposed
    assert told and told.serves_from == date(2026, 8, 18)


def test_the_flag_state_is_asked_before_anyone_else() -> None:
    need = {
        "measure": "vessel_boarding",
        "with": "VCT",
        "days_until_needed": 0,
        "vessel_status": "foreign_flag",
    }
    found = plan(
        "FRA", {**need, "vessel_waters": "high_seas"}, offence=["drugs"], organised_group="suspected"
    )
    assert found.steps[0].pathway == "vessel_boarding" and found.steps[0].when == "now"
    assert all(item.when == "now" for item in found.steps)


def test_needs_for_the_same_are_weighed_one_after_another(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that what two measures share is compiled once, and the memory that many needs take stays small. The
    plan tells them in the order of the case."""
    weighed: list[str] = []
    find = build.findings_of

    def told(case: Case, need: Need, *rest: Any) -> Any:
        weighed.append(need.measure)
        return find(case, need, *rest)

    monkeypatch.setattr(build, "findings_of", told)
    asked = ["search", "arrest", "search", "arrest", "search"]
    made = plan("FRA", *({"id": f"n{n}", "measure": what, "with": "KEN"} for n, what in enumerate(asked)))
    assert [need.measure for need in made.needs] == asked
    assert [measure for measure, _ in groupby(weighed)] == ["search", "arrest"]
