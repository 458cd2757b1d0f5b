"""Needs that one contact serves share a step; what rests on other law, or follows a result, does not."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from routing.opened import shared_router
from routing.plan.model import Plan, Step
from routing.render import rendered

TODAY = date(2026, 11, 24)


def plan(state: str, *needs: dict[str, Any], **case: Any) -> Plan:
    tree = {"state": state, "actor": "prosecutor", "stage": "investigation", **case, "needs": list(needs)}
    return shared_router().route(tree, TODAY)


def steps(plan: Plan, pathway: str) -> list[Step]:
    return [step for step in plan.steps if step.pathway == pathway]


def test_one_letter_asks_for_two_freezes_as_the_one_that_presses_wants() -> None:
    flat = {"id": "flat", "measure": "asset_freezing", "with": "GBR", "property_kind": "real_estate"}
    account = {"id": "account", "measure": "asset_freezing", "with": "GBR", "property_kind": "money"}
    case = {"offence": ["corruption"], "max_penalty_months": 120}
    (letter,) = steps(
        plan("GHA", {**flat, "emergency": "imminent_dissipation"}, account, **case), "asset_freezing"
    )
    assert letter.needs == ("account", "flat") and letter.when == "now"
    assert "marked urgent" in letter.tells and "For account" not in letter.tells
    (calm,) = steps(plan("GHA", flat, account, **case), "asset_freezing")
    assert calm.when == "today" and "marked urgent" not in calm.tells


def test_one_call_puts_what_presses_and_what_can_wait() -> None:
    arrest = {"id": "arrest", "measure": "arrest", "with": "ALB", "emergency": "imminent_flight"}
    surrender = {"id": "surrender", "measure": "surrender", "with": "ALB"}
    case = {"offence": ["fraud"], "max_penalty_months": 96, "arrest_warrant": "yes"}
    (call,) = steps(plan("SRB", arrest, surrender, **case), "police_to_police")
    assert call.needs == ("arrest", "surrender") and call.when == "now"
    assert call.action == "Telephone the foreign police"
    assert call.tells.startswith("For arrest: Telephone") and "For surrender: " in call.tells


def test_one_form_asks_the_provider_and_no_line_forbids_the_police_that_are_called() -> None:
    who = {"id": "who", "measure": "subscriber_data", "with": "USA", "data_holder": "foreign_provider"}
    words = {"id": "words", "measure": "stored_content", "with": "USA", "data_holder": "foreign_provider"}
    case = {
        "emergency": "threat_to_life",
        "offence": ["trafficking_in_persons"],
        "organised_group": "established",
    }
    made = plan("BGD", who, words, **case, actor="police")
    (form,) = steps(made, "provider_emergency_disclosure")
    assert form.needs == ("who", "words")
    (call,) = steps(made, "emergency_disclosure_through_state")
    assert (call.sender.role, call.receiver.role) == ("police", "police")
    assert "Direct police cooperation" not in rendered(made, shared_router(), "text").split("Do not use")[-1]


def test_refusals_on_other_law_are_two() -> None:
    told = {"kind": "answer", "with": "NIC", "request_came_by": "central_authority"}
    refused = steps(
        plan(
            "PAN",
            {"id": "bank", "measure": "bank_records", **told},
            {"id": "arrest", "measure": "arrest", **told},
            offence=["political"],
            refugee_status="given_here",
            fled_from_that_state="yes",
            persecution_risk="substantial",
        ),
        "refer",
    )
    assert sorted(step.needs for step in refused) == [("arrest",), ("bank",)]


def test_a_share_is_proposed_after_the_return_and_to_the_same_state_alone() -> None:
    back = {"id": "back", "measure": "restitution", "with": "ZAF", "property_kind": "money"}
    share = {"id": "share", "measure": "asset_sharing", "with": "ZAF"}
    case = {"offence": ["corruption"], "stage": "trial", "max_penalty_months": 96}
    both = plan("MOZ", share, back, **case)
    (proposed,), (asked,) = steps(both, "asset_sharing"), steps(both, "mla")
    assert proposed.after == (asked.id,) and both.steps.index(asked) < both.steps.index(proposed)
    (elsewhere,) = steps(plan("MOZ", {**share, "with": "GBR"}, back, **case), "asset_sharing")
    assert elsewhere.after == ()


def test_a_team_is_not_dated_by_what_a_holder_keeps() -> None:
    kept = TODAY + timedelta(days=7)
    film = {"id": "film", "measure": "business_records", "with": "BRA", "data_holder": "other_private"}
    film |= {"data_volatility": "imminent_loss", "retention_until": kept.isoformat()}
    team = {"id": "team", "measure": "joint_investigation", "with": "BRA"}
    made = plan("PRY", film, team, offence=["murder"], parallel_investigations="yes")
    (set_up,), (request,) = steps(made, "joint_investigation"), steps(made, "mla")
    assert set_up.deadline is None or set_up.deadline.date is None
    assert request.deadline is not None and request.deadline.date == kept
    assert "unless they are held there by then" in request.deadline.reason
