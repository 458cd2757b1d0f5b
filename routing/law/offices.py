"""Offices: who receives and sends for a State, in which languages, and by which way.

The tables are in `offices/`; `office_rows.py` reads their rows, `office_records.py` has what they become.
Files that an overlay lays beside ours (`authorities.with-NAME.csv`) go before ours, for each State and role.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date
from typing import TypeVar

from routing.core.cached import cached_property
from routing.core.grouping import grouped
from routing.core.records import replace
from routing.core.snapshot import Location, listed
from routing.law.office_records import (
    GENERAL,
    LEAD,
    MOST_LIKELY,
    AcceptedLanguages,
    CalledOffice,
    Channel,
    CopyTo,
    Counted,
    Designated,
    Narrow,
    Office,
    OfficeRole,
    OfStep,
    PartOfOffice,
    RemarkOnOffice,
    TreatyOffice,
    WayBetween,
)
from routing.law.office_rows import (
    AUTHORITIES,
    BETWEEN,
    BY_TREATY,
    CALLED,
    CHANNELS,
    COPIES,
    COUNTED,
    FOLDER,
    LANGUAGES,
    NARROW,
    OFFICIAL,
    PARTS,
    REMARKS,
    ROLES,
    SISTERS,
    SPOKEN,
    WORDING,
    between_of,
    called_of,
    channel_of,
    copy_of,
    counted_of,
    languages_from,
    listed_words,
    narrow_of,
    office_of,
    part_of,
    remark_of,
    role_of,
    treaty_office,
)
from routing.law.tables import Line, read_table

UNIT = ", "  # in a name, what stands before a unit within the office


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
        return tuple(map(self._named, self._lines("authorities", AUTHORITIES)))

    def _named(self, written: tuple[Location, Line]) -> Office:
        """The office on a line of a file, with what is said beside it."""
        path, line = written
        office = office_of(line, path)
        return replace(office, remark=self._remark_on.get(office.key, ""))

    @cached_property
    def _written(self) -> dict[str, list[tuple[Location, Line]]]:
        """The lines on which offices stand, by State: a case needs those of two."""
        at = AUTHORITIES.index("state")
        return grouped((line[1][at], (path, line)) for path, line in self._lines("authorities", AUTHORITIES))

    @cached_property
    def _remark_on(self) -> dict[tuple[str, ...], str]:
        return {remark.of: remark.remark for remark in self.remarks}

    @cached_property
    def remarks(self) -> tuple[RemarkOnOffice, ...]:
        """What is said beside a name: which of several offices it is, and what it does with a request."""
        return tuple(remark_of(line) for line in self._optional("remarks.csv", REMARKS))

    @cached_property
    def accepted(self) -> tuple[AcceptedLanguages, ...]:
        return tuple(languages_from(line, path) for path, line in self._lines("languages", LANGUAGES))

    @cached_property
    def roles(self) -> tuple[OfficeRole, ...]:
        return tuple(role_of(line) for line in self._table("roles.csv", ROLES))

    @cached_property
    def channels(self) -> tuple[Channel, ...]:
        return tuple(channel_of(line) for line in self._table("channels.csv", CHANNELS))

    @cached_property
    def copies(self) -> tuple[CopyTo, ...]:
        """Who is written to as well."""
        return tuple(copy_of(line) for line in self._table("copies.csv", COPIES))

    @cached_property
    def by_treaty(self) -> tuple[TreatyOffice, ...]:
        """The offices that treaties themselves name; their `state` is empty."""
        name = "by_treaty.csv"
        return tuple(treaty_office(line, self.folder / name) for line in self._optional(name, BY_TREATY))

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
        return {state: listed_words(languages) for _, (state, languages) in table}

    @cached_property
    def official(self) -> dict[str, tuple[str, ...]]:
        """The languages in which a State conducts its business: where its constitution or law was read, as it
        says; else its official languages."""
        read = self._optional("official.csv", OFFICIAL)
        return {**self.spoken, **{state: listed_words(languages) for _, (state, languages, *_) in read}}

    @cached_property
    def sisters(self) -> dict[str, tuple[str, ...]]:
        """For each instrument those whose rule on language has the same words: what a State notified under
        one is likely under the other."""
        return {
            instrument: tuple(sisters.split())
            for _, (instrument, sisters) in self._optional("sisters.csv", SISTERS)
        }

    @cached_property
    def parts(self) -> tuple[PartOfOffice, ...]:
        """For names that stand for several offices, which applies when."""
        return tuple(part_of(line) for line in self._optional("parts.csv", PARTS))

    @cached_property
    def narrow(self) -> tuple[Narrow, ...]:
        """The instruments on one matter, and the offices that deal with that matter only."""
        return tuple(narrow_of(line) for line in self._optional("narrow.csv", NARROW))

    @cached_property
    def called(self) -> tuple[CalledOffice, ...]:
        """The names by which States call the offices that treaties name."""
        return tuple(called_of(line) for line in self._optional("called.csv", CALLED))

    def is_one(self, treaty: Office, office: Office) -> bool:
        """Whether an office of a State, or a unit within it, is the one that a treaty names."""
        return self._name_of(treaty, office) is not None

    def as_named(self, treaty: Office, elsewhere: Iterable[Office]) -> tuple[Office, ...]:
        """The office that a treaty names, by the name that the State itself uses in another role; none where
        it uses none, or where what the treaty names is not sure.

        A unit within it serves that other role, so it is left out.
        """
        if treaty.confidence == LEAD:
            return ()
        named = ((self._name_of(treaty, office), office) for office in elsewhere)
        first = next(((name, office) for name, office in named if name), None)
        if first is None:
            return ()
        name, office = first
        return (office if office.name == name else replace(office, name=name, unit=""),)

    def _name_of(self, treaty: Office, office: Office) -> str | None:
        """The name of the office that a treaty names, as it begins that of an office of a State.

        The one that the State itself uses goes first: it may hold a comma of its own.
        """
        own = (call.name for call in self.called if (call.state, call.office) == (office.state, treaty.name))
        return next(
            (
                name
                for name in (*own, treaty.name)
                if office.name == name or office.name.startswith(f"{name}{UNIT}")
            ),
            None,
        )

    @cached_property
    def between(self) -> tuple[WayBetween, ...]:
        """The ways that follow from who writes to whom."""
        return tuple(between_of(line) for line in self._optional("between.csv", BETWEEN))

    @cached_property
    def counted(self) -> tuple[Counted, ...]:
        """The roles that are counted for the States that an instrument binds."""
        return tuple(counted_of(line) for line in self._optional("counted.csv", COUNTED))

    def in_part(self, offices: tuple[Office, ...], step: OfStep) -> tuple[Office, ...]:
        """The offices, of each only what applies to a step.

        What is said of the whole name is said of a part as well, but of one for a side only its own remark.
        """

        def part(office: Office) -> Office:
            fitting = next((row for row in self.parts if row.of(office) and row.applies(step)), None)
            if fitting is None:
                return office
            named = replace(office, name=fitting.part)
            return replace(
                named, remark=self._remark_on.get(named.key, "" if fitting.side else office.remark)
            )

        return tuple(map(part, offices))

    @cached_property
    def _offices(self) -> dict[str, tuple[Office, ...]]:
        """The offices of each State that was asked for."""
        return {}

    @cached_property
    def _accepted(self) -> dict[str, tuple[AcceptedLanguages, ...]]:
        by_state = grouped((accepted.state, accepted) for accepted in self.accepted)
        return {
            state: _not_replaced(rows, "languages.csv", lambda accepted: "")
            for state, rows in by_state.items()
        }

    def of_state(self, state: str, on: date) -> tuple[Office, ...]:
        """Every office of a State on a day, leads among them. What a user lays over ours replaces it."""
        if state not in self._offices:
            own = map(self._named, self._written.get(state, ()))
            self._offices[state] = _not_replaced(own, "authorities.csv", lambda office: office.role)
        return tuple(office for office in self._offices[state] if _holds(office, on))

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
        receive, where none was declared. What a treaty on one matter names counts where no wider one names an
        office, and an office for that matter only does not; what a treaty of two States names is of that pair
        alone. Empty: not known, or too many to be one."""
        matters = {row.instrument for row in self.narrow if not row.state}
        there = self.of_state(state, on)
        for role in roles:
            named = [o for o in there if role.carries and o.role == role.role and o.confidence != LEAD]
            named = [o for o in named if not o.partner and not any(row.of(o) for row in self.narrow)]
            offices = [o for o in named if o.instrument not in matters] or named
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

    def roles_for(
        self, party: str, pathway: str, side: str, measures: Collection[str] = ()
    ) -> tuple[OfficeRole, ...]:
        """The roles an office can have as a party of a pathway, the most particular first.

        measures: of the needs that the step serves; a role for some measures is that of no other.
        """
        fitting = [
            role
            for role in self.roles
            if role.party == party
            and role.side in (side, "both")
            and (not role.measures or (measures and set(measures) <= set(role.measures)))
        ]
        special = [role for role in fitting if pathway in role.pathways]
        measured = tuple(role for role in special if role.measures)
        return measured or tuple(special) or tuple(role for role in fitting if not role.pathways)

    def channel(
        self,
        pathway: str,
        route: str,
        asked: str | None,
        asking: str | None = None,
        binds: Callable[[str], bool] = lambda instrument: False,
    ) -> Channel | None:
        """The channel of a route between the State that asks and the one asked: the most particular row that
        fits; where two States each have a row of their own, that of the State asked.

        binds: whether an instrument binds both.
        """
        rows = [
            c
            for c in self.channels
            if c.pathway == pathway
            and c.route in (route, "")
            and c.asked in (asked, "")
            and c.asking in (asking, "")
            and (not c.needs or binds(c.needs))
        ]
        return min(rows, key=lambda c: (not c.route, not c.asked, not c.asking, not c.needs), default=None)

    def _table(self, name: str, head: tuple[str, ...]) -> list[Line]:
        return read_table(self.folder / name, head) if self.folder.is_dir() else []

    def _optional(self, name: str, head: tuple[str, ...]) -> list[Line]:
        path = self.folder / name
        return read_table(path, head) if self.folder.is_dir() and path.is_file() else []

    def _lines(self, name: str, head: tuple[str, ...]) -> Iterator[tuple[Location, Line]]:
        """The lines of a table that may stand in several files, `NAME.PART.csv` and `NAME.csv`, each with its
        file."""
        if not self.folder.is_dir():
            return
        for path in (*listed(self.folder, f"{name}.*.csv"), self.folder / f"{name}.csv"):
            yield from ((path, line) for line in read_table(path, head))


Row = TypeVar("Row", Office, AcceptedLanguages)


def _not_replaced(rows: Iterable[Row], ours: str, kind: Callable[[Row], str]) -> tuple[Row, ...]:
    """The rows of a State without those of ours in whose place a user has put one: for the same instrument,
    or for all."""
    rows = tuple(rows)
    replaced_by = {(kind(row), row.partner, row.instrument) for row in rows if row.file != ours}
    return tuple(
        row
        for row in rows
        if row.file != ours
        or not any((kind(row), row.partner, named) in replaced_by for named in (row.instrument, GENERAL))
    )


def _holds(row: Designated, on: date) -> bool:
    """Whether a row counts on a day; a row without a first day counts on every day up to its last."""
    return not (row.since and on < row.since.first) and not (row.until and on > row.until.last)
