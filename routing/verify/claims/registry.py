"""What is claimed of a rulebook as a whole. Each claim lives in the module of its kind."""

from __future__ import annotations

from collections.abc import Callable

from routing.core.records import Record
from routing.rulebook.model import Rulebook
from routing.verify.solver.session import Examined, SolverSession
from routing.verify.statements import Statements

Items = Callable[[Rulebook, Statements], frozenset[str]]


class Claim(Record):
    """One claim. examine: looks at one measure; whole: at all of them at once. items: for a claim that
    something happens somewhere, everything that must be shown in some measure. excusing: whether what is
    listed must be met somewhere, or is not needed."""

    id: str
    says: str
    examine: Callable[[SolverSession], Examined]
    items: Items | None = None
    unshown: str = ""
    whole: bool = False
    excusing: bool = False


def every_claim() -> tuple[Claim, ...]:
    """The claims in the order in which they are proved and printed."""
    from routing.verify.claims import (
        complete,
        consistent,
        decisive,
        grounded,
        guarded,
        invariants,
        lasting,
        ordered,
        reachable,
        relevance,
    )

    return (
        *complete.CLAIMS,
        *consistent.CLAIMS,
        *ordered.CLAIMS,
        *reachable.CLAIMS,
        *relevance.CLAIMS,
        *decisive.CLAIMS,
        *guarded.CLAIMS,
        *grounded.CLAIMS,
        *invariants.CLAIMS,
        *lasting.CLAIMS,
    )
