"""What shows a person what we know waits for what that person is not to notice."""

from __future__ import annotations

from typing import Any

import pytest

from routing.opened import Router
from routing.plan.model import Plan, Step

LISTEN = {"id": "listen", "measure": "interception", "with": "CHL"}
WAITS = "wait_until_the_watching_has_given"


def planned(router: Router, *needs: dict[str, Any], **facts: object) -> Plan:
    case = {"state": "ESP", "as_of": "2026-11-30", "actor": "judge", "stage": "investigation"}
    return router.route({**case, "offence": "drugs", "needs": [*needs], **facts})


def steps(plan: Plan, need: str) -> dict[str, Step]:
    return {step.pathway: step for step in plan.steps if need in step.needs}


def waits(plan: Plan, way: str, need: str) -> bool:
    """Whether a step comes after the listening, straight or by another."""
    listening = steps(plan, "listen")[plan.needs[0].primary.pathway].id
    by_id = {step.id: step for step in plan.steps}
    left, seen = [steps(plan, need)[way].id], set[str]()
    while left:
        seen.add(now := left.pop())
        left += by_id[now].after
    return listening in seen


def owing(plan: Plan) -> set[str]:
    return {need for duty in plan.obligations if duty.code == WAITS for need in duty.needs}


@pytest.mark.parametrize(
    ("measure", "way"),
    [
        ("arrest", "provisional_arrest"),
        ("asset_freezing", "asset_freezing"),
        ("search", "mla"),
        ("publish_notice", "interpol_notice"),
    ],
)
def test_an_open_step_comes_after_the_listening(router: Router, measure: str, way: str) -> None:
    need = {"id": "open", "measure": measure, "with": "CHL"}
    plan = planned(router, LISTEN, need)
    assert owing(plan) == {"open"} and waits(plan, way, "open")
    assert any("`open` waits for `listen`" in note for note in plan.notes)
    alone = planned(router, need)
    assert not owing(alone) and not alone.notes


def test_also_in_another_state(router: Router) -> None:
    assert waits(
        planned(router, LISTEN, {"id": "open", "measure": "surrender", "with": "ARG"}), "extradition", "open"
    )


@pytest.mark.parametrize(
    "fact",
    [
        {"watched_first": "no"},
        {"emergency": "imminent_flight"},
        {"emergency": "threat_to_life"},
        {"days_until_needed": 1},
    ],
)
def test_what_presses_or_is_about_somebody_else_does_not_wait(
    router: Router, fact: dict[str, object]
) -> None:
    plan = planned(router, LISTEN, {"id": "open", "measure": "arrest", "with": "CHL", **fact})
    assert not owing(plan) and not waits(plan, "provisional_arrest", "open")


def test_what_police_ask_in_confidence_does_not_wait(router: Router) -> None:
    plan = planned(router, LISTEN, {"id": "open", "measure": "arrest", "with": "CHL"})
    assert not waits(plan, "police_to_police", "open")
