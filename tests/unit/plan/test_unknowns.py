"""A fact is named as not known only where something hangs on it that the plan does not say anyway."""

from __future__ import annotations

import pytest

from routing.opened import shared_router

ROUTER = shared_router()


def test_what_would_bring_a_warning_that_is_given_anyway_is_not_named() -> None:
    plan = ROUTER.route(
        {
            "as_of": "2026-11-24",
            "state": "USA",
            "actor": "central_authority",
            "stage": "investigation",
            "offence": ["extortion"],
            "max_penalty_months": 120,
            "committed_via_ict": "yes",
            "needs": [
                {
                    "kind": "answer",
                    "measure": "stored_content",
                    "with": "DOM",
                    "purpose": "evidence",
                    "request_lacks": ["facts"],
                }
            ],
        }
    )
    said = {warned.says for warned in plan.warnings}
    assert said
    for unknown in plan.unknowns:
        assert not set(unknown.may_come) <= said, unknown.fact


@pytest.mark.parametrize("kind", ["request", "answer"])
@pytest.mark.parametrize("measure", ["locate_person", "realtime_traffic_data"])
def test_a_danger_that_is_not_known_is_told_with_the_telephone_first(kind: str, measure: str) -> None:
    """What a page would say at its top hangs on it, so that it is said before any warning."""
    need = {"kind": kind, "measure": measure, "with": "FJI", "emergency": "unknown"}
    plan = ROUTER.route({"as_of": "2026-11-28", "state": "VUT", "offence": ["kidnapping"], "needs": [need]})
    unknown = next(unknown for unknown in plan.unknowns if unknown.fact == "emergency")
    assert unknown.may_come[0] == ROUTER.rulebook.duties["telephone_and_confirm"].says
