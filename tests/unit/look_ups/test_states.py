"""Who receives, asked as people ask: by channel or by what they want, and told why nobody does."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from click.testing import CliRunner

from routing.cli import main
from routing.core.errors import Problems
from routing.look_ups.states import who
from routing.opened import Router, shared_router

DAY = date(2026, 11, 30)


@pytest.fixture(scope="module")
def router() -> Router:
    return shared_router()


def asked(router: Router, state: str, word: str, asking: str) -> dict[str, Any]:
    return who(router, state, word, asking, DAY)


def bases(router: Router, state: str, word: str, asking: str) -> set[str]:
    return {basis for row in asked(router, state, word, asking)["bases"] for basis in row["basis"]}


@pytest.mark.parametrize("pathway", ["extradition", "provisional arrest"])
def test_a_basis_that_the_lists_shut_is_not_told(router: Router, pathway: str) -> None:
    """The scheme of the Commonwealth is none for who is not of it, though no list of its own shows that."""
    scheme = router.law.instrument("practice-commonwealth").short
    assert scheme not in bases(router, "ARE", pathway, "GBR")
    assert scheme not in bases(router, "COD", pathway, "BEL")


def test_the_scheme_is_told_between_countries_of_the_commonwealth(router: Router) -> None:
    scheme = router.law.instrument("practice-commonwealth").short
    assert scheme in bases(router, "GHA", "extradition", "NGA")


@pytest.mark.parametrize(
    ("word", "pathway"),
    [
        ("service of documents", "mla"),
        ("criminal records", "criminal_record_exchange"),
        ("transfer of a prisoner", "sentence_transfer"),
        ("prisoner transfer", "sentence_transfer"),
        ("transfer of a detainee", "detainee_transfer"),
        ("European Supervision Order", "supervision_order"),
        ("surrender", "european_arrest_warrant"),
        ("search and seizure", "european_investigation_order"),
    ],
)
def test_what_is_wanted_names_its_channels_too(router: Router, word: str, pathway: str) -> None:
    told = asked(router, "FRA", word, "ESP")
    assert told["pathway"] == pathway or pathway in told["also_by"]


def test_of_the_channels_of_a_measure_one_that_binds_is_shown(router: Router) -> None:
    told = asked(router, "GBR", "surrender", "IRL")
    assert told["pathway"] == "eu_uk_surrender" and told["bases"]
    assert asked(router, "THA", "surrender", "IRL")["pathway"] == "extradition"


@pytest.mark.parametrize("asking", ["SVK", None])
@pytest.mark.parametrize("word", ["house search", "bank records", "interception"])
def test_a_channel_that_no_ordinary_case_opens_is_not_shown_first(
    router: Router, word: str, asking: str | None
) -> None:
    """A joint team wants linked investigations, an application to the court there a party who is no
    authority."""
    told = who(router, "CZE", word, asking, DAY)
    assert told["pathway"] == "european_investigation_order"
    assert "joint_investigation" in told["also_by"]


def test_a_channel_asked_for_by_its_name_is_shown_whatever_opens_it(router: Router) -> None:
    assert asked(router, "CZE", "joint investigation team", "SVK")["pathway"] == "joint_investigation"


def test_where_no_basis_binds_it_is_said_why(router: Router) -> None:
    for state in ("IRL", "DNK"):
        told = asked(router, state, "eio", "FRA")
        assert told["bases"] == [] and len(told["why_none"]) == 1
        assert "takes no part" in told["why_none"][0] and router.law.states.name(state) in told["why_none"][0]
    shown = (
        CliRunner()
        .invoke(main, ["law", "who", "Ireland", "--for", "eio", "--from", "France", "--as-of", "2026-11-24"])
        .output
    )
    assert "takes no part" in shown


def test_what_is_neither_channel_nor_measure_is_refused(router: Router) -> None:
    with pytest.raises(Problems):
        asked(router, "FRA", "marmalade", "ESP")
