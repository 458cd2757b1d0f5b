"""The proof of what a plan says: numbered lines, each resting on facts and on earlier lines.

A line says that a conclusion surely holds, or surely does not, and names what that follows
from. Nothing that is only possible is ever proved.
"""

from __future__ import annotations

from routing.case.facts import Value
from routing.core.records import Record

Claim = tuple[str, bool]
"""A conclusion, and whether it holds."""


class ProofLine(Record):
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
    lines: tuple[ProofLine, ...]

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
