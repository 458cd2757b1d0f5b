"""What a State declared on its channel or on extradition acts, and is not only told."""

from __future__ import annotations

from datetime import date

import pytest

from routing.core.paths import rules_folder
from routing.law.declarations import read_declarations
from routing.law.membership import MembershipList
from routing.opened import Router
from routing.plan.offices import channel_between

RULES = rules_folder()
ON = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("asked", "asking", "pathway", "route"),
    [
        ("TUR", "NOR", "judgment_enforcement", "judgment_enforcement/ets70"),
        ("NOR", "TUR", "judgment_enforcement", "judgment_enforcement/ets70"),
        ("YEM", "EGY", "mla", "mla/untoc"),
        ("YEM", "EGY", "asset_freezing", "asset_freezing/untoc"),
    ],
)
def test_a_declared_diplomatic_way_stands_in_place_of_that_of_the_treaty(
    router: Router, asked: str, asking: str, pathway: str, route: str
) -> None:
    channel = channel_between(pathway, route, asked, asking, router.law, ON)
    assert channel is not None and channel.via == "diplomatic"


def test_every_declared_diplomatic_way_acts(router: Router) -> None:
    """Whoever declared one has an office that is reached by it, or a channel of its own."""
    law = router.law
    declared = [d for d in read_declarations(RULES / "declarations.csv") if "diplomatic" in d.effect.lower()]
    ways = {(o.state, o.instrument) for o in law.offices().authorities if o.through == "diplomatic"}
    channels = law.offices().channels
    ways |= {(c.asked, c.basis[0].split(" ")[0]) for c in channels if c.asked and c.via == "diplomatic"}
    assert len(declared) > 2
    assert [(d.state, d.instrument) for d in declared if (d.state, d.instrument) not in ways] == []


@pytest.mark.parametrize(("treaty", "article"), [("uncac", "44(6)"), ("untoc", "16(5)")])
def test_every_statement_on_extradition_acts(treaty: str, article: str) -> None:
    """Who said whether the treaty serves as a basis is in the list that the rules look up."""
    said = {
        d.state: "participant" if d.effect.startswith("Takes") else "opted_out"
        for d in read_declarations(RULES / "declarations.csv")
        if d.instrument == treaty and article in d.article and d.effect.startswith(("Takes", "Does not take"))
    }
    listed = MembershipList.read(RULES / "membership" / f"{treaty}-extradition-basis.csv")
    acting = {state: listed.rows(state)[-1].status for state in listed.states}
    assert len(said) > 30
    assert {state: status for state, status in said.items() if acting.get(state) != status} == {}


def test_a_reservation_to_the_article_on_extradition_acts() -> None:
    listed = MembershipList.read(RULES / "membership" / "uncac-extradition-basis.csv")
    reserved = [
        d.state
        for d in read_declarations(RULES / "declarations.csv")
        if d.instrument == "uncac" and d.effect.startswith("Reservation to article 44")
    ]
    assert reserved and all(listed.rows(state)[-1].status == "opted_out" for state in reserved)
