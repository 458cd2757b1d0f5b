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

pytestmark = pytest.mark.xdist_group("survey")  # so that it is made once

INVARIANTS: tuple[Invariant, ...] = (*POLICE, *DATA, *FORMAL, *ORDER)
FREE = Theme(examples=600)
ENOUGH = 200


def themes() -> list[Theme]:
    return [FREE, *dict.fromkeys(item.theme for item in INVARIANTS if item.theme is not None)]


class Survey:
    """How often what each invariant speaks of came up, and the cases in which it was broken."""

    def __init__(self) -> None:
        self.held = {item.id: 0 for item in INVARIANTS}
        self.broken: dict[str, list[tuple[Tree, list[str]]]] = {item.id: [] for item in INVARIANTS}

    def take(self, tree: Tree) -> None:
        seen = world().see(tree)
        for item in INVARIANTS:
            faults = item.check(seen)
            if faults is None:
                continue
            self.held[item.id] += 1
            if faults:
                self.broken[item.id].append((tree, faults))


@pytest.fixture(scope="session")
def survey() -> Survey:
    """Every invariant looked at on the same cases, so that each case is decided once."""
    found = Survey()
    for theme in themes():

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
            found.take(tree)

        gather()
    return found


@pytest.mark.when_changed("rules")
@pytest.mark.parametrize("item", INVARIANTS, ids=lambda item: item.id)
def test_it_holds_of_every_case(item: Invariant, survey: Survey) -> None:
    broken = survey.broken[item.id]
    if broken:
        tree, _faults = min(broken, key=lambda pair: len(str(pair[0])))
        least = shortest(tree, lambda trial: bool(item.check(world().see(trial))))
        pytest.fail(
            f"{item.id}, {item.says}: {item.check(world().see(least))} in {least}; {len(broken)} of {survey.held[item.id]} cases"
        )


@pytest.mark.when_changed("rules")
@pytest.mark.parametrize("item", INVARIANTS, ids=lambda item: item.id)
def test_its_premise_comes_up_often_enough(item: Invariant, survey: Survey) -> None:
    assert survey.held[item.id] >= ENOUGH


@pytest.mark.parametrize("item", INVARIANTS, ids=lambda item: item.id)
def test_a_planted_fault_turns_it_red(item: Invariant) -> None:
    assert item.on is not None
    assert not item.check(world().see(item.on())), "the case is sound under the rules as they stand"
    spoilt = item.spoil(world().see(item.on())) if item.spoil else planted(*item.fault).see(item.on())
    assert item.check(spoilt), "the planted fault goes unnoticed"
