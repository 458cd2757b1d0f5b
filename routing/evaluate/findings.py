"""What the rules conclude for one need, agreed by both evaluators."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as data_field
from functools import cached_property
from typing import Self

from routing.case.facts import Facts, Value
from routing.core.conditions import All, Any, AtLeast, AtomRef, Condition, Is, Not, negate
from routing.core.errors import EvaluatorsDisagree
from routing.core.records import Record, field
from routing.core.truth import FALSE, Truth
from routing.evaluate.engine import Engine, Network, compile_network
from routing.evaluate.engine.cache import keep_network, kept_network, network_entry
from routing.evaluate.reference import Reference
from routing.rulebook.lower import CURED
from routing.rulebook.model import Rule, Rulebook

CONFIRMED, CONDITIONAL, EXCLUDED = "confirmed", "conditional", "excluded"


@dataclass
class CrossCheckedEvaluator:
    """Runs both evaluators on a need and refuses to answer where they differ."""

    rulebook: Rulebook
    engine: Engine = data_field(default_factory=Engine)
    _networks: dict[tuple[str, str], Network] = data_field(default_factory=dict)

    def network(self, measure: str, kind: str) -> Network:
        """The compiled rules that can matter for a measure and a kind of need."""
        key = (measure, kind)
        if key not in self._networks:
            shared = self.rulebook.hash and not self.rulebook.overlays  # a user's own rules are kept nowhere
            entry = network_entry(self.rulebook.hash, measure, kind) if shared else None
            network = kept_network(entry) if entry else None
            if network is None:
                network = compile_network(
                    self.rulebook.plain, measure, kind, self.rulebook.properties(measure)
                )
                if entry:
                    keep_network(entry, network)
            self._networks[key] = network
        return self._networks[key]

    def findings(self, facts: Facts) -> Findings:
        """The findings for a need.

        Raises EvaluatorsDisagree when the engine and the reference differ in anything.
        """
        network = self.network(facts.need.measure, facts.need.kind)
        run = self.engine.evaluate(network, facts)
        reference = Reference(self.rulebook.heads, facts)
        shadow = reference.holding(network.heads)
        if run != shadow:
            differ = sorted(h for h in run.keys() | shadow.keys() if run.get(h) != shadow.get(h))
            raise EvaluatorsDisagree(
                f"the two evaluators differ on {len(differ)} conclusions, first `{differ[0]}`"
            )
        return Findings(self.rulebook, facts, run, reference, network.facts)


class _LazyTruths(Mapping[str, Truth]):
    """Every conclusion of the rulebook, each worked out when it is asked for."""

    def __init__(self, reference: Reference) -> None:
        self.reference = reference

    def __getitem__(self, head: str) -> Truth:
        if head not in self.reference.heads:
            raise KeyError(head)
        return self.reference.atom(head)

    def __iter__(self) -> Iterator[str]:
        return iter(self.reference.heads)

    def __len__(self) -> int:
        return len(self.reference.heads)


class Findings(Record, dict=True):
    """Every conclusion for one need that holds at least possibly, with ways to read it.

    bearing: the facts and ties that the rules test for this measure and kind of need, whether or not an
    evaluator had to look at them; none are named for a trial.
    """

    rulebook: Rulebook
    facts: Facts
    truths: Mapping[str, Truth]
    reference: Reference
    bearing: frozenset[str] = frozenset()
    _supported: dict[int, tuple[Condition, tuple[str, ...]]] = field(default_factory=dict)
    _waiting: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def by_reference(cls, rulebook: Rulebook, facts: Facts) -> Self:
        """What the reference alone concludes, worked out as far as it is asked: for trials, never for an answer."""
        reference = Reference(rulebook.heads, facts)
        return cls(rulebook, facts, _LazyTruths(reference), reference)

    def truth(self, atom: str) -> Truth:
        return self.truths.get(atom, FALSE)

    def surely(self, atom: str) -> bool:
        return self.truth(atom)[0]

    def possibly(self, atom: str) -> bool:
        return self.truth(atom)[1]

    def standing(self, target: str) -> str:
        """Whether a pathway or route is confirmed, conditional or excluded as such."""
        surely, possibly = self.truth(f"available:{target}")
        return CONFIRMED if surely else CONDITIONAL if possibly else EXCLUDED

    def based(self, route: str) -> bool:
        """Whether a route's own basis is, or may be, there, whatever closes it."""
        return self.reference.truth(self.rulebook.routes[route].opens)[1]

    @cached_property
    def ways(self) -> tuple[str, ...]:
        """The pathways that can deliver the measure, best first, the last resort at the end."""
        last = self.rulebook.last_resort
        listed = self.rulebook.measures[self.facts.need.measure].ways
        return (*(way for way in listed if way != last), last)

    @cached_property
    def candidates(self) -> tuple[str, ...]:
        """The pathways that are, or may turn out to be, the primary."""
        return tuple(way for way in self.ways if self.possibly(f"primary:{way}"))

    def fired_rules(self, form: str, surely: bool = True) -> Iterator[Rule]:
        """The rules of a form that fire, or may fire, in the order of the rulebook."""
        for rule, sure in self._firing.get(form, ()):
            if sure or not surely:
                yield rule

    @cached_property
    def _firing(self) -> dict[str, list[tuple[Rule, bool]]]:
        found: dict[str, list[tuple[Rule, bool]]] = {}
        for rule in self.rulebook.rules:
            surely, possibly = self.truths.get("fired:" + rule.id, FALSE)
            if possibly:
                found.setdefault(rule.form, []).append((rule, surely))
        return found

    def blocking_rules(self, target: str, surely: bool = True) -> tuple[Rule, ...]:
        """The rules that close or bar a pathway or route, or may do so."""
        targets = {target, target.split("/")[0]}
        return tuple(
            rule
            for form in ("close", "bar")
            for rule in self.fired_rules(form, surely)
            if targets & set(rule.targets)
        )

    def support(self, condition: Condition) -> tuple[str, ...]:
        """The facts that surely make a condition hold, in order of first use."""
        kept = self._supported.get(id(condition))
        if kept is None:
            names = tuple(dict.fromkeys(self._support(condition, True, set())))
            kept = self._supported[id(condition)] = (condition, names)
        return kept[1]

    def known(self) -> Mapping[str, Value]:
        """Those of the facts that bear on the need which are known, in order of name."""
        found = ((name, self.facts.get(name)) for name in sorted(self.bearing))
        return {name: value for name, value in found if value is not None}

    @cached_property
    def undecided_rules(self) -> tuple[Rule, ...]:
        """The rules that conclude something about a way and neither surely fire nor surely fail to."""
        return tuple(
            rule
            for rule in self.rulebook.rules
            if rule.form in ("is", "close", "bar", "prefer")
            and self.truths.get("fired:" + rule.id) == (False, True)
        )

    def open_facts(self, condition: Condition) -> tuple[str, ...]:
        """The unknown facts on which a condition hangs."""
        if not isinstance(condition, AtomRef):
            return tuple(dict.fromkeys(self._open(condition, set())))
        if condition.atom not in self._waiting:
            self._waiting[condition.atom] = tuple(dict.fromkeys(self._open(condition, set())))
        return self._waiting[condition.atom]

    def _support(self, condition: Condition, wanted: bool, seen: set[tuple[str, bool]]) -> Iterator[str]:
        """Facts that make the condition surely hold (or surely fail, if not wanted)."""
        if isinstance(condition, (Is, AtLeast)):
            if self.facts.get(condition.fact) is not None:
                yield condition.fact
        elif isinstance(condition, Not):
            yield from self._support(condition.part, not wanted, seen)
        elif isinstance(condition, AtomRef):
            if (condition.atom, wanted) in seen:
                return
            seen.add((condition.atom, wanted))
            lines = self.rulebook.heads.get(condition.atom, ())
            if wanted:
                lines = tuple(line for line in lines if self.reference.truth(line.when)[0])[:1]
            for line in lines:
                yield from self._support(line.when, wanted, seen)
        else:
            every = isinstance(condition, All) == wanted
            parts = condition.parts
            if not every:
                index: Callable[[Condition], bool] = (
                    (lambda part: self.reference.truth(part)[0])
                    if wanted
                    else (lambda part: not self.reference.truth(part)[1])
                )
                parts = tuple(part for part in parts if index(part))[:1]
            for part in parts:
                yield from self._support(part, wanted, seen)

    def _cures(self, condition: Condition, seen: set[str]) -> Iterator[str]:
        """What would lift a closing that can be cured: the facts that can be had, or those still open."""
        names = tuple(self._open(condition, seen)) or tuple(self._support(negate(condition), True, set()))
        asked = [name for name in names if name in self.rulebook.facts]
        yield from [name for name in asked if self.rulebook.facts[name].nature == "obtainable"] or asked

    def _open(self, condition: Condition, seen: set[str]) -> Iterator[str]:
        if self.reference.truth(condition) != (False, True):
            return
        if isinstance(condition, (Is, AtLeast)):
            yield condition.fact
        elif isinstance(condition, Any) and CURED in condition.parts:
            for part in condition.parts:
                if part is not CURED and part != CURED:
                    yield from self._cures(part, seen)
        elif isinstance(condition, Not):
            yield from self._open(condition.part, seen)
        elif isinstance(condition, (All, Any)):
            for part in condition.parts:
                yield from self._open(part, seen)
        elif condition.atom not in seen:
            seen.add(condition.atom)
            for line in self.rulebook.heads.get(condition.atom, ()):
                yield from self._open(line.when, seen)
