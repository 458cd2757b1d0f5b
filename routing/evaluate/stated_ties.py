"""A condition read as if ties that are not known did not bind: what may be open without a tie that nobody
stated."""

from __future__ import annotations

from typing import TypeGuard

from routing.core.conditions import All, Any, AtLeast, Condition, Is, Not
from routing.law.standing import NONE
from routing.rulebook.parse.conditions import TIE

SETTLED = "settled:"
"""Begins the name of a tie that counts as none while it is not known: `settled:tie:INSTRUMENT`."""
STATED = "stated:"
"""`stated:ROUTE`: the route's own basis is there, or may be, without a tie that is not known."""


def with_settled_ties(condition: Condition) -> Condition:
    """The condition, with every tie in it settled; see `settled_as` for what a test of one comes to."""
    if isinstance(condition, All):
        return All(tuple(with_settled_ties(part) for part in condition.parts))
    if isinstance(condition, Any):
        return Any(tuple(with_settled_ties(part) for part in condition.parts))
    if isinstance(condition, Not):
        return Not(with_settled_ties(condition.part))
    if isinstance(condition, Is) and condition.fact.startswith(TIE):
        return Is(SETTLED + condition.fact, condition.values)
    return condition


def is_settled(test: Is | AtLeast) -> TypeGuard[Is]:
    """Whether a test is of a settled tie."""
    return type(test) is Is and test.fact.startswith(SETTLED)


def settled_as(test: Is) -> tuple[Is, int]:
    """The test of the tie itself, and which of its rails tells whether the settled tie passes, surely and
    possibly."""
    return Is(test.fact.removeprefix(SETTLED), test.values), 1 if NONE in test.values else 0
