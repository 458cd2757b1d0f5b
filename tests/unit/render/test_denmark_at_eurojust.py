"""Denmark sends a Representative to Eurojust and has no national member there; every page says so."""

from __future__ import annotations

import click
import pytest

from routing.opened import shared_router
from routing.render.text import text

ROUTER = shared_router()


@pytest.mark.parametrize(("state", "other"), [("DNK", "UKR"), ("NOR", "DNK"), ("DEU", "DNK")])
def test_the_representative_is_named(state: str, other: str) -> None:
    plan = ROUTER.route(
        {
            "as_of": "2026-11-26",
            "state": state,
            "actor": "prosecutor",
            "stage": "investigation",
            "offence": ["fraud"],
            "organised_group": "established",
            "needs": [{"measure": "transfer_of_proceedings", "with": other, "own_national": "yes"}],
        }
    )
    page = " ".join(click.unstyle(text(plan, ROUTER, full=True, width=100)).split())
    assert "Representative" in page
    assert (
        "Ask our national member to open a case and call a coordination meeting with the other authorities. It"
        not in page
    )
