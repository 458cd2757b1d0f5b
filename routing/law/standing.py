"""Standing and tie: what an instrument is to one State, and to two, on a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Literal

from routing.core.records import Record, replace
from routing.law.instruments import CONFIDENCES, Instrument
from routing.law.membership import BOUND, Row
from routing.law.partial_dates import PartialDate, covers, exactly, later

Status = Literal["in_force", "signed", "none", "unknown"]
IN_FORCE: Status = "in_force"
SIGNED: Status = "signed"
NONE: Status = "none"
UNKNOWN: Status = "unknown"
# Where several ways lead to a tie, the best answer counts.
BEST: tuple[Status, ...] = (IN_FORCE, UNKNOWN, SIGNED, NONE)


class Standing(Record):
    """What an instrument is to one State on a day, and how that is known.

    status: in force for it, signed only, none, or not known.
    seen: where the status is not known, what the data last showed or suggest, if anything.
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


class Tie(Record):
    """What an instrument is between two States on a day. `since` is the later of the two starts."""

    instrument: str
    states: tuple[str, str]
    on: date
    status: Status
    reason: str
    sides: tuple[Standing, Standing]
    since: PartialDate | None = None
    confidence: str | None = None


def standing_from_rows(instrument: Instrument, state: str, rows: Sequence[Row], on: date) -> Standing | None:
    """What the rows of one State say of a day; None where they say nothing."""
    dated = [(row, _since(instrument, row)) for row in rows]
    held = [(row, since, covers(since, row.until, row.seen, on)) for row, since in dated]
    for row, since, held_then in reversed(held):
        if held_then:
            return _of_row(instrument, state, row, since, on)
    for row, since, held_then in held:
        if held_then is None:
            seen = IN_FORCE if row.status in BOUND else None
            told = (
                f"from {since}" if since and not since.exact else f"until {row.until}" if row.until else None
            )
            reason = (
                f"{_words(row)} {told}, the day is not known"
                if told
                else f"{_words(row)} when seen on {row.seen}, since when is not known"
            )
            return _standing(instrument, state, row, since, on, UNKNOWN, reason, seen)
    for row, since, _ in reversed(held):
        if row.until is not None and on > row.until.last:
            return as_lead(
                _standing(
                    instrument, state, row, since, on, NONE, f"{_words(row)} until {row.until}, not after"
                )
            )
    for row, since, _ in held:
        if since is not None and on < since.first and (row.status in BOUND or row.status == "signatory"):
            return as_lead(
                _standing(instrument, state, row, since, on, NONE, f"{_words(row)} only from {since}")
            )
    return None


def combine(one: Standing, other: Standing) -> Status:
    """The status between two: both must be bound; what is surely missing on one side decides."""
    statuses = {one.status, other.status}
    if NONE in statuses:
        return NONE
    if SIGNED in statuses:
        return SIGNED
    return IN_FORCE if statuses == {IN_FORCE} else UNKNOWN


def weaker(*grades: str | None) -> str | None:
    """The lowest of several degrees of confidence."""
    known = [grade for grade in grades if grade]
    return max(known, key=CONFIDENCES.index) if known else None


def as_lead(standing: Standing) -> Standing:
    """A row of low confidence is a lead, not a finding: it leaves the status open."""
    if standing.confidence != "low":
        return standing
    return Standing(
        standing.instrument,
        standing.state,
        standing.on,
        UNKNOWN,
        f"{standing.reason}, of low confidence",
        standing.since,
        standing.until,
        standing.source,
        standing.confidence,
        standing.checked,
        standing.note,
        standing.status,
    )


def _of_row(instrument: Instrument, state: str, row: Row, since: PartialDate | None, on: date) -> Standing:
    if row.status in BOUND:
        reason = f"{_words(row)} since {since}" if since else f"{_words(row)}, as seen on {row.seen}"
        if since and row.since_basis == "deposit" and instrument.deposit_days:
            reason += f", {instrument.deposit_days} days after the deposit of {row.since}"
        return as_lead(_standing(instrument, state, row, since, on, IN_FORCE, reason))
    if row.status == "signatory":
        surely = max(row.checked, instrument.complete.last if instrument.complete else row.checked)
        signed = f"signed on {since}" if since else "signed"
        if on <= surely:
            return as_lead(
                _standing(
                    instrument, state, row, since, on, SIGNED, f"{signed}, not bound as seen on {surely}"
                )
            )
        reason = f"{signed}, not bound when last seen on {surely}; whether it has joined since is not known"
        return _standing(instrument, state, row, since, on, UNKNOWN, reason, SIGNED)
    reason = "takes no part" if row.status == "opted_out" else "suspended"
    return as_lead(
        _standing(instrument, state, row, since, on, NONE, f"{reason} since {since}" if since else reason)
    )


def _standing(
    instrument: Instrument,
    state: str,
    row: Row,
    since: PartialDate | None,
    on: date,
    status: Status,
    reason: str,
    seen: Status | None = None,
) -> Standing:
    return Standing(
        instrument.id,
        state,
        on,
        status,
        reason,
        later(since, instrument.starts) if since and status == IN_FORCE else since,
        row.until,
        row.source,
        row.confidence,
        row.checked,
        row.note,
        seen,
    )


def _since(instrument: Instrument, row: Row) -> PartialDate | None:
    """The start of a row. Some registers print the deposit, and the treaty adds its own days to it."""
    if row.start is None or row.since_basis != "deposit" or not row.start.exact:
        return row.start
    return exactly(row.start.first + timedelta(days=instrument.deposit_days))


def _words(row: Row) -> str:
    return {"opted_out": "takes no part", "participant": "takes part"}.get(row.status, row.status)


def clipped_to_applicability(entry: Instrument, found: Standing, on: date, dormant: str | None) -> Standing:
    """The standing, seen against the days on which the instrument itself applies.

    dormant: why it binds nobody on the day; None where it may.
    """
    if dormant and entry.idle(on):
        signed = found.status == SIGNED or found.seen == SIGNED
        return replace(
            found,
            status=SIGNED if signed else NONE,
            reason=f"{'signed; ' if signed else ''}{dormant}",
            seen=None,
        )
    if found.status in (NONE, SIGNED):
        return found
    if dormant:
        return replace(found, status=NONE, reason=dormant, seen=None)
    if entry.start_not_set:
        reason = "in force, but the day from which it applies was not set when last seen"
        return replace(found, status=UNKNOWN, reason=reason, since=None, seen=found.seen)
    starts = entry.starts
    if starts is not None and on < starts.last:
        return replace(
            found, status=UNKNOWN, reason=f"it applies from {starts}, the day is not known", seen=found.seen
        )
    if starts is None and entry.adopted is not None and on < entry.adopted.first:
        reason = f"it came into being only in {entry.adopted}"
        return replace(found, status=NONE, reason=reason, since=None, seen=None, confidence=entry.confidence)
    return found
