"""Case files as tired people type them: a need for each line that seeks something, days of writing, dangers that
are over, States that are denied, and what of it all is not read."""

from __future__ import annotations

from datetime import date

import pytest
from typed_cases import SUNDAY, needs, read

from routing.case.model import Case
from routing.core.domain import FIRST_OF_ALL, LEFT_OUT
from routing.core.errors import CaseProblems
from routing.opened import Router

BOTH = "our country: Kenya\nother country: France\n"


def left_out(case: Case) -> list[str]:
    return [note for note in case.notes if note.startswith(LEFT_OUT)]


@pytest.mark.parametrize(
    ("lines", "sought"),
    [
        (
            "1: we ask extradition of a man, fraud\n2: and they ask from us hearing of his wife as witness\n",
            {("request", "surrender"), ("answer", "witness_hearing")},
        ),
        (
            "need: where are two fishermen, taken by armed men on Wednesday\nwe want: number owner\n",
            {("request", "find_missing_person"), ("request", "subscriber_data")},
        ),
        (
            "need: compare a fingerprint from the window\nneed also: cctv of a shop in Lyon\n",
            {("request", "biometric_comparison"), ("request", "business_records")},
        ),
        (
            "what: find a man\n1. emails of one account\n2. hear the driver as a witness\n",
            {("request", "locate_person"), ("request", "stored_content"), ("request", "witness_hearing")},
        ),
        (
            "pedimos: find the child, and the uncle\n",
            {("request", "find_missing_person"), ("request", "locate_person")},
        ),
    ],
)
def test_each_line_that_seeks_something_is_a_need_with_its_own_direction(
    router: Router, lines: str, sought: set[tuple[str, str]]
) -> None:
    case = read(router, BOTH + lines)
    assert set(needs(case)) == {(kind, measure, "FRA") for kind, measure in sought}


def test_who_somebody_is_in_one_line_is_not_said_of_the_other_needs(router: Router) -> None:
    lines = "1: extradition of a man, fraud\n2: and they ask us to hear his wife as witness\n"
    case = read(router, BOTH + lines)
    assert "person_role" not in case.facts
    assert "person_role" not in next(need for need in case.needs if need.measure == "surrender").facts


@pytest.mark.parametrize("written", ["29 Nov 2026", "29/11/2026", "12.11.2026", "25 Nov"])
def test_the_day_of_writing_is_no_deadline(router: Router, written: str) -> None:
    case = read(router, f"{BOTH}date: {written}\nneed: bank records\n")
    assert "days_until_needed" not in case.facts
    assert case.as_of in (None, SUNDAY)


def test_a_date_to_come_is_a_deadline(router: Router) -> None:
    assert read(router, f"{BOTH}date: 10 Dec 2026\nneed: bank records\n").facts["days_until_needed"] == 11


@pytest.mark.parametrize(
    ("line", "days"),
    [
        ("speed: he is selling the villa, notary date is 10/12", 11),
        ("papers: must go in 40 days they say", 40),
        ("deadline: before they are sold, buyer signs Thursday", 4),
        ("when: until Thursday", 4),
        ("when: by the 10th", 11),
        ("reply: within 10 days", 10),
    ],
)
def test_a_time_is_read_wherever_it_is_told(router: Router, line: str, days: int) -> None:
    assert read(router, f"{BOTH}need: bank records\n{line}\n").facts["days_until_needed"] == days


def test_for_which_trial_something_is_needed_is_a_day(router: Router) -> None:
    case = read(router, f"{BOTH}need: bank records for the trial on 12 February 2027\n")
    assert case.needs[0].facts["days_until_needed"] == 75


@pytest.mark.parametrize(
    "line",
    [
        "crime: online scam, workers locked in a hotel here were freed already last week",
        "crime: fraud, she was held by armed men and is safe now",
    ],
)
def test_a_danger_that_is_over_is_none(router: Router, line: str) -> None:
    case = read(router, f"{BOTH}need: bank records\n{line}\n")
    assert case.facts.get("emergency") in (None, "none")
    assert any("is told as over" in note for note in case.notes)


@pytest.mark.parametrize(
    "line",
    [
        "story: shots were fired at his house on Friday",
        "story: his wife was freed, they will kill the boy",
        "story: the child is locked in a flat, the mother is safe now",
    ],
)
def test_a_danger_that_goes_on_is_one(router: Router, line: str) -> None:
    assert read(router, f"{BOTH}need: bank records\n{line}\n").facts["emergency"] == "threat_to_life"


def test_a_state_that_is_denied_is_not_asked(router: Router) -> None:
    case = read(router, "own: Zambia\nother side: DR Congo, not Congo Brazzaville\nneed: bank records\n")
    assert set(needs(case)) == {("request", "bank_records", "COD")}


def test_a_place_after_a_state_is_none_and_a_slip_is_asked_back(router: Router) -> None:
    assert set(
        needs(read(router, "state: Gambia\nwith: Senegal gendarmerie, Kaolack\nneed: bank records\n"))
    ) == {("request", "bank_records", "SEN")}
    with pytest.raises(CaseProblems, match="Germny"):
        router.read("state: Gambia\nwith: Senegal, Germny\nneed: bank records\n", as_of=SUNDAY)


@pytest.mark.parametrize(
    ("lines", "own", "other"),
    [
        ("nosotros: Paraguay\nellos: Bolivia\n", "PRY", "BOL"),
        ("país: Chile\notro: Haiti\n", "CHL", "HTI"),
        ("who: Japan, ministry\nwhich: Brazil\n", "JPN", "BRA"),
        ("parquet: Monaco\nwith whom: Italy\n", "MCO", "ITA"),
    ],
)
def test_states_are_known_by_foreign_names_of_lines(router: Router, lines: str, own: str, other: str) -> None:
    case = read(router, f"{lines}need: bank records\n")
    assert (case.state, case.needs[0].partner) == (own, other)


def test_an_office_of_the_other_side_is_not_ours(router: Router) -> None:
    lines = "from: Senegal gendarmerie, Kaolack\nto: us = The Gambia\nquestion: they ask that we look for the third man\n"
    case = read(router, lines)
    assert "actor" not in case.facts
    assert set(needs(case)) == {("answer", "locate_person", "SEN")}


def test_what_we_found_is_told_and_not_asked_for(router: Router) -> None:
    lines = (
        "own state: Sweden\nto: Iraq\nwe found: chats about a killing in Basra 2024, in a phone we took here for drugs."
        " Name of the shooter is in it, he lives in Basra\n"
        "nobody asked us, should we tell them?\nworry: they hang people\n"
    )
    case = read(router, lines)
    assert set(needs(case)) == {("share", "information_sharing", "IRQ")}
    assert case.facts["death_penalty_risk"] == "possible"
    assert not left_out(case)


def test_people_on_a_boat_are_rescued_first_and_are_no_crime(router: Router) -> None:
    lines = (
        "matter: boat with 30 people engine dead, called us by satellite phone; need position of the phone\n"
    )
    case = read(router, f"us: Tunisia coast guard Sfax\nthem: Malta\n{lines}time: now!! water is coming in\n")
    assert case.notes[0].startswith(f"{FIRST_OF_ALL}People in distress at sea")
    assert case.facts["emergency"] == "threat_to_life"
    assert "offence" not in case.facts


def test_a_remark_is_not_read_and_said_to_be_once(router: Router) -> None:
    text = "state: Nauru\nkind: use\nmeasure: use consent\nwith: Australia\n# AFP gave us emails as police information\n"
    (said,) = left_out(read(router, text))
    assert "# AFP gave us emails" in said
    assert not left_out(
        read(router, text.replace("AFP gave us emails as police information", "checked twice"))
    )
    heading = "# A bribery case. The e-mails of the suspects are with a company abroad.\n\n"
    assert "A bribery case" not in str(left_out(read(router, heading + text)))


def test_what_is_not_read_is_said_once_and_short(router: Router) -> None:
    lines = "need: find a student, his hat is a red one, the phone is off since May, his car was sold\nxyz: lorem ipsum dolor\n"
    (said,) = left_out(read(router, BOTH + lines))
    assert "say it in other words" not in said
    assert said.count("`") == len(set(said.split("`")[1::2])) * 2


@pytest.mark.parametrize("line", ["what: bank records, nobody died", "why: shooting, nobody died"])
def test_what_is_denied_loses_nothing(router: Router, line: str) -> None:
    assert not left_out(read(router, f"{BOTH}need: bank records\n{line}\n"))


def test_a_number_under_a_name_that_is_none_suggests_nothing(router: Router) -> None:
    with pytest.raises(CaseProblems) as told:
        router.read(f"{BOTH}need: bank records\nabc: 8 years\n", as_of=SUNDAY)
    assert "vulnerable_person" not in str(told.value)


def test_a_word_left_open_tells_nothing_else(router: Router) -> None:
    case = read(router, f"{BOTH}need: bank records\nperson: ex minister, he is not over there\n")
    assert "refugee_status" not in case.facts


@pytest.mark.parametrize(
    ("wanted", "measure"),
    [
        ("give us back the cattle truck, stolen in Filadelfia", "restitution"),
        ("return of the stolen lorry, found in Grodno", "restitution"),
        ("relocation of a witness", "witness_relocation"),
        ("a witness against the gang and his two children to live somewhere else", "witness_relocation"),
        ("the server should keep it until our letter comes", "data_preservation"),
        ("look for the third one", "locate_person"),
    ],
)
def test_plain_words_for_a_measure_are_read(router: Router, wanted: str, measure: str) -> None:
    assert [need.measure for need in read(router, f"{BOTH}need: {wanted}\n").needs] == [measure]


@pytest.mark.parametrize(
    ("line", "days"),
    [
        ("deadline: 10/12", 10),
        ("deadline: 10/12 at 9:00", 10),
        ("deadline: 4 Dec at 13:30", 4),
        ("deadline: 4 Dec 2026 (Friday)", 4),
        ("deadline: 4/12-2026", 4),
        ("deadline: 60 days from 9-11-2026", 39),
        ("deadline: 60 days from 9 Nov", 39),
        ("deadline: 21.00 tonight", 0),
        ("need 2: surveillance of a van across the border 4 Dec 2026 (Friday), ferry from the port", 4),
        ("need 2: bank records from 1 Jan 2026 to 31 Dec 2026", None),
        ("need 2: bank records until 31 Dec 2026", None),
    ],
)
def test_a_day_is_read_as_it_is_written(router: Router, line: str, days: int | None) -> None:
    case, _ = router.read_in_part(
        f"we: Finland\nthey: Estonia\nneed: criminal record\n{line}\n".encode(), "case", date(2026, 11, 30)
    )
    facts = {**case.facts, **{name: it for need in case.needs for name, it in need.facts.items()}}
    assert facts.get("days_until_needed") == days
