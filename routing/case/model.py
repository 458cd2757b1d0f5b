"""A case: what an investigator writes down, as frozen strict models.

Facts that a case or a need states stand in `facts`, typed by the rulebook: a word for a
choice, words for a list, a whole number, a date, or the word `unknown`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from pydantic import BaseModel, ConfigDict, Field

Stated = str | int | date | tuple[str, ...]
"""What a case can state of a fact. `unknown` is a word like any other."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")


class Assumptions(_Frozen):
    """What is stipulated for a what-if. ties: instrument -> in_force, signed, none or unknown."""

    ties: Mapping[str, str] = Field(default_factory=dict)


class Need(_Frozen):
    """One thing that is needed.

    kind: `request` (we ask), `answer` (we are asked), `share` (nobody asked) or `use` (of material held).
    partner: the other State, alpha-3, or None when it is not known.
    via: States crossed, each with its consent: yes, no, requested or unknown.
    line: where it stands in the file it was read from; 0 when built in a program.
    """

    id: str
    kind: str
    measure: str
    partner: str | None = None
    via: Mapping[str, str] = Field(default_factory=dict)
    facts: Mapping[str, Stated] = Field(default_factory=dict)
    line: int = 0


class Case(_Frozen):
    """Shared context and one or more needs.

    state: our own State, alpha-3, or None when it is not known.
    as_of: the day the answer is for, if the case fixes one.
    notes: remarks on what was read, such as `UK` taken as `GB`.
    """

    title: str = ""
    state: str | None = None
    as_of: date | None = None
    facts: Mapping[str, Stated] = Field(default_factory=dict)
    needs: tuple[Need, ...]
    assume: Assumptions = Assumptions()
    notes: tuple[str, ...] = ()

    def states(self) -> tuple[str, ...]:
        """Every State named, ours first, then in order of code."""
        others = {s for need in self.needs for s in (need.partner, *need.via) if s}
        return tuple(dict.fromkeys([*([self.state] if self.state else []), *sorted(others)]))

    def partners(self, kind: str, measure: str) -> frozenset[str]:
        """The States named in needs of one kind for one measure."""
        return frozenset(
            need.partner
            for need in self.needs
            if need.partner and (need.kind, need.measure) == (kind, measure)
        )
