"""The main step that a plan takes while none is sure, as a fact that the rules can ask about."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from routing.case.facts import facts_for
from routing.case.model import Case
from routing.evaluate.findings import Findings
from routing.evaluate.reference import Reference
from routing.law import Law
from routing.plan.need import primary_of
from routing.rulebook.model import Rulebook
from routing.verify.solver.domains import Domain, Schema
from routing.verify.solver.terms import Term, conj, disj, neg

if TYPE_CHECKING:
    from routing.verify.solver.session import Reading

TAKEN, NOTHING = "taken", "nothing"


def as_planned(case: Case, rulebook: Rulebook, law: Law, day: date) -> Reference:
    """The reference on the first need of a case, with what a plan takes as the main step while none is sure."""
    need = case.needs[0]
    found = Findings.by_reference(rulebook, facts_for(case, need, rulebook, law, day))
    primary, _ = primary_of(found)
    if found.surely(f"primary:{primary}"):
        return found.reference
    return Reference(rulebook.heads, facts_for(case, need, rulebook, law, day, taken=primary))


def taken_of(reading: Reading, rulebook: Rulebook, measure: str, shape: Schema) -> Domain:
    """What is taken: nothing where a main step is sure; else the first way that surely delivers, else the first that may."""
    last = rulebook.last_resort
    ways = [way for way in rulebook.measures[measure].ways if way != last]
    nothing = disj(reading.atom(f"primary:{way}")[0] for way in (*ways, last))
    unsure = neg(nothing)
    bits: dict[str | int, Term] = dict.fromkeys(shape.values, False)
    bits[NOTHING] = nothing
    may = {way: reading.atom(f"primary:{way}")[1] for way in ways}
    sure = {way: conj((may[way], reading.atom(f"delivers:{way}")[0])) for way in ways}
    some = disj(sure.values())
    for index, way in enumerate(ways):
        first_sure = conj((sure[way], *(neg(sure[other]) for other in ways[:index])))
        first_open = conj((neg(some), may[way], *(neg(may[other]) for other in ways[:index])))
        bits[way] = conj((unsure, disj((first_sure, first_open))))
    bits[last] = conj((unsure, *(neg(term) for term in may.values())))
    return Domain(shape, bits, True)
