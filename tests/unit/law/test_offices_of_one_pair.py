"""An office that a treaty of two States names is of that pair: it is not lent to another."""

from __future__ import annotations

from datetime import date

from told_offices import told_offices

from routing.opened import Router

DAY = date(2026, 11, 28)


def told(router: Router, state: str, pathway: str, asking: str) -> set[str]:
    return told_offices(router, state, pathway, asking, DAY)


def test_the_own_law_of_peru_goes_before_its_treaty_with_paraguay(router: Router) -> None:
    assert all("Fiscalía de la Nación" in name for name in told(router, "PER", "extradition", "ESP"))
    assert "Ministry of Justice" in told(router, "PER", "extradition", "PRY")


def test_no_office_of_one_pair_is_likely_for_another(router: Router) -> None:
    offices = router.law.offices()
    for office in offices.authorities:
        roles = [role for role in offices.roles if role.role == office.role]
        assert not any(one.partner for one in offices.likely(office.state, roles, DAY)), office


def test_the_ministry_of_the_treaty_answers_between_panama_and_the_united_states(router: Router) -> None:
    assert any("Ministry of Government" in name for name in told(router, "PAN", "mla", "USA"))
    assert any("Prosecutor General" in name for name in told(router, "PAN", "mla", "ESP"))
