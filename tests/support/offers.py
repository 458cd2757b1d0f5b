"""What a story offers, as tests look at it."""

from __future__ import annotations

from datetime import date

from routing.opened import Router
from routing.rulebook.words import KIND
from routing.story.offered import Offered, offered_by

SUNDAY = date(2026, 11, 29)


def read(router: Router, text: str) -> Offered:
    """What a story offers that is told on a Sunday."""
    return offered_by(router, text, SUNDAY)


def needs(offer: Offered) -> dict[str, str]:
    """The needs that are told, each with of which kind it is."""
    kinds = [item.value for item in offer.facts if item.fact == KIND]
    return {it.measures[0]: it.kind or "/".join(kinds) for it in offer.needed}


def facts(offer: Offered) -> set[tuple[str, str]]:
    """The facts that are told, each with its value."""
    return {(item.fact, item.value) for item in offer.facts}
