"""What is wrong in the tables of offices, each fault at its line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from routing.core.errors import Problem, Problems, one_of
from routing.core.snapshot import Location
from routing.law.addresses import address_problems
from routing.law.bilateral import BILATERAL
from routing.law.confidence import CONFIDENCES
from routing.law.instruments import Instrument
from routing.law.office_records import GENERAL, NEEDED, SIDES, AcceptedLanguages, Office
from routing.law.office_rows import FOLDER
from routing.law.offices import Offices
from routing.law.states import States
from routing.law.wording import WAY, wording_problems

BRACKETS = re.compile(r"\([^()]*\)")
SENTENCE = re.compile(
    r": |\. |, (which|who|that|or|if|else|where|for|with|by|in agreement|represented)\b"
    r"|\b(decides|receives|hands|else|whichever)\b"
)
"""What a name never holds outside brackets: it says then who does what, or which one it is."""
Fault = Callable[[str, str, str], Problem]
"""What makes a fault of its id, what is wrong, and what to do."""


class _Tables:
    """The tables, and what their cells may name."""

    def __init__(self, offices: Offices, states: States, instruments: Mapping[str, Instrument]) -> None:
        self.offices, self.states = offices, states
        self.instruments = {*instruments, GENERAL, BILATERAL}
        self.made = {id: entry.adopted.first for id, entry in instruments.items() if entry.adopted}
        self.roles = {role.role for role in offices.roles}
        self.ways = {key.removeprefix(WAY) for key in offices.wording if key.startswith(WAY)}

    def at(self, table: str, line: int) -> Fault:
        """How a fault at a line of a table is told."""
        return lambda id, message, fix: Problem(message, str(self.offices.folder / table), line, fix, id)

    def of_row(self, row: Office | AcceptedLanguages) -> Fault:
        """How a fault of an office or of languages is told."""
        return self.at(row.file, row.line)

    def state(self, code: str, fault: Fault) -> Iterator[Problem]:
        if code not in self.states:
            yield fault("table.state", f"`{code}` is not a code of a State", self.states.suggest(code))

    def instrument(self, id: str, fault: Fault) -> Iterator[Problem]:
        if id not in self.instruments:
            fix = one_of(id, self.instruments, 4)
            yield fault("instrument.unknown", f"`{id}` is not an instrument", fix)

    def role(self, role: str, fault: Fault) -> Iterator[Problem]:
        if role not in self.roles:
            yield fault("table.choice", f"`{role}` is not a role of an office", one_of(role, self.roles))


def office_problems(
    folder: Location, states: States, instruments: Mapping[str, Instrument]
) -> Iterator[Problem]:
    """Every fault of the folder `offices`, but for what concerns pathways and provisions."""
    if not (folder / FOLDER).is_dir():
        return
    offices = Offices(folder)
    addresses: list[Problem] = []

    def read_addresses() -> None:
        addresses.extend(address_problems(folder))

    broken = False
    for read in (*_readers(offices), read_addresses):
        try:
            read()
        except Problems as faults:
            broken = True
            yield from faults.problems
    if broken:
        return
    yield from addresses
    yield from wording_problems(offices.folder)
    tables = _Tables(offices, states, instruments)
    for check in CHECKS:
        yield from check(tables)


def _readers(offices: Offices) -> tuple[Callable[[], object], ...]:
    """What reads each of the tables."""
    return (
        lambda: offices.authorities,
        lambda: offices.accepted,
        lambda: offices.roles,
        lambda: offices.channels,
        lambda: offices.copies,
        lambda: offices.parts,
        lambda: offices.narrow,
        lambda: offices.counted,
        lambda: offices.between,
        lambda: offices.called,
        lambda: offices.remarks,
        lambda: offices.by_treaty,
        lambda: offices.wording,
        lambda: offices.spoken,
        lambda: offices.official,
        lambda: offices.sisters,
    )


def _authorities(tables: _Tables) -> Iterator[Problem]:
    for office in tables.offices.authorities:
        fault = tables.of_row(office)
        yield from _row(tables, office, fault)
        yield from tables.role(office.role, fault)
        if office.through and office.through not in tables.ways:
            fix = one_of(office.through, tables.ways)
            yield fault("table.choice", f"`{office.through}` is not a way", fix)
        if not office.name:
            yield fault("table.choice", "the office has no name", "name it, or take the row out")
        if SENTENCE.search(BRACKETS.sub("", office.name)):
            fix = "keep the name of the office, and write what is said of it in remarks.csv"
            yield fault("table.choice", f"`{office.name}` is a sentence and not a name", fix)


def _accepted(tables: _Tables) -> Iterator[Problem]:
    for accepted in tables.offices.accepted:
        fault = tables.of_row(accepted)
        yield from _row(tables, accepted, fault)
        if not accepted.languages:
            yield fault("table.choice", "no language is named", "name one, or take the row out")
        if accepted.needed not in NEEDED:
            message = f"`{accepted.needed}` is neither `one` nor `all`"
            yield fault("table.choice", message, one_of(accepted.needed, NEEDED))


def _by_treaty(tables: _Tables) -> Iterator[Problem]:
    for named in tables.offices.by_treaty:
        fault = tables.of_row(named.office)
        yield from _row(tables, named.office, fault)
        yield from tables.role(named.office.role, fault)
        for state in named.without:
            yield from tables.state(state, fault)
        if named.needs:
            yield from tables.instrument(named.needs, fault)


def _sisters(tables: _Tables) -> Iterator[Problem]:
    fault = tables.at("sisters.csv", 1)
    named = {name for key, sisters in tables.offices.sisters.items() for name in (key, *sisters)}
    for instrument in sorted(named):
        yield from tables.instrument(instrument, fault)


def _official(tables: _Tables) -> Iterator[Problem]:
    for state in sorted(tables.offices.official):
        yield from tables.state(state, tables.at("official.csv", 1))


def _parts(tables: _Tables) -> Iterator[Problem]:
    for part in tables.offices.parts:
        fault = tables.at("parts.csv", part.line)
        if not any(map(part.of, tables.offices.authorities)):
            message = f"no office of `{part.state}` has the name `{part.name}` there"
            yield fault("table.choice", message, "copy the name from authorities.csv")
        elif part.part not in part.name:
            yield fault("table.choice", f"`{part.part}` is not part of the name", "copy it from the name")


def _remarks(tables: _Tables) -> Iterator[Problem]:
    held = {office.key for office in tables.offices.authorities}
    held |= {(part.state, part.role, part.instrument, part.part) for part in tables.offices.parts}
    for remark in tables.offices.remarks:
        if remark.of not in held:
            message = f"no office has the name `{remark.of[-1]}` there"
            fault = tables.at("remarks.csv", remark.line)
            yield fault("table.choice", message, "copy the row from authorities.csv")


def _narrow(tables: _Tables) -> Iterator[Problem]:
    for row in tables.offices.narrow:
        fault = tables.at("narrow.csv", row.line)
        if row.instrument not in tables.instruments:
            yield from tables.instrument(row.instrument, fault)
        elif row.state and not any(map(row.of, tables.offices.authorities)):
            message = f"`{row.state}` has no office of `{row.instrument}` in the role `{row.role}`"
            yield fault("table.choice", message, "copy them from authorities.csv")


def _roles(tables: _Tables) -> Iterator[Problem]:
    for role in tables.offices.roles:
        fault = tables.at("roles.csv", role.line)
        if role.within:
            yield from tables.instrument(role.within, fault)
        if role.asked_of:
            yield from tables.role(role.asked_of, fault)
        if role.side not in SIDES:
            yield fault("table.choice", f"`{role.side}` is not a side", one_of(role.side, SIDES))


def _row(tables: _Tables, row: Office | AcceptedLanguages, fault: Fault) -> Iterator[Problem]:
    for state in filter(None, (row.state, row.partner)):
        yield from tables.state(state, fault)
    yield from tables.instrument(row.instrument, fault)
    if (row.instrument == BILATERAL) is not bool(row.partner):
        message = "a bilateral row names the other State, and no other row does"
        yield fault("table.choice", message, "fill in `partner`, or leave it empty")
    if row.confidence not in CONFIDENCES:
        message = f"`{row.confidence}` is not a degree of confidence"
        yield fault("table.choice", message, one_of(row.confidence, CONFIDENCES))
    addresses = [address for address in (row.source, row.read_at) if address]
    if not addresses:
        yield fault("table.source", "the row has no source", "give `source`, `read_at` or both")
    for address in addresses:
        if not address.startswith(("https://", "http://")):
            yield fault("table.source", f"`{address}` is not a source", "give one address")
    if row.since and row.until and row.since.first > row.until.last:
        message = f"it ends on `{row.until}`, before it begins on `{row.since}`"
        yield fault("table.date", message, "turn the days round")
    made = tables.made.get(row.instrument)
    for when in filter(None, (row.since, row.seen)):
        if made and when.last < made:
            message = f"`{when}` is before `{row.instrument}` was made, on {made}"
            yield fault("table.date", message, "write the day of the text that names it")


def _called(tables: _Tables) -> Iterator[Problem]:
    offices = tables.offices
    named = {treaty.office.name for treaty in offices.by_treaty}
    for called in offices.called:
        fault = tables.at("called.csv", called.line)
        if called.office not in named:
            yield fault("table.choice", f"no treaty names `{called.office}`", one_of(called.office, named))
        own = (office.name for office in offices.authorities if office.state == called.state)
        if not any(name.startswith(called.name) for name in own):
            message = f"no office of `{called.state}` is called `{called.name}`"
            yield fault("table.choice", message, "copy it from authorities.csv")


def _counted(tables: _Tables) -> Iterator[Problem]:
    for row in tables.offices.counted:
        fault = tables.at("counted.csv", row.line)
        yield from tables.instrument(row.instrument, fault)
        yield from tables.role(row.role, fault)


def _twice(tables: _Tables) -> Iterator[Problem]:
    seen: dict[tuple[object, ...], int] = {}
    for office in tables.offices.authorities:
        key = (
            office.state,
            office.role,
            office.instrument,
            office.provision,
            office.partner,
            office.name,
            office.since,
            office.file,
        )
        if key in seen:
            message = f"`{office.state}` has this office twice, first on line {seen[key]}"
            yield tables.of_row(office)("table.twice", message, "keep one of them")
        seen[key] = office.line


CHECKS = (
    _authorities,
    _accepted,
    _by_treaty,
    _sisters,
    _official,
    _parts,
    _remarks,
    _narrow,
    _called,
    _counted,
    _twice,
    _roles,
)
