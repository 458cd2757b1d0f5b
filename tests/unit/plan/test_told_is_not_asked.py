"""What a case states is not to be found out: no line has the reader look for it again."""

from __future__ import annotations

import pytest
from plan_codes import codes

from routing.opened import Router

NATIONALITY = {"establish_nationality_first", "settle_the_nationality_first", "settle_our_nationality_first"}


def told(router: Router, state: str, other: str, **need: str) -> set[str]:
    needs = [{"measure": "surrender", "with": other, "person_role": "accused", **need}]
    plan = router.route({"state": state, "as_of": "2026-11-30", "offence": ["murder"], "needs": needs})
    return set(codes(plan))


@pytest.mark.parametrize(
    ("state", "other", "kind"),
    [
        ("ARG", "BRA", "request"),
        ("POL", "UKR", "request"),
        ("BRA", "ARG", "answer"),
        ("KEN", "IND", "request"),
    ],
)
def test_a_nationality_that_is_told_is_not_asked_for(
    state: str, other: str, kind: str, router: Router
) -> None:
    assert told(router, state, other, kind=kind) & NATIONALITY
    assert not told(router, state, other, kind=kind, own_national="no") & NATIONALITY


def test_who_is_told_to_be_free_is_not_taken_to_be_perhaps_held(router: Router) -> None:
    where = {"whereabouts_known": "yes"}
    assert "if_held_ask_when_the_arrest_ends" in told(router, "POL", "UKR", **where)
    free = told(router, "POL", "UKR", **where, held_for_the_request="no")
    assert "if_held_ask_when_the_arrest_ends" not in free


def test_what_is_to_be_found_out_is_a_fact(router: Router) -> None:
    rulebook = router.rulebook
    every = (*rulebook.warnings.values(), *rulebook.duties.values(), *rulebook.limits.values())
    assert {code.finds_out for code in every if code.finds_out} <= set(rulebook.facts)
