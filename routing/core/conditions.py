"""What a rule asks of a case: a small closed language of tests.

Truth has two rails. A condition holds *surely* when every way of filling in what is
unknown makes it hold, judged part by part (strong Kleene logic); it holds *possibly* when
nothing known rules it out. Nothing here can ask whether a fact is unknown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from routing.core.records import Frozen


class Is(Frozen):
    """The fact is one of the values; a list fact holds at least one of them."""

    fact: str
    values: frozenset[str]


class AtLeast(Frozen):
    """The number is at least the bound."""

    fact: str
    bound: int


class Holds(Frozen):
    """Another conclusion of the rulebook holds, as `available:mla` or `is:untoc_covered`."""

    atom: str


class All(Frozen):
    parts: tuple[Condition, ...]


class Any(Frozen):
    parts: tuple[Condition, ...]


class Not(Frozen):
    part: Condition


Condition = Is | AtLeast | Holds | All | Any | Not

ALWAYS = All(())
NEVER = Any(())


class PlainRule(Frozen):
    """One line that both evaluators, the batch and the solver run: if `when`, then `head`."""

    head: str
    when: Condition
    rule: str  # the id of the rule, route or pathway it came from


def both(*parts: Condition) -> Condition:
    """All of the parts, flattened, settled where it can be."""
    kept: list[Condition] = []
    for part in parts:
        if part == NEVER:
            return NEVER
        for inner in part.parts if isinstance(part, All) else (part,):
            if inner not in kept:
                kept.append(inner)
    return kept[0] if len(kept) == 1 else All(tuple(kept))


def either(*parts: Condition) -> Condition:
    """Any of the parts, flattened, settled where it can be."""
    kept: list[Condition] = []
    for part in parts:
        if part == ALWAYS:
            return ALWAYS
        for inner in part.parts if isinstance(part, Any) else (part,):
            if inner not in kept:
                kept.append(inner)
    return kept[0] if len(kept) == 1 else Any(tuple(kept))


def negation(part: Condition) -> Condition:
    """The opposite, with double negation undone."""
    if isinstance(part, Not):
        return part.part
    if part == ALWAYS:
        return NEVER
    if part == NEVER:
        return ALWAYS
    return Not(part)


def leaves(condition: Condition) -> Iterator[Is | AtLeast | Holds]:
    """Every test in the condition."""
    if isinstance(condition, (All, Any)):
        for part in condition.parts:
            yield from leaves(part)
    elif isinstance(condition, Not):
        yield from leaves(condition.part)
    else:
        yield condition


def settle(condition: Condition, known: Mapping[str, str]) -> Condition:
    """The condition once single-valued facts are known to have these values."""
    if isinstance(condition, Is):
        if condition.fact not in known:
            return condition
        return ALWAYS if known[condition.fact] in condition.values else NEVER
    if isinstance(condition, All):
        return both(*(settle(part, known) for part in condition.parts))
    if isinstance(condition, Any):
        return either(*(settle(part, known) for part in condition.parts))
    if isinstance(condition, Not):
        return negation(settle(condition.part, known))
    return condition


def stored(condition: Condition) -> list[object]:
    """The condition as plain lists, to be written and compared."""
    if isinstance(condition, Is):
        return ["is", condition.fact, sorted(condition.values)]
    if isinstance(condition, AtLeast):
        return ["at_least", condition.fact, condition.bound]
    if isinstance(condition, Holds):
        return ["holds", condition.atom]
    if isinstance(condition, Not):
        return ["not", stored(condition.part)]
    return ["all" if isinstance(condition, All) else "any", *(stored(part) for part in condition.parts)]
