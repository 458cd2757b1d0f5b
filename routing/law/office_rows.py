"""The rows of the tables of offices: their columns, what each is read as, and what a row may say.

The tables are in `offices/`; its README has their columns. Which row counts is chosen in `offices.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from routing.core.errors import RulebookProblems
from routing.core.records import Record
from routing.core.snapshot import Location
from routing.law.partial_dates import PartialDate, parse_partial
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
CARRIES = ("yes", "")
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
    "firm",
)
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
NARROW = ("instrument", "state", "role", "because")
WORDING = ("key", "says")
SPOKEN = ("state", "languages")
OFFICIAL = ("state", "languages", "source", "read_at", "checked", "note")
SISTERS = ("instrument", "sisters")
GENERAL = "office"  # named whatever the treaty
LEAD = "low"  # a row of this confidence is never the addressee
MOST_LIKELY = 2  # names of offices; more of them say that the instrument decides
EVERY_PARTY = "every-party"  # in the place of a State, for the office that a treaty itself names
SIDES = ("sender", "receiver", "both")
ASKS, ASKED = "asks", "asked"
"""The sides on which the State of an office can stand."""
NEEDED = ("one", "all")
OLD_DAYS = 3652  # a text of more than ten years is told with its year


class Designated(Record, kw_only=True):
    """What a State named for itself.

    seen: the day, month or year of the text that names it, where it was told. file: the table it stands in,
    ours or one that a user laid over it.
    """

    state: str
    instrument: str
    provision: str
    partner: str
    since: PartialDate | None
    until: PartialDate | None
    source: str
    read_at: str
    confidence: str
    seen: PartialDate | None
    checked: date
    note: str
    line: int
    file: str

    @property
    def as_of(self) -> date:
        """The last day of which it surely speaks: that of its text, else that on which it was read."""
        return min(self.seen.last, self.checked) if self.seen else self.checked

    @property
    def old(self) -> int | None:
        """The year of the text, where it was more than ten years old when it was read; else None."""
        year = self.as_of.year
        return year if (self.checked - self.as_of).days > OLD_DAYS else None


class Office(Designated, kw_only=True):
    """An office that a State named."""

    role: str
    name: str
    unit: str
    through: str


class TreatyOffice(Record):
    """The office that a treaty names for each of its Parties, as long as none of them declared another.

    needs: the instrument that has to bind both States as well for the treaty to say so; empty: none. without:
    the States that have no office of this name, so that it is not told of them.
    """

    needs: str
    without: tuple[str, ...]
    office: Office


class AcceptedLanguages(Designated, kw_only=True):
    """The languages in which a State takes requests. needed: `one` of them, or `all`."""

    languages: tuple[str, ...]
    needed: str
    says: str


class OfficeRole(Record):
    """What an office can be: the party of pathways (of all, where none is named), on which side, whom else to
    ask.

    within: the instrument outside which no State has such an office; empty: every State may. carries: whether
    the office that a State named under one instrument may be told as the likely one under another. outside:
    whether it is no authority of a State, so that nobody has one of their own. measures: those of a need for
    which it is; empty: all. asked_of: the role whose office is asked which one is competent, where none is
    held in this one; empty: none.
    """

    role: str
    party: str
    pathways: tuple[str, ...]
    side: str
    within: str
    carries: bool
    outside: bool
    measures: tuple[str, ...]
    asked_of: str
    title: str
    ask: str
    line: int


class Channel(Record):
    """How a pathway, or one route of it, goes between two States.

    asked, asking: the only State on that side for which it holds; empty: every one. needs: the instrument
    that has to bind both as well; empty: none. Parties replace those of the pathway.
    declared_under: the instruments whose declarations name the offices, first one first.
    via: a way of wording.csv; basis: the provisions that allow it; also: other ways that are open, each with
    the provision that allows it.
    languages: the provision on the language of the request; empty: no request is written between the States.
    firm: the treaty leaves no other way, so that only a declaration under it counts, and no State's own law.
    """

    pathway: str
    route: str
    asked: str
    asking: str
    needs: str
    sender_party: str
    receiver_party: str
    declared_under: tuple[str, ...]
    via: str
    basis: tuple[str, ...]
    also: tuple[tuple[str, str], ...]
    languages: str
    firm: bool
    line: int


class CopyTo(Record):
    """Who is written to as well, in the State asked.

    pathway: the only one for which it holds; empty: every one. instruments: those of which one names the
    offices of the step; empty: any. way: the way of the step; empty: any. duty: the one that must be due;
    empty: none. party: who; always: whether also where no office is held for it, so that one asks for it.
    """

    pathway: str
    instruments: tuple[str, ...]
    way: str
    duty: str
    party: str
    always: bool
    line: int


class OfStep(Record):
    """What of a step decides which part of an office applies.

    binding: whether an instrument binds both States. stage: of the case. side: whether the State of the
    office asks or is asked. None: not known, or it does not matter.
    """

    binding: Callable[[str], bool]
    stage: str | None = None
    way: str | None = None
    pathway: str | None = None
    side: str | None = None


class Narrow(Record):
    """An instrument on one matter only, whose offices are told for another only where no other is held; or,
    of one State, an office that deals with that matter only and is never told for another.

    state, role: empty where it speaks of the instrument.
    """

    instrument: str
    state: str
    role: str
    because: str
    line: int

    def of(self, office: Office) -> bool:
        return (self.instrument, self.state, self.role) == (office.instrument, office.state, office.role)


class PartOfOffice(Record):
    """What of a name that stands for several offices applies.

    name: as the office has it in its own table. part: the office that applies. stages: those of the case in
    which it does; empty: all. ways: those of the step on which it does; empty: all. binds: instruments, one
    of which then binds both States. pathways: those of the step; empty: all. side: whether its State asks or
    is asked; empty: either.
    """

    state: str
    role: str
    instrument: str
    name: str
    part: str
    stages: tuple[str, ...]
    ways: tuple[str, ...]
    binds: tuple[str, ...]
    pathways: tuple[str, ...]
    side: str
    line: int

    def of(self, office: Office) -> bool:
        return (self.state, self.role, self.instrument, self.name) == (
            office.state,
            office.role,
            office.instrument,
            office.name,
        )

    def applies(self, step: OfStep) -> bool:
        return (
            (not self.stages or step.stage in self.stages)
            and (not self.ways or step.way in self.ways)
            and (not self.binds or any(map(step.binding, self.binds)))
            and (not self.pathways or step.pathway in self.pathways)
            and self.side in ("", step.side)
        )


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
        said = f"`{row['since']}`, `{row['until']}`, `{row['seen']}` or `{row['checked']}` is not a date"
        raise RulebookProblems.of(
            said, str(path), number, "write a day, as 2013-05-17", "table.date"
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
    pathway, route, asked, asking, needs, sender, receiver, under, via, basis, also, languages, firm = cells
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
        firm == "yes",
        number,
    )


def copy_of(line: Line) -> CopyTo:
    number, (pathway, instruments, way, duty, party, always) = line
    return CopyTo(pathway, tuple(instruments.split()), way, duty, party, always == "yes", number)


def part_of(line: Line) -> PartOfOffice:
    number, (state, role, instrument, name, part, *conditions, side) = line
    stages, ways, binds, pathways = (tuple(words.split()) for words in conditions)
    return PartOfOffice(state, role, instrument, name, part, stages, ways, binds, pathways, side, number)


def narrow_of(line: Line) -> Narrow:
    number, (instrument, state, role, because) = line
    return Narrow(instrument, state, role, because, number)
