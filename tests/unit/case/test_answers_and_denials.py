"""An answer with words after it, what a line denies, and advice that must never be false."""

from __future__ import annotations

import pytest
from typed_cases import SUNDAY, needs, read

from routing.core.domain import LEFT_OUT
from routing.core.errors import CaseProblems
from routing.opened import Router

pytestmark = pytest.mark.when_changed("rules", "routing")

BOTH = "our country: Kenya\nother country: France\n"
RECORDS = f"{BOTH}need: bank records\n"


def fault_of(router: Router, text: str) -> str:
    with pytest.raises(CaseProblems) as told:
        router.read(text, as_of=SUNDAY)
    return str(told.value)


@pytest.mark.parametrize(
    ("line", "fact", "value"),
    [
        ("danger: yes, one was beaten with a stick, picture was sent", "emergency", "threat_to_life"),
        ("danger: police looked at it, no real danger now", "emergency", "none"),
        ("danger: none known", "emergency", "none"),
        ("danger: no, but they will kill him tonight", "emergency", "threat_to_life"),
        ("court order: yes, judge Sofia signed 26/11", "own_authorisation", "obtained"),
        ("warrant: no, and no force", "arrest_warrant", "no"),
        ("warrant: district court Reykjavik 21.11.2026", "arrest_warrant", "yes"),
        ("judgment: no judgment yet, arrest warrant of 12/11/2026", "judgment_final", "no"),
    ],
)
def test_an_answer_with_words_after_it_is_read(router: Router, line: str, fact: str, value: str) -> None:
    assert read(router, f"{BOTH}need: arrest\n{line}\n").facts[fact] == value


@pytest.mark.parametrize("said", ["not asked", "no, and no force if he does not come", "not yet"])
def test_what_did_not_happen_needs_no_day(router: Router, said: str) -> None:
    case = read(router, f"{BOTH}need: hearing of a witness\narrest: {said}\n")
    assert "arrested_on" not in case.facts
    assert set(needs(case)) == {("request", "witness_hearing", "FRA")}


def test_a_sentence_in_a_closed_line_is_no_refusal(router: Router) -> None:
    case = read(router, f"{RECORDS}person: manpower agent, lives by the harbour\n")
    assert any(note.startswith(LEFT_OUT) for note in case.notes)


@pytest.mark.parametrize(
    ("line", "never"),
    [
        ("nobody knows: the exact building", "property_kind"),
        ("what it is: bank papers we got by post in 2025", "`measure`?"),
        ("agreement before: had one team with them, ended", "days_until_needed"),
    ],
)
def test_a_chance_word_gives_no_advice(router: Router, line: str, never: str) -> None:
    assert never not in fault_of(router, f"{RECORDS}{line}\n")


def test_a_need_or_a_time_is_not_sent_into_the_note(router: Router) -> None:
    assert "`measure`" in fault_of(router, f"{RECORDS}abcd: also search of his house, and more of it\n")
    assert "`days_until_needed`" in fault_of(router, f"{RECORDS}efgh: it is on 20 December, and then gone\n")


def test_what_a_line_denies_is_not_asked_for(router: Router) -> None:
    lines = "need 1: bank records\nneed 2: subscriber of both accounts\nnot needed: messages\nnew papers needed: no\n"
    case = read(router, BOTH + lines)
    assert set(needs(case)) == {("request", "bank_records", "FRA"), ("request", "subscriber_data", "FRA")}


def test_a_direction_that_is_denied_is_not_read(router: Router) -> None:
    lines = "own country: Ethiopia\nto: Kenya\nasked by them: no, nobody asked\nwe know: a truck with people crosses\nwish: you open it, no answer needed\n"
    case = read(router, lines)
    assert set(needs(case)) == {("share", "information_sharing", "KEN")}


def test_no_is_not_a_code_of_a_state(router: Router) -> None:
    assert "Norway" not in str(read(router, f"{RECORDS}asked by them: no, never\n").notes)


@pytest.mark.parametrize(
    "line",
    [
        "crime: kidnapping for ransom, victim is back home safe since 2 November",
        "crime: kidnapping for ransom\nstory: the girl is safe at home now",
    ],
)
def test_a_danger_that_only_the_crime_tells_gives_way_to_one_that_is_over(router: Router, line: str) -> None:
    assert read(router, f"{RECORDS}{line}\n").facts.get("emergency") in (None, "none")


def test_whom_a_crime_was_done_to_is_no_trait_of_the_wanted_person(router: Router) -> None:
    lines = "they want: hand over one man\nhe is: wanted for child abuse\ncrime: child abuse, sexual, 2019\n"
    assert "vulnerable_person" not in read(router, f"we are: Canada\nwho asks: Chile\n{lines}").facts


@pytest.mark.parametrize(
    ("lines", "own", "other"),
    [
        ("requesting: Republic of Korea, prosecution service Seoul\nwhere: Atlanta, Georgia\n", "KOR", "USA"),
        ("state: Japan\nwhere: Tbilisi, Georgia\n", "JPN", "GEO"),
        ("drzava: Croatia\nwith: Ireland\n", "HRV", "IRL"),
        ("land: Iceland\nvs: Norway\n", "ISL", "NOR"),
        ("we: Madagascar, pole anti corruption\nperson is on: Mayotte\n", "MDG", "FRA"),
        ("state: Mauritius\nmaterial from: Singapore\n", "MUS", "SGP"),
    ],
)
def test_a_state_is_known_by_any_name_of_its_line_and_place(
    router: Router, lines: str, own: str, other: str
) -> None:
    case = read(router, f"{lines}need: hear a witness\n")
    assert (case.state, {need.partner for need in case.needs}) == (own, {other})


def test_who_is_asked_may_be_us(router: Router) -> None:
    case = read(router, "from: Portugal, PGR Lisbon\nto us: Angola, PGR Luanda\nthey ask: bank documents\n")
    assert (case.state, needs(case)) == ("AGO", [("answer", "bank_records", "PRT")])


@pytest.mark.parametrize(
    ("line", "days"),
    [
        ("next hearing: 18.12.2026", 19),
        ("FECHA: driver leaves for the coast on 9/12/2026", 10),
        ("parcel day: 4 Dec 2026", 5),
        ("want it by: 31 January 2027", 63),
        ("deadline: 3/12/2026", 4),
        ("flight: has a ticket to Paris for 6 December", 7),
    ],
)
def test_a_day_under_another_name_is_when_it_is_needed(router: Router, line: str, days: int) -> None:
    assert read(router, f"{RECORDS}{line}\n").facts["days_until_needed"] == days


def test_both_days_of_figures_are_named(router: Router) -> None:
    fault = fault_of(router, f"{RECORDS}deadline: 3/4/2027\n")
    assert "`2027-03-04` for 4 March" in fault
    assert "`2027-04-03` for 3 April" in fault


@pytest.mark.parametrize(
    ("wanted", "measure"),
    [
        ("whom he wrote with and when - NOT the messages", "stored_traffic_data"),
        ("keep the data of 2 instagram profiles so that it isn't deleted", "data_preservation"),
        ("subscriber of both", "subscriber_data"),
        ("return of the truck Scania, stolen in Encarnacion 14/10/2026", "restitution"),
    ],
)
def test_everyday_words_for_a_measure_are_read(router: Router, wanted: str, measure: str) -> None:
    assert [need.measure for need in read(router, f"{BOTH}need: {wanted}\n").needs] == [measure]


def test_what_decides_most_stands_first(router: Router) -> None:
    lines = "we are: Canada, Department of Justice\nwho asks: Chile\nthey want: hand over one man\ndeath penalty: no\n"
    notes = read(router, lines).notes
    assert "`kind: answer`" in notes[0]
    called = next(at for at, note in enumerate(notes) if note.startswith("lines called otherwise"))
    assert all(at < called for at, note in enumerate(notes) if "is read as surrender" in note)
