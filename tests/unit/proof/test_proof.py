"""Every plan's proof stands, and no proof that was tampered with does."""

from __future__ import annotations

import ast
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from explained import needs, planned, router

from routing.api import Router
from routing.case.facts import Value
from routing.core.errors import ProofFails
from routing.core.records import replace
from routing.evaluate.reference import Reference
from routing.proof import checker
from routing.proof import definitions as demand_module
from routing.proof.checker import check_proof
from routing.proof.definitions import definitions_of
from routing.proof.model import Line, Proof
from routing.proof.of_plan import check_need, proof_of

pytestmark = pytest.mark.xdist_group("kept findings")  # so that each is made once
NAMES = [name for name, _, _ in needs()]


def check(proof: Proof, name: str) -> None:
    case, plan = planned(name)
    check_proof(proof, router().rulebook, plan.findings.facts, case, router().law)


@pytest.mark.parametrize("name", NAMES)
def test_the_proof_of_every_plan_stands(name: str) -> None:
    case, plan = planned(name)
    check_need(plan, case, router().law)
    proof = proof_of(plan)
    assert proof.goals and set(proof.goals) <= {(line.atom, line.holds) for line in proof.lines}


def test_the_main_step_is_among_what_is_proved() -> None:
    proved = [name for name in NAMES if planned(name)[1].answer.primary.certainty == "confirmed"]
    assert len(proved) > 60
    for name in proved:
        plan = planned(name)[1]
        assert (f"primary:{plan.answer.primary.pathway}", True) in proof_of(plan).goals


def turned(line: Line) -> Line:
    return replace(line, holds=not line.holds)


def bare(line: Line) -> Line:
    return replace(line, facts=(), claims=())


@pytest.mark.parametrize(
    "spoil", [turned, bare], ids=["the opposite of a line", "a line without its reasons"]
)
def test_no_spoilt_line_passes(spoil: Callable[[Line], Line]) -> None:
    dice, tried = random.Random("spoil"), 0
    for name in NAMES:
        proof = proof_of(planned(name)[1])
        # The measure is given to the checker too, so a line that rests on nothing else needs no reason.
        given = [
            number for number, line in enumerate(proof.lines) if set(line.facts) - {"measure"} or line.claims
        ]
        for number in dice.sample(given, min(4, len(given))):
            lines = list(proof.lines)
            lines[number] = spoil(lines[number])
            tried += 1
            with pytest.raises(ProofFails):
                check(replace(proof, lines=tuple(lines)), name)
    assert tried > 200


def test_a_line_may_not_rest_on_a_later_one() -> None:
    proof = proof_of(planned(NAMES[0])[1])
    last = max(number for number, line in enumerate(proof.lines) if line.claims)
    lines = list(proof.lines)
    lines.insert(0, lines.pop(last))
    with pytest.raises(ProofFails, match="not shown before"):
        check(replace(proof, lines=tuple(lines)), NAMES[0])


def test_a_goal_that_no_line_shows_is_refused() -> None:
    proof = proof_of(planned(NAMES[0])[1])
    with pytest.raises(ProofFails, match="never shown"):
        check(replace(proof, goals=(*proof.goals, ("primary:refer", True))), NAMES[0])


@pytest.mark.parametrize("origin", ["told", "looked_up", "presumed", "stipulated", "measure"])
def test_a_fact_must_stand_where_the_proof_says_it_comes_from(origin: str) -> None:
    tried = 0
    for name in NAMES:
        proof = proof_of(planned(name)[1])
        for fact, value in proof.facts.items():
            if value.origin != origin:
                continue
            tried += 1
            other = Value(
                frozenset({"no", "none"}) - value.words or frozenset({"yes"}),
                None,
                True,
                origin,
                value.source,
            )
            with pytest.raises(ProofFails, match="is not"):
                check(replace(proof, facts={**proof.facts, fact: other}), name)
    assert tried > 20


def test_a_told_fact_is_compared_with_the_case_itself() -> None:
    tried = 0
    for name in NAMES:
        case, plan = planned(name)
        proof, need = proof_of(plan), plan.findings.facts.need
        stated = {**case.facts, **need.facts}  # a tie may be told by another fact
        told = [fact for fact, value in proof.facts.items() if value.origin == "told" and fact in stated]
        if not told:
            continue
        tried += 1
        without = replace(case, facts={k: v for k, v in case.facts.items() if k != told[0]})
        facts = replace(
            plan.findings.facts,
            need=replace(need, facts={k: v for k, v in need.facts.items() if k != told[0]}),
        )
        with pytest.raises(ProofFails, match=f"`{told[0]}`"):
            check_proof(proof, router().rulebook, facts, without, router().law)
    assert tried > 50


def test_the_second_reading_of_the_rules_agrees_with_the_first_on_every_conclusion() -> None:
    """What a conclusion demands, evaluated line by line, is what the plain rules conclude."""
    compared = 0
    for name in NAMES[::3]:
        _, plan = planned(name)
        findings = plan.findings
        demands, reference = (
            definitions_of(router().rulebook, findings.facts.need.measure),
            Reference(router().rulebook.heads, findings.facts),
        )
        for atom in findings.truths:
            assert reference.truth(demands.of(atom)) == reference.atom(atom), atom
            compared += 1
    assert compared > 5_000


def test_a_fault_in_how_rules_are_joined_is_caught(small_router: Router) -> None:
    case = small_router.read(
        {
            "as_of": "2026-02-01",
            "state": "KEN",
            "offence": ["trafficking"],
            "needs": [
                {
                    "id": "n",
                    "measure": "find_person",
                    "with": "FRA",
                    "coercive": "yes",
                    "dual_criminality": "yes",
                }
            ],
        }
    )
    assert small_router.route(case).needs[0].primary.pathway == "assistance"
    spoilt = Router(
        replace(
            small_router.rulebook,
            hash="",
            plain=tuple(
                replace(line, when=replace_bars(line.when)) if line.head == "delivers:police" else line
                for line in small_router.rulebook.plain
            ),
        ),
        small_router.law,
    )
    with pytest.raises(ProofFails):
        spoilt.route(case)


def replace_bars(condition: object) -> object:
    """The condition without its negations: as if no bar kept a pathway from being the last step."""
    from routing.core.conditions import All, Not

    return All(tuple(part for part in condition.parts if not isinstance(part, Not)))  # type: ignore[attr-defined]


@pytest.mark.parametrize("module", [checker, demand_module])
def test_the_checker_uses_neither_evaluator(module: object) -> None:
    tree = ast.parse(Path(module.__file__).read_text())  # type: ignore[attr-defined]
    imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert not [
        name
        for name in imported
        if name
        and name.startswith(
            (
                "routing.evaluate.engine",
                "routing.evaluate.reference",
                "routing.evaluate.findings",
                "routing.rulebook.lower",
                "routing.evaluate.batch",
            )
        )
    ]
