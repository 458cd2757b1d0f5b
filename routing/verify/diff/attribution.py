"""Which parts of a rulebook that are not what they were bear on a change, in one case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from routing.core import conclusion
from routing.core.conditions import AtomRef, Condition, leaf_tests
from routing.core.records import replace
from routing.evaluate.reference import Reference
from routing.rulebook.model import Rule, Rulebook
from routing.verify.diff.observables import Observable, Showing


def responsible(
    old: Rulebook,
    new: Rulebook,
    moved: Iterable[Observable],
    readings: tuple[Reference, Reference],
    measure: str,
) -> tuple[str, ...]:
    """Rules, routes and the measure that were changed, that bear on what moved, and that apply in the
    case."""
    watched = tuple(moved)
    above = _above(old, _conditions(watch.before for watch in watched)) | _above(
        new, _conditions(watch.after for watch in watched)
    )
    rules = [
        rule
        for rule in dict.fromkeys((*old.rule, *new.rule))
        if conclusion.fired(rule) in above
        and _stripped(old.rule.get(rule)) != _stripped(new.rule.get(rule))
        and any(reading.atom(conclusion.fired(rule))[1] for reading in readings)
    ]
    routes = [
        f"route {route}"
        for route in dict.fromkeys((*old.routes, *new.routes))
        if conclusion.available(route) in above
        and _legs(old, route) != _legs(new, route)
        and any(reading.atom(conclusion.available(route))[1] for reading in readings)
    ]
    ways = [f"measure {measure}"] if old.measures[measure].ways != new.measures[measure].ways else []
    has = [f"measure {measure}"] if not ways and old.properties(measure) != new.properties(measure) else []
    return (*rules, *routes, *ways, *has) or tuple(sorted({watch.what for watch in watched}))[:3]


def _conditions(showing: Iterable[Showing]) -> Iterator[Condition]:
    for pair in showing:
        for shown in pair:
            yield from (shown.sure, shown.may)


def _above(rulebook: Rulebook, conditions: Iterable[Condition]) -> set[str]:
    """Every conclusion on which the conditions hang."""
    atoms: set[str] = set()
    left = list(conditions)
    while left:
        for leaf in leaf_tests(left.pop()):
            if isinstance(leaf, AtomRef) and leaf.atom not in atoms:
                atoms.add(leaf.atom)
                left += [line.when for line in rulebook.heads.get(leaf.atom, ())]
    return atoms


def _stripped(rule: Rule | None) -> Rule | None:
    """A rule without the place where it stands."""
    return None if rule is None else replace(rule, line=0, file="")


def _legs(rulebook: Rulebook, route: str) -> tuple[object, ...] | None:
    entry = rulebook.routes.get(route)
    return None if entry is None else (entry.opens, entry.lead, entry.support, entry.says)
