"""A fact is named as not known only where a warning hangs on it that the plan does not give anyway."""

from __future__ import annotations

from routing.api import load_rulebook

ROUTER = load_rulebook()


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
