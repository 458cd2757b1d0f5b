"""What an official took he sends himself: no victim paid it, and no bank is warned of it."""

from __future__ import annotations

import pytest

from routing.opened import Router, shared_router
from routing.render.text import text


def page(offence: list[str], measure: str, **told: str) -> str:
    router: Router = shared_router()
    need = {
        "id": "money",
        "measure": measure,
        "with": "PRT",
        "property_kind": "money",
        "days_until_needed": 1,
        "emergency": "imminent_dissipation",
        **told,
    }
    case = {"state": "AGO", "as_of": "2026-11-30", "actor": "prosecutor", "stage": "investigation"}
    plan = router.route({**case, "offence": offence, "needs": [need]})
    return " ".join(text(plan, router).split())


OF_A_VICTIM = ("First the victim's bank recalls the payment", "Have police warn the bank")


@pytest.mark.parametrize("measure", ["asset_freezing", "transaction_suspension"])
def test_money_that_an_official_took_is_recalled_by_no_bank_of_a_victim(measure: str) -> None:
    told = page(["corruption", "fraud", "money_laundering"], measure)
    assert not [words for words in OF_A_VICTIM if words in told]
    assert "Call our FIU now" in told and "message deceived the victim" not in told and "I-GRIP" not in told


@pytest.mark.parametrize("measure", ["asset_freezing", "transaction_suspension"])
def test_money_that_a_victim_paid_still_is(measure: str) -> None:
    told = page(["fraud", "money_laundering"], measure)
    assert [words for words in OF_A_VICTIM if words in told] == list(OF_A_VICTIM)


@pytest.mark.parametrize("measure", ["asset_freezing", "transaction_suspension"])
def test_a_victim_who_paid_in_a_case_of_corruption_is_told_of(measure: str) -> None:
    told = page(["corruption", "fraud", "money_laundering"], measure, paid_by_a_victim="yes")
    assert [words for words in OF_A_VICTIM if words in told] == list(OF_A_VICTIM)


@pytest.mark.parametrize("measure", ["asset_freezing", "transaction_suspension"])
def test_a_suspect_who_moves_his_own_money_is_no_swindled_victim(measure: str) -> None:
    told = page(["fraud", "money_laundering"], measure, paid_by_a_victim="no")
    assert not [words for words in (*OF_A_VICTIM, "message deceived the victim", "I-GRIP") if words in told]
    assert "Call our FIU now" in told


def test_a_company_that_is_asked_to_keep_the_data_is_asked_to_tell_nobody() -> None:
    assert "tell the customer nothing" in shared_router().rulebook.duties["ask_the_right_company"].says
