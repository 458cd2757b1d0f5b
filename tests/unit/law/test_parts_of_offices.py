"""Of an office whose name stands for several the plan names the one that the told stage or the way leaves."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from routing.cli import main

CASE = """
title: A file
state: {own}
as_of: 2026-11-27
actor: prosecutor
{stage}
offence: [{offence}]
max_penalty_months: 72
needs:
  - {{id: one, measure: {measure}, with: {other}, dual_criminality: yes}}
"""


def sender(folder: Path, own: str, other: str, stage: str, measure: str, offence: str = "violence") -> str:
    path = folder / "case.yaml"
    said = f"stage: {stage}" if stage else ""
    path.write_text(CASE.format(own=own, other=other, stage=said, measure=measure, offence=offence))
    result = CliRunner().invoke(main, ["route", str(path), "--format", "json"])
    plan = json.loads(result.stdout)
    step = next(step for step in plan["steps"] if step["role"] == "deliver")
    return str(step["sender"]["name"])


@pytest.mark.parametrize(
    ("stage", "office"),
    [
        ("charged", "Ministry of Justice"),
        ("trial", "Ministry of Justice"),
        ("investigation", "Supreme Public Prosecutor's Office"),
    ],
)
def test_the_told_stage_chooses_the_office(tmp_path: Path, stage: str, office: str) -> None:
    assert sender(tmp_path, "CZE", "SVK", stage, "transfer_of_proceedings", "traffic_offence") == office


def test_an_assumed_stage_chooses_none(tmp_path: Path) -> None:
    name = sender(tmp_path, "CZE", "SVK", "", "transfer_of_proceedings", "traffic_offence")
    assert "before charges" in name and "Ministry of Justice" in name


def test_without_direct_contact_the_ministry_sends(tmp_path: Path) -> None:
    assert sender(tmp_path, "NOR", "TUR", "trial", "service_of_documents") == "Ministry of Justice"
