"""The rows of the tables of offices: their columns, and how each is read.

The tables are in `offices/`; its README has their columns. What a row becomes stands in `office_records.py`.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from routing.core.errors import RulebookProblems
from routing.core.snapshot import Location
from routing.law.office_records import (
    AcceptedLanguages,
    CalledOffice,
    Channel,
    CopyTo,
    Counted,
    Narrow,
    Office,
    OfficeRole,
    PartOfOffice,
    RemarkOnOffice,
    TreatyOffice,
    WayBetween,
)
from routing.law.partial_dates import parse_partial
from routing.law.tables import Line

FOLDER = "offices"
_STANDING = ("since", "until", "source", "read_at", "confidence", "seen", "checked", "note")
"""The last columns of what a State named: how long it stands, and how it is known."""
AUTHORITIES = (
    "state",
    "role",
    "instrument",
    "provision",
    "partner",
    "name",
    "unit",
    "through",
    *_STANDING,
)
LANGUAGES = (
    "state",
    "instrument",
    "provision",
    "partner",
    "languages",
    "needed",
    "says",
    *_STANDING,
)
ROLES = (
    "role",
    "party",
    "pathways",
    "side",
    "within",
    "carries",
    "outside",
    "measures",
    "asked_of",
    "title",
    "ask",
)
CHANNELS = (
    "pathway",
    "route",
    "asked",
    "asking",
    "needs",
    "sender_party",
    "receiver_party",
    "declared_under",
    "via",
    "basis",
    "also",
    "languages",
)
BETWEEN = ("sender", "receiver", "way")
BY_TREATY = (
    "instrument",
    "role",
    "provision",
    "needs",
    "without",
    "name",
    "unit",
    "source",
    "read_at",
    "confidence",
    "checked",
    "note",
)
COPIES = ("pathway", "instruments", "way", "duty", "party", "always")
PARTS = ("state", "role", "instrument", "name", "part", "stages", "ways", "binds", "pathways", "side")
REMARKS = ("state", "role", "instrument", "name", "remark")
CALLED = ("state", "office", "name")
COUNTED = ("instrument", "role", "under_any", "says")
NARROW = ("instrument", "state", "role", "because")
WORDING = ("key", "says")
SPOKEN = ("state", "languages")
OFFICIAL = ("state", "languages", "source", "read_at", "checked", "note")
SISTERS = ("instrument", "sisters")


def listed_words(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(";") if part.strip())


def office_of(line: Line, path: Location) -> Office:
    number, cells = line
    row: dict[str, str] = dict(zip(AUTHORITIES, cells, strict=True))
    return Office(**_typed(row, number, path), line=number, file=path.name)


def languages_from(line: Line, path: Location) -> AcceptedLanguages:
    number, cells = line
    row: dict[str, str] = dict(zip(LANGUAGES, cells, strict=True))
    typed = {**_typed(row, number, path), "languages": listed_words(row["languages"])}
    return AcceptedLanguages(**typed, line=number, file=path.name)


def treaty_office(line: Line, path: Location) -> TreatyOffice:
    number, cells = line
    row: dict[str, str] = dict(zip(BY_TREATY, cells, strict=True))
    needs, without = row.pop("needs"), listed_words(row.pop("without"))
    blank = dict.fromkeys(("state", "partner", "through", "since", "until", "seen"), "")
    typed = _typed({**blank, **row}, number, path)
    return TreatyOffice(needs, without, Office(**typed, line=number, file=path.name))


def _typed(row: dict[str, str], number: int, path: Location) -> dict[str, Any]:
    try:
        return {
            **row,
            "since": parse_partial(row["since"]) if row["since"] else None,
            "until": parse_partial(row["until"]) if row["until"] else None,
            "seen": parse_partial(row["seen"]) if row["seen"] else None,
            "checked": date.fromisoformat(row["checked"]),
        }
    except ValueError:
        message = f"`{row['since']}`, `{row['until']}`, `{row['seen']}` or `{row['checked']}` is not a date"
        raise RulebookProblems.of(
            message, str(path), number, "write a day, as 2013-05-17", "table.date"
        ) from None


def role_of(line: Line) -> OfficeRole:
    number, (role, party, pathways, side, within, carries, outside, measures, asked_of, title, ask) = line
    return OfficeRole(
        role,
        party,
        tuple(pathways.split()),
        side,
        within,
        carries == "yes",
        outside == "yes",
        tuple(measures.split()),
        asked_of,
        title,
        ask,
        number,
    )


def channel_of(line: Line) -> Channel:
    number, cells = line
    pathway, route, asked, asking, needs, sender, receiver, under, via, basis, also, languages = cells
    ways = (way.partition(" ") for way in listed_words(also))
    return Channel(
        pathway,
        route,
        asked,
        asking,
        needs,
        sender,
        receiver,
        tuple(under.split()),
        via,
        (basis,) if basis else (),
        tuple((way, ref) for way, _, ref in ways),
        languages,
        number,
    )


def copy_of(line: Line) -> CopyTo:
    number, (pathway, instruments, way, duty, party, always) = line
    return CopyTo(pathway, tuple(instruments.split()), way, duty, party, always == "yes", number)


def part_of(line: Line) -> PartOfOffice:
    number, (state, role, instrument, name, part, *conditions, side) = line
    stages, ways, binds, pathways = (tuple(words.split()) for words in conditions)
    return PartOfOffice(state, role, instrument, name, part, stages, ways, binds, pathways, side, number)


def remark_of(line: Line) -> RemarkOnOffice:
    number, (*of, remark) = line
    return RemarkOnOffice(tuple(of), remark, number)


def between_of(line: Line) -> WayBetween:
    number, (sender, receiver, way) = line
    return WayBetween(sender, receiver, way, number)


def called_of(line: Line) -> CalledOffice:
    number, (state, office, name) = line
    return CalledOffice(state, office, name, number)


def counted_of(line: Line) -> Counted:
    number, (instrument, role, under_any, says) = line
    return Counted(instrument, role, under_any == "yes", says, number)


def narrow_of(line: Line) -> Narrow:
    number, (instrument, state, role, because) = line
    return Narrow(instrument, state, role, because, number)
