"""Who does what in a story: its clauses, who stands before each verb, and what is then only mentioned."""

from __future__ import annotations

import pytest

from routing.case.deeds import DID, IS, OFFICE, PLANS, SOMEBODY, US, WISHES, Deed
from routing.opened import Router
from routing.story.acts import Acts
from routing.story.lines import lines


def clauses_of(router: Router, text: str) -> tuple[Deed, ...]:
    return Acts(router.rulebook, lines(router, text)).deeds[0]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The man wiped his phone, we want him found.", [(SOMEBODY, DID), (US, WISHES)]),
        ("The bank told us that he sent the money to Lima.", [(SOMEBODY, DID), (SOMEBODY, DID)]),
        ("The Portuguese police already asked Brazil for it.", [(OFFICE, WISHES)]),
        ("They in Lima ask us for the statements.", [(OFFICE, WISHES)]),
        ("Our prosecutor wants to hear the director.", [(US, WISHES)]),
        ("Turkey has sent us a request.", [(OFFICE, DID)]),
        ("From Morocco we got two statements.", [(US, DID)]),
        ("The company in Dublin keeps the mailbox.", [(SOMEBODY, IS)]),
        ("Two men from Marseille will drive to Turin.", [(SOMEBODY, PLANS)]),
        ("Received a report from a bank today.", [(US, DID)]),
    ],
)
def test_each_clause_has_who_does_it_and_what_its_verb_says(
    router: Router, text: str, told: list[tuple[str, str]]
) -> None:
    assert [(deed.who, deed.says) for deed in clauses_of(router, text) if deed.verb >= 0] == told


@pytest.mark.parametrize(
    "text",
    [
        "We want that he is arrested.",
        "We want to know who rents the warehouse.",
        "I need to find out whether the driver has a record.",
    ],
)
def test_what_a_wish_leads_to_is_wished(router: Router, text: str) -> None:
    assert [deed.of_wish for deed in clauses_of(router, text)] == [False, True]


def test_who_somebody_is_that_is_sought_is_not_wished(router: Router) -> None:
    assert not any(deed.of_wish for deed in clauses_of(router, "We want the man who killed her."))
