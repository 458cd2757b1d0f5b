"""Checking a proof without the engine and without the reference evaluator.

Every line must follow from the facts it names and from claims of earlier lines, by the
rules as they are written; every fact must stand in the case, in the law data, or among the
presumptions of the rulebook, with the value the proof gives it.
"""

from __future__ import annotations

from typing import Protocol

from routing.case.facts import Facts, Value
from routing.case.model import Case, Need
from routing.core.conditions import All, AtLeast, AtomRef, Condition, Is, Not
from routing.core.domain import ASSUMED_MAIN_STEP, UNKNOWN
from routing.core.errors import ProofFails
from routing.law import Law
from routing.proof.definitions import definitions_of
from routing.proof.model import Claim, Proof, ProofLine
from routing.rulebook.model import Rulebook
from routing.rulebook.parse.conditions import TIE


def check_proof(proof: Proof, rulebook: Rulebook, facts: Facts, case: Case, law: Law) -> None:
    """Confirm every fact and every step. Raises ProofFails naming the first that does not stand."""
    for name, value in proof.facts.items():
        if facts.get(name) != value or not _stands(name, value, rulebook, facts, case, law):
            raise ProofFails(f"`{name}` is not `{value.text()}` in need `{proof.need}`")
    demands = definitions_of(rulebook, facts.need.measure)
    shown: set[Claim] = set()
    for line in proof.lines:
        _check_line(line, demands.of(line.atom), proof, shown)
        shown.add((line.atom, line.holds))
    for goal in proof.goals:
        if goal not in shown:
            raise ProofFails(f"`{goal[0]}` was never shown in need `{proof.need}`")


def _check_line(line: ProofLine, demand: Condition, proof: Proof, shown: set[Claim]) -> None:
    holding: dict[str, bool] = {}
    for claim in line.claims:
        if claim not in shown:
            raise ProofFails(f"`{line.atom}` rests on `{claim[0]}`, which was not shown before")
        holding[claim[0]] = claim[1]
    cited = {name: proof.facts[name] for name in line.facts if name in proof.facts}
    if _follows(demand, cited, holding) is not line.holds:
        raise ProofFails(f"`{line.atom}` does not follow from what is given for it")


class _Given(Protocol):
    """Where the value of a fact is found; None while it is unknown."""

    def get(self, name: str, /) -> Value | None: ...


def _follows(condition: Condition, facts: _Given, holding: dict[str, bool]) -> bool | None:
    """Whether a condition holds by what is cited; None where that does not decide it."""
    if type(condition) is AtomRef:
        return holding.get(condition.atom)
    if type(condition) is Not:
        inner = _follows(condition.part, facts, holding)
        return None if inner is None else not inner
    if type(condition) is Is or type(condition) is AtLeast:
        value = facts.get(condition.fact)
        if value is None:
            return None
        if type(condition) is AtLeast:
            return value.number is not None and value.number >= condition.bound
        return True if value.words & condition.values else False if value.closed else None
    settling = type(condition) is not All  # one part that holds settles `any`, one that fails settles `all`
    answer: bool | None = not settling
    for part in condition.parts:
        holds = _follows(part, facts, holding)
        if holds is settling:
            return settling
        if holds is None:
            answer = None
    return answer


def _stands(name: str, value: Value, rulebook: Rulebook, facts: Facts, case: Case, law: Law) -> bool:
    """Whether a fact is found where the proof says it comes from."""
    need = facts.need
    if value.origin == "told" and name.startswith(TIE):
        return value.words == {_told_tie(name.removeprefix(TIE), rulebook, case, need)}
    if value.origin == "told":
        return _stated(value) == _words(case, need, name)
    if value.origin == "case":
        return name == ASSUMED_MAIN_STEP or value.words == {need.measure if name == "measure" else need.kind}
    if value.origin == "stipulated":
        return value.words == {case.assume.ties.get(name.removeprefix(TIE), "")}
    if _words(case, need, name) is not None:
        return False  # what the case states goes before what is looked up or presumed
    if value.origin == "looked_up" and name.startswith(TIE):
        pair = [state for state in (facts.requesting, facts.requested) if state]
        if len(pair) == 1:
            return (
                value.words
                == {law.standing(name.removeprefix(TIE), pair[0], facts.as_of).status}
                <= {"none", "signed"}
            )
        if not pair:
            return value.words == {"none"} and law.dormant(name.removeprefix(TIE), facts.as_of) is not None
        return value.words == {law.between(name.removeprefix(TIE), pair[0], pair[1], facts.as_of).status}
    if value.origin == "presumed":
        return value.text() == _presumed(name, rulebook, facts)
    if value.origin == "measure":
        how = rulebook.facts[name].looked_up or {}
        return value.text() == rulebook.measures[need.measure].has.get(name, how.get("otherwise"))
    return value.origin == "looked_up" and rulebook.facts[name].looked_up is not None


def _told_tie(instrument: str, rulebook: Rulebook, case: Case, need: Need) -> str:
    """What the case tells of an instrument between the two States; empty where it tells nothing."""
    for name, fact in rulebook.facts.items():
        stated = _words(case, need, name) if fact.type == "instruments" else None
        if stated is not None and instrument in stated:
            return "in_force"
        if stated == ("none",):
            return "none"
    return ""


def _presumed(name: str, rulebook: Rulebook, facts: Facts) -> str | None:
    """What is presumed of a fact: for the measure, else in the first usual case that fits, else always."""
    fact, measure = rulebook.facts[name], rulebook.measures[facts.need.measure]
    if name in measure.presumes:
        return measure.presumes[name]
    for usual in fact.usual:
        if all(_follows(condition, facts, {}) for condition in usual.when):
            return usual.value
    return fact.presumed.value if fact.presumed else None


def _words(case: Case, need: Need, name: str) -> tuple[str, ...] | None:
    """What the case states of a fact; None for nothing, `unknown` for what is known not to be known."""
    stated = need.facts.get(name)
    if stated is None:
        stated = case.facts.get(name)
    if stated is None:
        return None
    return tuple(sorted(stated)) if isinstance(stated, tuple) else (str(stated),)


def _stated(value: Value) -> tuple[str, ...]:
    if value.number is not None:
        return (str(value.number),)
    return tuple(sorted((*value.words, *(() if value.closed else (UNKNOWN,)))))
