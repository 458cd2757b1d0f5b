"""That time alone changes nothing: what the law data say on one day they say on every later day, but for
known dates.

The dates on which something is known to change are gathered here from the rows themselves, apart from the
reading of them in `routing.law`, so that the two can be held against one another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from routing.core.records import Record
from routing.law import Instrument, Law, PartialDate

YEARS = 5
NEXT_DAY = timedelta(days=1)


class Departure(Record):
    """A State of which the law data say something else on a later day, though nothing is known to change by
    then."""

    instrument: str
    state: str
    day: date
    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.instrument} {self.state}: {self.before}, and {self.after} on {self.day}"


def later_days(first: date) -> tuple[date, ...]:
    """The days on which the law data are looked at again, up to five years on."""
    return tuple(first + timedelta(days=days) for days in (1, 31, 400, 365 * YEARS))


def departures(law: Law, first: date, days: Iterable[date]) -> Iterator[Departure]:
    """Every State and instrument whose standing changes after a day without a known date."""
    later = tuple(days)
    for entry in law.instruments.values():
        for place in law.states:
            state = place.alpha3
            before = law.standing(entry.id, state, first).status
            changes: frozenset[date] | None = None
            for day in later:
                after = law.standing(entry.id, state, day).status
                if after == before:
                    continue
                changes = known_changes(law, entry.id, state) if changes is None else changes
                if not any(first < change <= day for change in changes):
                    yield Departure(entry.id, state, day, before, after)


def known_changes(law: Law, instrument: str, state: str) -> frozenset[date]:
    """The days on which the data say that something begins or ends for a State under an instrument."""
    entry = law.instruments[instrument]
    days = set(_of_instrument(entry))
    parent = law.states[state].parent
    for code in (state, *([parent] if parent else ())):
        days |= set(_of_rows(law, entry, code))
    for extension in law.extensions.get((instrument, state), ()):
        days |= {*_begins(extension.since), *_ends(extension.until)}
    for eligible in entry.circle.members_of if entry.circle else ():
        days |= known_changes(law, eligible, state)
    return frozenset(days)


def _of_instrument(entry: Instrument) -> Iterator[date]:
    for day in (entry.adopted, entry.in_force, entry.applies_from):
        yield from _begins(day)
    yield from _ends(entry.ended)
    if entry.complete is not None:
        yield entry.complete.first


def _of_rows(law: Law, entry: Instrument, state: str) -> Iterator[date]:
    listed = law.members(entry.id)
    for row in listed.rows(state) if listed is not None else ():
        yield from _begins(row.since)
        yield from _ends(row.until)
        yield row.seen
        if row.since is not None:
            yield row.since.first + timedelta(days=entry.deposit_days)


def _begins(day: PartialDate | None) -> tuple[date, ...]:
    return () if day is None else (day.first, day.last)


def _ends(day: PartialDate | None) -> tuple[date, ...]:
    return () if day is None else (day.first, day.last, day.last + NEXT_DAY)
