"""What a rule asks of a case: a small closed language of tests.

Truth has two rails. A condition holds *surely* when every way of filling in what is
unknown makes it hold, judged part by part (strong Kleene logic); it holds *possibly* when
nothing known rules it out. Nothing here can ask whether a fact is unknown.

Where conditions are read often their types are compared: `isinstance` takes ten times as long where it is not
one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from operator import is_
from typing import final

from routing.core.records import Record


@final
class Is(Record, gc=False):
    """The fact is one of the values; a list fact holds at least one of them."""

    fact: str
    values: frozenset[str]


@final
class AtLeast(Record, gc=False):
    """The number is at least the bound."""

    fact: str
    bound: int


@final
class AtomRef(Record, gc=False):
    """Another conclusion of the rulebook holds, as `available:mla` or `is:untoc_covered`."""

    atom: str


@final
class All(Record, gc=False):
    parts: tuple[Condition, ...]


@final
class Any(Record, gc=False):
    parts: tuple[Condition, ...]


@final
class Not(Record, gc=False):
    part: Condition


Condition = Is | AtLeast | AtomRef | All | Any | Not

ALWAYS = All(())
NEVER = Any(())


class Clause(Record, gc=False):
    """One line that both evaluators, the batch and the solver run: if `when`, then `head`."""

    head: str
    when: Condition
    rule: str  # the id of the rule, route or pathway it came from


def all_of(*parts: Condition) -> Condition:
    """All of the parts, flattened, settled where it can be."""
    kept: list[Condition] = []
    for part in parts:
        if part == NEVER:
            return NEVER
        for inner in part.parts if isinstance(part, All) else (part,):
            if inner not in kept:
                kept.append(inner)
    return kept[0] if len(kept) == 1 else All(tuple(kept))


def any_of(*parts: Condition) -> Condition:
    """Any of the parts, flattened, settled where it can be."""
    kept: list[Condition] = []
    for part in parts:
        if part == ALWAYS:
            return ALWAYS
        for inner in part.parts if isinstance(part, Any) else (part,):
            if inner not in kept:
                kept.append(inner)
    return kept[0] if len(kept) == 1 else Any(tuple(kept))


def negate(part: Condition) -> Condition:
    """The opposite, with double negation undone."""
    if isinstance(part, Not):
        return part.part
    if part == ALWAYS:
        return NEVER
    if part == NEVER:
        return ALWAYS
    return Not(part)


def conjuncts(condition: Condition) -> tuple[Condition, ...]:
    """What has to hold for a condition, as it says outright."""
    return condition.parts if isinstance(condition, All) else (condition,)


def leaf_tests(condition: Condition, *, denied: bool = True) -> Iterator[Is | AtLeast | AtomRef]:
    """Every test in the condition. denied: also those that stand under a `not`."""
    left = [condition]
    while left:
        condition = left.pop()
        if type(condition) is All or type(condition) is Any:
            left += reversed(condition.parts)
        elif type(condition) is not Not:
            yield condition
        elif denied:
            left.append(condition.part)


def leaf_tests_in(conditions: Iterable[Condition]) -> Iterator[Is | AtLeast | AtomRef]:
    """Every test in several conditions; those of a part that stands in many of them, as often as it is made
    anew."""
    left, seen = list(conditions), set[int]()
    while left:
        condition = left.pop()
        if type(condition) is All or type(condition) is Any or type(condition) is Not:
            if id(condition) not in seen:
                seen.add(id(condition))
                left += (condition.part,) if type(condition) is Not else condition.parts
        else:
            yield condition


def specialise(condition: Condition, values: Mapping[str, str]) -> Condition:
    """The condition once single-valued facts are known to have these values."""

    def settled(test: Is | AtLeast | AtomRef) -> Condition:
        if not isinstance(test, Is) or test.fact not in values:
            return test
        return ALWAYS if values[test.fact] in test.values else NEVER

    return with_leaves(condition, settled)


def with_leaves(condition: Condition, leaf: Callable[[Is | AtLeast | AtomRef], Condition]) -> Condition:
    """The condition with something in place of each of its tests; the very same one where nothing changes."""
    if isinstance(condition, (All, Any)):
        parts = [with_leaves(part, leaf) for part in condition.parts]
        if all(map(is_, parts, condition.parts)):
            return condition
        return all_of(*parts) if isinstance(condition, All) else any_of(*parts)
    if isinstance(condition, Not):
        part = with_leaves(condition.part, leaf)
        return condition if part is condition.part else negate(part)
    return leaf(condition)


def to_data(condition: Condition) -> list[object]:
    """The condition as plain lists, to be written and compared."""
    if isinstance(condition, Is):
        return ["is", condition.fact, sorted(condition.values)]
    if isinstance(condition, AtLeast):
        return ["at_least", condition.fact, condition.bound]
    if isinstance(condition, AtomRef):
        return ["holds", condition.atom]
    if isinstance(condition, Not):
        return ["not", to_data(condition.part)]
    return ["all" if isinstance(condition, All) else "any", *(to_data(part) for part in condition.parts)]
