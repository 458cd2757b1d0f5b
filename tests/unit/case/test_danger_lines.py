"""What a line for a danger says: a danger, one that is over or denied, or by when; and the days by which
something is needed, and what names none."""

from __future__ import annotations

from datetime import date

import pytest
from typed_cases import read

from routing.opened import Router

pytestmark = pytest.mark.when_changed("rules", "routing")

MONDAY = date(2026, 11, 30)
FILE = "we: Kenya\nthey: Ghana\nneed: {need}\n{line}\n"


def told(router: Router, line: str, need: str = "find a man") -> dict[str, object]:
    case, _ = router.read_in_part(FILE.format(need=need, line=line), as_of=MONDAY)
    return {**case.facts, **{name: value for it in case.needs for name, value in it.facts.items()}}


@pytest.mark.parametrize(
    ("says", "danger"),
    [
        ("LIFE, TONIGHT", "threat_to_life"),
        ("patients", "threat_to_life"),
        ("y, life of a child", "threat_to_life"),
        ("children died in August; new boxes are sold in the shops", "threat_to_life"),
        ("the girl is not safe", "threat_to_life"),
        ("one girl is safe, two are still in the house with the men", "threat_to_life"),
        ("only for the money", "imminent_dissipation"),
        ("crew shot at us, they still have guns", "threat_to_life"),
        ("he may flee", "imminent_flight"),
    ],
)
def test_what_is_not_denied_on_a_line_for_a_danger_is_one(router: Router, says: str, danger: str) -> None:
    assert told(router, f"danger: {says}")["emergency"] == danger


@pytest.mark.parametrize(
    "says",
    [
        "not any more, second bomb was made safe the same day",
        "he is locked in, so no",
        "no, he is locked up",
        "finished",
        "low",
        "he is out of danger in hospital",
        "it is over, he is dead since Monday",
        "no more, all 23 are on land and well",
        "he is behind bars so none",
        "the man is dead since 2020",
        "was on Friday, army freed them",
    ],
)
def test_a_danger_that_is_over_or_denied_at_the_end_is_none(router: Router, says: str) -> None:
    assert told(router, f"danger: {says}")["emergency"] == "none"


@pytest.mark.parametrize(
    "says",
    [
        "one is safe, the others may still be there",
        "nobody helps the children",
        "the crew perhaps, who can say",
    ],
)
def test_what_may_go_on_or_is_doubted_is_left_open(router: Router, says: str) -> None:
    assert told(router, f"danger: {says}")["emergency"] == "unknown"


@pytest.mark.parametrize(
    "line",
    [
        "victims: 6 women, three still in flat, guarded, one was beaten last night",
        "he: 81 years, Alzheimer, walked out from the hotel, no coat",
        "why: they have chat saying he shall shoot in the town tonight",
        "facts: boy 12 years, a man sends him pills and asks to swallow them on camera",
    ],
)
def test_a_danger_is_read_from_a_line_of_another_name(router: Router, line: str) -> None:
    assert told(router, line)["emergency"] == "threat_to_life"


@pytest.mark.parametrize(
    "line",
    [
        "case: bomb threat 2022",
        "note: the brother of the director was killed in 2019, and all that is over",
        "instructions: who must execute the request and until when",
    ],
)
def test_a_line_of_a_past_year_tells_no_danger(router: Router, line: str) -> None:
    assert told(router, line).get("emergency") in (None, "none")


@pytest.mark.parametrize(
    ("line", "days"),
    [
        ("term: client gave order to transfer to Dubai, value date 3.12.2026", 3),
        ("value date: 3.12.2026", 3),
        ("custody: ends Thursday 10:00", 3),
        ("ship: left on 26/11 and arrives on 10/12", 10),
        ("logs: are overwritten on 6.12.2026", 6),
        ("person: arrested on 15 November 2026\nlimit: 60 days from the arrest", 45),
        ("time limit: the lawyer says 60 days from the arrest; arrested on 9-11-2026", 39),
        ("danger: he shall shoot her tonight", 0),
        ("danger: he said he will kill her on Thursday", 3),
        ("answer by: 8 hours", 0),
    ],
)
def test_the_day_on_which_something_ends_is_when_it_is_needed(router: Router, line: str, days: int) -> None:
    assert told(router, line)["days_until_needed"] == days


@pytest.mark.parametrize(
    "line",
    [
        "deadline: none, but user can delete any hour",
        "deadline: no, only when they can",
        "time limit: 60 days from the arrest",
        "danger: no, he was caught on Thursday",
        "danger: children died; new boxes are on sale this week",
    ],
)
def test_what_names_no_day_sets_none(router: Router, line: str) -> None:
    assert not isinstance(told(router, line).get("days_until_needed"), int)


def test_no_deadline_denies_no_danger(router: Router) -> None:
    assert "emergency" not in told(router, "deadline: none, but user can delete any hour")


def test_a_time_of_today_is_never_called_no_days(router: Router) -> None:
    case, _ = router.read_in_part(FILE.format(need="find a man", line="answer by: 8 hours"), as_of=MONDAY)
    assert any("`8 hours` is read as today" in note for note in case.notes)


def test_who_asked_nobody_is_told_unasked(router: Router) -> None:
    text = "we: Kenya\nthey: Ghana\nwhat we tell: he will kill her on Saturday\nwho asked us: nobody\n"
    case, _ = router.read_in_part(text, as_of=MONDAY)
    (need,) = case.needs
    assert (need.kind, need.partner, need.facts["days_until_needed"]) == ("share", "GHA", 5)
    assert case.facts["emergency"] == "threat_to_life"


def test_a_slang_word_makes_no_crime_of_an_explosion(router: Router) -> None:
    assert "drugs" not in str(told(router, "crime: they blow up cash machines").get("offence"))


def test_a_strict_reading_is_no_other(router: Router) -> None:
    case = read(router, FILE.format(need="find a man", line="danger: he is locked in, so no"))
    assert case.facts["emergency"] == "none"
