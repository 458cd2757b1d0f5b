"""An answer that is due within hours is told in hours, and no page forbids the desk that it tells to call."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from routing.cli import main

CASE = """
title: Somebody will be killed tonight
state: {state}
as_of: 2026-11-27
actor: police
offence: [extortion]
needs:
  - id: one
    kind: {kind}
    measure: {measure}
    with: {other}
    data_holder: {holder}
    emergency: threat_to_life
    danger_place: here
    days_since_receipt: {since}
"""


ORDER = {
    "state": "PRT",
    "other": "IRL",
    "kind": "request",
    "measure": "subscriber_data",
    "holder": "foreign_provider",
    "since": "0",
}
QUESTION = {
    "state": "AUT",
    "other": "DEU",
    "kind": "answer",
    "measure": "police_database_check",
    "holder": "foreign_police",
}


def page(folder: Path, told: dict[str, str], *options: str) -> str:
    path = folder / "case.yaml"
    path.write_text(CASE.format(**told))
    return " ".join(CliRunner().invoke(main, ["route", str(path), *options]).stdout.split())


@pytest.mark.parametrize("options", [(), ("--full",)])
def test_the_order_is_answered_in_hours(tmp_path: Path, options: tuple[str, ...]) -> None:
    told = page(tmp_path, ORDER, *options)
    assert "By when 8 hours" in told
    assert "due by 27 Nov" not in told


def test_our_own_answer_is_due_in_hours_until_the_day_has_passed(tmp_path: Path) -> None:
    assert "Our answer is due within 8 hours of receipt." in page(tmp_path, {**QUESTION, "since": "0"})
    assert "Our answer is due by 26 Nov 2026." in page(tmp_path, {**QUESTION, "since": "1"})


def test_no_page_forbids_the_desk_that_it_tells_to_call(tmp_path: Path) -> None:
    told = page(tmp_path, ORDER)
    assert "if it has an emergency desk, telephone that too" in told
    assert "Emergency disclosure by the provider:" not in told
