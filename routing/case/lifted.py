"""What is one for the whole case and stands in a need: read as if it stood above the needs.

    needs: [{measure: bank records, with: ESP, offence: fraud}]

is a case about fraud, and its notes say so. Needs that say two things are not reconciled, but of what the
rules let each need say: then one that says nothing is weighed with the graver, or with what the case says.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from collections.abc import Mapping as Given
from typing import Any

from routing.case.model import Need, Stated
from routing.core.errors import quoted
from routing.core.grouping import grouped
from routing.core.records import replace
from routing.yaml.tree import Items, Mapping, Node, Text, blank, plain

NEEDS = "needs"
Wrong = Callable[..., None]


def lifted(
    tree: Mapping, of_case: Callable[[str], bool], wrong: Wrong, may_differ: Collection[str]
) -> tuple[Mapping, tuple[str, ...]]:
    """The tree with what its needs say of the whole case above them, and a note on what was moved.

    of_case: whether a key is a fact of the whole case. wrong: is told of a fact that the needs, or a need and
    the case, say differently; with its line and what to do. may_differ: the facts that needs may say
    differently.
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
    apart: set[str] = set()
    for name, entries in values.items():
        above = tree.get(name)
        first = entries[:1] if above is None or blank(above) else []
        meant = above if above is not None and not first else entries[0][1]
        differ = [(key, value) for key, value in entries if not _same(value, meant)]
        if name in may_differ:
            apart.add(name)
        if differ and name in may_differ:
            continue
        for key, value in differ:
            wrong(
                f"`{name}` is one for the whole case, and is said to be {_shown(meant)} and {_shown(value)}",
                key.line,
                "keep one of them above `needs:`, or write a case for each",
            )
        if not differ:
            if first or name not in may_differ:
                together.append(f"`{name}`")
            moved += first
    rest = tuple(
        Mapping(
            tuple(it for it in need.entries if it[0].value in apart or not of_case(it[0].value)), need.line
        )
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
    needs: Iterable[Need],
    of_case: Callable[[str], bool],
    graver: Given[str, str],
    shared: Given[str, Stated],
    may_differ: Collection[str],
) -> tuple[list[Need], dict[str, Stated]]:
    """The needs without the facts of the whole case that their words told, and these: `free the hostages`
    tells that somebody is held, and that holds for every need. A fact that they tell in two ways stays; if
    one of them is the graver, that holds for those which tell nothing.

    shared: the facts that the case itself tells; what a need may say otherwise (may_differ) stays there.
    """
    needs = [
        _without(need, {name for name in may_differ if need.facts.get(name) == shared.get(name)})
        for need in needs
    ]
    own = {*may_differ} & {*shared}
    values = grouped(
        (name, value)
        for need in needs
        for name, value in need.facts.items()
        if of_case(name) and name not in own
    )
    alike = {name: given[0] for name, given in values.items() if all(value == given[0] for value in given)}
    grave = {name: graver[name] for name in values.keys() & graver.keys() if graver[name] in values[name]}
    return [_without(need, alike) for need in needs], {**grave, **alike}


def _without(need: Need, names: Collection[str]) -> Need:
    """A need that does not say some facts of its own."""
    if need.facts.keys().isdisjoint(names):
        return need
    return replace(need, facts={name: value for name, value in need.facts.items() if name not in names})


def _same(first: Node, second: Node) -> bool:
    return bool(_bare(plain(first)) == _bare(plain(second)))


def _bare(value: Any) -> Any:
    return value.strip().casefold() if isinstance(value, str) else value


def _shown(node: Node) -> str:
    written = plain(node)
    return quoted(", ".join(map(str, written)) if isinstance(written, list) else str(written))
