"""For how many States offices and languages are held."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from routing.law import Law


def coverage(law: Law, day: date) -> list[dict[str, Any]]:
    """For how many States offices and languages are held on a day, by region; the last row is of all, and has
    the executing authorities and single points of contact of the States bound."""
    from routing.law.coverage import bound
    from routing.law.coverage import coverage as counted

    rows: list[dict[str, Any]] = [
        {
            "region": row.region,
            "places": row.places,
            "states": row.states,
            "held": {kind: len(codes) for kind, codes in row.held.items()},
            "held_by_territories": {
                kind: sum(law.states[code].parent is not None for code in codes)
                for kind, codes in row.held.items()
            },
            "for_one_pair_only": {kind: len(codes) for kind, codes in row.one_pair.items()},
            "leads_only": {kind: len(codes) for kind, codes in row.leads.items()},
            "24_7_through_our_own_point": len(row.through),
        }
        for row in counted(law, day)
    ]
    rows[-1]["of_states_bound"] = [
        {
            "kind": row.kind,
            "bound": len(row.held) + len(row.missing),
            "held": len(row.held),
            "leads_only": len(row.leads),
            "held_by": list(row.held),
            "missing": list(row.missing),
        }
        for row in bound(law, day)
    ]
    return rows
