"""A case as the program passes it along. What each field means is told in `routing.model.case`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from routing.core.records import Record, field, freeze_mappings

Stated = str | int | date | tuple[str, ...]
"""What a case can state of a fact. `unknown` is a word like any other."""


class Assumptions(Record, kw_only=True):
    """What is stipulated for a what-if."""

    ties: Mapping[str, str] = field(default_factory=dict)


class Need(Record, kw_only=True):
    """One thing that is needed."""

    id: str
    kind: str = "request"
    measure: str
    partner: str | None = None
    via: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[str, Stated] = field(default_factory=dict)
    awaits: tuple[str, ...] = ()
    line: int = 0


class Case(Record, kw_only=True, weakref=True):
    """Shared context and one or more needs."""

    title: str = ""
    state: str | None = None
    as_of: date | None = None
    facts: Mapping[str, Stated] = field(default_factory=dict)
    needs: tuple[Need, ...]
    assume: Assumptions = Assumptions()
    notes: tuple[str, ...] = ()

    def states(self) -> tuple[str, ...]:
        """Every State named, ours first, then in order of code."""
        partners = {s for need in self.needs for s in (need.partner, *need.via) if s}
        return tuple(dict.fromkeys([*([self.state] if self.state else []), *sorted(partners)]))

    def partners(self, kind: str, measure: str) -> frozenset[str]:
        """The States named in needs of one kind for one measure."""
        return frozenset(
            need.partner
            for need in self.needs
            if need.partner and (need.kind, need.measure) == (kind, measure)
        )


def freeze(case: Case) -> None:
    """Make everything in a case that was just read refuse to change."""
    for record in (case, case.assume, *case.needs):
        freeze_mappings(record)
