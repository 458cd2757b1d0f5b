"""Random facts, conditions and plain rules, to set evaluators against each other."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from routing.case.facts import Facts, Value
from routing.case.model import Need
from routing.core.conditions import ALWAYS, NEVER, All, Any, AtLeast, AtomRef, Clause, Condition, Is, Not
from routing.evaluate.reference import FALSE, Reference, Truth

DAY = date(2026, 1, 1)
WORDS = ("a", "b", "c")
MEASURES = ("find", "search")
KINDS = ("request", "answer")
CHOICES = tuple(f"choice{number}" for number in range(4))
LISTS = ("list0", "list1")
NUMBERS = ("number0", "number1")
BOUNDS = (-3, 0, 12, 48)
# The conclusions that a plan reads, whatever else is left out of a network.
GOALS = ("fired:", "primary:", "delivers:", "step:", "none:", "chosen:")


def facts_with(known: Mapping[str, Value | None], measure: str = "find", kind: str = "request") -> Facts:
    """Facts of one need as they are given; what is not given is unknown."""
    fixed = {"measure": Value(frozenset({measure})), "kind": Value(frozenset({kind}))}
    return Facts(Need(id="n", kind=kind, measure=measure), None, None, None, None, DAY, {**known, **fixed})


def random_value(dice: random.Random, name: str) -> Value | None:
    """A value for a fact of the name's type, or None: not known."""
    if dice.random() < 0.3:
        return None
    if name in CHOICES:
        return Value(frozenset({dice.choice(WORDS)}))
    if name in LISTS:
        return Value(frozenset(word for word in WORDS if dice.random() < 0.4), closed=dice.random() < 0.6)
    return Value(number=dice.choice(BOUNDS) + dice.choice((-1, 0, 1)))


def random_known(dice: random.Random) -> dict[str, Value | None]:
    return {name: random_value(dice, name) for name in (*CHOICES, *LISTS, *NUMBERS)}


def random_condition(dice: random.Random, atoms: tuple[str, ...] = (), depth: int = 3) -> Condition:
    """A condition over facts, the measure, the kind and earlier conclusions."""
    shape = dice.random()
    if depth == 0 or shape < 0.35:
        which = dice.random()
        if atoms and which < 0.35:
            return AtomRef(dice.choice(atoms))
        if which < 0.45:
            return AtLeast(dice.choice(NUMBERS), dice.choice(BOUNDS))
        if which < 0.55:
            return Is("measure", frozenset(dice.sample(MEASURES, dice.choice((1, 1, 2)))))
        if which < 0.6:
            return Is("kind", frozenset({dice.choice(KINDS)}))
        if which < 0.63:
            return dice.choice((ALWAYS, NEVER))
        return Is(dice.choice((*CHOICES, *LISTS)), frozenset(dice.sample(WORDS, dice.choice((1, 1, 2)))))
    if shape < 0.55:
        return Not(random_condition(dice, atoms, depth - 1))
    parts = tuple(random_condition(dice, atoms, depth - 1) for _ in range(dice.choice((1, 2, 2, 3))))
    return All(parts) if shape < 0.8 else Any(parts)


def wide_condition(dice: random.Random) -> Condition:
    """Several alternatives in each of several parts, as rules with many exceptions have them."""
    parts = [
        Any(tuple(random_condition(dice, depth=1) for _ in range(dice.choice((3, 4, 5)))))
        for _ in range(dice.choice((3, 4)))
    ]
    whole = All(tuple(parts))
    return dice.choice(
        (
            whole,
            Not(Any(tuple(Not(part) for part in parts))),
            All((Not(Not(whole)), random_condition(dice, depth=1))),
        )
    )


@dataclass(frozen=True)
class Program:
    """A random set of plain rules in which each conclusion reads only earlier ones."""

    plain: tuple[Clause, ...]
    heads: Mapping[str, tuple[Clause, ...]] = field(default_factory=dict)

    def truths(self, facts: Facts) -> dict[str, Truth]:
        """What the reference makes of every conclusion."""
        reference = Reference(self.heads, facts)
        return {head: reference.atom(head) for head in self.heads}


def program_of(plain: tuple[Clause, ...]) -> Program:
    heads: dict[str, tuple[Clause, ...]] = {}
    for rule in plain:
        heads[rule.head] = (*heads.get(rule.head, ()), rule)
    return Program(plain, heads)


def random_program(dice: random.Random, size: int = 14) -> Program:
    plain: list[Clause] = []
    atoms: list[str] = []
    for number in range(size):
        head = dice.choice(("fired:", "is:", "available:", "chosen:", "lead:")) + f"topic.rule-{number}"
        readable = (*atoms, "fired:never.concluded") if number % 5 == 0 else tuple(atoms)
        for _ in range(dice.choice((1, 1, 2))):
            plain.append(Clause(head, random_condition(dice, readable), head.split(":")[1]))
        atoms.append(head)
    dice.shuffle(plain)
    return program_of(tuple(plain))


def differing(concluded: Mapping[str, Truth], expected: Mapping[str, Truth]) -> list[str]:
    """The goals on which an engine's result differs from what the reference makes of them."""
    return sorted(
        head
        for head, truth in expected.items()
        if head.startswith(GOALS) and concluded.get(head, FALSE) != truth
    )
