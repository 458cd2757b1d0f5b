"""The entries of instruments.yaml and of the groups of States, checked."""

from __future__ import annotations

from collections.abc import Mapping

from routing.core.errors import Problem, RulebookProblems, one_of
from routing.core.snapshot import Location
from routing.law.instruments import Instrument, built
from routing.law.schemas import GROUPS, INSTRUMENTS
from routing.law.tables import read_tree
from routing.yaml import tree as yaml_tree
from routing.yaml.schema import Schema, Validator, words_of


def read_instruments(path: Location) -> dict[str, Instrument]:
    """The entries of instruments.yaml by id. Raises RulebookProblems, all of them, with their lines."""
    entries, problems = read_block(path, INSTRUMENTS, "instruments")
    instruments = {
        key.value: built(key.value, yaml_tree.plain(node), node.line)
        for key, node in entries
        if isinstance(node, yaml_tree.Mapping)
    }
    for instrument in instruments.values():
        needed = list(instrument.circle.members_of) if instrument.circle else []
        needed += [instrument.hub.side] if instrument.hub and instrument.hub.side else []
        for needed_id in needed:
            if needed_id not in instruments:
                message = f"`{instrument.id}` names the instrument `{needed_id}`, which has no entry"
                problems.append(
                    Problem(
                        message,
                        str(path),
                        instrument.line,
                        one_of(needed_id, instruments, 3),
                        "instrument.unknown",
                    )
                )
        if instrument.complete and instrument.complete.first > instrument.complete.last:
            message = f"`{instrument.id}`: `complete` needs `from` and a later `to`"
            problems.append(
                Problem(message, str(path), instrument.line, "turn the days round", "instrument.complete")
            )
    problems += _cycles(instruments, str(path))
    if problems:
        raise RulebookProblems(problems)
    return instruments


def read_groups(path: Location) -> dict[str, frozenset[str]]:
    """The groups of States that circles name. Raises RulebookProblems for what is no such file."""
    entries, problems = read_block(path, GROUPS, "groups")
    if problems:
        raise RulebookProblems(problems)
    return {
        key.value: frozenset(words_of(node.get("states")))
        for key, node in entries
        if isinstance(node, yaml_tree.Mapping)
    }


def read_block(
    path: Location, shape: Schema, key: str
) -> tuple[tuple[tuple[yaml_tree.Text, yaml_tree.Node], ...], list[Problem]]:
    """The entries of the one block that a file holds, and what in the file does not fit its shape.

    Raises RulebookProblems for what is not a tree.
    """
    fitting = Validator(str(path))
    tree = fitting.fit(read_tree(path), shape)
    block = tree.get(key) if isinstance(tree, yaml_tree.Mapping) else None
    return block.entries if isinstance(block, yaml_tree.Mapping) else (), fitting.faults


def _cycles(instruments: Mapping[str, Instrument], file: str) -> list[Problem]:
    problems = []
    for start in instruments.values():
        seen: set[str] = set()
        open_ = list(start.circle.members_of) if start.circle else []
        while open_:
            name = open_.pop()
            if name == start.id:
                problems.append(
                    Problem(
                        f"the circle of `{start.id}` leads back to itself",
                        file,
                        start.line,
                        "let one of these name States",
                        "instrument.ring",
                    )
                )
                break
            if name in seen or name not in instruments:
                continue
            seen.add(name)
            circle = instruments[name].circle
            open_ += circle.members_of if circle else ()
    return problems
