"""That somebody is held is known to the whole case: no need of it is planned as if nobody were."""

from __future__ import annotations

from typing import Any

import pytest

from routing.api import Router

HELD = {
    "id": "held",
    "measure": "find_missing_person",
    "with": "PER",
    "emergency": "threat_to_life",
    "held_by_offenders": "yes",
}
COINS = {
    "id": "coins",
    "measure": "asset_freezing",
    "property_kind": "crypto_assets",
    "days_until_needed": 1,
}


def told(router: Router, *others: dict[str, Any]) -> Any:
    needs = [HELD, *({"with": "PER", **need} for need in others)]
    return router.route({"state": "CHL", "as_of": "2026-11-30", "offence": ["extortion"], "needs": needs})


@pytest.mark.parametrize(
    ("measure", "code"),
    [("asset_freezing", "rescue_decides_on_the_money"), ("arrest", "rescue_decides_on_the_arrest")],
)
def test_the_rescue_decides_on_money_and_arrest_though_another_need_tells_of_it(
    measure: str, code: str, router: Router
) -> None:
    assert code in repr(told(router, {"id": "other", "measure": measure}))
    free = {"state": "CHL", "as_of": "2026-11-30", "offence": ["extortion"]}
    assert code not in repr(router.route({**free, "needs": [{"with": "PER", "measure": measure}]}))


def test_a_joined_call_is_headed_by_the_need_that_can_wait_least(router: Router) -> None:
    plan = told(router, COINS)
    call = next(step for step in plan.steps if step.pathway == "police_to_police")
    assert set(call.needs) == {"held", "coins"} and call.tells.startswith("For held:")
    alone = router.route({"state": "CHL", "as_of": "2026-11-30", "offence": ["extortion"], "needs": [HELD]})
    first = next(step for step in alone.steps if step.pathway == "police_to_police")
    assert call.action == first.action


def test_what_is_done_now_stands_before_what_is_done_today(router: Router) -> None:
    owner = {
        "id": "owner",
        "measure": "realtime_traffic_data",
        "emergency": "threat_to_life",
        "danger_place": "not_clear",
        "data_holder": "foreign_provider",
    }
    arrest = {"id": "arrest", "measure": "arrest", "arrest_warrant": "yes"}
    plan = told(router, COINS, owner, arrest)
    form = next(step for step in plan.steps if step.pathway == "provider_emergency_disclosure")
    assert form.when == "now" and form.after
    order = [step.when for step in plan.steps]
    assert order == sorted(order, key=["now", "today", "after"].index)
