"""What goes into each formal request, and by when it is answered, stands on the page, also of a second and third one."""

from __future__ import annotations

import click
import pytest
from pages import page
from scenario_check import plan_named

from routing.opened import Router
from routing.phrasing.of_plans import Wording
from routing.render.sections import STATE_DECIDES, sections
from routing.render.text import text

FORMAL = (
    {"id": "papers", "measure": "bank_records", "with": "BRA", "purpose": "evidence"},
    {"id": "house", "measure": "search", "with": "KEN", "purpose": "evidence"},
    {
        "id": "account",
        "measure": "asset_freezing",
        "with": "ARE",
        "purpose": "restrain_assets",
        "data_holder": "bank",
    },
    {"id": "tip", "kind": "share", "measure": "information_sharing", "with": "PER"},
)
CASE = {"state": "PRT", "actor": "prosecutor", "stage": "investigation", "offence": ["corruption"]}


def test_each_main_step_says_what_goes_into_it_and_when_an_answer_comes(router: Router) -> None:
    plan = router.route({"as_of": "2026-12-01", **CASE, "needs": list(FORMAL)})
    shown = " ".join(click.unstyle(text(plan, router, width=100)).split())
    steps = [step for step in sections(plan, Wording(router)).steps if step.role == "deliver"]
    assert len(steps) >= 3
    for number, step in enumerate(steps):
        alike = any(step.contents == earlier.contents for earlier in steps[:number])
        assert alike or step.contents[0] in shown, step.number
        assert alike or step.contents[-1] in shown, step.number
    assert "points" not in shown.partition("--full adds")[0]
    assert shown.count("Usually takes") >= 2


@pytest.mark.parametrize("name", ["three-states-one-group/base", "migrant-boat-then-crypto/base"])
def test_no_request_of_several_needs_goes_out_without_its_contents(name: str, router: Router) -> None:
    plan = plan_named(name)
    lines = click.unstyle(text(plan, router, width=100)).splitlines()
    main = [
        step for step in sections(plan, Wording(router)).steps if step.role == "deliver" and step.contents
    ]
    starts = [number for number, line in enumerate(lines) if line[:3].strip().isdigit()]
    bounds = dict(
        zip(range(1, len(starts) + 1), zip(starts, [*starts[1:], len(lines)], strict=True), strict=True)
    )
    for step in main:
        first, last = bounds[step.number]
        assert any(line.startswith("    With ") for line in lines[first:last]), step.title


def test_a_service_whose_state_is_not_named_has_its_company_looked_up(router: Router) -> None:
    need = {"measure": "subscriber_data", "named_provider": "Telegram"}
    case = {"state": "KEN", "actor": "police", "stage": "investigation", "offence": ["fraud"]}
    shown = " ".join(page(router, **case, needs=[need]).split())
    assert "Look up where the company is established that answers for Telegram." in shown
    assert STATE_DECIDES in shown and "this way can be taken" not in shown
