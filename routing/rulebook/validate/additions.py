"""What overlays add to the law data, and whether it may be there."""

from __future__ import annotations

from collections.abc import Iterator

from routing.core.errors import Problem, Problems
from routing.core.snapshot import Location
from routing.law import Law
from routing.law.membership import BOUND, HEAD
from routing.law.tables import read_table
from routing.rulebook.model import Rulebook
from routing.rulebook.overlay.merge import overlays_in
from routing.rulebook.overlay.protected import Added, looked_up_in
from routing.yaml.tree import Mapping, read_file


def added_keys(folder: Location, rulebook: Rulebook) -> Iterator[Added]:
    """The keys that overlays add to profiles, each with every fact that looks it up, of whichever State."""
    facts: dict[str, dict[str, bool]] = {}
    for fact in rulebook.facts.values():
        how = fact.looked_up or {}
        if "state" in how:
            facts.setdefault(str(how.get("key")), {})[fact.id] = False
    for overlay in overlays_in(folder):
        for file in overlay.files if facts else ():
            if file.startswith("states/"):
                tree = read_file(folder / file)
                block = tree.get("facts") if isinstance(tree, Mapping) else None
                for key, _ in block.entries if isinstance(block, Mapping) else ():
                    if key.value in facts:
                        yield Added(key.value, facts[key.value], f"{folder.name}/{file}", key.line)


def added_rows(folder: Location, rulebook: Rulebook, law: Law) -> Iterator[Added]:
    """The lists of members of ours to which overlays add rows, each with what is looked up in it."""
    for instrument, path, rows in _rows(folder, law):
        if instrument not in law.instruments:
            continue
        only_joins = all(_joins(instrument, line, code, law) for line, code in rows)
        facts = looked_up_in(instrument, only_joins, rulebook.facts, law)
        yield Added(f"membership of {instrument}", facts, str(path), rows[0][0])


def _joins(instrument: str, line: int, code: str, law: Law) -> bool:
    """Whether a row only makes a State join, from a day up to which the list shows that it had not.

    Beyond the day to which a list is complete, that is so as it was last seen.
    """
    complete, listed = law.instruments[instrument].complete, law.members(instrument)
    if complete is None or listed is None or code not in law.states:
        return False
    try:
        row = next((row for row in listed.rows(code) if row.line == line), None)
    except Problems:
        return False
    return (
        row is not None
        and row.status in BOUND
        and row.until is None
        and row.since is not None
        and complete.first <= row.since.first
    )


def membership_problems(folder: Location, law: Law) -> Iterator[Problem]:
    """Rows of overlays for States that can be no members: outside the States that alone can be bound."""
    for instrument, path, rows in _rows(folder, law):
        entry = law.instruments.get(instrument)
        if entry is None or entry.circle is None:
            continue
        for line, code in rows:
            if code in law.states and law.outside_circle(instrument, code):
                yield Problem(
                    f"`{code}` cannot be a member of `{instrument}`: {entry.circle.says.rstrip('.')}",
                    str(path),
                    line,
                    "take the row out",
                    "overlay.circle",
                )


def _rows(folder: Location, law: Law) -> Iterator[tuple[str, Location, list[tuple[int, str]]]]:
    """The lists to which overlays add: the instrument, the file, and the rows that are overlay_of, with their
    codes."""
    for overlay in overlays_in(folder):
        for file, before in overlay.files.items():
            if file.startswith("membership/"):
                path = folder / file
                try:
                    lines = read_table(path, HEAD)
                except Problems:
                    continue  # told where the list is read
                rows = [(number, cells[0]) for number, cells in lines if number > before]
                if rows:
                    yield path.stem, path, rows
