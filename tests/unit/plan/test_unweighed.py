"""What is told and moves nothing is said, in one line; what only happens not to decide is not named."""

from __future__ import annotations

from typing import Any

import click
import pytest

from routing.opened import shared_router
from routing.render.text import PAGE, text

ROUTER = shared_router()
NEED = {"measure": "bank_records", "with": "FRA"}


def note(case: dict[str, Any], *needs: dict[str, Any]) -> str:
    plan = ROUTER.route(
        ROUTER.read({"state": "KEN", "as_of": "2026-11-27", **case, "needs": list(needs) or [NEED]})
    )
    return ", ".join(plan.unweighed)


@pytest.mark.parametrize(
    "told",
    [
        {"offence": ["fraud"], "max_penalty_months": "60", "organised_group": "none"},
        {"days_until_needed": "30"},
        {"dual_criminality": "yes"},
        {"both_bound_by": ["untoc"]},
        {"kind": "answer", "received_on": "2026-11-20"},
        {"vessel_status": "unknown"},
    ],
)
def test_what_a_rule_weighs_is_not_named(told: dict[str, Any]) -> None:
    assert note(told) == ""


def test_what_no_rule_weighs_is_named() -> None:
    assert note({"vessel_status": "own_flag"}) == "flag of the ship"
    assert note({}, {**NEED, "prisoner_agrees": "yes"}) == "consent of the sentenced person"


def test_of_several_needs_it_is_said_for_which() -> None:
    first = {"id": "one", **NEED, "prisoner_agrees": "yes"}
    second = {"id": "two", "measure": "sentence_transfer", "with": "FRA", "prisoner_agrees": "yes"}
    assert note({}, first, second) == "consent of the sentenced person (for one)"
    assert note({"prisoner_agrees": "yes"}, {**NEED, "id": "one"}, {**second, "id": "two"}) == ""


def test_the_page_has_one_line_for_it() -> None:
    told = {
        "prisoner_agrees": "yes",
        "vessel_status": "own_flag",
        "sentence_left": "nothing",
        "expulsion_order": "yes",
    }
    case = ROUTER.read({"state": "KEN", "as_of": "2026-11-27", "needs": [{**NEED, **told}]})
    plan = ROUTER.route(case)
    page = click.unstyle(text(plan, ROUTER, width=100)).splitlines()
    (line,) = [number for number, it in enumerate(page) if it.startswith("Not weighed")]
    assert "by no rule" in page[line] and not page[line + 1].startswith(" ") and len(page) <= PAGE
    assert not any("weighed" in it for it in page[:line])
    full = " ".join(click.unstyle(text(plan, ROUTER, full=True, width=100)).split())
    assert "Not weighed Told, weighed by no rule for this kind of need: " in full


def test_what_the_measure_says_itself_is_not_called_unweighed() -> None:
    plan = ROUTER.route(
        {
            "state": "BWA",
            "as_of": "2026-11-27",
            "needs": [{"measure": "stolen_vehicle_check", "with": "NAM", "data_holder": "foreign_police"}],
        }
    )
    assert ROUTER.rulebook.measures["stolen_vehicle_check"].presumes["data_holder"] == "foreign_police"
    assert "holder" not in ", ".join(plan.unweighed)


def test_a_state_on_the_route_is_asked_or_said_not_to_matter() -> None:
    assert note({}, {**NEED, "via": {"HUN": "unknown"}}) == "States on the route"
    tracker = {"measure": "tracking_device", "with": "AUT", "via": {"HUN": "no"}}
    plan = ROUTER.route(ROUTER.read({"state": "SRB", "as_of": "2026-11-27", "needs": [tracker]}))
    assert not plan.unweighed and "HUN" in [step.receiver.state for step in plan.steps]
