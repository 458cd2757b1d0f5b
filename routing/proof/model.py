"""The proof of what a plan says: numbered lines, each resting on facts and on earlier lines.

A line says that a conclusion surely holds, or surely does not, and names what that follows
from. Nothing that is only possible is ever proved.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from routing.case.facts import Value
from routing.core.conditions import AtomRef
from routing.core.records import Record
from routing.evaluate.facts_behind import settling
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
            rules = tuple(line for line in rules if self.findings.reference.truth(line.when)[0])[:1]
        facts: dict[str, None] = {}
        claims: dict[Claim, None] = {}
        for line in rules:
            for leaf, held in settling(self.findings.reference, line.when, holds):
                if isinstance(leaf, AtomRef):
                    claims[leaf.atom, held] = None
                    continue
                facts[leaf.fact] = None
                value = self.findings.facts.get(leaf.fact)
                if value is not None:
                    self.facts[leaf.fact] = value
        for premise in claims:
            self.prove(premise)
        by = rules[0].rule if rules else ""
        self.order.append(Line(atom, holds, by, tuple(facts), tuple(claims)))


def prove(findings: Findings, goals: Iterable[Claim]) -> Proof:
    """The proof of conclusions that surely hold, or surely do not."""
    writer = _Writer(findings)
    goals = tuple(dict.fromkeys(goals))
    for goal in goals:
        writer.prove(goal)
    return Proof(findings.facts.need.id, goals, writer.facts, tuple(writer.order))
