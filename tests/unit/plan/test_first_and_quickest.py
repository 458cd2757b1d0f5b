"""What a page says first, what is too late, and what may be gone: of the steps that are taken, no others."""

from __future__ import annotations

from typing import Any

import pytest

from routing.opened import Router
from routing.plan.model import Plan


def planned(router: Router, state: str, need: dict[str, Any], **facts: object) -> Plan:
    case = {"state": state, "as_of": "2026-11-30", "actor": "police", "stage": "investigation"}
    return router.route({**case, "offence": "murder", "needs": [{"id": "it", **need}], **facts})


def test_the_line_at_the_top_names_the_form_that_is_the_first_step(router: Router) -> None:
    need = {"measure": "subscriber_data", "with": "USA", "emergency": "threat_to_life"}
    plan = planned(router, "COL", need)
    assert plan.steps[0].pathway == "provider_emergency_disclosure"
    assert "Send the provider's form and telephone now" in plan.needs[0].first
    assert "If the person is here" in plan.needs[0].first
    there = planned(router, "COL", {**need, "danger_place": "abroad"}).needs[0].first
    assert there.startswith("Send the provider's form and telephone now")


def test_where_police_are_called_first_the_line_says_so(router: Router) -> None:
    need = {"measure": "locate_person", "with": "PRY", "emergency": "threat_to_life"}
    assert "form" not in planned(router, "COL", need).needs[0].first


def test_too_late_is_said_of_the_main_step_while_another_is_only_quicker_perhaps(router: Router) -> None:
    plan = planned(router, "GBR", {"measure": "stored_content", "with": "USA", "days_until_needed": 25})
    assert plan.needs[0].open_anyway and plan.needs[0].primary.pathway == "mla"
    (late,) = (warning for warning in plan.warnings if warning.code == "may_be_too_late")
    assert "this way (Mutual legal assistance)" in late.says
    assert "Quicker, where it serves: Order under a direct-access agreement" in late.says


@pytest.mark.parametrize(("days", "warned"), [(10, False), (2, True)])
def test_a_slow_hold_beside_a_quicker_one_warns_of_no_loss(router: Router, days: int, warned: bool) -> None:
    """The 24/7 point of a Party acts within days; the message by INTERPOL beside it may take two weeks."""
    need = {"measure": "data_preservation", "with": "PRT", "emergency": "threat_to_life"}
    plan = planned(router, "GBR", {**need, "days_of_retention": days}, offence="cybercrime")
    assert {"interpol", "budapest_preservation"} <= {step.pathway for step in plan.steps}
    assert any(warning.code == "retention_short" for warning in plan.warnings) == warned
