"""A difference told: each kind of change with its case, and the commands that show it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from routing.case.model import Case
from routing.core.printable import shortened_list
from routing.core.writing import PUBLIC, write_file
from routing.rulebook.model import Rulebook
from routing.verify.diff.law_days import Moved
from routing.verify.diff.observables import KINDS
from routing.verify.diff.rulebooks import RulebookDifference, Shift
from routing.verify.solver.witness import written

MOST_ITEMS, MOST_MOVES = 8, 12
Commands = Mapping[str, tuple[str, ...]]
"""For each kind of change the commands that show its case."""


def kept(
    name: str,
    cases: Sequence[Case],
    books: Sequence[Rulebook],
    folder: Path,
    ends: Sequence[str] = ("-old", "-new"),
) -> tuple[Path, ...]:
    """Write the case that shows a change; two files where the rulebooks do not read it alike."""
    texts = [written(case, book, (KINDS.get(name, name),)) for case, book in zip(cases, books, strict=False)]
    if not texts:
        return ()
    folder.mkdir(parents=True, exist_ok=True)
    stem = re.sub(r"[^A-Za-z0-9_]+", "-", name)[:60]
    alike = len(set(texts)) == 1
    paths = tuple(folder / f"{stem}{'' if alike else end}.yaml" for end, _ in zip(ends, texts, strict=False))
    for path, text in zip(paths, texts, strict=False):
        write_file(path, text, replace=True, mode=PUBLIC)
    return paths


def lines(difference: RulebookDifference, commands: Commands) -> Iterator[str]:
    """The difference in plain lines, or that there is none."""
    yield from (f"only one of the two can read it: {reason}" for reason in difference.only_one)
    for shift in difference.shifts:
        yield f"{shift.kind}: {KINDS[shift.kind]}: {_some(shift.items)}"
        yield (
            f"    because of {_some(shift.rules) or 'what no case could be written for'}; for"
            f" {_some(shift.measures)}"
        )
        yield f"    in {shift.touched:,} of {difference.sampled:,} cases drawn at random" + (
            "" if shift.touched else ", but in the one below"
        )
        yield from (f"    {command}" for command in commands.get(shift.kind, ()))
    for measure in difference.gave_up:
        yield f"not decided in time: {measure}; give more with --timeout"
    if difference.none:
        yield (
            f"the rules change nothing: proved for every case of one need, {difference.measures} measures"
            f" ({difference.alike} with the same plain rules,"
            f" {difference.measures - difference.alike} by the solver)"
        )


def _some(words: Sequence[str]) -> str:
    return shortened_list(words, MOST_ITEMS)


def as_data(difference: RulebookDifference, commands: Commands) -> dict[str, Any]:
    """The same for machines."""
    return {
        "nothing_changes": difference.none,
        "read_by_one_only": list(difference.only_one),
        "measures": difference.measures,
        "same_plain_rules": difference.alike,
        "cases_drawn": difference.sampled,
        "not_decided": list(difference.gave_up),
        "changes": [_shift_data(shift, commands) for shift in difference.shifts],
    }


def _shift_data(shift: Shift, commands: Commands) -> dict[str, Any]:
    return {
        "kind": shift.kind,
        "says": KINDS[shift.kind],
        "items": list(shift.items),
        "rules": list(shift.rules),
        "measures": list(shift.measures),
        "cases_touched": shift.touched,
        "commands": list(commands.get(shift.kind, ())),
    }


def days_lines(moved: Moved, commands: Commands) -> Iterator[str]:
    """What the law data say otherwise, and which plans change for it."""
    for shift in moved.shifts:
        yield f"{shift.kind}: {KINDS[shift.kind]}: {_some(shift.items)}"
        yield (
            f"    because of {_some(shift.rules)}; for {_some(shift.measures)}; for {shift.touched:,} or more"
            f" of {moved.pairs:,} pairs of States"
        )
        yield from (f"    {command}" for command in commands.get(shift.kind, ()))
    for moves, says in (
        (moved.changing, "changes plans"),
        (moved.idle, "changes no plan (proved)"),
        (moved.open, "changes no plan of those tried"),
    ):
        for move in moves[:MOST_MOVES]:
            yield f"{says}: {_some(move.words().split(', '))}, for {move.pairs:,} pairs of States"
        if len(moves) > MOST_MOVES:
            yield f"... and {len(moves) - MOST_MOVES} more patterns of ties, {says}"
    if moved.unread:
        yield f"{moved.unread:,} further patterns of ties, each of fewer pairs, were not looked at one by one"
    for measure in moved.gave_up:
        yield f"not decided in time: {measure}; give more with --timeout"
    if moved.none:
        yield (
            f"the law data change nothing: proved for every case of one need between two of {moved.pairs:,}"
            " pairs of States"
        )


def days_data(moved: Moved, commands: Commands) -> dict[str, Any]:
    """The same for machines."""
    return {
        "nothing_changes": moved.none,
        "pairs_of_states": moved.pairs,
        "patterns_not_looked_at": moved.unread,
        "not_decided": list(moved.gave_up),
        "changes": [
            {
                "kind": shift.kind,
                "says": KINDS[shift.kind],
                "items": list(shift.items),
                "because_of": list(shift.rules),
                "measures": list(shift.measures),
                "pairs_touched_at_least": shift.touched,
                "commands": list(commands.get(shift.kind, ())),
            }
            for shift in moved.shifts
        ],
        "moves": [
            {
                "facts": {name: [before, after] for name, before, after in move.facts},
                "pairs": move.pairs,
                "changes_plans": move in moved.changing,
                "proved": move not in moved.open,
            }
            for move in (*moved.changing, *moved.idle, *moved.open)
        ],
    }
