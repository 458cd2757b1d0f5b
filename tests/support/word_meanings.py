"""What a phrase of a user is read as."""

from __future__ import annotations

from routing.core.errors import CaseProblems
from routing.opened import shared_router
from routing.rulebook.pathway_names import pathways_meant
from routing.rulebook.state_names import find_state

ROUTER = shared_router()


WORDS = ROUTER.rulebook.words


STATES = ROUTER.law.states


FACTS = ROUTER.rulebook.facts


def understood(topic: str, phrase: str) -> tuple[str, ...]:
    """What a phrase is read as on the way that a user's phrase takes; the fix where it is not understood."""
    if topic == "state":
        found = find_state(phrase, WORDS, STATES)
        return (found.place.alpha3,) if found else ()
    if topic == "channel":
        return pathways_meant(ROUTER.rulebook, phrase)
    need, case = {"measure": "search", "with": "FRA"}, {"state": "KEN", "as_of": "2026-11-25"}
    (case if topic in FACTS and FACTS[topic].of == "case" else need)[topic] = phrase
    try:
        read = ROUTER.read({**case, "needs": [need]})
    except CaseProblems as found:
        return tuple(str(problem.fix) for problem in found.problems)
    if topic == "measure":
        return tuple(need.measure for need in read.needs)
    value = {**read.facts, **read.needs[0].facts}[topic]
    return tuple(map(str, value if isinstance(value, tuple) else (value,)))
