"""Who is not in a network or under a treaty over which a step would run, and of which day the list is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from routing.case.facts import Facts
from routing.core.domain import Code
from routing.core.printable import day
from routing.core.records import replace
from routing.law import Law
from routing.law.standing import NONE, SIGNED
from routing.plan.model import CodedTerm, Warned
from routing.plan.need import NeedPlan

Term = TypeVar("Term", CodedTerm, Warned)


def with_absences(plan: NeedPlan, law: Law) -> NeedPlan:
    """The duties and warnings of a need; one that hangs on a list tells who is not on it."""
    facts, rulebook = plan.findings.facts, plan.findings.rulebook
    return replace(
        plan,
        warnings=tuple(_with_absence(term, rulebook.warnings, facts, law) for term in plan.warnings),
        duties=tuple(_with_absence(term, rulebook.duties, facts, law) for term in plan.duties),
    )


def _with_absence(term: Term, codes: Mapping[str, Code], facts: Facts, law: Law) -> Term:
    code = codes.get(term.code)
    absent = absence(code.outside, facts, law) if code is not None and code.outside else ""
    return replace(term, says=f"{term.says} {absent}") if absent else term


def absence(instrument: str, facts: Facts, law: Law) -> str:
    """That a State is not on a list, and of which day that is, as `X is not on the list of 2 May 2026.`;
    nothing where the list does not say so."""
    if not facts.own or not facts.partner:
        return ""
    sides = [law.standing(instrument, state, facts.as_of) for state in (facts.own, facts.partner)]
    absent = [side for side in sides if side.status in (NONE, SIGNED)]
    if not absent:
        return ""
    names = " and ".join(law.states.name(side.state) for side in absent)
    seen = min((side.as_last_seen.day for side in absent if side.as_last_seen), default=None)
    listed = f"the list of {day(seen)}" if seen else "the list"
    return f"{names} {'is' if len(absent) == 1 else 'are'} not on {listed}."
