"""Offices: who receives and sends for a State, in which languages, and by which way.

`office_tables.py` reads the tables from which this follows.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import date
from typing import TypeVar

from routing.core.cached import cached_property
from routing.core.grouping import grouped
from routing.core.records import replace
from routing.law.confidence import LOW
from routing.law.office_records import (
    GENERAL,
    MOST_LIKELY,
    AcceptedLanguages,
    Channel,
    Designated,
    Office,
    OfficeRole,
    OfStep,
)
from routing.law.office_tables import OfficeTables

UNIT = ", "  # in a name, what stands before a unit within the office


class Offices(OfficeTables):
    """What the tables of offices say of a State, a step and a day."""

    def is_one(self, treaty: Office, office: Office) -> bool:
        """Whether an office of a State, or a unit within it, is the one that a treaty names."""
        return self._name_of(treaty, office) is not None

    def as_named(self, treaty: Office, elsewhere: Iterable[Office]) -> tuple[Office, ...]:
        """The office that a treaty names, by the name that the State itself uses in another role; none where
        it uses none, or where what the treaty names is not sure.

        A unit within it serves that other role, so it is left out.
        """
        if treaty.confidence == LOW:
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
        there = [o for o in self.of_state(state, on) if o.confidence != LOW]
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
            named = [o for o in there if role.carries and o.role == role.role and o.confidence != LOW]
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
            if a.confidence != LOW and (not a.partner or a.partner == partner)
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
