"""What the solver takes silence to mean is what the facts of a silent case say."""

from __future__ import annotations

from datetime import date

import pytest

from routing.case.facts import facts_for
from routing.opened import shared_router
from routing.verify.solver.witness import silent

ROUTER = shared_router()


ASKED_FOR = [
    each.id
    for each in ROUTER.rulebook.measures.values()
    if not each.otherwise and (not each.kinds or "request" in each.kinds)
]
"""The measures that a case which names no kind of need asks for."""


@pytest.mark.parametrize("measure", sorted(ASKED_FOR))
def test_silence_means_the_same_to_the_solver_and_to_a_case(measure: str) -> None:
    case = ROUTER.read({"needs": [{"measure": measure}]})
    facts = facts_for(case, case.needs[0], ROUTER.rulebook, ROUTER.law, date(2026, 11, 25))
    for name, fact in ROUTER.rulebook.facts.items():
        if fact.statable and not fact.looked_up and fact.type in ("choice", "many", "number"):
            value, word = facts.get(name), silent(ROUTER.rulebook, measure, name)
            known = (value.text() if value else None) or "unknown"
            assert str(word[0] if isinstance(word, tuple) else word) == known, name
