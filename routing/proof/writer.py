"""Writing the proof of conclusions from what the reference evaluator found.

The checker does not know this module: what is written here is believed only when it has been checked.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from routing.case.facts import Value
from routing.core.conditions import AtomRef
from routing.evaluate.facts_behind import justification
from routing.evaluate.findings import Findings
from routing.proof.model import Claim, Proof, ProofLine


@dataclass
class _Writer:
    findings: Findings
    lines: dict[Claim, ProofLine | None] = field(default_factory=dict)
    facts: dict[str, Value] = field(default_factory=dict)
    order: list[ProofLine] = field(default_factory=list)

    def prove(self, claim: Claim) -> None:
        if claim in self.lines:
            return
        self.lines[claim] = None
        atom, holds = claim
        rules = self.findings.rulebook.heads.get(atom, ())
        if holds:  # one is enough
            truth = self.findings.reference.truth
            rules = next(((line,) for line in rules if truth(line.when)[0]), ())
        facts: dict[str, None] = {}
        claims: dict[Claim, None] = {}
        for line in rules:
            for leaf, held in justification(self.findings.reference, line.when, holds):
                if type(leaf) is AtomRef:
                    claims[leaf.atom, held] = None
                    continue
                facts[leaf.fact] = None
                value = self.findings.facts.get(leaf.fact)
                if value is not None:
                    self.facts[leaf.fact] = value
        for premise in claims:
            self.prove(premise)
        by = rules[0].rule if rules else ""
        self.order.append(ProofLine(atom, holds, by, tuple(facts), tuple(claims)))


def prove(findings: Findings, goals: Iterable[Claim]) -> Proof:
    """The proof of conclusions that surely hold, or surely do not."""
    writer = _Writer(findings)
    goals = tuple(dict.fromkeys(goals))
    for goal in goals:
        writer.prove(goal)
    return Proof(findings.facts.need.id, goals, writer.facts, tuple(writer.order))
