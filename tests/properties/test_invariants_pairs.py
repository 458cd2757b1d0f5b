"""Invariants that compare two runs, checked on pairs of cases at random, each with a planted fault that it catches."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from invariant_tools import Invariant, World, planted, world
from invariants_pairs import PAIRS_OF_CASES, TIES, learning_opens_no_bar, order_decides_nothing, order_faults
from strategies import Theme, Tree, ask, cases, clear, several

from routing.core.records import replace
from routing.evaluate.findings import Findings
from routing.evaluate.reference import Truth
from routing.plan.model import Step

USUAL = 220
EXAMPLES = {
    "INV-02": 150,
    "INV-06": 150,
    "INV-10": 150,
    "INV-11": 150,
    "INV-12": 120,
    "INV-28": 150,
    "INV-29": 80,
}
ENOUGH = {"INV-13": 100, "INV-29": 80}


def drawn(item: Invariant) -> st.SearchStrategy[Tree]:
    theme = item.theme or Theme()
    if item.id in ("INV-28", "INV-29"):
        return several(theme)
    if item.id == "INV-09":
        return st.tuples(cases(theme), st.sampled_from(TIES)).map(
            lambda pair: {**pair[0], "assume": {"ties": {"chosen": pair[1]}}}
        )
    return cases(theme)


@pytest.mark.when_changed("rules", "tests/invariants.yaml")
@pytest.mark.parametrize("item", PAIRS_OF_CASES, ids=lambda item: item.id)
def test_it_holds_of_every_pair(item: Invariant) -> None:
    spoken_of = 0

    @settings(
        max_examples=EXAMPLES.get(item.id, USUAL),
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(drawn(item))
    def holds(tree: Tree) -> None:
        nonlocal spoken_of
        faults = item.check(world(), tree)
        if faults is not None:
            spoken_of += 1
            assert not faults, f"{item.id}, {item.says}: {faults} in {tree}"

    holds()
    assert spoken_of >= ENOUGH.get(item.id, 80), f"it came up {spoken_of} times only"


@pytest.mark.parametrize("item", [item for item in PAIRS_OF_CASES if item.on], ids=lambda item: item.id)
def test_a_planted_fault_turns_it_red(item: Invariant) -> None:
    assert item.on is not None
    assert not item.check(world(), item.on()), "the case is sound under the rules as they stand"
    assert item.check(planted(*item.fault), item.on()), "the planted fault goes unnoticed"


def test_a_planted_ring_is_found() -> None:
    first, second, *rest = world().steps(clear("search"))
    assert order_faults((first, second, *rest)) == []
    assert order_faults((replace(first, after=(second.id,)), replace(second, after=(first.id,)), *rest))
    assert order_faults((first, replace(second, after=(first.id,), together=(first.id,)), *rest))


def test_a_planted_dependence_on_order_is_found() -> None:
    class FirstNeedOnly(World):
        def steps(self, tree: Tree) -> tuple[Step, ...]:
            return super().steps({**tree, "needs": tree["needs"][:1]})

    tree = clear("search")
    tree["needs"][0]["id"] = "one"
    tree["needs"].append({**tree["needs"][0], "id": "another", "measure": "court_file"})
    assert order_decides_nothing(world(), tree) == []
    assert order_decides_nothing(FirstNeedOnly(world().rulebook, world().law), tree)


def test_a_planted_test_for_the_unknown_is_found() -> None:
    class Bold(Findings):
        def truth(self, atom: str) -> Truth:
            careless = atom == "delivers:police_to_police" and self.facts.get("coercive") is None
            return (True, True) if careless else super().truth(atom)

    class TakesTheUnknownForNo(World):
        def findings(self, tree: Tree) -> Findings:
            return Bold.by_reference(self.rulebook, super().findings(tree).facts)

    tree = ask("locate_person", coercive="yes")
    assert learning_opens_no_bar(world(), tree) == []
    assert learning_opens_no_bar(TakesTheUnknownForNo(world().rulebook, world().law), tree)
