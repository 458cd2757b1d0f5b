"""An office that was named for one matter is not told as likely for another where a nearer one is held, nor on a
condition that cannot hold."""

from __future__ import annotations

from datetime import date

import pytest
from told_offices import told_offices

from routing.law.office_records import ASKED, ASKS, OfStep
from routing.opened import Router

DAY = date(2026, 11, 27)


def told(router: Router, state: str, pathway: str, asking: str) -> set[str]:
    return told_offices(router, state, pathway, asking, DAY)


def test_a_ministry_that_the_treaty_names_goes_before_an_office_for_computer_crime(router: Router) -> None:
    under = told(router, "NLD", "mla", "TUR")
    assert "Ministry of Justice, Office of International Legal Assistance in Criminal Matters" in under


@pytest.mark.parametrize("state", ["BIH", "PHL"])
def test_an_office_for_computer_crime_extradites_nobody(router: Router, state: str) -> None:
    assert not any(
        "Investigation" in name or "Cybercrime" in name for name in told(router, state, "extradition", "KEN")
    )


def test_a_wider_treaty_goes_before_one_on_one_matter(router: Router) -> None:
    assert told(router, "POL", "asset_freezing", "KEN") <= {"Ministry of Justice", ""}


def test_a_part_can_hang_on_the_pathway_and_on_who_asks(router: Router) -> None:
    offices = router.law.offices()

    def part(state: str, pathway: str, side: str) -> str:
        roles = [role for role in offices.roles if role.role == "central_authority_extradition"]
        step = OfStep(lambda instrument: False, None, None, pathway, side)
        return offices.in_part(offices.likely(state, roles, DAY), step)[0].name

    assert part("GBR", "extradition", ASKS) == "Home Office, Judicial Co-operation Unit"
    assert "Scottish Government" in part("GBR", "extradition", ASKED)
    assert part("FIN", "provisional_arrest", ASKED) == "National Bureau of Investigation"
    assert part("FIN", "extradition", ASKED) == "Ministry of Justice"
