"""The offices that a look-up tells."""

from __future__ import annotations

from datetime import date
from typing import Any

from routing.opened import Router
from routing.plan.who import by_route


def told_offices(router: Router, state: str, pathway: str, asking: str, on: date) -> set[str]:
    """The offices of a State that are told for a pathway, sure or likely."""
    rows: list[dict[str, Any]] = by_route(
        state, router.rulebook.pathways[pathway], asking, router.rulebook, router.law, on
    )
    parties = (row["receiver"] for row in rows)
    return {str(party.get("name") or (party.get("likely") or {}).get("name") or "") for party in parties}
