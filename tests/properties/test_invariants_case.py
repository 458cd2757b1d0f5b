"""Invariants that hold of every single case: checked on cases at random, each with a planted fault that it catches."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from invariant_tools import Invariant, planted, shortest, world
from invariants_data import CASES as DATA
from invariants_formal import CASES as FORMAL
from invariants_order import CASES as ORDER
from invariants_police import CASES as POLICE
from strategies import Theme, Tree, cases

pytestmark = pytest.mark.when_changed("rules")

INVARIANTS: tuple[Invariant, ...] = (*POLICE, *DATA, *FORMAL, *ORDER)
FREE = Theme(examples=1400)
THEMES = (FREE, *dict.fromkeys(item.theme for item in INVARIANTS if item.theme is not None))
ENOUGH = 200  # cases of its theme, of which an invariant must speak
BORROWED = {  # invariants that speak of what is rare, and a theme in which it is not
    "INV-04": "clocks",
    "INV-17": "secrecy and tax",
    "INV-40": "substantial risk",
    "INV-44": "money",
}


class Survey:
    """How often what each invariant speaks of came up in the cases of a theme, and those in which it was broken."""

    def __init__(self, theme: Theme) -> None:
        self.held = {item.id: 0 for item in INVARIANTS}
        self.broken: dict[str, list[tuple[Tree, list[str]]]] = {item.id: [] for item in INVARIANTS}

        @settings(
            max_examples=theme.examples,
            derandomize=True,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(cases(theme))
        def gather(tree: Tree) -> None:
            self.take(tree)

        gather()

    def take(self, tree: Tree) -> None:
        seen = world().see(tree)
        for item in INVARIANTS:
            faults = item.check(seen)
            if faults is None:
                continue
            self.held[item.id] += 1
            if faults:
                self.broken[item.id].append((tree, faults))


def of_theme(theme: Theme) -> list[Invariant]:
    """The invariants that must come up often in the cases of a theme."""
    return [
        item
        for item in INVARIANTS
        if (BORROWED[item.id] == theme.name if item.id in BORROWED else (item.theme or FREE) is theme)
    ]


def test_every_invariant_has_a_theme_in_which_it_must_come_up() -> None:
    assert {item.id for theme in THEMES for item in of_theme(theme)} == {item.id for item in INVARIANTS}


def told(item: Invariant, survey: Survey) -> str:
    """The shortest case in which an invariant is broken."""
    broken = survey.broken[item.id]
    tree, _faults = min(broken, key=lambda pair: len(str(pair[0])))
    least = shortest(tree, lambda trial: bool(item.check(world().see(trial))))
    faults = item.check(world().see(least))
    return f"{item.id}, {item.says}: {faults} in {least}; {len(broken)} of {survey.held[item.id]} cases"


@pytest.mark.when_changed("rules")
@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_every_invariant_holds_of_every_case(theme: Theme) -> None:
    """Each case is decided once and looked at by all. What an invariant speaks of comes up often in its own theme."""
    survey = Survey(theme)
    assert not [told(item, survey) for item in INVARIANTS if survey.broken[item.id]]
    assert not {item.id: survey.held[item.id] for item in of_theme(theme) if survey.held[item.id] < ENOUGH}


@pytest.mark.parametrize("item", INVARIANTS, ids=lambda item: item.id)
def test_a_planted_fault_turns_it_red(item: Invariant) -> None:
    assert item.on is not None
    assert not item.check(world().see(item.on())), "the case is sound under the rules as they stand"
    spoilt = item.spoil(world().see(item.on())) if item.spoil else planted(*item.fault).see(item.on())
    assert item.check(spoilt), "the planted fault goes unnoticed"
