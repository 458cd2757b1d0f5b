"""Providers that work in many States: whose company answers which authorities, and what is wrong with the table."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_rules import write_rules
from small_rules_more import MORE, TABLES

from routing.law.providers import FILE, provider_of, read_providers
from routing.opened import Router
from routing.rulebook.load import examine

TABLE = {**MORE, **TABLES}[FILE]


@pytest.mark.parametrize(
    ("service", "state", "seat"),
    [
        ("instagram", "DEU", "IRL"),
        ("instagram", "PER", "USA"),
        ("tiktok", "GBR", "GBR"),
        ("tiktok", "CHE", "IRL"),
        ("tiktok", "KEN", "SGP"),
        ("proton", "CHE", "CHE"),
    ],
)
def test_the_company_of_our_own_users_goes_before_the_one_for_all_others(
    router: Router, service: str, state: str, seat: str
) -> None:
    answering = provider_of(read_providers(router.law.folder), service, state, router.law.groups)
    assert answering is not None and answering.state == seat


def test_of_a_service_that_is_not_in_the_table_nothing_is_said(router: Router) -> None:
    assert provider_of(read_providers(router.law.folder), "telegram", "PER", router.law.groups) is None


def test_every_row_cites_the_company_itself_or_is_a_lead(router: Router) -> None:
    for row in read_providers(router.law.folder):
        service = row.services[0]
        assert row.is_lead or any(name in row.source for name in (*row.services, "meta.com")), service


@pytest.mark.parametrize(
    ("old", "new", "finding"),
    [
        ("KEN,,https", "KEX,,https", "table.state"),
        ("FRA; DEU", "FRA; nowhere", "table.state"),
        ("FRA; DEU", "", "table.twice"),
        ("chatter; chat,", ",", "table.cells"),
        ("Chatter Inc.", "", "table.cells"),
        (",high,", ",sure,", "table.choice"),
        (",high,2026-01-01", ",high,yesterday", "table.date"),
        ("https://example.org/p,low", "hearsay,low", "table.source"),
    ],
)
def test_a_fault_of_a_row_is_told_with_its_line(tmp_path: Path, old: str, new: str, finding: str) -> None:
    assert old in TABLE
    folder = write_rules(tmp_path / "rules", {**MORE, **TABLES, FILE: TABLE.replace(old, new, 1)})
    faults = examine(folder)[2]
    assert [fault.id for fault in faults] == [finding] and all(it.file and it.line for it in faults)


def test_a_group_of_states_may_stand_among_the_users(router: Router) -> None:
    members = router.law.groups["european-services"]
    assert {"NOR", "CHE", "FRA"} <= members and "GBR" not in members and len(members) == 31
