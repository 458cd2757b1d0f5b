"""What ties two States on a day, and what an instrument is to one of them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from routing.law.addresses import quotable
from routing.look_ups.plain import as_text

if TYPE_CHECKING:
    from routing.law import BilateralTreaty, Instrument, Law, Standing, Tie


def between(law: Law, states: tuple[str, str], day: date, everything: bool = False) -> dict[str, Any]:
    """What ties two States on a day, by their codes. everything: also what does not bind them."""
    ties = ties_between(law, states, day)
    return between_data(law, states, day, [tie for tie in ties if everything or tie.status != "none"])


def ties_between(law: Law, states: tuple[str, str], day: date) -> list[Tie]:
    """Every instrument with a list of members, as it stands between two States on a day."""
    return [
        law.between(id, *states, day)
        for id, entry in law.instruments.items()
        if entry.reaches or law.members(id)
    ]


def between_data(law: Law, states: tuple[str, str], day: date, ties: list[Tie]) -> dict[str, Any]:
    return {
        "as_of": day.isoformat(),
        "states": [{"code": code, "name": law.states.name(code)} for code in states],
        "ties": [_tie_data(law, tie) for tie in ties],
        "bilateral": [_treaty_data(treaty, day) for treaty in law.bilateral().of_pair(*states)],
        "asked": [
            {"tie": name.name, "fact": name.asked, "says": name.says}
            for name in law.tie_names().values()
            if name.asked and name.same_as is None
        ],
    }


def side_data(law: Law, entry: Instrument, side: Standing) -> dict[str, Any]:
    """What an instrument is to one State on a day."""
    return {
        "state": side.state,
        "status": side.status,
        "since": as_text(side.since),
        "until": as_text(side.until),
        "reason": side.reason,
        "seen": side.seen,
        **_quote(law, entry, side.source),
        "confidence": side.confidence,
        "checked": as_text(side.checked),
        "note": side.note,
        "as_last_seen": _last(side),
    }


def _treaty_data(treaty: BilateralTreaty, day: date) -> dict[str, Any]:
    return {
        "kind": treaty.kind,
        "title": treaty.title,
        "status": treaty.status,
        "binds": treaty.binds(day),
        "signed": as_text(treaty.signed),
        "in_force": as_text(treaty.in_force),
        "ended": as_text(treaty.ended),
        "source": treaty.source,
        "confidence": treaty.confidence,
        "checked": treaty.checked.isoformat(),
        "note": treaty.note,
    }


def _tie_data(law: Law, tie: Tie) -> dict[str, Any]:
    entry = law.instruments[tie.instrument]
    return {
        "instrument": tie.instrument,
        "short": entry.short,
        "kind": entry.kind,
        "binding": entry.binding,
        "status": tie.status,
        "since": as_text(tie.since),
        "confidence": tie.confidence,
        "reason": tie.reason,
        "list_reaches": as_text(entry.reaches),
        "as_last_seen": _last(tie),
        "sides": [side_data(law, entry, side) for side in tie.sides],
    }


def _quote(law: Law, entry: Instrument, source: str | None) -> dict[str, str | None]:
    """The official address of who is bound, and the page that was read."""
    quoted = quotable(law.folder, source, entry.status_url)
    return {"source": quoted.address, "read_at": quoted.read_at}


def _last(status: Standing | Tie) -> dict[str, str] | None:
    """The day and the list from which a status is presumed to go on."""
    last = status.as_last_seen
    return {"day": last.day.isoformat(), "register": last.register} if last else None
