"""The smallest change of facts under which a conclusion surely holds.

Single changes and pairs are tried in full, three at a time among the facts that stand in
the way. Where more is needed a way there is looked for and then made as small as it goes;
such a set is not shown to be the smallest.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from itertools import combinations
from math import comb

from routing.analyse.whatif.candidates import FIXED, OtherValue, all_facts, blocking_facts, candidates
from routing.case.facts import Value
from routing.core.grouping import grouped
from routing.core.limits import check_limits
from routing.core.records import Record
from routing.evaluate.batch import BatchEvaluator, variants_in
from routing.evaluate.findings import Findings

MOST_PAIRS = 60_000
MOST_TRIPLES = 120_000
SAMPLES = 2_048
SHOWN = 12


class SmallestSets(Record):
    """sets: changes that lead there, each as small as it can be. proved: whether none smaller exists.

    tried: up to how many changes at once every combination was tried.
    """

    sets: tuple[tuple[OtherValue, ...], ...]
    proved: bool
    tried: int


def smallest(
    findings: Findings, atom: str, fixed: bool = False, avoid: frozenset[str] = frozenset()
) -> SmallestSets:
    """The smallest changes under which a conclusion surely holds.

    fixed: whether what cannot change may be changed too. avoid: facts to leave as they are.
    """

    def usable(names: Sequence[str]) -> list[OtherValue]:
        return [c for c in candidates(findings, names) if (fixed or c.group != FIXED) and c.fact not in avoid]

    pool = usable(all_facts(findings, [atom]))
    singles = _leading(findings, atom, [(c,) for c in pool])
    if singles:
        return SmallestSets(_best(singles), True, 1)
    alike = Counter(candidate.fact for candidate in pool).values()
    complete = comb(len(pool), 2) - sum(comb(count, 2) for count in alike) <= MOST_PAIRS
    near = pool if complete else usable(blocking_facts(findings, atom))
    pairs = [pair for pair in combinations(near, 2) if pair[0].fact != pair[1].fact][:MOST_PAIRS]
    double = _leading(findings, atom, pairs)
    if double:
        return SmallestSets(_best(double), True, 2 if complete else 1)
    near = usable(blocking_facts(findings, atom))
    triples = [t for t in combinations(near, 3) if len({c.fact for c in t}) == 3] if len(near) <= 90 else []
    triple = _leading(findings, atom, triples[:MOST_TRIPLES])
    if triple:
        return SmallestSets(_best(triple), complete, 2)
    sampled = _sampled(findings, atom, near)
    return SmallestSets((sampled,) if sampled else (), False, 2 if complete else 1)


def _leading(
    findings: Findings, atom: str, sets: Sequence[tuple[OtherValue, ...]]
) -> list[tuple[OtherValue, ...]]:
    if not sets:
        return []
    check_limits()
    changes = [{c.fact: c.value for c in chosen} for chosen in sets]
    variants = BatchEvaluator.of(findings.rulebook.heads, findings.facts, changes)
    return [sets[place] for place in variants_in(variants.atom(atom)[0])]


def _best(sets: list[tuple[OtherValue, ...]]) -> tuple[tuple[OtherValue, ...], ...]:
    def cost(chosen: tuple[OtherValue, ...]) -> tuple[int, ...]:
        return tuple(map(sum, zip(*(candidate.cost for candidate in chosen), strict=True)))

    return tuple(sorted(sets, key=cost)[:SHOWN])


def _sampled(findings: Findings, atom: str, pool: list[OtherValue]) -> tuple[OtherValue, ...]:
    """A change found by chance that leads there, with everything it does not need taken out again."""
    by_fact = grouped((candidate.fact, candidate) for candidate in pool)
    draw = random.Random(6)  # the same answer every time
    sets = []
    for number in range(SAMPLES):
        share = (number % 8 + 1) / 8
        sets.append(tuple(draw.choice(options) for options in by_fact.values() if draw.random() < share))
    leading = _leading(findings, atom, sets)
    if not leading:
        return ()
    chosen = min(leading, key=len)
    while True:
        fewer = [chosen[:place] + chosen[place + 1 :] for place in range(len(chosen))]
        kept = _leading(findings, atom, fewer)
        if not kept:
            return chosen
        chosen = kept[0]


def values_of(chosen: Sequence[OtherValue]) -> dict[str, Value]:
    return {c.fact: c.value for c in chosen}
