"""Many variants at once say what the reference says of each."""

from __future__ import annotations

import random

from random_rules import WORDS, facts_with, random_known, random_program, random_value

from routing.case.facts import Value
from routing.core.conditions import Clause, leaf_tests
from routing.evaluate.batch import BatchEvaluator, reached, variants_in
from routing.evaluate.reference import Reference


def heads_of(plain: tuple[Clause, ...]) -> dict[str, tuple[Clause, ...]]:
    found: dict[str, list[Clause]] = {}
    for line in plain:
        found.setdefault(line.head, []).append(line)
    return {head: tuple(lines) for head, lines in found.items()}


def test_every_variant_is_judged_as_the_reference_judges_it() -> None:
    dice = random.Random("variants")
    judged = undecided = changed = 0
    for _ in range(150):
        heads = heads_of(tuple(random_program(dice).plain))
        known = random_known(dice)
        changes = [
            {
                name: value
                for name in known
                if dice.random() < 0.4 and (value := random_value(dice, name)) is not None
            }
            for _ in range(20)
        ]
        variants = BatchEvaluator.of(heads, facts_with(known), changes)
        for place, change in enumerate(changes):
            reference = Reference(heads, facts_with({**known, **change}))
            for head in heads:
                surely, possibly = variants.atom(head)
                truth = (bool(surely >> place & 1), bool(possibly >> place & 1))
                assert truth == reference.atom(head), (head, change)
                judged += 1
                undecided += truth == (False, True)
                changed += truth != (
                    bool(BatchEvaluator.of(heads, facts_with(known), [{}]).atom(head)[0]),
                    truth[1],
                )
    assert judged > 10_000 and undecided > 1_000 and changed > 200


def test_what_the_reference_has_decided_is_judged_the_same_with_it_as_without() -> None:
    """Where all that is given is unknown otherwise; where something is known, the reference is not asked."""
    dice = random.Random("decided")
    asked = decided = 0
    for number in range(150):
        heads = heads_of(tuple(random_program(dice).plain))
        known = random_known(dice)
        given = [name for name in known if number % 5 == 0 or known[name] is None]
        changes = [
            {name: value for name in given if (value := random_value(dice, name)) is not None}
            for _ in range(20)
        ]
        facts = facts_with(known)
        reference = Reference(heads, facts)
        alone, beside = (BatchEvaluator.of(heads, facts, changes, it) for it in (None, reference))
        assert {head: beside.atom(head) for head in heads} == {head: alone.atom(head) for head in heads}
        asked += beside.reference is reference
        decided += sum(reference.atom(head) != (False, True) for head in heads) if beside.reference else 0
    assert 100 < asked < 150 and decided > 500


def test_no_variant_is_judged_beside_those_there_are() -> None:
    heads = heads_of(tuple(random_program(random.Random(3)).plain))
    variants = BatchEvaluator.of(heads, facts_with({}), [{}, {}, {}])
    for head in heads:
        assert variants.atom(head)[0] <= 0b111 and variants.atom(head)[1] <= 0b111


def test_reached_names_every_fact_that_a_conclusion_reads() -> None:
    dice = random.Random("reached")
    for _ in range(50):
        plain = tuple(random_program(dice).plain)
        heads = heads_of(plain)
        read = {leaf.fact for line in plain for leaf in leaf_tests(line.when) if hasattr(leaf, "fact")}
        assert set(reached(heads, heads)) == read


def test_places_are_the_set_bits() -> None:
    assert list(variants_in(0b101001)) == [0, 3, 5] and list(variants_in(0)) == []


def test_a_grid_holds_every_combination_once() -> None:
    choices = {
        name: tuple(Value(frozenset({word})) for word in WORDS[:size])
        for name, size in (("choice0", 3), ("choice1", 2), ("choice2", 3))
    }
    variants, strides = BatchEvaluator.grid({}, facts_with({}), choices)
    found = set()
    for place in range(variants.count):
        found.add(
            tuple(
                next(value for value, where in variants.given[name] if where >> place & 1) for name in choices
            )
        )
    assert variants.count == len(found) == 18 and strides == {"choice0": 6, "choice1": 3, "choice2": 1}
    for name, stride in strides.items():
        first, second = (where for _, where in variants.given[name][:2])
        assert first << stride == second
