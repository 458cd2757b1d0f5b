"""What a route that an overlay adds is held to: what its channel is with us, and what closes its neighbours.

A treaty of somebody's own is to us what a treaty of two States is whose text we do not hold. So its route
opens where one of ours in the channel could, whatever treaties bind, and what our rules say of the route of
such a treaty they say of it. Whoever has the text may lift a rule that is neither protected nor stays, by a
rule of the overlay.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from routing.core.conditions import (
    ALWAYS,
    All,
    Any,
    AtomRef,
    Condition,
    Is,
    all_of,
    any_of,
    conjuncts,
    leaf_tests,
)
from routing.core.domain import NAMED_ONLY, CitedInstrument, Fact, Measure, Pathway, Route
from routing.core.kinds import TREATY
from routing.core.records import replace
from routing.rulebook.model import CLOSING_FORMS, TERM_FORMS, Rule
from routing.rulebook.overlay.merge import overlay_of
from routing.rulebook.parse.conditions import TIE


def aimed_at_additions(
    rules: Iterable[Rule], pathways: Mapping[str, Pathway], instruments: Mapping[str, CitedInstrument]
) -> list[Rule]:
    """Rules act on, or speak of, every route that an overlay adds to a pathway where they name the route of a
    treaty that we do not hold, and protected ones where they name any route of it."""
    additions = {
        name: tuple(route.id for route in pathway.routes if overlay_of(route.file))
        for name, pathway in pathways.items()
    }
    unread = {
        route.id
        for name, added in additions.items()
        for route in (pathways[name].routes if added else ())
        if route.kind == TREATY and route.id not in added and _of_unread_text(route, instruments)
    }

    def aimed(rule: Rule) -> Rule:
        named = (target for target in rule.targets if "/" in target and (rule.protected or target in unread))
        ways = dict.fromkeys(target.split("/")[0] for target in named)
        more = tuple(route for way in ways for route in additions.get(way, ()))
        return replace(rule, targets=tuple(dict.fromkeys((*rule.targets, *more)))) if more else rule

    forms = (*CLOSING_FORMS, *TERM_FORMS)
    return [aimed(rule) if rule.form in forms and not overlay_of(rule.file) else rule for rule in rules]


def _of_unread_text(route: Route, instruments: Mapping[str, CitedInstrument]) -> bool:
    """Whether a route rests on an instrument whose text no rulebook could hold: each pair of States has its
    own."""
    entry = instruments.get(route.lead[0].split()[0]) if route.lead else None
    return entry is not None and NAMED_ONLY in entry.details


def with_additions(
    pathways: Mapping[str, Pathway],
    additions: Mapping[str, Iterable[Route]],
    measures: Iterable[Measure],
    facts: Mapping[str, Fact],
) -> dict[str, Pathway]:
    """Pathways with the routes that overlays add to some, each held to what its channel is with us."""
    bound = _of_treaties(pathways, measures) if additions else frozenset[str]()
    law_data = frozenset(fact.id for fact in facts.values() if fact.looked_up)
    held = {
        name: (*_held_to(pathways[name], routes, name in bound, law_data), *pathways[name].routes)
        for name, routes in additions.items()
    }
    return {
        name: replace(pathway, routes=held[name]) if name in held else pathway
        for name, pathway in pathways.items()
    }


def _held_to(pathway: Pathway, routes: Iterable[Route], bound: bool, law_data: frozenset[str]) -> list[Route]:
    """Routes that an overlay adds to a pathway, each open only where one of ours could be, but for treaties.

    What ours ask for is what the channel is: its kinds of need, its purpose, where what is sought lies. The
    rules that close a channel are written for that. A route without it would be a way around them: by what is
    told unasked one could ask for what an immunity keeps from being asked. bound: whether one of our treaties
    is asked for. law_data: the facts that are looked up, not told.
    """
    asked = [conjuncts(route.opens) for route in pathway.routes]
    first = asked[0] if asked else ()
    shared = [part for part in first if all(part in parts for parts in asked)]
    tested = [{part.fact: part for part in parts if isinstance(part, Is)} for parts in asked]
    for fact in tested[0] if tested else ():
        if fact in law_data and all(fact in tests for tests in tested):
            shared.append(Is(fact, frozenset[str]().union(*(tests[fact].values for tests in tested))))
    if asked:
        shared.append(_any_of_weakest(_but_for_law_data(route.opens, law_data) for route in pathway.routes))
    if bound:
        shared.append(any_of(*(part for parts in asked for part in parts if _asks_for_a_tie(part))))
    return [replace(route, opens=all_of(*shared, route.opens)) for route in routes]


def _but_for_law_data(condition: Condition, law_data: frozenset[str]) -> Condition:
    """What a condition asks of the case, whatever the law data say: it holds wherever the condition can."""
    if isinstance(condition, (All, Any)):
        parts = (_but_for_law_data(part, law_data) for part in condition.parts)
        return all_of(*parts) if isinstance(condition, All) else any_of(*parts)
    tests = (test for test in leaf_tests(condition) if not isinstance(test, AtomRef))
    looked_up = any(test.fact in law_data or test.fact.startswith(TIE) for test in tests)
    return ALWAYS if looked_up else condition


def _any_of_weakest(conditions: Iterable[Condition]) -> Condition:
    """Any of several conditions, without those that ask for more than another of them does."""
    kept: list[Condition] = []
    for condition in conditions:
        if not any(_asks_as_much(condition, weaker) for weaker in kept):
            kept = [each for each in kept if not _asks_as_much(each, condition)] + [condition]
    return any_of(*kept)


def _asks_as_much(condition: Condition, weaker: Condition) -> bool:
    """Whether what a condition says outright holds another one, part by part."""
    return all(
        any(
            part == wanted
            or (
                isinstance(part, Is)
                and isinstance(wanted, Is)
                and part.fact == wanted.fact
                and part.values <= wanted.values
            )
            for part in conjuncts(condition)
        )
        for wanted in conjuncts(weaker)
    )


def _of_treaties(pathways: Mapping[str, Pathway], measures: Iterable[Measure]) -> frozenset[str]:
    """The formal pathways of which every route rests on a treaty, beside a general one of their family for
    the same measure: another treaty belongs in that one, where the bars of every treaty are."""
    tied = {
        name
        for name, pathway in pathways.items()
        if not pathway.informal and all(_asks_for_a_tie(route.opens) for route in pathway.routes)
    }
    return frozenset(
        way
        for measure in measures
        for way in tied.intersection(measure.ways)
        for beside in pathways.keys() & set(measure.ways) - tied
        if pathways[beside].family == pathways[way].family
    )


def _asks_for_a_tie(condition: Condition) -> bool:
    """Whether a condition cannot hold but by how an instrument stands between the two States."""
    if isinstance(condition, (All, Any)):
        parts = map(_asks_for_a_tie, condition.parts)
        return any(parts) if isinstance(condition, All) else bool(condition.parts) and all(parts)
    return isinstance(condition, Is) and condition.fact.startswith(TIE)
