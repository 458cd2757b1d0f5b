"""What an ordinary request for assistance may rest on, an urgent one may rest on too."""

from __future__ import annotations

from routing.opened import shared_router

OF_ONE_MEASURE = {"eu-mla2000-prot"}
"""Leads only routes for one measure, beside the treaty that the protocol belongs to."""


def instruments_of(pathway: str) -> set[str]:
    routes = shared_router().rulebook.pathways[pathway].routes
    return {ref.split(" ")[0] for route in routes for ref in (*route.lead, *route.support)}


def test_an_urgent_request_rests_on_what_an_ordinary_one_rests_on() -> None:
    lead = {route.lead[0].split(" ")[0] for route in shared_router().rulebook.pathways["mla"].routes}
    assert lead - instruments_of("urgent_mla") - OF_ONE_MEASURE == set()
