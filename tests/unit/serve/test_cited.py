"""Every sentence of a page leads to its law: citations are links, and what is not held stays text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from when_changed import WHOLE_PROGRAM

from routing.opened import Router
from routing.serve.cited import Citations

pytestmark = WHOLE_PROGRAM

EXAMPLES = sorted((Path(__file__).parents[3] / "examples").glob("*/case.yaml"))
LINK = re.compile(r'<a href="(/law/[^"]*)">([^<]*)</a>')


@pytest.fixture(scope="module")
def citations(router: Router) -> Citations:
    return Citations(router.rulebook)


def plan_of(client: TestClient, case: Path) -> str:
    sent = {"file": ("case.yaml", case.read_bytes(), "application/yaml")}
    answer = client.post("/open", files=sent)
    assert "/plan/" in str(answer.url)
    return answer.text


def test_a_citation_leads_to_its_provision_and_a_bare_name_to_its_instrument(citations: Citations) -> None:
    found = LINK.findall(citations.linked("Ask today. (practice, see UNTOC 18(5); Budapest 26(2), 27(8))"))
    assert found == [
        ("/law/provision?ref=untoc+18%285%29", "UNTOC 18(5)"),
        ("/law/provision?ref=budapest+26%282%29", "Budapest 26(2)"),
        ("/law/provision?ref=budapest+27%288%29", "27(8)"),
    ]
    assert LINK.findall(citations.linked("INTERPOL; Budapest", bare=True)) == [
        ("/law/instrument/interpol", "INTERPOL"),
        ("/law/instrument/budapest", "Budapest"),
    ]
    assert citations.linked("A member of INTERPOL") == "A member of INTERPOL"  # a name in a sentence


def test_an_article_that_is_not_held_leads_to_its_instrument_alone(citations: Citations) -> None:
    told = citations.linked("See Budapest 999(9), 29(7).")
    assert LINK.findall(told) == [
        ("/law/instrument/budapest", "Budapest"),
        ("/law/provision?ref=budapest+29%287%29", "29(7)"),
    ]
    assert "999(9)" in told


def test_what_looks_like_markup_stays_text_and_an_address_opens_apart(citations: Citations) -> None:
    told = citations.linked('<b>x</b> (read at https://example.org/a?b=1&c="2") UNTOC 18(5)<script>')
    assert "<b>" not in told and "<script>" not in told
    assert 'href="https://example.org/a?b=1&amp;c="' in told and 'rel="noreferrer noopener"' in told


@pytest.mark.parametrize("case", EXAMPLES, ids=lambda path: path.parent.name)
def test_no_law_on_a_plan_is_without_a_way_to_its_text(
    client: TestClient, router: Router, case: Path
) -> None:
    """Whatever stands as the law of a sentence has a link, unless it is `practice` alone."""
    page = plan_of(client, case)
    laws = re.findall(r'<span class="law">(.*?)</span>', page, re.S)
    assert laws
    assert [law for law in laws if "<a " not in law and law.strip(" ()") != "practice"] == []
    for address in set(re.findall(r'href="(/law/(?:provision|instrument)[^"]*)"', page)):
        assert client.get(address.replace("&amp;", "&")).status_code == 200, address
