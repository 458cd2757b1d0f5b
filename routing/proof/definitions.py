"""What each conclusion demands, read from the rules, pathways and measures as they are written.

The checker of proofs uses this and nothing of the evaluators: it is a second reading of how
rules work together, so that a fault in the first one shows.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from routing.core import conclusion
from routing.core.conditions import All, Any, AtomRef, Condition, Is, Not
from routing.core.remembered import MadeOf
from routing.rulebook.model import Rule, Rulebook

TERMS = ("duty", "warn", "limit")
LADDERS = ("first_open", "include")
HANGING_ON_MEASURE = ("delivers", "primary", "main")
"""The kinds of conclusions whose condition is not the same for every measure."""


def _no(atom: str) -> Condition:
    return Not(AtomRef(atom))


class _Indexes:
    """The rules by what they name, and the conditions that are the same for every measure."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.closers: dict[str, list[str]] = {}
        self.bars: dict[str, list[str]] = {}
        self.callers: dict[str, list[Rule]] = {}
        self.concluders: dict[str, list[str]] = {}
        self.winners: dict[str, list[str]] = {}
        self.preferring = tuple(rule for rule in rulebook.rules if rule.form == "prefer")
        self.conditions: dict[str, Condition] = {}
        for rule in rulebook.rules:
            for table, form in ((self.closers, "close"), (self.bars, "bar")):
                if rule.form == form:
                    for target in rule.targets:
                        table.setdefault(target, []).append(rule.id)
            if rule.form in LADDERS:
                for way in rule.values:
                    self.callers.setdefault(way, []).append(rule)
            if rule.form == "is":
                for fact in rule.values:
                    self.concluders.setdefault(fact, []).append(rule.id)
            for loser in rule.defeats:
                self.winners.setdefault(loser, []).append(rule.id)


@dataclass
class Definitions:
    """The conditions of every conclusion, for needs of one measure."""

    rulebook: Rulebook
    measure: str
    indexes: _Indexes
    _conditions: dict[str, Condition] = field(default_factory=dict)

    def of(self, atom: str) -> Condition:
        """The condition under which a conclusion holds."""
        kind = conclusion.kind_of(atom)
        conditions = self._conditions if kind in HANGING_ON_MEASURE else self.indexes.conditions
        condition = conditions.get(atom)
        if condition is None:
            condition = conditions[atom] = getattr(self, f"_{kind}")(conclusion.name_of(atom))
        return condition

    def _is(self, fact: str) -> Condition:
        return Any(tuple(AtomRef(conclusion.fired(rule)) for rule in self.indexes.concluders.get(fact, ())))

    def _fired(self, rule_id: str) -> Condition:
        rule = self.rulebook.rule.get(rule_id)
        if rule is None or rule.form == "never":
            return Any(())
        winning = self.indexes.winners
        winners = dict.fromkeys([*winning.get(rule.id, ()), *winning.get(rule.parent, ())])
        parts: list[Condition] = [rule.when, *(_no(conclusion.fired(winner)) for winner in winners)]
        if rule.form in TERMS and rule.targets:
            parts.append(Any(tuple(self._carries(target) for target in rule.targets)))
        return All(tuple(parts))

    def _carries(self, target: str) -> Condition:
        """That a step of the plan is taken by this pathway, and where a route is named, under that route."""
        pathway, _, route = target.partition("/")
        step = AtomRef(conclusion.chosen(pathway))
        return All((step, AtomRef(conclusion.lead(target)))) if route else step

    def _available(self, target: str) -> Condition:
        if "/" not in target:
            return Any(
                tuple(
                    AtomRef(conclusion.available(route.id)) for route in self.rulebook.pathways[target].routes
                )
            )
        route = self.rulebook.routes[target]
        closers = (*self.indexes.closers.get(route.pathway, ()), *self.indexes.closers.get(route.id, ()))
        return All((route.opens, *(self._not_closed(rule) for rule in closers)))

    def _not_closed(self, rule_id: str) -> Condition:
        """What can be cured holds a route without excluding it; whether it was cured is never known."""
        curable = self.rulebook.rule[rule_id].how == "curable"
        return (
            Any((_no(conclusion.fired(rule_id)), Is("cured", frozenset({"yes"}))))
            if curable
            else _no(conclusion.fired(rule_id))
        )

    def _lead(self, target: str) -> Condition:
        route = self.rulebook.routes[target]
        routes = [sibling.id for sibling in self.rulebook.pathways[route.pathway].routes]
        earlier = routes[: routes.index(target)]
        return All(
            (
                AtomRef(conclusion.available(target)),
                *(_no(conclusion.available(sibling)) for sibling in earlier),
            )
        )

    def _delivers(self, way: str) -> Condition:
        if way == self.rulebook.last_resort:
            return AtomRef(conclusion.available(way))
        if way not in self.rulebook.measures[self.measure].ways:
            return Any(())
        routes, bars = self.rulebook.pathways[way].routes, self.indexes.bars
        barred = [_no(conclusion.fired(rule)) for rule in bars.get(way, ())]
        if not any(route.id in bars for route in routes):
            return All((*barred, AtomRef(conclusion.available(way))))
        opened = [
            All(
                (
                    AtomRef(conclusion.available(route.id)),
                    *(_no(conclusion.fired(rule)) for rule in bars.get(route.id, ())),
                )
            )
            for route in routes
        ]
        return All((*barred, Any(tuple(opened))))

    def _primary(self, way: str) -> Condition:
        ranked = [
            rival for rival in self.rulebook.measures[self.measure].ways if rival != self.rulebook.last_resort
        ]
        if way == self.rulebook.last_resort:
            return All(
                (AtomRef(conclusion.delivers(way)), *(_no(conclusion.delivers(rival)) for rival in ranked))
            )
        if way not in ranked:
            return Any(())
        own = ranked.index(way)
        parts: list[Condition] = [AtomRef(conclusion.delivers(way))]
        for place, rival in enumerate(ranked):
            if place == own:
                continue
            winner, loser = (way, rival) if place < own else (rival, way)
            wins = Any(tuple(AtomRef(conclusion.fired(rule)) for rule in self._preferences(winner, loser)))
            # One that is ranked before yields only to a preference, one that is ranked after needs one.
            parts.append(Any((_no(conclusion.delivers(rival)), wins if place < own else Not(wins))))
        return All(tuple(parts))

    def _preferences(self, winner: str, loser: str) -> tuple[str, ...]:
        return tuple(
            rule.id for rule in self.indexes.preferring if winner in rule.values and loser in rule.over
        )

    def _step(self, name: str) -> Condition:
        rule_id, _, way = name.rpartition(":")
        rule = self.rulebook.rule[rule_id]
        if way not in rule.values:
            return Any(())
        earlier = rule.values[: rule.values.index(way)] if rule.form == "first_open" else ()
        return All(
            (
                AtomRef(conclusion.fired(rule_id)),
                AtomRef(conclusion.available(way)),
                *(_no(conclusion.available(before)) for before in earlier),
            )
        )

    def _none(self, rule_id: str) -> Condition:
        rule = self.rulebook.rule[rule_id]
        return All(
            (AtomRef(conclusion.fired(rule_id)), *(_no(conclusion.available(way)) for way in rule.values))
        )

    def _main(self, way: str) -> Condition:
        serves = way == self.rulebook.last_resort or way in self.rulebook.measures[self.measure].ways
        return Any((AtomRef(conclusion.primary(way)), *((Is("taken", frozenset({way})),) if serves else ())))

    def _reach(self, place: str) -> Condition:
        return Any(tuple(AtomRef(conclusion.fact(fact)) for fact in self.rulebook.reach.get(place, ())))

    def _chosen(self, way: str) -> Condition:
        return Any(
            (
                AtomRef(conclusion.main(way)),
                *(AtomRef(conclusion.step(rule.id, way)) for rule in self.indexes.callers.get(way, ())),
            )
        )


_indexes = MadeOf(4, _Indexes)
_by_measure: MadeOf[Rulebook, dict[str, Definitions]] = MadeOf(4, lambda _: {})


def definitions_of(rulebook: Rulebook, measure: str) -> Definitions:
    """The demands for a measure, made once for each rulebook."""
    made = _by_measure(rulebook)
    if measure not in made:
        made[measure] = Definitions(rulebook, measure, _indexes(rulebook))
    return made[measure]
