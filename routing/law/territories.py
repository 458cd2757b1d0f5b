"""Territories: which instruments a State extended to them, or kept from them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from routing.core.errors import Problem, RulebookProblems, one_of
from routing.core.records import Record
from routing.core.snapshot import Location
from routing.law.confidence import weaker
from routing.law.partial_dates import PartialDate, covers, later, parse_partial
from routing.law.standing import IN_FORCE, NONE, UNKNOWN, LastSeen, Standing, downgraded
from routing.law.states import States
from routing.law.tables import Line, read_rows

HEAD = ("instrument", "territory", "status", "since", "until", "source", "confidence", "checked", "note")
EXTENDED, EXCLUDED = "extended", "excluded"
OF_THEIR_STATE = "justice-of-their-state"
"""The group of the territories whose criminal justice is a matter of the State to which they belong."""


class Extension(Record):
    """One instrument and one territory, for one span of time."""

    instrument: str
    territory: str
    status: str
    since: PartialDate | None
    until: PartialDate | None
    source: str
    confidence: str
    checked: date
    note: str
    line: int


def read_extensions(path: Location) -> tuple[Extension, ...]:
    """Every extension and exclusion, in the order of the file."""
    return read_rows(path, HEAD, _extension)


def _extension(line: Line, file: str) -> Extension:
    number, (instrument, territory, status, since, until, source, confidence, checked, note) = line
    problems = []
    if status not in (EXTENDED, EXCLUDED):
        fix = one_of(status, (EXTENDED, EXCLUDED))
        problems.append(Problem(f"`{status}` is not a status", file, number, fix, "table.choice"))
    try:
        first, last = (parse_partial(day) if day else None for day in (since, until))
        seen = date.fromisoformat(checked)
    except ValueError:
        message = f"`{since}`, `{until}` or `{checked}` is not a date"
        fix = "write a year, a month or a day, as 2013-05-17"
        raise RulebookProblems([*problems, Problem(message, file, number, fix, "table.date")]) from None
    if problems:
        raise RulebookProblems(problems)
    return Extension(instrument, territory, status, first, last, source, confidence, seen, note, number)


def by_territory(extensions: Iterable[Extension]) -> dict[tuple[str, str], tuple[Extension, ...]]:
    """The extensions by instrument and territory, each in the order of the file."""
    grouped: dict[tuple[str, str], tuple[Extension, ...]] = {}
    for extension in extensions:
        key = (extension.instrument, extension.territory)
        grouped[key] = (*grouped.get(key, ()), extension)
    return grouped


def declared_standing(extension: Extension, whole: Standing, name: str, on: date) -> Standing | None:
    """What a declaration makes of a territory, given the standing of its State; None where it says
    nothing."""
    held = covers(extension.since, extension.until, extension.checked, on)
    status, seen, since = whole.status, whole.seen, None
    last = whole.as_last_seen
    own = LastSeen(extension.checked, extension.instrument) if on > extension.checked else None
    if extension.status == EXCLUDED:
        if not held:
            return None
        status, seen, reason, last = NONE, None, f"kept out by declaration of {name}", own
    elif held and whole.status == IN_FORCE:
        # Without a day of its own the extension is known to hold, but not since when.
        since = later(whole.since, extension.since) if extension.since else None
        last = min((day for day in (last, own) if day), default=None)
        reason = f"extended to it by {name}"
    elif held:
        reason = f"extended to it by {name}, which is itself: {whole.reason}"
    elif held is False and extension.since is not None and on < extension.since.first:
        status, seen, reason = NONE, None, f"extended to it by {name} only from {extension.since}"
        last = None
    elif held is False:
        status, seen, reason = NONE, None, f"extended to it by {name} until {extension.until}, not after"
        last = None
    else:
        status, seen, reason = UNKNOWN, IN_FORCE, f"extended to it by {name}, but the day is not known"
        last = None
    return downgraded(
        Standing(
            whole.instrument,
            extension.territory,
            on,
            status,
            reason,
            since,
            extension.until,
            extension.source,
            weaker(extension.confidence, whole.confidence),
            extension.checked,
            extension.note,
            seen,
            last,
        )
    )


def answers_for(code: str, states: States, groups: Mapping[str, frozenset[str]]) -> str:
    """The code of the State whose offices answer for a place: of a territory whose criminal justice is a
    matter of its State, that State; of any other place, itself."""
    parent = states[code].parent if code in states else None
    return parent if parent and code in groups.get(OF_THEIR_STATE, ()) else code
