"""Standing and tie: what an instrument is to one State, and to two, on a day.

A list speaks to the day on which it was last seen. What it showed then goes on holding until a row, or
the instrument, says otherwise: it is a presumption, and carries the day (`as_last_seen`). Read strictly,
what a list cannot show for the very day is not known.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial
from typing import Literal

from routing.core.records import Record, replace
from routing.law.confidence import LOW
from routing.law.instruments import Instrument
from routing.law.membership import BOUND, MembershipRow
from routing.law.partial_dates import PartialDate, covers, exactly, later

Status = Literal["in_force", "signed", "none", "unknown"]
IN_FORCE: Status = "in_force"
SIGNED: Status = "signed"
NONE: Status = "none"
UNKNOWN: Status = "unknown"
MAY_BIND = "may_bind"
"""The line of a card that asks whether an instrument is in force between the two, or may be."""
# Where several ways lead to a tie, the best answer counts.
BEST: tuple[Status, ...] = (IN_FORCE, UNKNOWN, SIGNED, NONE)


class LastSeen(Record, frozen=True, order=True):
    """The last day on which something was seen to be so.

    register: the instrument whose list showed it, or the State whose profile did.
    """

    day: date
    register: str


class Standing(Record):
    """What an instrument is to one State on a day, and how that is known.

    instrument, state: its id, and the ISO 3166 code of the State. on: the day.
    status: in_force for it, signed only, none, or unknown. reason: why, in words.
    since, until: the first and the last day on which it binds, as far as they are known.
    source, checked: where that was read, and when. confidence: high, medium or low. note: a remark of the
    list.
    seen: where the status is not known, what the data last showed or suggest, if anything.
    as_last_seen: where the status is presumed to go on since it was last seen, the day and the list;
    None where the data show it for the very day, or nothing but an act that binds States could change it.
    """

    instrument: str
    state: str
    on: date
    status: Status
    reason: str
    since: PartialDate | None = None
    until: PartialDate | None = None
    source: str | None = None
    confidence: str | None = None
    checked: date | None = None
    note: str = ""
    seen: Status | None = None
    as_last_seen: LastSeen | None = None


class Tie(Record):
    """What an instrument is between two States on a day.

    since: the later of the two starts. as_last_seen: the older day of those that decide, as for a standing.
    """

    instrument: str
    states: tuple[str, str]
    on: date
    status: Status
    reason: str
    sides: tuple[Standing, Standing]
    since: PartialDate | None = None
    confidence: str | None = None
    as_last_seen: LastSeen | None = None

    @property
    def suggested(self) -> bool:
        """Whether the lists suggest for both States, surely or not, that the instrument binds them."""
        return all(IN_FORCE in (side.status, side.seen) for side in self.sides)


def standing_from_rows(
    instrument: Instrument, state: str, rows: Sequence[MembershipRow], on: date, strict_dates: bool = False
) -> Standing | None:
    """What the rows of one State say of a day; None where they say nothing.

    strict_dates: a signature tells nothing of the days after it was last seen.
    """
    standing = partial(_standing, instrument, state, on)
    dated = [(row, _since(instrument, row)) for row in rows]
    held = [(row, since, covers(since, row.until, row.seen, on)) for row, since in dated]
    for row, since, held_then in reversed(held):
        if held_then:
            return _of_row(instrument, state, row, since, on, strict_dates)
    for row, since, held_then in held:
        if held_then is None:
            seen = IN_FORCE if row.status in BOUND else None
            span = (
                f"from {since}" if since and not since.exact else f"until {row.until}" if row.until else None
            )
            reason = (
                f"{_words(row)} {span}, the day is not known"
                if span
                else f"{_words(row)} when seen on {row.seen}, since when is not known"
            )
            return standing(row, since, UNKNOWN, reason, seen)
    for row, since, _ in reversed(held):
        if row.until is not None and on > row.until.last:
            return downgraded(standing(row, since, NONE, f"{_words(row)} until {row.until}, not after"))
    for row, since, _ in held:
        if since is not None and on < since.first and (row.status in BOUND or row.status == "signatory"):
            return downgraded(standing(row, since, NONE, f"{_words(row)} only from {since}"))
    return None


def combine(first: Standing, second: Standing) -> Status:
    """The status between two: both must be bound; what is surely missing on one side decides."""
    statuses = {first.status, second.status}
    if NONE in statuses:
        return NONE
    if SIGNED in statuses:
        return SIGNED
    return IN_FORCE if statuses == {IN_FORCE} else UNKNOWN


def oldest(first: Standing, second: Standing) -> LastSeen | None:
    """How old the knowledge of a tie is: it needs both sides to be bound, and one that is not bound decides
    alone."""
    status = combine(first, second)
    days = [side.as_last_seen for side in (first, second) if side.status == status]
    dated = [day for day in days if day is not None]
    if status == IN_FORCE:
        return min(dated, default=None)
    return max(dated) if dated and len(dated) == len(days) else None


def downgraded(standing: Standing) -> Standing:
    """A row of low confidence is a lead, not a finding: it leaves the status open."""
    if standing.confidence != LOW:
        return standing
    reason = f"{standing.reason}, of low confidence"
    return replace(standing, status=UNKNOWN, reason=reason, seen=standing.status, as_last_seen=None)


def _last_shown(instrument: Instrument, row: MembershipRow, since: PartialDate | None) -> date:
    """The last day on which a row was seen to stand: what its list reaches, or for a later row its day of
    checking."""
    reach = instrument.reaches
    if reach is None or (since is not None and since.last > reach.last):
        return row.checked
    return reach.last


def _of_row(
    instrument: Instrument,
    state: str,
    row: MembershipRow,
    since: PartialDate | None,
    on: date,
    strict_dates: bool,
) -> Standing:
    shown = _last_shown(instrument, row, since)
    last = LastSeen(shown, instrument.id) if on > shown else None
    standing = partial(_standing, instrument, state, on, row, since)
    if row.status in BOUND:
        reason = f"{_words(row)} since {since}" if since else f"{_words(row)}, as seen on {row.seen}"
        if since and row.since_basis == "deposit" and instrument.deposit_days:
            reason += f", {instrument.deposit_days} days after the deposit of {row.since}"
        return downgraded(standing(IN_FORCE, reason, last=last))
    if row.status == "signatory":
        surely = max(row.checked, instrument.complete.last if instrument.complete else row.checked)
        signed = f"signed on {since}" if since else "signed"
        if on > surely and strict_dates:
            reason = (
                f"{signed}, not bound when last seen on {surely}; whether it has joined since is not known"
            )
            return standing(UNKNOWN, reason, SIGNED)
        reason = f"{signed}, not bound {'when last' if on > surely else 'as'} seen on {surely}"
        return downgraded(standing(SIGNED, reason, last=last))
    reason = "takes no part" if row.status == "opted_out" else "suspended"
    reason += f" since {since}" if since else ""
    return downgraded(standing(NONE, reason, last=last))


def _standing(
    instrument: Instrument,
    state: str,
    on: date,
    row: MembershipRow,
    since: PartialDate | None,
    status: Status,
    reason: str,
    seen: Status | None = None,
    last: LastSeen | None = None,
) -> Standing:
    return Standing(
        instrument=instrument.id,
        state=state,
        on=on,
        status=status,
        reason=reason,
        since=later(since, instrument.starts) if since and status == IN_FORCE else since,
        until=row.until,
        source=row.source,
        confidence=row.confidence,
        checked=row.checked,
        note=row.note,
        seen=seen,
        as_last_seen=last,
    )


def _since(instrument: Instrument, row: MembershipRow) -> PartialDate | None:
    """The start of a row. Some registers print the deposit, and the treaty adds its own days to it."""
    if row.start is None or row.since_basis != "deposit" or not row.start.exact:
        return row.start
    return exactly(row.start.first + timedelta(days=instrument.deposit_days))


def _words(row: MembershipRow) -> str:
    return {"opted_out": "takes no part", "participant": "takes part"}.get(row.status, row.status)


def clipped_to_applicability(
    entry: Instrument, standing: Standing, on: date, dormant: Dormant | None
) -> Standing:
    """The standing, seen against the days on which the instrument itself applies.

    dormant: why it binds nobody on the day; None where it may.
    """
    if dormant is not None and dormant.not_in_force:
        signed = standing.status == SIGNED or standing.seen == SIGNED
        return replace(
            standing,
            status=SIGNED if signed else NONE,
            reason=f"{'signed; ' if signed else ''}{dormant.reason}",
            seen=None,
            as_last_seen=dormant.as_last_seen,
        )
    if standing.status in (NONE, SIGNED):
        # What binds nobody for a known reason binds nobody whatever a list would show.
        return (
            replace(standing, as_last_seen=None)
            if dormant is not None and standing.as_last_seen
            else standing
        )
    if dormant is not None:
        return replace(standing, status=NONE, reason=dormant.reason, seen=None, as_last_seen=None)
    if entry.start_not_set:
        reason = "in force, but the day from which it applies was not set when last seen"
        return replace(
            standing, status=UNKNOWN, reason=reason, since=None, seen=standing.seen, as_last_seen=None
        )
    starts = entry.starts
    if starts is not None and on < starts.last:
        reason = f"it applies from {starts}, the day is not known"
        return replace(standing, status=UNKNOWN, reason=reason, seen=standing.seen, as_last_seen=None)
    if starts is None and entry.adopted is not None and on < entry.adopted.first:
        reason = f"it came into being only in {entry.adopted}"
        return replace(
            standing,
            status=NONE,
            reason=reason,
            since=None,
            seen=None,
            confidence=entry.confidence,
            as_last_seen=None,
        )
    return standing


class Dormant(Record):
    """Why an instrument binds nobody on a day.

    not_in_force: no State is bound because it never came into force. as_last_seen: where that is
    presumed to go on since it was last seen, the day.
    """

    reason: str
    not_in_force: bool = False
    as_last_seen: LastSeen | None = None


def dormancy(entry: Instrument, on: date, strict_dates: bool = False) -> Dormant | None:
    """Why an instrument binds nobody at all on a day; None where it may bind somebody.

    An instrument that was in force for nobody when last seen stays so until a start is known.
    """
    idle = entry.idle_through
    if idle is not None and (on <= idle or not (strict_dates or entry.starts)):
        seen = entry.last_seen or idle
        age = f", as last seen on {entry.last_seen}" if entry.last_seen else ""
        return Dormant(f"in force for nobody{age}", True, LastSeen(seen, entry.id) if on > seen else None)
    if entry.ended is not None and on > entry.ended.last:
        return Dormant(f"it ended on {entry.ended}")
    if entry.starts is not None and on < entry.starts.first:
        return Dormant(f"it applies only from {entry.starts}")
    return None
