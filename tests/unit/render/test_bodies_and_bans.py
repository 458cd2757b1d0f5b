"""Whose law a step rests on, where Eurojust sits, and which bans nobody would think of."""

from __future__ import annotations

import re
from typing import Any

import pytest
from pages import page_of

from routing.opened import shared_router

ROUTER = shared_router()


def page(state: str, need: dict[str, Any], full: bool = False, **case: Any) -> str:
    return page_of(ROUTER, {"as_of": "2026-11-24", "state": state, "needs": [need], **case}, full)


@pytest.mark.parametrize(
    ("state", "need", "ours"),
    [
        (
            "GBR",
            {
                "kind": "share",
                "measure": "information_sharing",
                "with": "KEN",
                "emergency": "threat_to_life",
            },
            True,
        ),
        ("KEN", {"kind": "answer", "measure": "witness_hearing", "with": "TZA"}, True),
        ("KEN", {"kind": "request", "measure": "witness_hearing", "with": "TZA"}, False),
    ],
)
def test_the_law_is_that_of_the_state_that_gives(state: str, need: dict[str, Any], ours: bool) -> None:
    told = page(state, need, full=True, actor="police", stage="investigation", offence=["murder"])
    assert ("Our own law" in told, "Law of the requested State" in told) == (ours, not ours)


@pytest.mark.parametrize(("state", "other"), [("DEU", "ALB"), ("ALB", "DEU"), ("DEU", "FRA")])
def test_eurojust_is_an_office_of_no_state(state: str, other: str) -> None:
    need = {"measure": "joint_investigation", "with": other}
    told = page(state, need, actor="prosecutor", stage="investigation", offence=["drugs"])
    assert re.search("-> Eurojust, The Hague (How|What) ", told)


def test_the_ibero_american_network_is_not_eurojust() -> None:
    need = {"measure": "joint_investigation", "with": "CHL"}
    told = page("ARG", need, actor="prosecutor", stage="investigation", offence=["drugs"])
    assert "Ask the judicial network" in told
    assert "-> Eurojust" not in told


@pytest.mark.parametrize(
    ("state", "need", "case", "ban"),
    [
        (
            "SRB",
            {"kind": "answer", "measure": "bank_records", "with": "NOR"},
            {"offence": ["fraud"]},
            "Whoever has been asked answers",
        ),
        (
            "PHL",
            {"kind": "share", "measure": "information_sharing", "with": "IDN"},
            {"offence": ["terrorism"]},
            "Only a financial intelligence unit sends",
        ),
        (
            "ZAF",
            {"kind": "use", "measure": "material_held", "with": "SGP", "material_channel": "fiu"},
            {"offence": ["fraud"]},
            "The material came between",
        ),
    ],
)
def test_a_ban_that_nobody_would_think_of_is_told_in_full_only(
    state: str, need: dict[str, Any], case: dict[str, Any], ban: str
) -> None:
    about = {"actor": "prosecutor", "stage": "investigation", **case}
    assert ban not in page(state, need, **about)
    assert ban in page(state, need, full=True, **about)
