"""The worked examples of docs/reviewers.md run as they are printed."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from places import ROOT
from when_changed import WHOLE_PROGRAM

from routing.case.model import Case
from routing.opened import shared_router
from routing.testing import cases, ties

PAGE = (ROOT / "docs" / "reviewers.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```python\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def test_there_are_three() -> None:
    assert len(BLOCKS) == 3


@WHOLE_PROGRAM
@pytest.mark.when_changed("docs/reviewers.md")
@pytest.mark.parametrize("number", range(len(BLOCKS)))
def test_a_worked_example_holds(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    names: dict[str, Any] = {"__name__": f"reviewers_{number}"}
    exec(compile(BLOCKS[number], str(Path("docs/reviewers.md")), "exec"), names)
    tests = [value for name, value in names.items() if name.startswith("test_")]
    assert tests
    for test in tests:
        test()


COUNTED = re.compile(
    r"in (?P<draws>\d+) draws: (?P<facts>\d+) facts told in a case, a given fact in (?P<given>\d+) of 100 cases,"
    r" the other State named in (?P<partner>\d+) of 100, a tie assumed in (?P<tie>\d+) of 100;"
)
APART = {"draws": 0, "facts": 1, "given": 1, "partner": 6, "tie": 9}
"""How far as many other draws may lie from what the page counts."""


@WHOLE_PROGRAM
@pytest.mark.when_changed("docs/reviewers.md")
def test_premises_hold_as_often_as_the_page_says() -> None:
    match = COUNTED.search(PAGE)
    assert match is not None
    says = {name: int(number) for name, number in match.groupdict().items()}
    router, drawn = shared_router(), list[Case]()

    @settings(
        max_examples=says["draws"],
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=[*HealthCheck],
    )
    @given(case=cases(router))
    def draw(case: Case) -> None:
        drawn.append(case)

    draw()
    facts = router.rulebook.facts.values()
    told = sum(len(case.facts) + sum(len(need.facts) for need in case.needs) for case in drawn)
    could = [fact for fact in facts if fact.statable and fact.type not in ("text", "state", "instruments")]

    def of_100(held: int) -> float:
        return 100 * held / len(drawn)

    counted = {
        "draws": len(drawn),
        "facts": told / len(drawn),
        "given": of_100(told) / len(could),
        "partner": of_100(sum(case.needs[0].partner is not None for case in drawn)),
        "tie": of_100(sum(bool(case.assume.ties) for case in drawn)),
    }
    assert {name for name, number in counted.items() if abs(number - says[name]) > APART[name]} == set(), (
        counted
    )


TIES = re.compile(
    r"one that is named alone is told in (?P<told>\d+) of 100 draws and in force in (?P<in_force>\d+) of 100"
)


@WHOLE_PROGRAM
@pytest.mark.when_changed("docs/reviewers.md")
def test_ties_are_drawn_as_often_as_the_page_says() -> None:
    match = TIES.search(PAGE)
    assert match is not None
    rulebook, drawn = shared_router().rulebook, list[dict[str, str]]()

    @settings(max_examples=300, derandomize=True, database=None, deadline=None, phases=[Phase.generate])
    @given(assumed=ties(rulebook, [min(rulebook.instruments)]))
    def draw(assumed: dict[str, str]) -> None:
        drawn.append(assumed)

    draw()
    counted = {
        "told": 100 * sum(map(bool, drawn)) / len(drawn),
        "in_force": 100 * sum("in_force" in each.values() for each in drawn) / len(drawn),
    }
    assert {name for name, number in counted.items() if abs(number - int(match[name])) > 8} == set(), counted
