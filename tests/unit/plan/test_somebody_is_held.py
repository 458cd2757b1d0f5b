"""That somebody is held is known to the whole case: no need of it is planned as if nobody were."""

from __future__ import annotations

from typing import Any

import pytest

from routing.opened import Router

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


def test_no_line_above_the_rescue_urges_a_hold_and_the_rescue_leads(router: Router) -> None:
    plan = told(router, {**COINS, "emergency": "imminent_dissipation"})
    money = next(need for need in plan.needs if need.id == "coins")
    assert money.first.startswith("The rescue goes first")
    assert "held" in plan.steps[0].needs
    for step in plan.steps:
        if "coins" in step.needs and step.when == "now":
            assert "warn the exchange" not in step.tells and "hold the account" not in step.tells, step.id
    assert "write_to_the_exchange" not in repr(plan)
    free = {"state": "CHL", "as_of": "2026-11-30", "offence": ["extortion"]}
    alone = router.route({**free, "needs": [{"with": "PER", **COINS, "emergency": "imminent_dissipation"}]})
    assert alone.needs[0].first.startswith("First of all") and "write_to_the_exchange" in repr(alone)


def test_papers_of_a_bank_wait_for_no_rescue_where_nobody_was_taken_for_money(router: Router) -> None:
    papers = {"with": "PER", "id": "papers", "measure": "bank_records", "purpose": "evidence"}
    for offence, waits in (("trafficking_in_persons", False), ("kidnapping", True)):
        case = {"state": "CHL", "as_of": "2026-11-30", "offence": [offence], "needs": [HELD, papers]}
        assert ("rescue_decides_on_the_money" in repr(router.route(case))) is waits


def test_who_is_held_on_a_ship_is_sought_by_no_yellow_notice(router: Router) -> None:
    boarding = {"with": "PER", "id": "ship", "measure": "vessel_boarding"}
    case = {"state": "CHL", "as_of": "2026-11-30", "offence": ["trafficking_in_persons"], "needs": [HELD]}
    assert any(step.pathway == "interpol_notice" for step in router.route(case).steps)
    aboard = router.route({**case, "needs": [HELD, boarding]})
    assert not any(step.pathway == "interpol_notice" for step in aboard.steps)
    call = next(step for step in aboard.steps if step.pathway == "police_to_police" and "held" in step.needs)
    assert "on which ship" in call.tells
    assert "prepare_for_the_port" in repr(aboard)
