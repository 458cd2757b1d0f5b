"""Why a condition holds, or does not, down to the facts: the tree behind every explanation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from routing.core import conclusion
from routing.core.conditions import AtomRef, Condition
from routing.core.domain import NEED_FACTS, Route
from routing.core.printable import capital_first
from routing.evaluate.facts_behind import justification
from routing.evaluate.findings import Findings
from routing.explain.tree import Reason
from routing.law import Law
from routing.phrasing.of_facts import claim_words, is_words, origin_words, provisions
from routing.plan.applicable import applicable, unsettled
from routing.rulebook.lower import CURABLE
from routing.rulebook.model import CLOSING_FORMS, Rule, Rulebook

DEEPEST = 7
"""What the need itself is; said once at the top, not in every branch."""


@dataclass
class Reasons:
    """Explains conclusions of one need. Each derived conclusion is explained once and referred to after
    that."""

    findings: Findings
    law: Law
    _given: set[tuple[str, bool]] = field(default_factory=set)

    @property
    def rulebook(self) -> Rulebook:
        return self.findings.rulebook

    def fact(self, name: str) -> Reason:
        """A fact, its value and how it is known."""
        value = self.findings.facts.get(name)
        how = f" ({origin_words(name, value, self.findings.facts, self.law)})" if value is not None else ""
        return Reason(capital_first(is_words(self.rulebook, name, value)) + how)

    def why(self, condition: Condition, wanted: bool = True, depth: int = 0) -> Iterator[Reason]:
        """What makes a condition surely hold (or surely fail)."""
        for leaf, holds in justification(self.findings.reference, condition, wanted):
            if isinstance(leaf, AtomRef):
                yield self.claim(leaf.atom, holds, depth)
            elif leaf.fact not in NEED_FACTS:
                yield self.fact(leaf.fact)

    def claim(self, atom: str, holds: bool, depth: int = 0) -> Reason:
        """A conclusion and what it follows from."""
        kind, name = conclusion.kind_of(atom), conclusion.name_of(atom)
        if kind == conclusion.FIRED:
            return self.rule(self.rulebook.rule[name], holds, depth)
        words = capital_first(claim_words(self.rulebook, atom, holds))
        if (atom, holds) in self._given:
            return Reason(f"{words} (see above)")
        if depth >= DEEPEST:
            return Reason(words)
        self._given.add((atom, holds))
        lines = self.rulebook.heads.get(atom, ())
        if holds:
            lines = tuple(line for line in lines if self.findings.reference.settled(line.when, True))[:1]
        elif kind == conclusion.FACT:
            return Reason(
                words,
                parts=tuple(part for line in lines for part in self.why(line.when, False, depth + 1))[:6],
            )
        elif kind in conclusion.OF_CHANNELS:
            return Reason(words)
        return Reason(
            words, parts=tuple(part for line in lines for part in self.why(line.when, holds, depth + 1))
        )

    def rule(self, rule: Rule, holds: bool, depth: int = 0) -> Reason:
        """A rule that applies, or does not, and the facts that make it so."""
        says = rule.says if holds else f"Does not apply: {rule.says}"
        basis = self.law_of(rule)
        if depth >= DEEPEST:
            return Reason(says, basis, rule.id)
        if holds:
            parts = tuple(self.why(rule.when, True, depth + 1))
        elif not self.findings.reference.truth(rule.when)[1]:
            parts = tuple(self.why(rule.when, False, depth + 1))
        else:
            parts = tuple(
                Reason("Lifted by: " + winner.says, provisions(self.rulebook, winner.basis), winner.id)
                for winner in self.rulebook.defeaters(rule)
                if self.findings.surely(conclusion.fired(winner.id))
            )
        return Reason(says, basis, rule.id, parts)

    def law_of(self, rule: Rule) -> tuple[str, ...]:
        """The provisions of a rule that speak to the case."""
        refs = applicable(self.findings, rule.basis)
        return provisions(self.rulebook, refs, unsettled(self.findings, refs))

    def basis(self, route: Route) -> Reason:
        """A legal basis that is there, with what makes it so."""
        return Reason(
            f"Basis: {route.says}",
            provisions(self.rulebook, (*route.lead, *route.support)[:4]),
            parts=tuple(self.why(route.opens, True, 1)),
        )

    def no_basis(self, route: Route) -> Reason:
        """A legal basis that is surely not there."""
        return Reason(
            f"No basis: {route.says}",
            provisions(self.rulebook, route.lead[:2]),
            parts=tuple(self.why(route.opens, False, 1)),
        )

    def open_on(self, condition: Condition) -> tuple[Reason, ...]:
        """The unknown facts on which a condition hangs, as questions."""
        return tuple(self.fact(name) for name in self.findings.open_facts(condition))

    def short(self, way: str) -> Reason:
        """In one line why a pathway does not deliver here."""
        findings, pathway = self.findings, self.rulebook.pathways[way]
        against = findings.blocking_rules(way)
        if against:
            rule = against[0]
            facts = tuple(self.fact(name) for name in findings.support(rule.when) if name not in NEED_FACTS)
            return Reason(
                f"{pathway.name}: {effect_words(rule)}. {rule.says}",
                self.law_of(rule),
                rule.id,
                facts[:4],
            )
        based = [route for route in pathway.routes if findings.based(route.id)]
        if not based:
            return Reason(
                f"{pathway.name}: no legal basis here",
                parts=tuple(self.no_basis(route) for route in pathway.routes[:3]),
            )
        closing = [
            rule
            for route in based
            for rule in self.closers(route)
            if findings.surely(conclusion.fired(rule.id))
        ]
        parts = tuple(
            self.rule(rule, True, DEEPEST - 1) for rule in {rule.id: rule for rule in closing}.values()
        )
        return Reason(f"{pathway.name}: each basis is excluded", parts=parts[:4])

    def closers(self, route: Route) -> tuple[Rule, ...]:
        targets = {route.id, route.pathway}
        return tuple(
            rule for rule in self.rulebook.rules if rule.form in CLOSING_FORMS and targets & set(rule.targets)
        )


def effect_words(rule: Rule) -> str:
    """What a rule that closes or bars does to a pathway."""
    if rule.form == "bar":
        return "not the last step"
    return "held until this is cured" if rule.how == CURABLE else "excluded"
