"""The main step that a plan takes while none is sure, as a fact that the rules can ask about."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from routing.case.facts import facts_for
from routing.case.model import Case
from routing.core import conclusion
from routing.core.conditions import All, Condition, Is, Not
from routing.core.conditions import Any as AnyOf
from routing.core.domain import NO_STEP_ASSUMED
from routing.evaluate.findings import Findings
from routing.evaluate.reference import Reference
from routing.law import Law
from routing.plan.primary import primary_of
from routing.rulebook.model import Rulebook
from routing.rulebook.parse.conditions import TIE
from routing.verify.solver.domains import Domain, FactShape
from routing.verify.solver.terms import Term, conj, disj, neg

if TYPE_CHECKING:
    from routing.verify.solver.session import Interpretation


def as_planned(case: Case, rulebook: Rulebook, law: Law, day: date) -> Reference:
    """The reference on the first need of a case, with what a plan takes as the main step while none is
    sure."""
    need = case.needs[0]
    findings = Findings.by_reference(rulebook, facts_for(case, need, rulebook, law, day))
    primary, _ = primary_of(findings)
    if findings.surely(conclusion.primary(primary)):
        return findings.reference
    return Reference(rulebook.heads, findings.facts.taking(primary))


def assumed_main_step_of(
    reading: Interpretation, rulebook: Rulebook, measure: str, shape: FactShape
) -> Domain:
    """What is taken: nothing where a main step is sure; else the first way that surely delivers; else the
    first that may without a tie that is not known; else the first that may."""
    last = rulebook.last_resort
    ways = [way for way in rulebook.measures[measure].ways if way != last]
    nothing = disj(reading.atom(conclusion.primary(way))[0] for way in (*ways, last))
    unsure = neg(nothing)
    bits: dict[str | int, Term] = dict.fromkeys(shape.values, False)
    bits[NO_STEP_ASSUMED] = nothing
    may = {way: reading.atom(conclusion.primary(way))[1] for way in ways}
    sure = {way: conj((may[way], reading.atom(conclusion.delivers(way))[0])) for way in ways}
    some = disj(sure.values())
    stated = {way: conj((may[way], _on_stated_ties(reading, rulebook, way))) for way in ways}
    any_stated = disj(stated.values())
    for index, way in enumerate(ways):
        first_sure = conj((sure[way], *(neg(sure[before]) for before in ways[:index])))
        first_stated = conj((neg(some), stated[way], *(neg(stated[before]) for before in ways[:index])))
        first_open = conj(
            (neg(some), neg(any_stated), may[way], *(neg(may[before]) for before in ways[:index]))
        )
        bits[way] = conj((unsure, disj((first_sure, first_stated, first_open))))
    bits[last] = conj((unsure, *(neg(term) for term in may.values())))
    return Domain(shape, bits, True)


def _on_stated_ties(reading: Interpretation, rulebook: Rulebook, way: str) -> Term:
    """That some route of a way may be open, and would be so if no tie that is not known bound the States."""
    return disj(
        conj((reading.atom(conclusion.available(route.id))[1], _resolved(reading, route.opens)[1]))
        for route in rulebook.pathways[way].routes
    )


def _resolved(reading: Interpretation, condition: Condition) -> tuple[Term, Term]:
    """Whether a condition surely, and possibly, holds with every unknown tie taken as none."""
    if isinstance(condition, Not):
        surely, possibly = _resolved(reading, condition.part)
        return neg(possibly), neg(surely)
    if isinstance(condition, (All, AnyOf)):
        parts = [_resolved(reading, part) for part in condition.parts]
        join = conj if isinstance(condition, All) else disj
        return join(part[0] for part in parts), join(part[1] for part in parts)
    surely, possibly = reading.truth(condition)
    if isinstance(condition, Is) and condition.fact.startswith(TIE):
        settled = possibly if "none" in condition.values else surely
        return settled, settled
    return surely, possibly
