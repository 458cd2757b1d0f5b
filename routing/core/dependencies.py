"""Which conclusions hang on which facts and conclusions: the graph of the plain rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from routing.core.conditions import All, Any, AtomRef, Clause, Condition, Not, leaf_tests
from routing.core.grouping import grouped


def by_head(lines: Iterable[Clause]) -> dict[str, tuple[Clause, ...]]:
    """The plain rules by what they conclude."""
    return {head: tuple(own) for head, own in grouped((line.head, line) for line in lines).items()}


def readers(lines: Iterable[Clause]) -> dict[str, set[str]]:
    """By fact or conclusion, the conclusions whose plain rules test it."""
    read_by: dict[str, set[str]] = {}
    for line in lines:
        for leaf in leaf_tests(line.when):
            name = leaf.atom if isinstance(leaf, AtomRef) else leaf.fact
            read_by.setdefault(name, set()).add(line.head)
    return read_by


def hanging_on(fact: str, heads: Mapping[str, tuple[Clause, ...]]) -> frozenset[str]:
    """The conclusions that test a fact, or a conclusion that hangs on it. heads: the plain rules by what they
    conclude. What rules share is looked at once, which is many times as quick as to gather all readers."""
    hanging: dict[int | str, bool] = {}

    def hangs(condition: Condition) -> bool:
        if type(condition) is AtomRef:
            return concludes(condition.atom)
        if type(condition) is Not:
            return hangs(condition.part)
        if type(condition) is not All and type(condition) is not Any:
            return condition.fact == fact
        kept = hanging.get(id(condition))
        if kept is None:
            kept = hanging[id(condition)] = any(map(hangs, condition.parts))
        return kept

    def concludes(head: str) -> bool:
        kept = hanging.get(head)
        if kept is None:
            kept = hanging[head] = any(hangs(line.when) for line in heads.get(head, ()))
        return kept

    return frozenset(filter(concludes, heads))


def atoms_tested(condition: Condition) -> Iterator[str]:
    """The conclusions that a condition tests."""
    return (leaf.atom for leaf in leaf_tests(condition) if isinstance(leaf, AtomRef))


def conclusions_tested(lines: Iterable[Clause]) -> dict[str, set[str]]:
    """By conclusion, the conclusions that its plain rules test."""
    tested: dict[str, set[str]] = {}
    for line in lines:
        tested.setdefault(line.head, set()).update(atoms_tested(line.when))
    return tested


def reached(start: Iterable[str], edges: Mapping[str, Iterable[str]]) -> list[str]:
    """Some names and all that the edges lead to from them, the nearest first."""
    queue = list(dict.fromkeys(start))
    seen = set(queue)
    for name in queue:
        further = sorted(set(edges.get(name, ())) - seen)
        queue += further
        seen.update(further)
    return queue
