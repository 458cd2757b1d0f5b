"""One case with somebody who is held and somebody who is free: each need says which."""

from __future__ import annotations

from typing import Any

from routing.opened import Router

HELD = {"id": "held", "measure": "search", "with": "KHM", "held_by_offenders": "yes"}
FREE = {"id": "free", "measure": "voluntary_statement", "with": "THA", "held_by_offenders": "no"}
MONEY = {"id": "money", "measure": "asset_freezing", "with": "THA"}


def told(router: Router, *needs: dict[str, Any], **facts: object) -> dict[str, object]:
    """What each need is weighed with."""
    case = router.read({"state": "FRA", "needs": [*needs], **facts})
    return {need.id: {**case.facts, **need.facts}.get("held_by_offenders") for need in case.needs}


def test_needs_may_say_both_and_one_that_says_nothing_is_weighed_with_the_graver(router: Router) -> None:
    assert told(router, HELD, FREE, MONEY) == {"held": "yes", "free": "no", "money": "yes"}


def test_a_need_may_say_otherwise_than_the_case(router: Router) -> None:
    assert told(router, FREE, MONEY, held_by_offenders="yes") == {"free": "no", "money": "yes"}
    assert told(router, HELD, MONEY, held_by_offenders="no") == {"held": "yes", "money": "no"}


def test_what_one_need_alone_says_holds_for_each(router: Router) -> None:
    assert told(router, HELD, MONEY) == {"held": "yes", "money": "yes"}


def test_who_needs_protection_in_another_state_is_not_held_where_the_rescue_is(router: Router) -> None:
    rescue = {"id": "rescue", "measure": "find_missing_person", "with": "MMR", "held_by_offenders": "yes"}
    elsewhere = {"id": "elsewhere", "measure": "witness_protection", "with": "THA"}
    there = {"id": "there", "measure": "witness_protection", "with": "MMR"}
    seen = told(router, rescue, elsewhere, there, MONEY)
    assert seen == {"rescue": "yes", "elsewhere": "no", "there": "yes", "money": "yes"}
    both = [rescue, {**rescue, "id": "too", "with": "THA"}, elsewhere]
    assert told(router, *both)["elsewhere"] == "yes"
