"""Hubs: agreements that tie an outside State to an inner side, never two of the same side."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from routing.core.records import replace
from routing.law.instruments import BlocAgreement, Instrument
from routing.law.membership import MembershipList
from routing.law.standing import BEST, IN_FORCE, NONE, LastSeen, Standing, combine

Ask = Callable[[str, str, date], Standing]
Sides = tuple[Standing, Standing]


def bloc_sides(
    entry: Instrument,
    hub: BlocAgreement,
    states: tuple[str, str],
    on: date,
    standing: Ask,
    listed: MembershipList | None,
) -> Sides:
    """The standings of two States under a hub: either may be the outside one, and the better reading
    counts."""
    a, b = states

    def rank(outside: str, way: Sides) -> tuple[int, bool, str]:
        # Between equal readings the one whose outside State is listed tells more; the code makes the order
        # fixed.
        return BEST.index(combine(*way)), not _on(listed, outside), outside

    from_a, from_b = (
        _way(entry, hub, outside, inside, on, standing, listed) for outside, inside in ((a, b), (b, a))
    )
    return from_a if rank(a, from_a) <= rank(b, from_b) else (from_b[1], from_b[0])


def _way(
    entry: Instrument,
    hub: BlocAgreement,
    outside: str,
    side: str,
    on: date,
    standing: Ask,
    listed: MembershipList | None,
) -> Sides:
    """The standings of two States if the first is the outside one and the second belongs to the inner
    side."""
    first = standing(entry.id, outside, on)
    if hub.outside is not None:
        second = standing(entry.id, side, on)
        return (
            first if outside in hub.outside else _not(first, "no outside State of it"),
            _not(second, "an outside State of it") if side in hub.outside else second,
        )
    inner = standing(hub.side, outside, on)
    if inner.status == IN_FORCE and not _on(listed, outside):
        first = _not(first, "on the inner side, not an outside State", inner.as_last_seen)
    return first, standing(hub.side, side, on)


def _on(listed: MembershipList | None, state: str) -> bool:
    """Whether a State is on a list. That there is one is asked, not how long it is, for which all of it would
    be read."""
    return listed is not None and bool(listed.rows(state))


def _not(standing: Standing, reason: str, last: LastSeen | None = None) -> Standing:
    """The standing of a State that cannot be bound in this part. last: the day of the list that shows it, if
    one does."""
    return replace(standing, status=NONE, reason=reason, since=None, seen=None, as_last_seen=last)
