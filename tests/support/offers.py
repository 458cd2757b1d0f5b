"""What a story offers, as tests look at it."""

from __future__ import annotations

from datetime import date

from routing.opened import Router
from routing.rulebook.words import KIND
from routing.story.by_dealing import by_dealing
from routing.story.offered import Offered, offered_by

SUNDAY = date(2026, 11, 29)


def read(router: Router, text: str) -> Offered:
    """What a story offers that is told on a Sunday."""
    return offered_by(router, text, SUNDAY)


def decided(router: Router, text: str) -> Offered:
    """The same, once it is read who deals with whom."""
    return by_dealing(router, read(router, text))


def dealing(offer: Offered) -> tuple[str, bool]:
    """Who deals with whom, and whether that is open; such a story leaves it to no line."""
    assert offer.dealing is not None
    return offer.dealing.kind, offer.dealing.is_open


def needs(offer: Offered) -> dict[str, str]:
    """The needs that are told, each with of which kind it is."""
    kinds = [item.value for item in offer.facts if item.fact == KIND]
    return {it.measures[0]: it.kind or "/".join(kinds) for it in offer.needed}


def facts(offer: Offered) -> set[tuple[str, str]]:
    """The facts that are told, each with its value."""
    return {(item.fact, item.value) for item in offer.facts}
