"""`--format ics`: a calendar that holds every date of the plan and nothing of the case that was not asked for."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from routing.cli import main
from routing.opened import shared_router
from routing.plan.model import Plan
from routing.render import rendered
from routing.render.calendar import CALLED, _folded, entries, escaped

TODAY = date(2026, 11, 24)
CASE: dict[str, Any] = {
    "title": "Óperation Señal; part 1, Muñoz\\Núñez — " + "é" * 60,
    "state": "GHA",
    "actor": "police",
    "offence": ["fraud"],
    "max_penalty_months": 120,
    "organised_group": "suspected",
    "transnational": ["several_states", "evidence_in_requested"],
    "needs": [
        {
            "id": "secretbox",
            "measure": "stored_content",
            "with": "CAN",
            "purpose": "evidence",
            "data_volatility": "imminent_loss",
        }
    ],
}


def plan(day: date = TODAY, **more: Any) -> Plan:
    return shared_router().route({**CASE, **more}, day)


def ics(found: Plan, full: bool = False) -> str:
    return rendered(found, shared_router(), "ics", full)


def unfolded(text: str) -> list[str]:
    return text.replace("\r\n ", "").split("\r\n")[:-1]


def events(text: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    alarm = False
    for line in unfolded(text):
        alarm = line == "BEGIN:VALARM" or (alarm and line != "END:VALARM")
        if alarm or line == "END:VALARM":
            continue
        if line == "BEGIN:VEVENT":
            found.append({})
        elif found and line != "END:VEVENT" and line != "END:VCALENDAR":
            name, _, value = line.partition(":")
            assert name not in found[-1]
            found[-1][name] = value
    return found


@pytest.mark.parametrize("full", [False, True])
def test_lines_end_as_they_must_and_none_is_too_long(full: bool) -> None:
    data = ics(plan(), full).encode()
    assert data.endswith(b"END:VCALENDAR\r\n") and b"\n" not in data.replace(b"\r\n", b"")
    assert max(map(len, data.split(b"\r\n"))) <= 75
    assert all(line.decode() is not None for line in data.split(b"\r\n")), "no character is cut in two"


def test_every_date_is_an_entry_of_its_own() -> None:
    found = plan()
    wanted = [(what, day) for step in found.steps for what, day, _ in entries(step)]
    listed = events(ics(found))
    assert len(listed) == len(wanted) >= 3
    assert {(item["SUMMARY"].split(":")[0], item["DTSTART;VALUE=DATE"]) for item in listed} == {
        (CALLED[what], f"{day:%Y%m%d}") for what, day in wanted
    }
    assert (
        "Kept at least until this day: Preserve the data" in ics(found).replace("\r\n ", "")
        and "20270123" in ics(found)
        and "20270122" in ics(found)
    )


def test_the_stamp_is_the_day_of_the_plan_and_the_same_plan_gives_the_same_bytes() -> None:
    assert {item["DTSTAMP"] for item in events(ics(plan()))} == {"20261124T000000Z"}
    assert ics(plan()) == ics(plan())


def test_a_later_plan_moves_the_entries_and_another_case_has_its_own() -> None:
    first, later, other = (
        events(ics(found)) for found in (plan(), plan(date(2026, 11, 30)), plan(title="Another"))
    )
    uids = [item["UID"] for item in first]
    assert len(set(uids)) == len(uids)
    assert uids == [item["UID"] for item in later] and [i["DTSTART;VALUE=DATE"] for i in first] != [
        i["DTSTART;VALUE=DATE"] for i in later
    ]
    assert not set(uids) & {item["UID"] for item in other}


def test_nothing_of_the_case_is_told_unless_it_is_asked_for() -> None:
    short, full = (" ".join(unfolded(ics(plan(), full))) for full in (False, True))
    for word in ("Señal", "Muñoz", "secretbox", "Ghana", "Canada", "Budapest"):
        assert word not in short and word in full
    assert "Request mutual assistance" in short and "Mutual legal assistance" in short


def test_the_calendar_has_a_name_and_each_entry_a_description_and_an_alarm() -> None:
    found = ics(plan())
    assert "X-WR-CALNAME:International cooperation" in unfolded(found)
    listed = events(found)
    assert all(item["DESCRIPTION"] for item in listed)
    assert found.count("BEGIN:VALARM") >= len(listed)
    assert "(budapest 29" not in found, "words, not ids"


def test_marks_are_escaped() -> None:
    assert escaped("a,b;c\\d\ne") == "a\\,b\\;c\\\\d\\ne"
    assert "Óperation Señal\\; part 1\\, Muñoz\\\\Núñez" in " ".join(unfolded(ics(plan(), full=True)))


def test_a_plan_without_a_lawful_route_has_an_entry_too() -> None:
    found = plan(needs=[{**CASE["needs"][0], "purpose": "civil"}])
    assert found.status == "no_lawful_route" and events(ics(found))


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=400))
def test_folding_loses_nothing(text: str) -> None:
    line = _folded(f"SUMMARY:{escaped(text)}")
    assert line.replace("\r\n ", "") == f"SUMMARY:{escaped(text)}"
    assert all(len(part.encode()) <= 75 for part in line.split("\r\n"))


def test_the_command_writes_it(tmp_path: Path) -> None:
    case = tmp_path / "case.yaml"
    case.write_text(
        "state: GHA\nas_of: 2026-11-24\nneeds:\n- {measure: stored_content, with: CAN, purpose: evidence, data_volatility: imminent_loss}\n"
    )
    result = CliRunner().invoke(
        main, ["route", str(case), "--format", "ics", "--save", str(tmp_path / "dates.ics")]
    )
    assert result.exit_code in (0, 4)
    assert (tmp_path / "dates.ics").read_bytes().startswith(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
