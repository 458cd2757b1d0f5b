"""Which measures may be meant while it is not known what is sought, and the question that tells them apart best.

A measure presumes what is usual for it: who holds what is sought, what it serves, whether it compels.
What a person can say of these leaves fewer measures to choose from.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from routing.core.domain import UNKNOWN, Fact
from routing.rulebook.model import Rulebook

FEW = 8  # so many can be chosen from without another question
WORTH = 0.8  # a question that leaves more than this part of them on average is not worth asking


def meant(rulebook: Rulebook, said: Mapping[str, object]) -> tuple[str, ...]:
    """The measures for which most of what was said is usual, and nothing of it unusual."""
    fit: dict[str, int] = {}
    for measure in rulebook.measures.values():
        told = {fact: value for fact, value in measure.presumes.items() if said.get(fact, UNKNOWN) != UNKNOWN}
        if all(said[fact] == value for fact, value in told.items()):
            fit[measure.id] = len(told)
    most = max(fit.values(), default=0)
    return tuple(measure for measure, count in fit.items() if count == most) or tuple(rulebook.measures)


def telling(rulebook: Rulebook, said: Mapping[str, object]) -> Fact | None:
    """The fact, not said yet, whose answer leaves the fewest measures on average; None when none helps or few are left."""
    left = meant(rulebook, said)
    if len(left) <= FEW:
        return None
    best, fewest = None, WORTH * len(left)
    for fact in rulebook.facts.values():
        if fact.told and fact.type == "choice" and fact.id not in said:
            expected = _left_on_average(rulebook, left, fact)
            if expected < fewest - 1e-9:
                best, fewest = fact, expected
    return best


def _left_on_average(rulebook: Rulebook, left: tuple[str, ...], fact: Fact) -> float:
    """How many of the measures are left after an answer, where each measure is as likely to be meant as any other.

    Who means a measure that presumes nothing of the fact has nothing to say of it, and all are left.
    """
    usual = Counter(rulebook.measures[measure].presumes.get(fact.id) for measure in left)
    silent = usual.pop(None, 0)
    return sum(count * count for count in usual.values()) / len(left) + silent
