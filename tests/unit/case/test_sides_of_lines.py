"""`from` and `to` together say who asks whom, where the kind of need is written; a place that is no State here is said back."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from routing.core.errors import CaseProblems
from routing.opened import Router


@pytest.mark.parametrize(
    ("kind", "own", "other"),
    [
        ("request", "KEN", "PER"),
        ("share", "KEN", "PER"),
        ("answer", "PER", "KEN"),
        ("they ask us", "PER", "KEN"),
    ],
)
def test_from_and_to_are_read_by_the_kind_of_need(router: Router, kind: str, own: str, other: str) -> None:
    case = router.read({"from": "Kenya", "to": "Peru", "kind": kind, "measure": "bank records"})
    assert (case.state, case.needs[0].partner) == (own, other)
    assert any("`from` as" in note and "`to` as" in note for note in case.notes)


@pytest.mark.parametrize(
    "case",
    [
        {"from": "Kenya", "to": "Peru", "kind": "use", "measure": "material_held"},
        {
            "from": "Kenya",
            "to": "Peru",
            "needs": [{"kind": "request", "measure": "search"}, {"kind": "share"}],
        },
    ],
)
def test_from_and_to_are_asked_back_where_nothing_says_who_asks(router: Router, case: dict[str, Any]) -> None:
    with pytest.raises(CaseProblems) as told:
        router.read(case)
    assert sum("may mean several things" in problem.message for problem in told.value.problems) == 2


def test_a_place_with_authorities_of_its_own_is_said_back(router: Router) -> None:
    with pytest.raises(CaseProblems) as told:
        router.read({"state": "KEN", "needs": [{"measure": "arrest", "with": "Somaliland"}]})
    assert "foreign ministry" in str(told.value.problems[0].fix)


@pytest.mark.parametrize(
    ("lines", "state", "partner", "kind"),
    [
        ("who asks: Chile\nwho answers: Peru\nwe are: Peru", "PER", "CHL", "answer"),
        ("who asks: Chile\nwho answers: Peru\nwe are: Chile", "CHL", "PER", "request"),
        ("from: Chile\nto: Peru\nthey want: bank records", "PER", "CHL", "answer"),
        ("our country: Peru\nthem: Chile asked us", "PER", "CHL", "answer"),
        ("our country: Peru\npartner: Chile (their FIU asked us)", "PER", "CHL", "answer"),
        (
            "our country: Peru\nother country: Chile\nwhere is he: Santiago de Chile, Chile",
            "PER",
            "CHL",
            "request",
        ),
        ("we: Peru, police of Lima\nother country: Chile (FIU)", "PER", "CHL", "request"),
        ("us: PE customs\nthem: Chile", "PER", "CHL", "request"),
        ("our country: Peru\nthem: Chile\nask: bank records", "PER", "CHL", "request"),
    ],
)
def test_who_asks_follows_from_any_line_that_says_it(
    router: Router, lines: str, state: str, partner: str, kind: str
) -> None:
    sought = "" if "bank records" in lines else "measure: bank records\n"
    case = router.read(f"{lines}\n{sought}", as_of=date(2026, 11, 28))
    assert (case.state, case.needs[0].partner, case.needs[0].kind) == (state, partner, kind)


@pytest.mark.parametrize(
    ("to", "own"),
    [
        ("US, POLICE OF SWEDEN, MALM\u00d6", "SWE"),
        ("US, POLICE", "USA"),
        ("US POLICE", "USA"),
        ("US", "USA"),
    ],
)
def test_us_in_capital_letters_is_no_state_where_an_office_of_one_follows(
    router: Router, to: str, own: str
) -> None:
    case = router.read({"FROM": "DENMARK", "TO": to, "kind": "answer", "ASK": "BANK RECORDS"})
    assert (case.state, case.needs[0].partner) == (own, "DNK")
