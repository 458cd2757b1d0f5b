"""Every address that is quoted for an office is official by the one list of official sites; what has none is told so."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from routing.core.domain import COPY, READ, TEXT
from routing.core.kinds import TIELESS
from routing.core.paths import rules_folder
from routing.law import Law
from routing.law.addresses import quotable
from routing.law.membership import MembershipList
from routing.law.office_records import AcceptedLanguages, Office
from routing.law.profiles import profile, profile_notes, profiles
from routing.opened import shared_router

RULES = rules_folder()


@pytest.fixture(scope="module")
def law() -> Law:
    return shared_router().law


def ours(law: Law) -> Iterator[Office | AcceptedLanguages]:
    yield from law.offices().every
    yield from law.offices().accepted


def test_what_is_quoted_for_an_office_is_official(law: Law) -> None:
    private = [
        (row.state, row.instrument, row.source)
        for row in ours(law)
        if row.source and quotable(RULES, row.source).address != row.source
    ]
    assert private == []


def test_an_official_address_that_is_known_is_quoted(law: Law) -> None:
    """What was read in a copy is quoted by the address of its official text, where the list has that."""
    left = [
        (row.state, row.instrument, row.read_at)
        for row in ours(law)
        if not row.source and quotable(RULES, row.read_at).address
    ]
    assert left == []


@pytest.mark.parametrize(
    ("read", "official"),
    [
        (
            "https://github.com/legalize-dev/legalize-ar/blob/main/ar/LEY-24767.md",
            "https://servicios.infoleg.gob.ar/infolegInternet/anexos/40000-44999/41442/norma.htm",
        ),
        ("https://www.cylaw.org/nomoi/enop/non-ind/2004_1_133/full.html", None),
    ],
)
def test_a_copy_leads_to_the_gazette_and_a_private_collection_to_nothing(
    read: str, official: str | None
) -> None:
    assert quotable(RULES, read).address == official


def read(law: Law) -> Iterator[tuple[str, str, str | None]]:
    """What was read itself, with its mark and the official address: provisions but those of practice, which has no
    official text, and entries of profiles that rest on none."""
    for entry in (*law.instruments.values(), *law.cited().values()):
        for item in law.provisions(entry.id).values() if entry.kind not in TIELESS else ():
            if item.mark in READ:
                yield item.ref, item.mark, quotable(RULES, item.read_at, entry.text_url or None).address
    for state in profiles(RULES):
        for key, line in {**profile(law, state), **profile_notes(law, state)}.items():
            if line["mark"] in READ and line.get("source"):
                yield f"{state} {key}", line["mark"], quotable(RULES, line["source"]).address


def test_what_was_read_in_a_private_copy_alone_is_marked_so(law: Law) -> None:
    """And nothing else: where the official text is known, that is quoted."""
    assert [name for name, mark, official in read(law) if mark != (TEXT if official else COPY)] == []


@pytest.mark.parametrize(
    ("read", "official"),
    [
        (
            "http://www.austlii.edu.au/au/legis/cth/consol_act/itopa1997396/s17.html",
            "https://www.legislation.gov.au/C2004A05172",
        ),
        (
            "https://certexternal-www.360.lexisnexis.at/d/L-20007472-A27",
            "https://www.ris.bka.gv.at/GeltendeFassung.wxe?Abfrage=Bundesnormen&Gesetzesnummer=20007472",
        ),
    ],
)
def test_a_reprint_leads_to_the_register_by_its_own_number(read: str, official: str) -> None:
    assert quotable(RULES, read).address == official


@pytest.mark.parametrize("treaty", ["echr", "echr-p6", "echr-p13", "ets70"])
def test_parties_are_read_in_a_gazette_or_at_the_depositary(law: Law, treaty: str) -> None:
    listed = MembershipList.read(RULES / "membership" / f"{treaty}.csv")
    bound = [row for state in listed.states for row in listed.rows(state) if row.status == "party"]
    private = [row.source for row in bound if quotable(RULES, row.source).address is None]
    assert len(bound) > 20 and private == []
