"""Words at the side of a story: they never win over what it needs, and never tell more than they say."""

from __future__ import annotations

import pytest
from offers import facts, needs, read

from routing.opened import Router

EMERGENCY, LIFE = "emergency", ("emergency", "threat_to_life")


@pytest.mark.parametrize(
    "text",
    [
        "They say we have TCA warrant signed.",
        "We have an EAW.",
        "My boss thinks the Palermo Convention is fine.",
    ],
)
def test_that_somebody_speaks_of_a_treaty_binds_nobody(router: Router, text: str) -> None:
    offer = read(router, f"We are police in Spain. {text} We want him arrested in Dubai.")
    assert "both_bound_by" not in {fact for fact, _ in facts(offer)}


def test_that_both_are_parties_is_told(router: Router) -> None:
    offer = read(
        router, "We are police in Peru. Both are parties to the Palermo Convention. We want the records."
    )
    assert ("both_bound_by", "untoc") in facts(offer)


@pytest.mark.parametrize(
    ("text", "never"),
    [
        ("41 victims, loss 380 000 zl.", ("data_volatility", "imminent_loss")),
        ("Can we give the phones to them at airport?", (EMERGENCY, "imminent_flight")),
    ],
)
def test_no_danger_is_read_that_is_none(router: Router, text: str, never: tuple[str, str]) -> None:
    assert never not in facts(read(router, f"We are police in Lima. {text}"))


@pytest.mark.parametrize(
    "text",
    [
        "Two gunmen received half payment for kill a prosecutor who comes Friday.",
        "A girl of 9 is being shown live on Discord.",
        "The tito from Canada will come inside the house tomorrow.",
        "Two sisters 14 and 16 were taken by a woman with promise of a job.",
        "The girls are exploited there every night.",
    ],
)
def test_a_danger_to_life_is_read_in_a_clause(router: Router, text: str) -> None:
    assert LIFE in facts(read(router, f"We are police in Lima. {text}"))


@pytest.mark.parametrize(
    ("text", "never"),
    [
        ("He is in a hotel and he has a ticket.", "business_records"),
        ("There is a custody hearing on 18 December.", "arrest"),
        ("There is a custody hearing on 18 December.", "witness_hearing"),
        ("The tracker company shows the car in a yard.", "tracking_device"),
        ("Keep them safe and not in the cell.", "data_preservation"),
        ("The recruiter we could arrest but that alarms the others.", "arrest"),
    ],
)
def test_a_side_word_is_no_need(router: Router, text: str, never: str) -> None:
    assert never not in needs(
        read(router, f"We are police in Lima. {text} We want the bank records from Chile.")
    )


@pytest.mark.parametrize(
    "text",
    ["She lives now in Santiago.", "The judge wants to know the plan by 11 December."],
)
def test_what_sets_no_day_is_no_deadline(router: Router, text: str) -> None:
    offer = read(router, f"We are police in Lima. {text} We want the bank records from Chile.")
    assert "days_until_needed" not in {fact for fact, _ in facts(offer)}
