"""What a practitioner missed or was misled by on the pages of sixteen situations."""

from __future__ import annotations

from typing import Any

import click
import pytest
from scenario_check import HERE, read

from routing.api import Router, load_rulebook
from routing.render.text import text

CASES = HERE / "asked-of-a-practitioner"


@pytest.fixture(scope="module")
def router() -> Router:
    return load_rulebook()


def page(router: Router, story: str, **changed: Any) -> str:
    """The page of a story on one line; `changed` is said of its first need instead of what it says."""
    case = read(CASES / f"{story}.yaml")
    case["needs"][0].update(changed)
    plan = router.route(case)
    return " ".join(click.unstyle(text(plan, router, width=100)).split())


def test_the_treaty_of_the_case_settles_which_office_receives(router: Router) -> None:
    shown = page(router, "japan-asks-portugal")
    assert "-> Minister of Justice, Japan (central authority)" in shown
    assert "where a treaty says so" not in shown and "See first whether a treaty" not in shown


def test_an_assurance_on_death_alone_does_not_reach_imprisonment_for_life(router: Router) -> None:
    assert "let us refuse for imprisonment for life as well" in page(router, "japan-asks-portugal")


def test_tokens_are_held_by_exchange_and_issuer_and_no_bank_is_warned(router: Router) -> None:
    shown = page(router, "tether-in-seychelles")
    assert "such as USDT, to its issuer, who can block the address" in shown
    assert "Have the exchange warned" in shown and "warn the bank" not in shown


def test_who_takes_a_prisoner_over_shows_its_own_national_and_asks_the_part_that_sentenced(router: Router) -> None:
    shown = page(router, "prisoner-in-new-south-wales")
    assert "Check the rest first: our national, an offence here too" in shown
    assert "-> Attorney-General's Department, Australia" in shown
    assert "is moved only if that State or province agrees too" in shown


def test_no_decision_on_custody_is_needed_for_the_return_of_a_child(router: Router) -> None:
    shown = page(router, "girl-taken-to-spain")
    assert "no decision on custody is needed, and the court there should decide in six weeks" in shown
    assert "with the decision on custody" not in shown and "and the address" not in shown
