"""Data past its date."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from routing.law import Law
    from routing.rulebook.model import Rulebook


def stale(rulebook: Rulebook, law: Law, days: int, on: date) -> list[dict[str, Any]]:
    """What was last seen more than so many days before a day, oldest first: what it is, its name, the day."""
    from routing.rulebook.freshness import stale as outdated

    return [
        {"kind": item.kind, "name": item.name, "seen": item.seen and item.seen.isoformat()}
        for item in outdated(rulebook, law, days, on)
    ]
