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
