"""What people stumbled over who used the program for the first time."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from when_changed import KEPT_CASES, WHOLE_PROGRAM

from routing.cli import checkout, main
from routing.opened import Router
from routing.plan.model import Plan
from routing.render.swimlanes import cards
from routing.render.text import text

pytestmark = [WHOLE_PROGRAM, KEPT_CASES]

EXAMPLES = Path(__file__).parents[3] / "examples"
STORIES = sorted(folder.name for folder in EXAMPLES.iterdir() if (folder / "case.yaml").exists())


def plan(router: Router, story: str) -> Plan:
    return router.route(EXAMPLES / story / "case.yaml")


@pytest.mark.parametrize(
    "command",
    ["law state CHE", "law who CHE", "law between KEN FRA", 'law show "untoc 18(9)"', "term SIENA"],
)
@pytest.mark.parametrize("columns", ["80"])
def test_the_answer_fits_the_terminal(command: str, columns: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    result = CliRunner().invoke(main, [part.strip('"') for part in _split(command)])
    assert result.exit_code == 0
    long = [line for line in result.stdout.splitlines() if len(line) > int(columns)]
    assert [line for line in long if "http" not in line and line.strip().count(" ") > 1] == []


def _split(command: str) -> list[str]:
    head, _, quoted = command.partition(' "')
    return [*head.split(), quoted.rstrip('"')] if quoted else head.split()


def test_what_a_plan_gives_as_its_reason_can_be_shown() -> None:
    result = CliRunner().invoke(main, ["rules", "show", "ways.information_sharing"])
    assert result.exit_code == 0 and "1. Spontaneous transmission" in result.stdout
    data = json.loads(CliRunner().invoke(main, ["rules", "show", "ways.search", "--format", "json"]).stdout)
    assert data["ways"][0]["name"] and data["line"] > 0
    assert CliRunner().invoke(main, ["rules", "show", "ways.nothing"]).exit_code == 2


@pytest.mark.when_changed("devtools/coverage.py")
def test_every_reason_of_a_plan_can_be_shown(router: Router, monkeypatch: pytest.MonkeyPatch) -> None:
    """The kept cases are gone through once for all reasons together, and not for each that is shown."""
    why = {rule for story in STORIES for step in plan(router, story).steps for rule in step.why}
    assert len(why) > 15
    rules = [rule for rule in router.rulebook.rules if {rule.id, rule.parent} & why]
    assert checkout.exercising(router, rules, date(2026, 11, 24))
    monkeypatch.setattr(checkout, "exercising", lambda *_: [])
    assert [rule for rule in why if CliRunner().invoke(main, ["rules", "show", rule]).exit_code] == []


@pytest.mark.parametrize("story", STORIES)
def test_a_step_stands_in_the_lane_of_who_acts_and_none_left_of_an_earlier_one(
    story: str, router: Router
) -> None:
    drawn = plan(router, story)
    placed = cards(drawn, router)
    lanes = router.rulebook.lanes
    assert [card.lane for card in placed] == [lanes.get(step.sender.role, "Other") for step in drawn.steps]
    assert [card.column for card in placed] == sorted(card.column for card in placed)
    column = {card.id: card.column for card in placed}
    assert all(column[before] < card.column for card in placed for before in card.after)


@pytest.mark.parametrize("story", STORIES)
def test_no_law_is_cited_twice_for_a_step_and_known_ties_have_no_brackets(story: str, router: Router) -> None:
    page = text(plan(router, story), router, width=200)
    assert "[" not in page.split("--full adds")[0].replace("\x1b[", "")
    for line in page.splitlines():
        if line.strip().startswith("How"):
            law = line.partition(". ")[2].split("; ")
            assert len(law) == len(set(law)), line
