"""What is wrong in the law data beyond what reading a single file finds."""

from __future__ import annotations

from collections.abc import Iterator

from routing.errors import Problem, Problems, one_of
from routing.law.declarations import EVERY
from routing.law.registry import Law


def problems(law: Law) -> Iterator[Problem]:
    """Every fault in the lists, the declarations and the names that the entries use."""
    yield from _lists(law)
    yield from _codes(law)
    yield from _entries(law)
    try:
        names = law.tie_names()
    except Problems as found:
        yield from found.problems
        return
    for name in names:
        if name in law.instruments:
            said = f"the tie `{name}` has the name of an instrument"
            yield Problem(
                said, str(law.folder / "ties.yaml"), None, "the instrument's own id already is a tie: remove it"
            )


def _lists(law: Law) -> Iterator[Problem]:
    for path in sorted((law.folder / "membership").glob("*.csv")):
        if path.stem not in law.instruments:
            yield Problem(f"`{path.stem}` is no instrument", str(path), 1, one_of(path.stem, law.instruments, 4))
            continue
        try:
            listed = law.members(path.stem)
        except Problems as found:
            yield from found.problems
            continue
        yield from listed.problems(law.states) if listed else ()


def _codes(law: Law) -> Iterator[Problem]:
    named = [("declarations.csv", made.line, made.instrument, made.state) for made in law.all_declarations()]
    for extensions in law.extensions.values():
        named += [("territories.csv", made.line, made.instrument, made.territory) for made in extensions]
    for made in law.objections:
        named += [("objections.csv", made.line, made.instrument, state) for state in (made.state, made.other)]
    for file, line, instrument, state in named:
        path = str(law.folder / file)
        if instrument not in law.instruments:
            yield Problem(f"`{instrument}` is no instrument", path, line, one_of(instrument, law.instruments, 4))
        if state != EVERY and state not in law.states:
            yield Problem(f"`{state}` is no code of a State", path, line, law.states.suggest(state))
        elif file == "territories.csv" and law.states[state].parent is None:
            yield Problem(
                f"`{state}` is no territory of another State", path, line, "give its parent in states/names.csv"
            )


def _entries(law: Law) -> Iterator[Problem]:
    path = str(law.folder / "instruments.yaml")
    for entry in law.instruments.values():
        states = [*(entry.circle.states if entry.circle else ()), *((entry.hub.outside or ()) if entry.hub else ())]
        for state in states:
            if state not in law.states:
                yield Problem(
                    f"`{entry.id}` names `{state}`, which is no code of a State",
                    path,
                    entry.line,
                    law.states.suggest(state),
                )
        for group in entry.circle.groups if entry.circle else ():
            if group not in law.groups:
                yield Problem(f"`{entry.id}` names the group `{group}`", path, entry.line, one_of(group, law.groups, 4))
        if entry.complete and entry.reaches and entry.complete.last > entry.reaches.last and entry.circle is None:
            # A closed list may be known to be complete beyond its source; an open one cannot.
            yield Problem(
                f"`{entry.id}` is called complete beyond what its list reaches", path, entry.line, "move `to` back"
            )
    for name, group_states in law.groups.items():
        for state in sorted(group_states):
            if state not in law.states:
                yield Problem(
                    f"group `{name}` has `{state}`, which is no code of a State",
                    str(law.folder / "states" / "groups.yaml"),
                )
