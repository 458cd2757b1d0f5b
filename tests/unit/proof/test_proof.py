"""Every plan's proof stands, and no proof that was tampered with does."""

from __future__ import annotations

import ast
import random
from collections.abc import Callable, Collection
from pathlib import Path

import pytest
from explained import SAMPLE, each_need, for_every_kept_case, in_folder, planned
from shipped import router

from routing.case.facts import Value
from routing.core.errors import ProofFails
from routing.core.records import replace
from routing.evaluate.reference import Reference
from routing.opened import Router
from routing.proof import checker
from routing.proof import definitions as demand_module
from routing.proof.checker import check_proof
from routing.proof.definitions import definitions_of
from routing.proof.model import Proof, ProofLine
from routing.proof.of_plan import check_need, proof_of

SOME = "cloud-content-about-to-vanish/base:content"


def check(proof: Proof, name: str) -> None:
    case, plan = planned(name)
    check_proof(proof, router().rulebook, plan.findings.facts, case, router().law)


def proof_stands(name: str) -> None:
    case, plan = planned(name)
    check_need(plan, case, router().law)
    proof = proof_of(plan)
    assert proof.goals and set(proof.goals) <= {(line.atom, line.holds) for line in proof.lines}


def main_step_is_among_what_is_proved(name: str) -> int:
    plan = planned(name)[1]
    if plan.answer.primary.certainty != "confirmed":
        return 0
    assert (f"primary:{plan.answer.primary.pathway}", True) in proof_of(plan).goals
    return 1


def turned(line: ProofLine) -> ProofLine:
    return replace(line, holds=not line.holds)


def bare(line: ProofLine) -> ProofLine:
    return replace(line, facts=(), claims=())


def no_spoilt_line_passes(name: str) -> int:
    """The opposite of a line, and a line without its reasons: of four lines of each proof."""
    proof, tried = proof_of(planned(name)[1]), 0
    # The measure is given to the checker too, so a line that rests on nothing else needs no reason.
    given = [
        number for number, line in enumerate(proof.lines) if set(line.facts) - {"measure"} or line.claims
    ]
    for spoil in (turned, bare):
        for number in random.Random(f"spoil {name}").sample(given, min(4, len(given))):
            lines = list(proof.lines)
            lines[number] = spoil(lines[number])
            with pytest.raises(ProofFails):
                check(replace(proof, lines=tuple(lines)), name)
            tried += 1
    return tried


def test_a_line_may_not_rest_on_a_later_one() -> None:
    proof = proof_of(planned(SOME)[1])
    last = max(number for number, line in enumerate(proof.lines) if line.claims)
    lines = list(proof.lines)
    lines.insert(0, lines.pop(last))
    with pytest.raises(ProofFails, match="not shown before"):
        check(replace(proof, lines=tuple(lines)), SOME)


def test_a_goal_that_no_line_shows_is_refused() -> None:
    proof = proof_of(planned(SOME)[1])
    with pytest.raises(ProofFails, match="never shown"):
        check(replace(proof, goals=(*proof.goals, ("primary:refer", True))), SOME)


ORIGINS = ("told", "looked_up", "presumed", "stipulated", "measure")


def facts_stand_where_the_proof_says(name: str, origins: Collection[str] = ORIGINS) -> int:
    proof, tried = proof_of(planned(name)[1]), 0
    for fact, value in proof.facts.items():
        if value.origin not in origins:
            continue
        tried += 1
        other = Value(
            frozenset({"no", "none"}) - value.words or frozenset({"yes"}),
            None,
            True,
            value.origin,
            value.source,
        )
        with pytest.raises(ProofFails, match="is not"):
            check(replace(proof, facts={**proof.facts, fact: other}), name)
    return tried


def a_told_fact_is_compared_with_the_case_itself(name: str) -> int:
    case, plan = planned(name)
    proof, need = proof_of(plan), plan.findings.facts.need
    stated = {**case.facts, **need.facts}  # a tie may be told by another fact
    told = [fact for fact, value in proof.facts.items() if value.origin == "told" and fact in stated]
    if not told:
        return 0
    without = replace(case, facts={k: v for k, v in case.facts.items() if k != told[0]})
    facts = replace(
        plan.findings.facts,
        need=replace(need, facts={k: v for k, v in need.facts.items() if k != told[0]}),
    )
    with pytest.raises(ProofFails, match=f"`{told[0]}`"):
        check_proof(proof, router().rulebook, facts, without, router().law)
    return 1


def second_reading_agrees_with_the_first(name: str) -> int:
    """What each conclusion demands, evaluated line by line, is what the plain rules conclude."""
    findings = planned(name)[1].findings
    demands = definitions_of(router().rulebook, findings.facts.need.measure)
    reference = Reference(router().rulebook.heads, findings.facts)
    for atom in findings.truths:
        assert reference.truth(demands.of(atom)) == reference.atom(atom), atom
    return len(findings.truths)


STIPULATED = "channels-the-stories-leave-out/traffic-data-by-order"
"""A case that says what binds its States, whatever cases the sample comes to hold."""
CHECKS: dict[Callable[[str], int | None], int] = {
    proof_stands: 0,
    main_step_is_among_what_is_proved: 10,
    no_spoilt_line_passes: 100,
    facts_stand_where_the_proof_says: 100,
    a_told_fact_is_compared_with_the_case_itself: 10,
    second_reading_agrees_with_the_first: 2_000,
}
"""Each thing that holds of the proof of every need, and how much a sample has at least to show."""


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_proofs_stand_and_none_that_was_tampered_with_does(check: Callable[[str], int | None]) -> None:
    assert each_need(check, SAMPLE) >= CHECKS[check]


@pytest.mark.parametrize("origin", ORIGINS)
def test_a_fact_must_stand_where_the_proof_says_it_comes_from(origin: str) -> None:
    names = (*SAMPLE, STIPULATED)
    assert each_need(lambda name: facts_stand_where_the_proof_says(name, (origin,)), names) >= 1


@for_every_kept_case
def test_the_proof_of_every_kept_case_stands_and_none_that_was_tampered_with_does(folder: str) -> None:
    for check in CHECKS:
        each_need(check, in_folder(folder)[:: 3 if check is second_reading_agrees_with_the_first else 1])


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
