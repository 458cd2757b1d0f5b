"""What is one for the whole case and stands in a need: read as if it stood above the needs.

    needs: [{measure: bank records, with: ESP, offence: fraud}]

is a case about fraud, and its notes say so. Needs that say two things are not reconciled.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from routing.core.errors import quoted
from routing.core.grouping import grouped
from routing.yaml.tree import Items, Mapping, Node, Text, plain

NEEDS = "needs"
Wrong = Callable[[str, int, str], None]


def lifted(tree: Mapping, of_case: Callable[[str], bool], wrong: Wrong) -> tuple[Mapping, tuple[str, ...]]:
    """The tree with what its needs say of the whole case above them, and a note on what was moved.

    of_case: whether a key is a fact of the whole case. wrong: is told of a fact that the needs, or a need and
    the case, say differently; with its line and what to do.
    """
    needs = tree.get(NEEDS)
    if not isinstance(needs, Items):
        return tree, ()
    said = grouped(
        (key.value, (key, value))
        for need in needs.values
        if isinstance(need, Mapping)
        for key, value in need.entries
        if of_case(key.value)
    )
    if not said:
        return tree, ()
    moved: list[tuple[Text, Node]] = []
    together: list[str] = []
    for name, entries in said.items():
        above = tree.get(name)
        first, meant = entries[0][1] if above is None else above, []
        for key, value in entries:
            if _same(value, first):
                continue
            meant.append(f"{_shown(first)} and {_shown(value)}")
            wrong(
                f"`{name}` is one for the whole case, and is said to be {meant[-1]}",
                key.line,
                "keep one of them above `needs:`, or write a case for each",
            )
        if above is None and not meant:
            moved.append(entries[0])
        if not meant:
            together.append(f"`{name}`")
    rest = tuple(
        Mapping(tuple(entry for entry in need.entries if entry[0].value not in said), need.line)
        if isinstance(need, Mapping)
        else need
        for need in needs.values
    )
    one = "is" if len(together) == 1 else "are"
    note = f"{', '.join(together)} of a need {one} read as said of the whole case"
    kept = ((key, Items(rest, needs.line) if key.value == NEEDS else value) for key, value in tree.entries)
    return Mapping((*kept, *moved), tree.line), (note,) if together else ()


def _same(one: Node, other: Node) -> bool:
    return bool(_bare(plain(one)) == _bare(plain(other)))


def _bare(said: Any) -> Any:
    return said.strip().casefold() if isinstance(said, str) else said


def _shown(node: Node) -> str:
    said = plain(node)
    return quoted(", ".join(map(str, said)) if isinstance(said, list) else str(said))
