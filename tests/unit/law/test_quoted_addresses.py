"""Every address that is quoted for an office is official by the one list of official sites; what has none is told so."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from routing.api import load_rulebook
from routing.core.paths import rules_folder
from routing.law import Law
from routing.law.addresses import quotable
from routing.law.office_records import AcceptedLanguages, Office

RULES = rules_folder()


@pytest.fixture(scope="module")
def law() -> Law:
    return load_rulebook().law


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
