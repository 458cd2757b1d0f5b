"""What of a line is not read stands above the plan where it may change it, and below where it loses nothing."""

from __future__ import annotations

import pytest
from typed_cases import SUNDAY, read

from routing.case.model import Case
from routing.core.domain import LEFT_OUT
from routing.opened import Router


def left_out(case: Case) -> str:
    return " ".join(note for note in case.notes if note.startswith(LEFT_OUT))


@pytest.mark.parametrize(
    ("lines", "lost"),
    [
        ("measure: bank records, the ship's doctor keeps a diary\n", "diary"),
        ("measure: who owns the house + freeze what is there\n", "freeze what is there"),
    ],
)
def test_the_rest_of_a_line_for_what_is_sought_is_said_above(router: Router, lines: str, lost: str) -> None:
    assert lost in left_out(read(router, f"state: Kenya\nwith: France\n{lines}"))


def test_a_state_named_again_is_a_remark(router: Router) -> None:
    assert not left_out(read(router, "state: Kenya\nwith: France\nmeasure: bank records, France\n"))


def test_two_places_of_one_line_are_two_needs(router: Router) -> None:
    text = "We: Jamaica\nwhere: flat in Birmingham (UK) and account on Cayman\nwant: confiscate both, victims are in the US\n"
    assert {need.partner for need in read(router, text).needs} == {"GBR", "CYM"}


@pytest.mark.parametrize(
    ("said", "danger"),
    [
        ("he writes that she must kill herself", True),
        ("she tried to kill herself last night", True),
        ("he is shocked with electric", True),
        ("the kidnapping gang of 2023", False),
        ("a kidnapping gang has her", True),
    ],
)
def test_a_danger_is_read_and_a_crime_of_a_past_year_is_none(router: Router, said: str, danger: bool) -> None:
    text = f"state: Ghana\nwith: France\nmeasure: subscriber data\nabout: {said}\n"
    case = read(router, text)
    assert (case.facts.get("emergency") not in (None, "none")) is danger


@pytest.mark.parametrize(
    ("text", "need"),
    [
        (
            "We are Malta\nthey want: Libya asks a boat owner back, for fraud\n",
            ("answer", "surrender", "LBY"),
        ),
        (
            "we: Rwanda\nasked: Brussels wants to give us the whole case\n",
            ("answer", "transfer_of_proceedings", "BEL"),
        ),
        (
            "state: Zambia\nwith: Zimbabwe\nmeasure: they hold 22 tusks as exhibit, we need them here for trial\n",
            ("request", "object_transfer", "ZWE"),
        ),
    ],
)
def test_who_wants_whom_or_what_in_plain_words(router: Router, text: str, need: tuple[str, str, str]) -> None:
    (only,) = read(router, text).needs
    assert (only.kind, only.measure, only.partner) == need


def test_a_day_of_next_year(router: Router) -> None:
    case = read(router, "state: Kenya\nwith: France\nmeasure: bank records\ntrial: 2 March next year\n")
    assert case.facts["days_until_needed"] == 93


def test_one_word_of_a_sentence_makes_no_hint(router: Router) -> None:
    text = "state: Kenya\nwith: France\nmeasure: bank records\nnobody wrote: right, we send this by ourself\n"
    _, left = router.read_in_part(text, as_of=SUNDAY)
    assert all("data_holder" not in (problem.fix or "") for problem in left)
