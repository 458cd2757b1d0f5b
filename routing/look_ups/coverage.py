"""For how many States offices and languages are held."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from routing.core.errors import Problems

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


def missing(law: Law, role: str, day: date) -> list[str]:
    """The States, by code, for which no office of a role is held on a day; for a role of an instrument, of
    those that are bound by it. Raises Problems, with all roles, for one that is not counted."""
    from routing.law.coverage import bound
    from routing.law.coverage import coverage as counted

    of_instruments = {row.kind: row.missing for row in bound(law, day)}
    if role in of_instruments:
        return list(of_instruments[role])
    held = counted(law, day)[-1].held
    if role not in held:
        message = f"`{role}` is not counted"
        raise Problems.of(message, fix=f"choose one of: {', '.join((*held, *of_instruments))}")
    return [place.alpha3 for place in law.states if place.parent is None and place.alpha3 not in held[role]]


def coverage_by_state(law: Law, day: date) -> dict[str, dict[str, list[str]]]:
    """For each State, by code, that an order of the Union or a like instrument binds on a day: which offices
    are `held`, those of which there is a lead only (`lead_only`), and those that are `missing`, in words."""
    from routing.law.coverage import bound

    by_state: dict[str, dict[str, list[str]]] = {}
    for row in bound(law, day):
        name = f"{law.instruments[row.instrument].short}, {row.says}"
        for code in (*row.held, *row.missing):
            key = "held" if code in row.held else "lead_only" if code in row.leads else "missing"
            by_state.setdefault(code, {"held": [], "lead_only": [], "missing": []})[key].append(name)
    return dict(sorted(by_state.items()))
