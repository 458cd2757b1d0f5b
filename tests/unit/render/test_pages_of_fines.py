"""A page on a fine between Member States says what decides whether sending it is worth while."""

from __future__ import annotations

from typing import Any

import pytest

from routing.opened import Router
from routing.render.text import text


def page(router: Router, state: str, other: str, kind: str = "request", **need: Any) -> str:
    case = {"state": state, "as_of": "2026-12-02", "actor": "prosecutor", "stage": "enforcement"}
    case |= {"offence": "environmental_crime", "judgment_final": "yes"}
    case["needs"] = [{"id": "a", "kind": kind, "measure": "fine_enforcement", "with": other, **need}]
    return " ".join(text(router.route(case), router).split())


@pytest.mark.parametrize(("state", "other"), [("ITA", "AUT"), ("FIN", "EST"), ("POL", "NLD")])
@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("request", "keeps what it collects"),
        ("request", "below 70 euros"),
        ("request", "For the listed offences"),
        ("answer", "stays here unless"),
        ("answer", "For the listed offences"),
    ],
)
def test_the_page_says_who_keeps_the_money_and_which_fines_come_back(
    router: Router, state: str, other: str, kind: str, words: str
) -> None:
    assert words in page(router, state, other, kind)


@pytest.mark.parametrize(("state", "other"), [("BEL", "ESP"), ("HUN", "SVK"), ("DEU", "PRT")])
def test_proof_that_the_person_knew_of_the_fine_goes_with_it_and_is_looked_for(
    router: Router, state: str, other: str
) -> None:
    words = "in a language the person understands"
    sent = page(router, state, other)
    assert "Enclose proof that the decision reached the person" in sent and words in sent
    assert "proof of service" in sent and "7(2)(g), 20(3)" in sent
    answered = page(router, state, other, "answer")
    assert words in answered and "ask the sender before you refuse" in answered
    assert "Enclose proof" not in answered


def test_no_such_proof_is_asked_for_where_the_union_has_no_part_in_it(router: Router) -> None:
    assert "Enclose proof that the decision reached" not in page(router, "DEU", "CHE")


@pytest.mark.parametrize(
    ("other", "receives"),
    [("POL", "sąd rejonowy"), ("FRA", "procureur de la République"), ("PRT", "Court where the person lives")],
)
def test_the_office_that_collects_is_named(router: Router, other: str, receives: str) -> None:
    assert receives in page(router, "CZE", other)


@pytest.mark.parametrize("state", ["POL", "PRT"])
def test_the_court_that_decided_sends_what_it_imposed(router: Router, state: str) -> None:
    assert "court that gave the decision -> Federal Office of Justice" in page(router, state, "DEU")
