"""The proof of what a plan says: numbered lines, each resting on facts and on earlier lines.

A line says that a conclusion surely holds, or surely does not, and names what that follows
from. Nothing that is only possible is ever proved.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from routing.case.facts import Value
from routing.core.conditions import All, AtLeast, AtomRef, Condition, Is, Not, leaf_tests
from routing.core.records import Record
from routing.evaluate.findings import Findings

Claim = tuple[str, bool]
"""A conclusion, and whether it holds."""


class Line(Record):
    """atom holds, or does not, because of these facts and of these earlier claims; by: the rule or route it
    comes from."""

    atom: str
    holds: bool
    by: str
    facts: tuple[str, ...]
    claims: tuple[Claim, ...]


class Proof(Record):
    """facts: every fact a line rests on, as it was read. goals: what was to be proved."""

    need: str
    goals: tuple[Claim, ...]
    facts: dict[str, Value]
    lines: tuple[Line, ...]

    def data(self) -> dict[str, object]:
        """The proof in plain words and lists."""
        return {
            "need": self.need,
            "goals": [[atom, holds] for atom, holds in self.goals],
            "facts": {
                name: {
                    "value": value.text(),
                    "complete": value.closed,
                    "origin": value.origin,
                    "source": value.source,
                }
                for name, value in sorted(self.facts.items())
            },
            "lines": [
                {
                    "claim": line.atom,
                    "holds": line.holds,
                    "by": line.by,
                    "facts": list(line.facts),
                    "claims": [[atom, holds] for atom, holds in line.claims],
                }
                for line in self.lines
            ],
        }


@dataclass
class _Writer:
    findings: Findings
    lines: dict[Claim, Line | None] = field(default_factory=dict)
    facts: dict[str, Value] = field(default_factory=dict)
    order: list[Line] = field(default_factory=list)

    def prove(self, claim: Claim) -> None:
        if claim in self.lines:
            return
        self.lines[claim] = None
        atom, holds = claim
        rules = self.findings.rulebook.heads.get(atom, ())
        if holds:
            rules = tuple(line for line in rules if self.truth(line.when)[0])[:1]
        facts: dict[str, None] = {}
        claims: dict[Claim, None] = {}
        for line in rules:
            self.cite(line.when, holds, facts, claims)
        for premise in claims:
            self.prove(premise)
        by = rules[0].rule if rules else ""
        self.order.append(Line(atom, holds, by, tuple(facts), tuple(claims)))

    def truth(self, condition: Condition) -> tuple[bool, bool]:
        return self.findings.reference.truth(condition)

    def cite(
        self, condition: Condition, wanted: bool, facts: dict[str, None], claims: dict[Claim, None]
    ) -> None:
        """What makes a condition surely hold, or surely fail."""
        if isinstance(condition, (Is, AtLeast)):
            facts[condition.fact] = None
            value = self.findings.facts.get(condition.fact)
            if value is not None:
                self.facts[condition.fact] = value
        elif isinstance(condition, AtomRef):
            claims[condition.atom, wanted] = None
        elif isinstance(condition, Not):
            self.cite(condition.part, not wanted, facts, claims)
        elif isinstance(condition, All) == wanted:
            for part in condition.parts:
                self.cite(part, wanted, facts, claims)
        else:
            self.cite(self.shortest(condition.parts, wanted), wanted, facts, claims)

    def shortest(self, parts: tuple[Condition, ...], wanted: bool) -> Condition:
        """One part is enough: one that rests on facts alone before one that rests on rules."""
        enough = [part for part in parts if (self.truth(part)[0] if wanted else not self.truth(part)[1])]
        return next(
            (part for part in enough if not any(isinstance(leaf, AtomRef) for leaf in leaf_tests(part))),
            enough[0],
        )


def prove(findings: Findings, goals: Iterable[Claim]) -> Proof:
    """The proof of conclusions that surely hold, or surely do not."""
    writer = _Writer(findings)
    goals = tuple(dict.fromkeys(goals))
    for goal in goals:
        writer.prove(goal)
    return Proof(findings.facts.need.id, goals, writer.facts, tuple(writer.order))
