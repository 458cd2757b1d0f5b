"""Why an instrument that would open a way does not bind the two States, and which binds them in its place."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from routing.core import conclusion
from routing.core.conditions import Condition, Is, leaf_tests
from routing.core.kinds import LAW, NETWORK
from routing.core.records import Record
from routing.evaluate.findings import Findings
from routing.law import Law
from routing.plan.primary import lead_route
from routing.rulebook.instrument_names import acts_named
from routing.rulebook.parse.conditions import TIE


class Unbound(Record):
    """Why an instrument does not bind the two States; the day it starts, if that is to come; and the States
    that are outside it, where that is why."""

    says: str
    starts: date | None = None
    states: tuple[str, ...] = ()


def missing(findings: Findings, opens: Condition, law: Law) -> Iterator[Unbound]:
    """The instruments that would open a route and do not bind."""
    facts = findings.facts
    for leaf in _tests_of_ties(opens):
        if "in_force" not in leaf.values:
            continue
        instrument = leaf.fact.removeprefix(TIE)
        value = facts.get(leaf.fact)
        if value is None or "in_force" in value.words or instrument not in law.instruments:
            continue
        yield unbound(findings, law, instrument, value.words)


def outside(findings: Findings, pathway: str, law: Law) -> str:
    """That a State stands outside the one instrument under which every route of a pathway goes, as a network
    that it never joined; nothing where a route may have a basis, several instruments open it, or a rule that
    closes it speaks of that itself."""
    routes = findings.rulebook.pathways[pathway].routes
    ties = [{leaf.fact for leaf in _tests_of_ties(route.opens)} for route in routes]
    shared = set.intersection(*ties) if ties else set()
    if len(shared) != 1 or any(findings.based(route.id) for route in routes):
        return ""
    tie = shared.pop()
    value, entry = findings.facts.get(tie), law.instruments.get(tie.removeprefix(TIE))
    closing = (leaf for rule in findings.blocking_rules(pathway) for leaf in _tests_of_ties(rule.when))
    if any(leaf.fact == tie for leaf in closing):
        return ""
    if value is None or entry is None or "in_force" in value.words:
        return ""
    why = unbound(findings, law, entry.id, value.words)
    if why.states and entry.kind in (NETWORK, LAW):
        takes = "take" if len(why.states) > 1 else "takes"
        return f"{' and '.join(why.states)} {takes} no part in {entry.short}."
    return why.says if why.states else ""


def _tests_of_ties(condition: Condition) -> Iterator[Is]:
    """What a condition tests of how instruments stand between the two States."""
    return (it for it in leaf_tests(condition) if isinstance(it, Is) and it.fact.startswith(TIE))


def unbound(findings: Findings, law: Law, instrument: str, words: Collection[str]) -> Unbound:
    """Why an instrument does not bind. words: what its tie is."""
    facts, entry = findings.facts, law.instruments[instrument]
    starts = entry.starts
    later = (
        facts.own
        and facts.partner
        and starts
        and law.between(instrument, facts.own, facts.partner, starts.last)
    )
    if starts is not None and starts.first > facts.as_of and later and later.status == "in_force":
        return Unbound(
            f"{entry.short} applies from {starts}; before that day it opens nothing.", starts.first
        )
    if set(words) == {"signed"}:
        return Unbound(f"{entry.short} is signed and not in force between the two States.")
    if entry.ended is not None and entry.ended.last < facts.as_of:
        return Unbound(f"{entry.short} ended on {entry.ended}.")
    if not facts.own or not facts.partner:
        return Unbound(f"{entry.short} is not in force.")
    outside = tuple(
        law.states.name(state)
        for state in (facts.own, facts.partner)
        if law.standing(instrument, state, facts.as_of).status in ("none", "signed")
    )
    if outside:
        return Unbound(f"{entry.short} does not bind {' and '.join(outside)}.", states=outside)
    return Unbound(f"{entry.short} is not in force between the two States.")


def on_another_act(findings: Findings, pathway: str, law: Law, word: str) -> str:
    """That a channel was proposed on the form of an act that does not bind the two States, and the act on
    which it goes instead; nothing where an act that was named may bind them, or none was named."""
    opening = _opening(findings, pathway)
    acts = acts_named(findings.rulebook, {act for named in opening.values() for act in named}, word)
    ties = [(act, findings.facts.get(TIE + act)) for act in acts]
    shut = [(act, tie.words) for act, tie in ties if tie is not None and "in_force" not in tie.words]
    if not shut or len(shut) < len(ties):
        return ""
    why = unbound(findings, law, *shut[0]).says
    lead = lead_route(findings, pathway)
    if not opening[lead] or not findings.possibly(conclusion.available(lead)):
        return why
    name = findings.rulebook.pathways[pathway].name
    instead = findings.rulebook.instruments[opening[lead][0]].short
    return f"{why} {name} goes under {instead} instead, on its own form."


def on_acts_named(findings: Findings, word: str) -> tuple[str, ...]:
    """The pathways of the measure that go under an act that a text names."""
    ways = []
    for way in findings.ways:
        acts = {act for named in _opening(findings, way).values() for act in named}
        if acts_named(findings.rulebook, acts, word):
            ways.append(way)
    return tuple(ways)


def _opening(findings: Findings, pathway: str) -> dict[str, tuple[str, ...]]:
    """The instruments that open each route of a pathway where they bind."""
    return {
        route.id: tuple(
            leaf.fact.removeprefix(TIE)
            for leaf in leaf_tests(route.opens)
            if isinstance(leaf, Is) and leaf.fact.startswith(TIE) and "in_force" in leaf.values
        )
        for route in findings.rulebook.pathways[pathway].routes
    }
