"""What is one for the whole case and stands in a need: read as if it stood above the needs.

    needs: [{measure: bank records, with: ESP, offence: fraud}]

is a case about fraud, and its notes say so. Needs that say two things are not reconciled.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from routing.case.model import Need, Stated
from routing.core.errors import quoted
from routing.core.grouping import grouped
from routing.core.records import replace
from routing.yaml.tree import Items, Mapping, Node, Text, blank, plain

NEEDS = "needs"
Wrong = Callable[..., None]


def lifted(tree: Mapping, of_case: Callable[[str], bool], wrong: Wrong) -> tuple[Mapping, tuple[str, ...]]:
    """The tree with what its needs say of the whole case above them, and a note on what was moved.

    of_case: whether a key is a fact of the whole case. wrong: is told of a fact that the needs, or a need and
    the case, say differently; with its line and what to do.
    """
    needs = tree.get(NEEDS)
    if not isinstance(needs, Items):
        return tree, ()
    values = grouped(
        (key.value, (key, value))
        for need in needs.values
        if isinstance(need, Mapping)
        for key, value in need.entries
        if of_case(key.value) and not blank(value)
    )
    if not values:
        return tree, ()
    moved: list[tuple[Text, Node]] = []
    together: list[str] = []
    for name, entries in values.items():
        above = tree.get(name)
        first = entries[:1] if above is None or blank(above) else []
        meant = above if above is not None and not first else entries[0][1]
        differ = [(key, value) for key, value in entries if not _same(value, meant)]
        for key, value in differ:
            wrong(
                f"`{name}` is one for the whole case, and is said to be {_shown(meant)} and {_shown(value)}",
                key.line,
                "keep one of them above `needs:`, or write a case for each",
            )
        if not differ:
            together.append(f"`{name}`")
            moved += first
    rest = tuple(
        Mapping(tuple(entry for entry in need.entries if not of_case(entry[0].value)), need.line)
        if isinstance(need, Mapping)
        else need
        for need in needs.values
    )
    verb = "is" if len(together) == 1 else "are"
    note = f"{', '.join(together)} of a need {verb} read as said of the whole case"
    names = {key.value for key, _ in moved}
    kept = (
        (key, Items(rest, needs.line) if key.value == NEEDS else value)
        for key, value in tree.entries
        if key.value not in names
    )
    return Mapping((*kept, *moved), tree.line), (note,) if together else ()


def lifted_facts(
    needs: Iterable[Need], of_case: Callable[[str], bool]
) -> tuple[list[Need], dict[str, Stated]]:
    """The needs without the facts of the whole case that their words told, and these: `free the hostages`
    tells that somebody is held, and that holds for every need. A fact that they tell in two ways stays."""
    needs = list(needs)
    values = grouped((name, value) for need in needs for name, value in need.facts.items() if of_case(name))
    above = {
        name: stated[0] for name, stated in values.items() if all(value == stated[0] for value in stated)
    }
    if not above:
        return needs, above
    return [
        replace(need, facts={name: value for name, value in need.facts.items() if name not in above})
        for need in needs
    ], above


def _same(first: Node, second: Node) -> bool:
    return bool(_bare(plain(first)) == _bare(plain(second)))


def _bare(value: Any) -> Any:
    return value.strip().casefold() if isinstance(value, str) else value


def _shown(node: Node) -> str:
    written = plain(node)
    return quoted(", ".join(map(str, written)) if isinstance(written, list) else str(written))
