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
