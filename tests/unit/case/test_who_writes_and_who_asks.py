"""A form that names who writes and who asks, an office with its State, and what is sought in one."""

from __future__ import annotations

import pytest

from routing.opened import Router


def _read(router: Router, text: str) -> tuple[str, list[tuple[str, str, str]]]:
    case = router.read(text)
    return case.state or "", [(it.kind, it.measure or "", it.partner or "") for it in case.needs]


def test_who_writes_has_got_what_another_asks(router: Router) -> None:
    text = "From: Ministry of Justice, Ankara\nAsked by: Uzbekistan, Tashkent\nthey ask: criminal record"
    assert _read(router, text) == ("TUR", [("answer", "criminal_record", "UZB")])


def test_an_office_and_its_state_are_one(router: Router) -> None:
    text = "kind: answer\nfrom: Rigspolitiet, Denmark\nto: police of Sweden, Malmö\nmeasure: address, phone, car of a man"
    assert _read(router, text) == ("SWE", [("answer", "police_database_check", "DNK")])


@pytest.mark.parametrize(
    ("sought", "measure"),
    [
        ("search and tell us, he must be found alive", "find_missing_person"),
        ("ask his phone position", "realtime_traffic_data"),
        ("if we would take him to serve the rest", "sentence_transfer"),
        ("only the money must not go", "asset_freezing"),
    ],
)
def test_what_is_sought_in_plain_words(router: Router, sought: str, measure: str) -> None:
    assert router.rulebook.words.read("measure", sought) == (measure,)
