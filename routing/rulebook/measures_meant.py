"""Which measures may be meant, from what is said of a need that names none."""

from __future__ import annotations

from collections.abc import Mapping

from routing.core.domain import UNKNOWN
from routing.rulebook.model import Rulebook


def measures_meant(rulebook: Rulebook, said: Mapping[str, object]) -> tuple[str, ...]:
    """The measures for which most of what was said is usual, and nothing of it unusual.

    A measure presumes what is usual for it: who holds what is sought, what it serves, whether it compels.
    """
    fit: dict[str, int] = {}
    for measure in rulebook.measures.values():
        told = {fact: value for fact, value in measure.presumes.items() if said.get(fact, UNKNOWN) != UNKNOWN}
        if all(said[fact] == value for fact, value in told.items()):
            fit[measure.id] = len(told)
    most = max(fit.values(), default=0)
    return tuple(measure for measure, count in fit.items() if count == most) or tuple(rulebook.measures)
