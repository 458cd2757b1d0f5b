"""Which measures may be meant while it is not known what is sought, and the question that tells them apart
best.

A measure presumes what is usual for it: who holds what is sought, what it serves, whether it compels.
What a person can say of these leaves fewer measures to choose from.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from routing.core.domain import Fact
from routing.rulebook.model import Rulebook

FEW = 8  # so many can be chosen from without another question
WORTH = 0.8  # a question that leaves more than this part of them on average is not worth asking


def most_telling(rulebook: Rulebook, stated: Mapping[str, object], left: tuple[str, ...]) -> Fact | None:
    """The fact, not said yet, whose answer leaves the fewest measures on average; None when none helps or few
    are left."""
    if len(left) <= FEW:
        return None
    best, fewest = None, WORTH * len(left)
    for fact in rulebook.facts.values():
        if fact.statable and fact.type == "choice" and fact.id not in stated:
            expected = _left_on_average(rulebook, left, fact)
            if expected < fewest - 1e-9:
                best, fewest = fact, expected
    return best


def _left_on_average(rulebook: Rulebook, left: tuple[str, ...], fact: Fact) -> float:
    """How many of the measures are left after an answer, where each measure is as likely to be meant as any
    other.

    Who means a measure that presumes nothing of the fact has nothing to say of it, and all are left.
    """
    usual = Counter(rulebook.measures[measure].presumes.get(fact.id) for measure in left)
    silent = usual.pop(None, 0)
    return sum(count * count for count in usual.values()) / len(left) + silent
