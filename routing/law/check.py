"""What is wrong in the law data, beyond what reading a single file finds too."""

from __future__ import annotations

from collections.abc import Iterator

from routing.core.errors import Problem, Problems, one_of
from routing.core.printable import UNPRINTABLE
from routing.core.snapshot import Location, listed
from routing.law.declarations import EVERY
from routing.law.instrument_reader import read_block
from routing.law.office_faults import office_problems
from routing.law.providers import provider_problems
from routing.law.registry import Law
from routing.law.schemas import KEYS


def read_checked(folder: Location) -> tuple[Law | None, list[Problem]]:
    """The law data in a folder, where they can be read, and every fault in them."""
    unseen = list(_unseen(folder))
    try:
        law = Law.load(folder)
    except Problems as faults:
        return None, [*unseen, *faults.problems, *_keys(folder)]
    return law, [*unseen, *problems(law), *_keys(folder)]


def _unseen(folder: Location) -> Iterator[Problem]:
    """Characters in tables that cannot be seen: some move the cursor of a terminal, or turn text round."""
    for path in listed(folder, "**/*.csv"):
        text = path.read_bytes().decode("utf-8-sig", "ignore")
        bad = UNPRINTABLE.search(text)
        if bad:
            message = f"character U+{ord(bad.group()):04X} cannot be seen and is not allowed"
            line = text.count("\n", 0, bad.start()) + 1
            yield Problem(message, str(path), line, "delete it", "file.unreadable")


def _keys(folder: Location) -> list[Problem]:
    path = folder / "states" / "keys.yaml"
    try:
        return read_block(path, KEYS, "keys")[1] if path.exists() else []
    except Problems as faults:
        return list(faults.problems)


def problems(law: Law) -> Iterator[Problem]:
    """Every fault in the lists, the declarations and the names that the entries use."""
    yield from _lists(law)
    yield from _missing_lists(law)
    yield from _codes(law)
    yield from _entries(law)
    yield from _bilateral(law)
    yield from provider_problems(law.folder, law.states, law.groups)
    yield from office_problems(law.folder, law.states, {**law.cited(), **law.instruments})
    try:
        names = law.tie_names()
    except Problems as faults:
        yield from faults.problems
        return
    for name in names:
        if name in law.instruments:
            message = f"the tie `{name}` has the name of an instrument"
            yield Problem(
                message,
                str(law.folder / "ties.yaml"),
                1,
                "the instrument's own id already is a tie: remove it",
                "tie.of-an-instrument",
            )


def _lists(law: Law) -> Iterator[Problem]:
    for path in listed(law.folder / "membership", "*.csv"):
        if path.stem not in law.instruments:
            yield Problem(
                f"`{path.stem}` is not an instrument",
                str(path),
                1,
                one_of(path.stem, law.instruments, 4),
                "instrument.unknown",
            )
            continue
        try:
            members = law.members(path.stem)
        except Problems as faults:
            yield from faults.problems
            continue
        yield from members.problems(law.states) if members else ()


def _missing_lists(law: Law) -> Iterator[Problem]:
    """An instrument whose entry says what its list holds has a list."""
    for entry in law.instruments.values():
        path = law.folder / "membership" / f"{entry.id}.csv"
        if (entry.rows or entry.reaches or entry.complete) and not path.is_file():
            yield Problem(
                f"there is no file `membership/{path.name}`, of which the entry of `{entry.id}` speaks",
                str(law.folder / "instruments.yaml"),
                entry.line,
                "put it back, or take out `rows`, `reaches` and `complete`",
                "file.missing",
            )


def _bilateral(law: Law) -> Iterator[Problem]:
    try:
        treaties = law.bilateral()
    except Problems as faults:
        yield from faults.problems
        return
    yield from treaties.problems(law.states)


def _codes(law: Law) -> Iterator[Problem]:
    try:
        declarations = law.all_declarations()
    except Problems as faults:
        yield from faults.problems
        declarations = ()
    named = [("declarations.csv", made.line, made.instrument, made.state) for made in declarations]
    for extensions in law.extensions.values():
        named += [("territories.csv", made.line, made.instrument, made.territory) for made in extensions]
    for made in law.objections:
        named += [
            ("objections.csv", made.line, made.instrument, state) for state in (made.state, made.partner)
        ]
    for file, line, instrument, state in named:
        path = str(law.folder / file)
        if instrument not in law.instruments:
            yield Problem(
                f"`{instrument}` is not an instrument",
                path,
                line,
                one_of(instrument, law.instruments, 4),
                "instrument.unknown",
            )
        if state != EVERY and state not in law.states:
            yield Problem(
                f"`{state}` is not a code of a State", path, line, law.states.suggest(state), "table.state"
            )
        elif file == "territories.csv" and law.states[state].parent is None:
            yield Problem(
                f"`{state}` is not a territory of another State",
                path,
                line,
                "give its parent in states/names.csv",
                "table.no-territory",
            )


def _entries(law: Law) -> Iterator[Problem]:
    path = str(law.folder / "instruments.yaml")
    for entry in law.instruments.values():
        states = [
            *(entry.circle.states if entry.circle else ()),
            *((entry.hub.outside or ()) if entry.hub else ()),
        ]
        for state in states:
            if state not in law.states:
                yield Problem(
                    f"`{entry.id}` names `{state}`, which is not a code of a State",
                    path,
                    entry.line,
                    law.states.suggest(state),
                    "table.state",
                )
        for group in entry.circle.groups if entry.circle else ():
            if group not in law.groups:
                yield Problem(
                    f"`{entry.id}` names the group `{group}`",
                    path,
                    entry.line,
                    one_of(group, law.groups, 4),
                    "instrument.unknown-group",
                )
        if (
            entry.complete
            and entry.reaches
            and entry.complete.last > entry.reaches.last
            and entry.circle is None
        ):
            # A closed list may be known to be complete beyond its source; an open one cannot.
            yield Problem(
                f"`{entry.id}` is called complete beyond what its list reaches",
                path,
                entry.line,
                "move `to` back",
                "instrument.complete",
            )
    for name, group_states in law.groups.items():
        for state in sorted(group_states):
            if state not in law.states:
                yield Problem(
                    f"group `{name}` has `{state}`, which is not a code of a State",
                    str(law.folder / "states" / "groups.yaml"),
                    1,
                    law.states.suggest(state),
                    "table.state",
                )
