"""What the sentences among the lines of a case tell, as a story does: who asks whom, what is needed, a danger."""

from __future__ import annotations

from datetime import date

import pytest
from typed_cases import SUNDAY, needs, read

from routing.core.domain import DANGER_UNREAD
from routing.opened import Router


@pytest.mark.parametrize(
    ("text", "kind", "measure"),
    [
        ("our country: Austria\npartner: Japan\nneed: bank records of him, Japan asked for them\n", "answer", "bank_records"),
        ("our country: France\npartner: Tunisia\nrequest: Tunisia wants our citizen extradited\n", "answer", "surrender"),
        ("we are: Poland\nrequest: came from England, bank records of a thief\n", "answer", "bank_records"),
        (
            "who we are: prosecutor, Spain\nwhat happened: colleagues in Lima wrote to us, they want to hear a witness here\n",
            "answer",
            "witness_hearing",
        ),
        ("from: Chile\nto: Bolivia\nwhat: we want to tell them, they did not ask. Six stolen cars come\n", "share", "information_sharing"),
        ("Senegal is asked\nwho asks: Paris, tribunal\nwant: give a summons to a man in Thies\n", "answer", "service_of_documents"),
        ("our country: Austria\npartner: Japan\nneed: bank records of him\nwhy: he asked for money\n", "request", "bank_records"),
    ],
)  # fmt: skip
def test_who_asks_whom_is_told_by_any_words_of_a_line(
    router: Router, text: str, kind: str, measure: str
) -> None:
    case = read(router, text)
    assert [(need.kind, need.measure) for need in case.needs] == [(kind, measure)]
    assert case.state and case.needs[0].partner not in (None, case.state)


def test_a_program_too_is_told_who_asks_whom(router: Router) -> None:
    text = "our country: Austria\npartner: Japan\nneed: bank records of him, Japan asked for them\n"
    assert router.read(text, as_of=SUNDAY).needs[0].kind == "answer"


@pytest.mark.parametrize(
    "line",
    [
        "what: rescue of a girl, she is beaten",
        "what: find the boys\nwho: three boys are locked in a flat in Leeds",
        "what: find the boys\nhistory: they beat them and give not to eat",
        "what: bank records\nnote: he will kill the hostage tonight",
        "what: bank records\nlast words: he will kill the hostage tonight",
    ],
)
def test_a_danger_is_read_wherever_it_is_told(router: Router, line: str) -> None:
    case = read(router, f"our country: Kenya\nother country: France\n{line}\n")
    assert case.facts["emergency"] == "threat_to_life"


def test_a_danger_that_was_is_none_and_is_said_where_its_line_is_not_used(router: Router) -> None:
    text = "our country: Kenya\nother country: France\nwhat: bank records\nold story: we think he will not kill the man\n"
    case = read(router, text)
    assert "emergency" not in case.facts
    assert any(note.startswith(DANGER_UNREAD) for note in case.notes)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("state: Norway\nwith: Thailand\npurpose: bring him back to us\n", [("request", "surrender", "THA")]),
        ("state: Croatia\nwith: Serbia\nmatter: hearing of a witness by video\n", [("request", "video_hearing", "SRB")]),
        ("state: Ghana\nwith: Kenya\nwhat: 1) bank records 2) arrest of the man\n",
         [("request", "bank_records", "KEN"), ("request", "arrest", "KEN")]),
        ("us: Guatemala\nask: Mexico and United States to let the truck run and watch it\n",
         [("request", "controlled_delivery", "MEX"), ("request", "controlled_delivery", "USA")]),
        ("state: Sweden\nwith: China\nneed: company papers from Hong Kong\n", [("request", "business_records", "HKG")]),
        ("office: customs, Romania\ncountry: Moldova\nneed: search of a house\n", [("request", "search", "MDA")]),
        ("police: Lithuania\nabroad: UK\nneed: search of a house\n", [("request", "search", "GBR")]),
        ("we = Kenya\nthey = France\nneed = bank records of a man\n", [("request", "bank_records", "FRA")]),
    ],
)  # fmt: skip
def test_what_is_needed_and_where_is_read_from_any_line(
    router: Router, text: str, expected: list[tuple[str, str, str]]
) -> None:
    assert needs(read(router, text)) == expected


@pytest.mark.parametrize(
    "wish", ["to say no, how do we say it", "refuse", "answer no", "we say no or only if they promise"]
)
def test_what_we_want_to_answer_is_kept_and_is_no_need(router: Router, wish: str) -> None:
    case = read(router, f"state: Kenya\nthey asked: bank records of a man\nasked by: France\nwant: {wish}\n")
    assert needs(case) == [("answer", "bank_records", "FRA")]
    assert any(note.startswith("what we want to answer, kept as a note") for note in case.notes)


def test_that_we_want_to_wait_is_a_reason_too(router: Router) -> None:
    case = read(
        router, "state: Kenya\nthey want: search of an office\nasked by: France\nour side: postpone\n"
    )
    assert case.facts["refusal_reason_raised"] == ("ongoing_case",)


@pytest.mark.parametrize(
    ("when", "days"),
    [("14 of next month 9.00", 15), ("Dec 20", 21), ("Oct 14", 319), ("until now nothing", "unknown")],
)
def test_a_day_of_next_month_is_that_day_and_until_now_is_none(
    router: Router, when: str, days: object
) -> None:
    case = read(router, f"state: Kenya\nwith: France\nneed: bank records\nwhen: {when}\n")
    assert case.facts["days_until_needed"] == days


def test_a_day_that_has_passed_is_of_this_year(router: Router) -> None:
    case = read(router, "state: Kenya\nwith: France\nneed: surrender\narrested_on: Oct 14\n")
    assert {**case.facts, **case.needs[0].facts}["arrested_on"] == date(2026, 10, 14)


def test_that_he_was_judged_here_is_a_bar(router: Router) -> None:
    for line in ("already judged here: yes", "but: he was already judged here for the same"):
        case = read(router, f"state: Kenya\nwith: France\nneed: surrender\n{line}\n")
        assert {**case.facts, **case.needs[0].facts}["ne_bis_in_idem"] == "final_elsewhere"


def test_each_of_two_needs_has_the_direction_that_its_own_line_tells(router: Router) -> None:
    text = (
        "our country: Kyrgyzstan\nother country: Turkey\n1: we ask extradition of a man for fraud\n"
        "2: and they ask from us hearing of his wife as witness\n"
    )
    case = read(router, text)
    assert needs(case) == [("request", "surrender", "TUR"), ("answer", "witness_hearing", "TUR")]
    assert "person_role" not in case.facts and not any("person_role" in need.facts for need in case.needs)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("they should take over the case, the accused won't be extradited", ["transfer_of_proceedings"]),
        ("bank records, he is never to be arrested", ["bank_records"]),
        ("don't delete the mails", ["data_preservation"]),
    ],
)
def test_what_is_denied_in_a_line_is_not_asked_for(router: Router, words: str, expected: list[str]) -> None:
    case = read(router, f"state: Greece\nwith: Albania\nneed: {words}\n")
    assert [need.measure for need in case.needs] == expected


@pytest.mark.parametrize(
    "line",
    [
        "danger_place: nobody",
        "danger_place: I do not know",
        "organised_group: we have no idea",
        "title: they kidnapped a man, he dies at 22.00",
        "title: a dancer would wait at home",
        "title: account in California, they want it",
    ],
)
def test_neither_a_value_nor_a_title_is_a_sentence(router: Router, line: str) -> None:
    plain = "state: Kenya\nwith: France\nneed: bank records of a man who was cheated by the police\n"
    told, bare = read(router, f"{plain}{line}\n"), read(router, plain)
    assert needs(told) == needs(bare)
    assert told.facts.get("emergency") in (None, "unknown")
    assert told.facts.get("offence") == bare.facts.get("offence")
    assert told.title == (line.partition(": ")[2] if line.startswith("title") else bare.title)


def test_a_danger_in_a_line_that_no_line_can_be_is_read(router: Router) -> None:
    text = (
        "state: Trinidad and Tobago\nother State: Venezuela\nneed: where are two fishermen, taken by armed men\n"
        "we want: number owner\n"
    )
    case = read(router, text)
    assert {**case.facts, **case.needs[0].facts}["emergency"] == "threat_to_life"


def test_consent_to_use_what_somebody_gave_is_asked_for(router: Router) -> None:
    case = router.read(
        "state: France\nwith: Kenya\nmeasure: approval to use your papers in court\n", as_of=SUNDAY
    )
    assert needs(case) == [("request", "use_consent", "KEN")]
