"""Which fact to ask for next: the one that is expected to settle most of what is still open.

Completions of what is unknown are drawn and judged all at once. A fact that changes nothing
in any of them, however the others stand, is not asked.
"""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence

from routing.analyse.interview.open_facts import Topics
from routing.case.facts import Facts, Value
from routing.evaluate.batch import BatchEvaluator, repeated

SAMPLES = 256
BASES = 24
MOST_EXACT = 200_000


def next_fact(topics: Topics, facts: Facts, targets: Sequence[str], names: Sequence[str]) -> str | None:
    """The fact to ask for; None where none of them can change an answer any more."""
    left = relevant(topics, facts, targets, names)
    if len(left) < 2:
        return left[0] if left else None
    gains = gain(topics, facts, targets, names)
    return max(left, key=lambda name: (round(gains[name], 6), -left.index(name)))


def relevant(topics: Topics, facts: Facts, targets: Sequence[str], names: Sequence[str]) -> tuple[str, ...]:
    """The facts that can still change an answer, exactly where all completions can be judged."""
    choices = {name: topics.choices(name) for name in names}
    size = math.prod(len(values) for values in choices.values())
    if size <= MOST_EXACT:
        return _exactly(topics, facts, targets, choices, size)
    sampled = _by_sample(topics, facts, targets, choices)
    # Where no drawn completion shows a difference, none is proved absent: ask on.
    return sampled or tuple(names)


def _exactly(
    topics: Topics, facts: Facts, targets: Sequence[str], choices: Mapping[str, Sequence[Value]], size: int
) -> tuple[str, ...]:
    variants, strides = BatchEvaluator.grid(topics.rulebook.heads, facts, choices)
    outcomes, deciding = _varying(variants, targets), []
    for name, values in choices.items():
        # Completions that have a next value of this fact, all else being equal.
        stride = strides[name]
        having_next = repeated((1 << stride * (len(values) - 1)) - 1, stride * len(values), size)
        if any((bits ^ (bits >> stride)) & having_next for bits in outcomes):
            deciding.append(name)
    return tuple(deciding)


def _by_sample(
    topics: Topics, facts: Facts, targets: Sequence[str], choices: Mapping[str, Sequence[Value]]
) -> tuple[str, ...]:
    draw = random.Random(len(choices))
    grid: list[dict[str, Value]] = []
    pairs: dict[str, list[tuple[int, int]]] = {name: [] for name in choices}
    for _ in range(BASES):
        base = {name: draw.choice(values) for name, values in choices.items()}
        first = len(grid)
        grid.append(base)
        for name, values in choices.items():
            for value in values:
                if value is not base[name]:
                    pairs[name].append((first, len(grid)))
                    grid.append({**base, name: value})
    marks: list[int] = [0] * len(grid)
    for number, bits in enumerate(_varying(BatchEvaluator.of(topics.rulebook.heads, facts, grid), targets)):
        for place in range(len(grid)):
            if bits >> place & 1:
                marks[place] |= 1 << number
    return tuple(name for name in choices if any(marks[a] != marks[b] for a, b in pairs[name]))


def gain(topics: Topics, facts: Facts, targets: Sequence[str], names: Sequence[str]) -> dict[str, float]:
    """How much of the uncertainty about the answer each fact is expected to remove, in bits."""
    draw = random.Random(1)
    choices = {name: topics.choices(name) for name in names}
    grid = [{name: draw.choice(values) for name, values in choices.items()} for _ in range(SAMPLES)]
    variants = BatchEvaluator.of(topics.rulebook.heads, facts, grid)
    classes = [variants.every]
    for atom in targets:
        for bits in variants.atom(atom):
            if 0 < bits < variants.every:
                classes = [part for whole in classes for part in (whole & bits, whole & ~bits) if part]
    whole = _entropy(classes, variants.every, SAMPLES)
    gains = {}
    for name in names:
        left = 0.0
        for _, where in variants.given[name]:
            count = where.bit_count()
            left += count / SAMPLES * _entropy(classes, where, count)
        gains[name] = whole - left
    return gains


def _entropy(classes: Sequence[int], among: int, count: int) -> float:
    """The entropy of the outcome among some completions, corrected for their small number."""
    total, kinds = 0.0, 0
    for bits in classes:
        hits = (bits & among).bit_count()
        if hits:
            kinds += 1
            total -= hits / count * math.log2(hits / count)
    return total + (kinds - 1) / (2 * count * math.log(2))


def _varying(variants: BatchEvaluator, targets: Sequence[str]) -> tuple[int, ...]:
    """The variants in which each conclusion holds, where it does not hold in all or none."""
    varying = (bits for atom in targets for bits in variants.atom(atom))
    return tuple(dict.fromkeys(bits for bits in varying if 0 < bits < variants.every))
