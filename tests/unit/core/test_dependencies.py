"""What hangs on a fact is what its readers lead to, however conditions are shared."""

from __future__ import annotations

from routing import opened
from routing.core.dependencies import hanging_on, reached, readers
from routing.core.domain import ASSUMED_MAIN_STEP

RULEBOOK = opened.shared_router().rulebook


def test_what_hangs_on_a_fact_is_all_that_its_readers_lead_to() -> None:
    read_by = readers(RULEBOOK.plain)
    counts = set()
    for fact in (ASSUMED_MAIN_STEP, "measure", "kind", "actor", "no such fact"):
        hanging = hanging_on(fact, RULEBOOK.heads)
        assert hanging == frozenset(reached(read_by.get(fact, ()), read_by)), fact
        counts.add(len(hanging))
    assert len(counts) == 5 and 0 in counts and max(counts) < len(RULEBOOK.heads)
