"""Which pathway is shown as primary, and which of its routes carries it."""

from __future__ import annotations

from collections.abc import Iterator

from routing.core import conclusion
from routing.core.conditions import All, Any, Condition, Is, Not
from routing.core.kinds import LAW, TREATY
from routing.evaluate.findings import Findings
from routing.evaluate.stated_ties import settled_as
from routing.plan.model import Status
from routing.rulebook.parse.conditions import TIE


def primary_of(findings: Findings) -> tuple[str, Status]:
    """The pathway shown as primary, and the status of the need."""
    last = findings.rulebook.last_resort
    for way in findings.candidates:
        if findings.surely(conclusion.primary(way)):
            return way, "no_lawful_route" if way == last else "routed"
    open_ways = [way for way in findings.candidates if way != last]
    if not open_ways:
        return last, "no_lawful_route"
    families = {findings.rulebook.pathways[way].family for way in open_ways}
    sure = [way for way in open_ways if findings.surely(conclusion.delivers(way))]
    stated = [way for way in open_ways if any(_on_stated_ties(findings, way))]
    first = _preferred(findings, sure or stated or open_ways)
    return first, "conditional" if len(families) == 1 else "undecided"


def _preferred(findings: Findings, ways: list[str]) -> str:
    """The first of some ways that are open only if something is settled, or the one that rules surely prefer
    to it, each rule in its turn. So what is not known moves no main step."""
    first = ways[0]
    for rule in findings.fired_rules("prefer"):
        if first in rule.over:
            first = next((way for way in rule.values if way in ways), first)
    return first


def lead_route(findings: Findings, pathway: str) -> str:
    """The route that carries a pathway: the best that is surely available, else the best that may be.

    Of those that may be, a treaty that is known to bind comes first, then law that is known to serve, and a
    route that needs a tie which nobody stated or found comes last.
    """
    routes = findings.rulebook.pathways[pathway].routes
    sure = (route.id for route in routes if findings.surely(conclusion.available(route.id)))
    may = (route.id for route in routes if findings.possibly(conclusion.available(route.id)))
    ranked = (
        sure,
        _opened_surely(findings, pathway, TREATY),
        _opened_surely(findings, pathway, LAW),
        _on_stated_ties(findings, pathway),
        may,
    )
    return next((id for ids in ranked for id in ids), routes[-1].id)


def _opened_surely(findings: Findings, pathway: str, kind: str) -> Iterator[str]:
    """The routes of a pathway that may be available and that a basis of this kind surely opens."""
    for route in findings.rulebook.pathways[pathway].routes:
        possible = findings.possibly(conclusion.available(route.id))
        if route.kind == kind and possible and _may_hold(findings, route.opens, False):
            yield route.id


def _on_stated_ties(findings: Findings, pathway: str) -> Iterator[str]:
    """The routes of a pathway that may be open though every tie that is not known did not bind."""
    for route in findings.rulebook.pathways[pathway].routes:
        if findings.possibly(conclusion.available(route.id)) and _may_hold(findings, route.opens, True):
            yield route.id


def _may_hold(findings: Findings, condition: Condition, possibly: bool) -> bool:
    """Whether a condition may hold, or with possibly=False surely holds, where ties that are not known do not
    bind."""
    if isinstance(condition, (All, Any)):
        parts = (_may_hold(findings, part, possibly) for part in condition.parts)
        return all(parts) if isinstance(condition, All) else any(parts)
    if isinstance(condition, Not):
        return not _may_hold(findings, condition.part, not possibly)
    truth = findings.reference.truth(condition)
    if isinstance(condition, Is) and condition.fact.startswith(TIE):
        return truth[settled_as(condition)[1]]
    return truth[1] if possibly else truth[0]
