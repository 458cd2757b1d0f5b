"""What is at home is done at home: nothing about the person goes abroad, and nobody is asked for what we hold."""

from __future__ import annotations

from typing import Any

import pytest

from routing.opened import Router


def told(router: Router, measure: str, **facts: Any) -> tuple[str, list[str]]:
    """The main pathway of a need, and those of all its steps."""
    case = {
        "state": "MYS",
        "as_of": "2026-11-30",
        "actor": "police",
        "stage": "investigation",
        "offence": ["corruption"],
        "needs": [{"measure": measure, "with": "SGP", **facts}],
    }
    plan = router.route(case)
    return plan.needs[0].primary.pathway, [step.pathway for step in plan.steps]


def test_who_is_in_danger_at_home_is_protected_at_home(router: Router) -> None:
    primary, steps = told(router, "witness_protection", witness_at_risk="yes", danger_place="here")
    assert primary == "own_protection"
    assert steps == ["own_protection"]


def test_who_is_in_danger_there_is_protected_there(router: Router) -> None:
    primary, steps = told(router, "witness_protection", witness_at_risk="yes", danger_place="abroad")
    assert primary == "protection_there"
    assert "own_protection" not in steps


@pytest.mark.parametrize("measure", ["asset_freezing", "confiscation"])
def test_what_is_held_at_home_is_asked_for_nowhere(measure: str, router: Router) -> None:
    primary, steps = told(router, measure, property_kind="real_estate", property_held="here")
    assert primary == "own_hold"
    assert steps == ["own_hold"]


def test_what_is_there_is_still_asked_for(router: Router) -> None:
    primary, steps = told(router, "asset_freezing", property_kind="real_estate")
    assert primary == "asset_freezing"
    assert "own_hold" not in steps
