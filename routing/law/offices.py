"""Offices: who receives and sends for a State, in which languages, and by which way.

The tables are in `offices/`; its README has their columns. Files that an overlay lays beside ours
(`authorities.with-NAME.csv`) go before ours, State by State and role by role.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import TypeVar

from routing.core.cached import cached_property
from routing.core.errors import RulebookProblems
from routing.core.records import Record
from routing.core.snapshot import Location, listed
from routing.law.partial_dates import PartialDate, parse_partial
from routing.law.tables import Line, read_table

FOLDER = "offices"
AUTHORITIES = (
    "state",
    "role",
    "instrument",
    "provision",
    "partner",
    "name",
    "unit",
    "through",
    "since",
    "until",
    "source",
    "read_at",
    "confidence",
    "checked",
    "note",
)
LANGUAGES = (
    "state",
    "instrument",
    "provision",
    "partner",
    "languages",
    "needed",
    "says",
    "since",
    "until",
    "source",
    "read_at",
    "confidence",
    "checked",
    "note",
)
ROLES = ("role", "party", "pathways", "side", "within", "carries", "title", "ask")
CARRIES = ("yes", "")
CHANNELS = (
    "pathway",
    "route",
    "asked",
    "asking",
    "sender_party",
    "receiver_party",
    "declared_under",
    "via",
    "basis",
    "also",
    "languages",
)
BY_TREATY = (
    "instrument",
    "role",
    "provision",
    "needs",
    "name",
    "unit",
    "source",
    "read_at",
    "confidence",
    "checked",
    "note",
)
WORDING = ("key", "says")
SPOKEN = ("state", "languages")
GENERAL = "office"  # named whatever the treaty
BILATERAL = "bilateral"
LEAD = "low"  # a row of this confidence is never the addressee
MOST_LIKELY = 2  # names of offices; more of them say that the instrument decides
EVERY_PARTY = "every-party"  # in the place of a State, for the office that a treaty itself names
SIDES = ("sender", "receiver", "both")
NEEDED = ("one", "all")


class Designated(Record, kw_only=True):
    """What a State named for itself. file: the table it stands in, ours or one that a user laid over it."""

    state: str
    instrument: str
    provision: str
    partner: str
    since: PartialDate | None
    until: PartialDate | None
    source: str
    read_at: str
    confidence: str
    checked: date
    note: str
    line: int
    file: str


class Office(Designated, kw_only=True):
    """An office that a State named."""

    role: str
    name: str
    unit: str
    through: str


class TreatyOffice(Record):
    """The office that a treaty names for each of its Parties, as long as none of them declared another.

    needs: the instrument that has to bind both States as well for the treaty to say so; empty: none.
    """

    needs: str
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
    the office that a State named under one instrument may be told as the likely one under another.
    """

    role: str
    party: str
    pathways: tuple[str, ...]
    side: str
    within: str
    carries: bool
    title: str
    ask: str
    line: int


class Channel(Record):
    """How a pathway, or one route of it, goes between two States.

    asked, asking: the only State on that side for which it holds; empty: every one. Parties replace those of
    the pathway.
    declared_under: the instruments whose declarations name the offices, first one first.
    via: a way of wording.csv; basis: the provisions that allow it; also: other ways that are open.
    languages: the provision on the language of the request; empty: no request is written between the States.
    """

    pathway: str
    route: str
    asked: str
    asking: str
    sender_party: str
    receiver_party: str
    declared_under: tuple[str, ...]
    via: str
    basis: tuple[str, ...]
    also: tuple[str, ...]
    languages: str
    line: int


class Offices:
    """The tables of the folder `offices`, each read when it is asked for; all empty where there is no such
    folder.

    Raises RulebookProblems for what is not a table.
    """

    def __init__(self, folder: Location) -> None:
        self.folder = folder / FOLDER
        self._states = folder / "states"

    @cached_property
    def authorities(self) -> tuple[Office, ...]:
        """Every office: a user's own first, then ours, in the order of the files."""
        return tuple(_office(line, path) for path, line in self._lines("authorities", AUTHORITIES))

    @cached_property
    def accepted(self) -> tuple[AcceptedLanguages, ...]:
        return tuple(_languages(line, path) for path, line in self._lines("languages", LANGUAGES))

    @cached_property
    def roles(self) -> tuple[OfficeRole, ...]:
        return tuple(
            OfficeRole(
                role, party, tuple(pathways.split()), side, within, carries == "yes", title, ask, number
            )
            for number, (role, party, pathways, side, within, carries, title, ask) in self._table(
                "roles.csv", ROLES
            )
        )

    @cached_property
    def channels(self) -> tuple[Channel, ...]:
        return tuple(
            Channel(
                pathway,
                route,
                asked,
                asking,
                sender,
                receiver,
                tuple(under.split()),
                via,
                (basis,) if basis else (),
                tuple(also.split()),
                languages,
                number,
            )
            for number, (
                pathway,
                route,
                asked,
                asking,
                sender,
                receiver,
                under,
                via,
                basis,
                also,
                languages,
            ) in self._table("channels.csv", CHANNELS)
        )

    @cached_property
    def by_treaty(self) -> tuple[TreatyOffice, ...]:
        """The offices that treaties themselves name; their `state` is empty."""
        path = self.folder / "by_treaty.csv"
        there = self.folder.is_dir() and path.is_file()
        return tuple(_by_treaty(line, path) for line in (read_table(path, BY_TREATY) if there else ()))

    @property
    def every(self) -> tuple[Office, ...]:
        """Every office with its day and source, those that treaties name among them."""
        return (*self.authorities, *(named.office for named in self.by_treaty))

    @cached_property
    def wording(self) -> dict[str, str]:
        return {key: says for _, (key, says) in self._table("wording.csv", WORDING)}

    @cached_property
    def spoken(self) -> dict[str, tuple[str, ...]]:
        """The official languages of each State."""
        path = self._states / "languages.csv"
        table = read_table(path, SPOKEN) if self.folder.is_dir() else []
        return {state: _listed(languages) for _, (state, languages) in table}

    @cached_property
    def _offices(self) -> dict[str, list[Office]]:
        return _by_state(self.authorities, "authorities.csv", lambda office: office.role)

    @cached_property
    def _accepted(self) -> dict[str, list[AcceptedLanguages]]:
        return _by_state(self.accepted, "languages.csv", lambda accepted: "")

    def of_state(self, state: str, on: date) -> tuple[Office, ...]:
        """Every office of a State on a day, leads among them. What a user lays over ours replaces it."""
        return tuple(office for office in self._offices.get(state, ()) if _holds(office, on))

    def accepted_by(self, state: str, on: date) -> tuple[AcceptedLanguages, ...]:
        """The languages a State takes on a day, under each instrument. What a user lays over ours replaces
        it."""
        return tuple(accepted for accepted in self._accepted.get(state, ()) if _holds(accepted, on))

    def held(
        self, state: str, roles: Iterable[str], under: Iterable[str], partner: str | None, on: date
    ) -> tuple[Office, ...]:
        """The offices of a State in the first role for which some are held, under the first instrument that
        names them.

        under: instruments, the most particular first; a general designation comes after them. Empty: not
        known.
        """
        there = [o for o in self.of_state(state, on) if o.confidence != LEAD]
        for role in roles:
            fitting = [o for o in there if o.role == role and (not o.partner or o.partner == partner)]
            for instrument in (*under, GENERAL):
                offices = tuple(o for o in fitting if o.instrument == instrument)
                if offices:
                    return offices
        return ()

    def likely(self, state: str, roles: Iterable[OfficeRole], on: date) -> tuple[Office, ...]:
        """The offices of a State in the first role that carries over between instruments: who would
        receive, where none was declared. Empty: not known, or too many to be one."""
        there = self.of_state(state, on)
        for role in roles:
            offices = [
                o
                for o in there
                if role.carries and o.role == role.role and o.confidence != LEAD and not o.partner
            ]
            names = {o.name for o in offices}
            if names:
                return tuple(offices) if len(names) <= MOST_LIKELY else ()
        return ()

    def leads(self, state: str, roles: Iterable[str], on: date) -> tuple[Office, ...]:
        """What is held in these roles under other instruments or with low confidence: where to begin
        asking."""
        wanted = tuple(roles)
        return tuple(o for o in self.of_state(state, on) if o.role in wanted and not o.partner)

    def languages(
        self, state: str, under: Iterable[str], partner: str | None, on: date, general: bool = True
    ) -> AcceptedLanguages | None:
        """The languages that a State takes under the first of the instruments for which they are held; None:
        not known.

        general: what it takes whatever the treaty counts too.
        """
        there = [
            a
            for a in self.accepted_by(state, on)
            if a.confidence != LEAD and (not a.partner or a.partner == partner)
        ]
        for instrument in (*under, *((GENERAL,) if general else ())):
            languages = next((a for a in there if a.instrument == instrument), None)
            if languages is not None:
                return languages
        return None

    def roles_for(self, party: str, pathway: str, side: str) -> tuple[OfficeRole, ...]:
        """The roles an office can have as a party of a pathway, the most particular first."""
        fitting = [role for role in self.roles if role.party == party and role.side in (side, "both")]
        special = tuple(role for role in fitting if pathway in role.pathways)
        return special or tuple(role for role in fitting if not role.pathways)

    def channel(
        self, pathway: str, route: str, asked: str | None, asking: str | None = None
    ) -> Channel | None:
        """The channel of a route between the State that asks and the one asked: the most particular row that
        fits; where two States each have a row of their own, that of the State asked."""
        rows = [
            c
            for c in self.channels
            if c.pathway == pathway
            and c.route in (route, "")
            and c.asked in (asked, "")
            and c.asking in (asking, "")
        ]
        return min(rows, key=lambda c: (not c.route, not c.asked, not c.asking), default=None)

    def _table(self, name: str, head: tuple[str, ...]) -> list[Line]:
        return read_table(self.folder / name, head) if self.folder.is_dir() else []

    def _lines(self, name: str, head: tuple[str, ...]) -> Iterator[tuple[Location, Line]]:
        if not self.folder.is_dir():
            return
        for path in (*listed(self.folder, f"{name}.*.csv"), self.folder / f"{name}.csv"):
            yield from ((path, line) for line in read_table(path, head))


Row = TypeVar("Row", Office, AcceptedLanguages)


def _by_state(rows: Iterable[Row], ours: str, kind: Callable[[Row], str]) -> dict[str, list[Row]]:
    """Rows by State, without those of ours in whose place a user has put one: for the same instrument, or for
    all."""
    rows = tuple(rows)
    replaced_by = {(row.state, kind(row), row.partner, row.instrument) for row in rows if row.file != ours}
    by_state: dict[str, list[Row]] = {}
    for row in rows:
        replaced = any(
            (row.state, kind(row), row.partner, instrument) in replaced_by
            for instrument in (row.instrument, GENERAL)
        )
        if row.file != ours or not replaced:
            by_state.setdefault(row.state, []).append(row)
    return by_state


def _holds(row: Designated, on: date) -> bool:
    """Whether a row counts on a day; a row without a first day counts on every day up to its last."""
    return not (row.since and on < row.since.first) and not (row.until and on > row.until.last)


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(";") if part.strip())


def _office(line: Line, path: Location) -> Office:
    number, cells = line
    row = dict(zip(AUTHORITIES, cells, strict=True))
    return Office(**_typed(row, number, path), line=number, file=path.name)  # type: ignore[arg-type]


def _languages(line: Line, path: Location) -> AcceptedLanguages:
    number, cells = line
    row: dict[str, str] = dict(zip(LANGUAGES, cells, strict=True))
    typed = {**_typed(row, number, path), "languages": _listed(row["languages"])}
    return AcceptedLanguages(**typed, line=number, file=path.name)  # type: ignore[arg-type]


def _by_treaty(line: Line, path: Location) -> TreatyOffice:
    number, cells = line
    row = dict(zip(BY_TREATY, cells, strict=True))
    needs = row.pop("needs")
    blank = dict.fromkeys(("state", "partner", "through", "since", "until"), "")
    typed = _typed({**blank, **row}, number, path)
    return TreatyOffice(needs, Office(**typed, line=number, file=path.name))  # type: ignore[arg-type]


def _typed(row: dict[str, str], number: int, path: Location) -> dict[str, object]:
    try:
        return {
            **row,
            "since": parse_partial(row["since"]) if row["since"] else None,
            "until": parse_partial(row["until"]) if row["until"] else None,
            "checked": date.fromisoformat(row["checked"]),
        }
    except ValueError:
        said = f"`{row['since']}`, `{row['until']}` or `{row['checked']}` is not a date"
        raise RulebookProblems.of(
            said, str(path), number, "write a day, as 2013-05-17", "table.date"
        ) from None
