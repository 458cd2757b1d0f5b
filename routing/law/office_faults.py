"""What is wrong in the tables of offices, each fault at its line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from routing.core.errors import Problem, Problems, one_of
from routing.core.snapshot import Location
from routing.law.addresses import address_problems
from routing.law.bilateral import BILATERAL
from routing.law.instruments import CONFIDENCES
from routing.law.office_records import GENERAL, NEEDED, SIDES, AcceptedLanguages, Office
from routing.law.office_rows import FOLDER
from routing.law.offices import Offices
from routing.law.states import States
from routing.law.wording import WAY, wording_problems

BRACKETS = re.compile(r"\([^()]*\)")
SENTENCE = re.compile(
    r": |\. |, (which|who|that|or|if|else|where|for|with|by|in agreement)\b"
    r"|\b(decides|receives|hands|else|whichever)\b"
)
"""What a name never holds outside brackets: it says then who does what, or which one it is."""


def office_problems(folder: Location, states: States, instruments: Iterable[str]) -> Iterator[Problem]:
    """Every fault of the folder `offices`, but for what concerns pathways and provisions."""
    if not (folder / FOLDER).is_dir():
        return
    offices, known = Offices(folder), {*instruments, GENERAL, BILATERAL}
    readers: tuple[Callable[[], object], ...] = (
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
    broken, addresses = False, list[Problem]()

    def read_addresses() -> None:
        addresses.extend(address_problems(folder))

    for read in (*readers, read_addresses):
        try:
            read()
        except Problems as faults:
            broken = True
            yield from faults.problems
    if broken:
        return
    yield from addresses
    yield from wording_problems(offices.folder)
    ways = {key.removeprefix(WAY) for key in offices.wording if key.startswith(WAY)}
    roles = {role.role for role in offices.roles}
    for office in offices.authorities:
        fault = _at(offices.folder, office)
        yield from _row(office, fault, states, known)
        if office.role not in roles:
            yield fault(
                "table.choice", f"`{office.role}` is not a role of an office", one_of(office.role, roles)
            )
        if office.through and office.through not in ways:
            yield fault("table.choice", f"`{office.through}` is not a way", one_of(office.through, ways))
        if not office.name:
            yield fault("table.choice", "the office has no name", "name it, or take the row out")
        if SENTENCE.search(BRACKETS.sub("", office.name)):
            fix = "keep the name of the office, and write what is said of it in remarks.csv"
            yield fault("table.choice", f"`{office.name}` is a sentence and not a name", fix)
    for accepted in offices.accepted:
        fault = _at(offices.folder, accepted)
        yield from _row(accepted, fault, states, known)
        if not accepted.languages:
            yield fault("table.choice", "no language is named", "name one, or take the row out")
        if accepted.needed not in NEEDED:
            yield fault(
                "table.choice",
                f"`{accepted.needed}` is neither `one` nor `all`",
                one_of(accepted.needed, NEEDED),
            )
    for named in offices.by_treaty:
        fault = _at(offices.folder, named.office)
        yield from _row(named.office, fault, states, known)
        if named.office.role not in roles:
            yield fault(
                "table.choice",
                f"`{named.office.role}` is not a role of an office",
                one_of(named.office.role, roles),
            )
        for state in named.without:
            if state not in states:
                yield fault("table.state", f"`{state}` is not a code of a State", states.suggest(state))
        if named.needs and named.needs not in known:
            yield fault(
                "instrument.unknown",
                f"`{named.needs}` is not an instrument",
                one_of(named.needs, known, 4),
            )
    for instrument in {one for pair in offices.sisters.items() for one in (pair[0], *pair[1])} - known:
        said, file = f"`{instrument}` is not an instrument", str(offices.folder / "sisters.csv")
        yield Problem(said, file, 1, one_of(instrument, known, 4), "instrument.unknown")
    for state in sorted(offices.official):
        if state not in states:
            said, file = f"`{state}` is not a code of a State", str(offices.folder / "official.csv")
            yield Problem(said, file, 1, states.suggest(state), "table.state")
    for part in offices.parts:
        if not any(map(part.of, offices.authorities)):
            said = f"no office of `{part.state}` has the name `{part.name}` there"
            file = str(offices.folder / "parts.csv")
            yield Problem(said, file, part.line, "copy the name from authorities.csv", "table.choice")
        elif part.part not in part.name:
            said, file = f"`{part.part}` is not part of the name", str(offices.folder / "parts.csv")
            yield Problem(said, file, part.line, "copy it from the name", "table.choice")
    held = {office.key for office in offices.authorities}
    held |= {(one.state, one.role, one.instrument, one.part) for one in offices.parts}
    for remark in offices.remarks:
        if remark.of not in held:
            said, file = (
                f"no office has the name `{remark.of[-1]}` there",
                str(offices.folder / "remarks.csv"),
            )
            yield Problem(said, file, remark.line, "copy the row from authorities.csv", "table.choice")
    for one in offices.narrow:
        file = str(offices.folder / "narrow.csv")
        if one.instrument not in known:
            said, fix = f"`{one.instrument}` is not an instrument", one_of(one.instrument, known, 4)
            yield Problem(said, file, one.line, fix, "instrument.unknown")
        elif one.state and not any(map(one.of, offices.authorities)):
            said = f"`{one.state}` has no office of `{one.instrument}` in the role `{one.role}`"
            yield Problem(said, file, one.line, "copy them from authorities.csv", "table.choice")
    yield from _called(offices)
    yield from _counted(offices, known, roles)
    yield from _twice(offices)
    path = str(offices.folder / "roles.csv")
    for role in offices.roles:
        if role.within and role.within not in known:
            said = f"`{role.within}` is not an instrument"
            yield Problem(said, path, role.line, one_of(role.within, known, 4), "instrument.unknown")
        if role.asked_of and role.asked_of not in roles:
            said = f"`{role.asked_of}` is not a role of an office"
            yield Problem(said, path, role.line, one_of(role.asked_of, roles), "table.choice")
        if role.side not in SIDES:
            yield Problem(
                f"`{role.side}` is not a side", path, role.line, one_of(role.side, SIDES), "table.choice"
            )


def _at(folder: Location, row: Office | AcceptedLanguages) -> Callable[[str, str, str], Problem]:
    return lambda id, said, fix: Problem(said, str(folder / row.file), row.line, fix, id)


def _row(
    row: Office | AcceptedLanguages,
    fault: Callable[[str, str, str], Problem],
    states: States,
    instruments: set[str],
) -> Iterator[Problem]:
    for state in filter(None, (row.state, row.partner)):
        if state not in states:
            yield fault("table.state", f"`{state}` is not a code of a State", states.suggest(state))
    if row.instrument not in instruments:
        yield fault(
            "instrument.unknown",
            f"`{row.instrument}` is not an instrument",
            one_of(row.instrument, instruments, 4),
        )
    if (row.instrument == BILATERAL) is not bool(row.partner):
        yield fault(
            "table.choice",
            "a bilateral row names the other State, and no other row does",
            "fill in `partner`, or leave it empty",
        )
    if row.confidence not in CONFIDENCES:
        yield fault(
            "table.choice",
            f"`{row.confidence}` is not a degree of confidence",
            one_of(row.confidence, CONFIDENCES),
        )
    addresses = [address for address in (row.source, row.read_at) if address]
    if not addresses:
        yield fault("table.source", "the row has no source", "give `source`, `read_at` or both")
    for address in addresses:
        if not address.startswith(("https://", "http://")):
            yield fault("table.source", f"`{address}` is not a source", "give one address")
    if row.since and row.until and row.since.first > row.until.last:
        yield fault(
            "table.date",
            f"it ends on `{row.until}`, before it begins on `{row.since}`",
            "turn the days round",
        )


def _called(offices: Offices) -> Iterator[Problem]:
    named = {treaty.office.name for treaty in offices.by_treaty}
    file = str(offices.folder / "called.csv")
    for called in offices.called:
        if called.office not in named:
            said, fix = f"no treaty names `{called.office}`", one_of(called.office, named)
            yield Problem(said, file, called.line, fix, "table.choice")
        own = (office.name for office in offices.authorities if office.state == called.state)
        if not any(name.startswith(called.name) for name in own):
            said, fix = (
                f"no office of `{called.state}` is called `{called.name}`",
                "copy it from authorities.csv",
            )
            yield Problem(said, file, called.line, fix, "table.choice")


def _counted(offices: Offices, known: set[str], roles: set[str]) -> Iterator[Problem]:
    file = str(offices.folder / "counted.csv")
    for row in offices.counted:
        if row.instrument not in known:
            said, fix = f"`{row.instrument}` is not an instrument", one_of(row.instrument, known, 4)
            yield Problem(said, file, row.line, fix, "instrument.unknown")
        if row.role not in roles:
            said, fix = f"`{row.role}` is not a role of an office", one_of(row.role, roles)
            yield Problem(said, file, row.line, fix, "table.choice")


def _twice(offices: Offices) -> Iterator[Problem]:
    seen: dict[tuple[object, ...], int] = {}
    for office in offices.authorities:
        key = (
            office.state, office.role, office.instrument, office.provision, office.partner, office.name,
            office.since, office.file,
        )  # fmt: skip
        if key in seen:
            yield _at(offices.folder, office)(
                "table.twice",
                f"`{office.state}` has this office twice, first on line {seen[key]}",
                "keep one of them",
            )
        seen[key] = office.line
