"""Files of lines of no known form: who asks whom in them is told by what the lines are called, or is open."""

from __future__ import annotations

from datetime import date

import pytest

from routing.core.domain import ANSWER, REQUEST
from routing.opened import Router
from routing.rulebook.words import KIND
from routing.story.offered import offered_by

DAY = date(2026, 11, 29)


@pytest.mark.parametrize(
    ("text", "own", "other", "needs"),
    [
        (
            "we: Argentina\nthey want: search of office and the 3 laptops handed to them\nthey: Spain",
            "ARG",
            "ESP",
            {"search": {ANSWER}, "object_transfer": {ANSWER}},
        ),
        (
            "who asks: Paris\nis asked: Tunis, us\nwant: give a summons to a witness",
            "TUN",
            "FRA",
            {"service_of_documents": {ANSWER}},
        ),
        (
            "asked by: prosecutor in Lisbon\nour side: Luanda\nquestion: can we give the bank records",
            "AGO",
            "PRT",
            {"bank_records": {ANSWER}},
        ),
        (
            "we = Argentina\nthey = Uruguay\nthey want = search of office\nwe want = phone data",
            "ARG",
            "URY",
            {"search": {ANSWER}, "stored_traffic_data": {REQUEST}},
        ),
        (
            "we are - police in Lima\nthey - Chile\nthey want - bank records\nwe want from them - phone data",
            "PER",
            "CHL",
            {"bank_records": {ANSWER}, "stored_traffic_data": {REQUEST}},
        ),
        (
            "our country: Ghana\nwhich country asks: Ghana\nthe other country: Benin\nneed: arrest of a man",
            "GHA",
            "BEN",
            {"arrest": {REQUEST}},
        ),
        (
            "wanted by them: arrest of a man\nthe other country: Ghana\nwe are: Togo",
            "TGO",
            "GHA",
            {"arrest": {ANSWER}},
        ),
        (
            "who asks: Paris\nwant: give a summons to a witness",  # who asks may be us
            "",
            "",
            {"service_of_documents": {REQUEST, ANSWER}},
        ),
        (
            "who asks: Paris\nthe other: Tunis\nwant: give a summons to a witness",
            "",
            "",
            {"service_of_documents": {REQUEST, ANSWER}},
        ),
    ],
)
def test_who_asks_whom_in_a_file_of_lines(
    router: Router, text: str, own: str, other: str, needs: dict[str, set[str]]
) -> None:
    offer = offered_by(router, text, DAY)
    kinds = {item.value for item in offer.facts if item.fact == KIND}
    assert (offer.own, offer.partner) == (own, other)
    assert {it.measures[0]: {it.kind} if it.kind else kinds for it in offer.needed} == needs
