"""By which facts the times of a case are counted is said by the rules, under names of their own."""

from __future__ import annotations

from pathlib import Path

import pytest
from rule_folders import read_rulebook
from small_rules import FILES, write_rules

from routing.core.errors import RulebookProblems
from routing.law import Law
from routing.opened import Router
from routing.rulebook.cache import open_rulebook

CLOCKS = """\
clocks:
  needed: days_needed
  kept: days_kept
  held_for: days_held
  going: {coercive: yes}
  sent: {consent: given}
  held: {coercive: yes}
  held_by_order: {coercive: yes}
  no_evidence: {coercive: no}
"""
NUMBERS = "".join(
    f"  {name}:\n    asks: How many days?\n    type: number\n    unit: days\n    values: {{}}\n"
    for name in ("days_needed", "days_kept", "days_held")
)


def rules(folder: Path, block: str) -> Path:
    changed = {
        "rulebook.yaml": FILES["rulebook.yaml"] + block,
        "facts/need.yaml": FILES["facts/need.yaml"] + NUMBERS,
    }
    return write_rules(folder / "rules", changed)


def test_the_fact_that_the_rules_name_may_be_told_as_a_date(tmp_path: Path) -> None:
    folder = rules(tmp_path, CLOCKS)
    case = "state: FRA\nas_of: 2026-01-01\nneeds: [{measure: keep_data, with: DEU, %s: 2026-01-11}]"
    router = Router(read_rulebook(folder), Law.load(folder))
    assert router.read(case % "days_needed").needs[0].facts["days_needed"] == 10
    with pytest.raises(Exception, match="days_kept"):
        router.read(case % "days_kept")


def test_the_cache_keeps_them(tmp_path: Path) -> None:
    folder = rules(tmp_path, CLOCKS)
    first, second = (open_rulebook(folder, tmp_path / "cache")[0].clocks for _ in range(2))
    assert first == second == read_rulebook(folder).clocks
    assert second.sent.fact == "consent" and second.sent.values == {"given"}


def test_rules_that_name_none_count_nothing(tmp_path: Path) -> None:
    clocks = read_rulebook(rules(tmp_path, "")).clocks
    assert clocks.needed == "" and not clocks.sent.values


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("kept: days_kept", "kept: days_keep", "`days_keep` under `clocks` is not a fact"),
        ("sent: {consent: given}", "sent: {consent: givne}", "`givne`"),
        ("sent: {consent: given}", "sent: {consent: given, coercive: yes}", "`sent` tests one fact"),
        ("  held_for: days_held\n", "", "held_for"),
    ],
)
def test_a_name_that_there_is_not_is_told(tmp_path: Path, old: str, new: str, said: str) -> None:
    folder = rules(tmp_path, CLOCKS.replace(old, new))
    with pytest.raises(RulebookProblems) as told:
        read_rulebook(folder)
    assert any(said in str(problem) for problem in told.value.problems)
