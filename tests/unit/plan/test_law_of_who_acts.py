"""A State's own law on the requests that it receives is told where that State is asked, never as another's ground."""

from __future__ import annotations

import pytest

from routing.opened import shared_router
from routing.plan.model import Plan

ROUTER = shared_router()
RECEIVED = {
    ref
    for ref, provision in ROUTER.rulebook.provisions.items()
    if ROUTER.rulebook.instruments[provision.instrument].of_requests_received(provision.article)
}


def plan(state: str, kind: str, other: str) -> Plan:
    need = {"id": "it", "kind": kind, "measure": "search", "with": other}
    told = {"offence": ["fraud"], "political_offence": "claimed", "dual_criminality": "no"}
    return ROUTER.route(
        ROUTER.read(
            {"state": state, "as_of": "2026-11-27", **told, "max_penalty_months": 60, "needs": [need]}
        )
    )


def told(plan: Plan) -> set[str]:
    return {ref for warning in plan.warnings for ref in warning.basis} & RECEIVED


@pytest.mark.parametrize(
    "state, other", [("AUS", "CHE"), ("CHE", "SGP"), ("JPN", "SGP"), ("SGP", "CHE"), ("NZL", "CHE")]
)
def test_the_ground_is_that_of_the_state_that_is_asked(state: str, other: str) -> None:
    def whose(refs: set[str]) -> set[str]:
        rules = ROUTER.rulebook
        return {rules.instruments[rules.provisions[ref].instrument].belongs_to for ref in refs}

    assert whose(told(plan(state, "request", other))) == {other}
    assert whose(told(plan(other, "answer", state))) == {other}


def test_a_part_of_an_article_lies_in_it_and_another_article_does_not() -> None:
    act = ROUTER.rulebook.instruments["nz-macma"]
    assert act.of_requests_received("27") and act.of_requests_received("27(1)(a)")
    assert not act.of_requests_received("28") and not act.of_requests_received("2")
