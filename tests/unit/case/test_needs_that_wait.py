"""A need that names another as what comes first waits for it, and says so."""

from __future__ import annotations

from typing import Any

import pytest

from routing.core.errors import CaseProblems
from routing.opened import Router

SEARCH = {"id": "search-b", "measure": "search", "with": "DEU"}
ARREST = {"id": "arrest-a", "measure": "arrest", "with": "ITA", "whereabouts_known": "yes"}


def case(*needs: dict[str, Any]) -> dict[str, Any]:
    shared = {"as_of": "2026-11-24", "state": "AUT", "actor": "prosecutor", "offence": ["drugs"]}
    return {**shared, "max_penalty_months": 120, "arrest_warrant": "yes", "needs": list(needs)}


def places(router: Router, *needs: dict[str, Any]) -> dict[str, int]:
    plan = router.route(case(*needs))
    return {step.pathway: number for number, step in enumerate(plan.steps)}


@pytest.mark.parametrize("name", ["search-b", "Search-B", "search"])
def test_a_need_comes_after_the_one_it_names(name: str, router: Router) -> None:
    place = places(router, {**ARREST, "only_after": name}, SEARCH)
    assert place["european_investigation_order"] < place["european_arrest_warrant"]
    plan = router.route(case({**ARREST, "only_after": name}, SEARCH))
    (arrest,) = [step for step in plan.steps if step.pathway == "european_arrest_warrant"]
    (search,) = [step for step in plan.steps if step.pathway == "european_investigation_order"]
    assert search.id in arrest.after


def test_without_a_word_of_it_they_are_struck_at_one_moment(router: Router) -> None:
    read = router.read(case(ARREST, SEARCH))
    assert all(need.facts.get("struck_together") == "yes" for need in read.needs)
    waiting = router.read(case({**ARREST, "only_after": "search-b"}, SEARCH))
    assert all("struck_together" not in need.facts for need in waiting.needs)


@pytest.mark.parametrize(
    "needs",
    [
        ({**ARREST, "only_after": "search-c"}, SEARCH),
        ({**ARREST, "only_after": "arrest-a"}, SEARCH),
        ({**ARREST, "only_after": "search-b"}, {**SEARCH, "only_after": "arrest-a"}),
    ],
    ids=["no such need", "itself", "each other"],
)
def test_what_cannot_be_waited_for_is_a_fault(needs: tuple[dict[str, Any], ...], router: Router) -> None:
    with pytest.raises(CaseProblems, match="wait"):
        router.read(case(*needs))


def test_an_arrest_in_one_state_alone_is_told_to_whoever_is_asked_elsewhere(router: Router) -> None:
    alone = {**ARREST, "arrest_only_there": "yes"}
    there = {"id": "where-there", "measure": "locate_person", "with": "ITA"}
    elsewhere = {"id": "where", "measure": "locate_person", "with": "SVN"}
    of = {need.id: need.facts for need in router.read(case(alone, there, elsewhere)).needs}
    assert of["where"].get("arrest_only_elsewhere") == "yes"
    assert "arrest_only_elsewhere" not in of["where-there"]
    assert "arrest_only_elsewhere" not in router.read(case(ARREST, elsewhere)).needs[1].facts


def test_a_need_that_names_another_knows_its_id_and_a_case_of_one_need_is_told_so(router: Router) -> None:
    case = {"as_of": "2026-11-24", "state": "KEN", "needs": [{"id": "a", "measure": "search", "with": "FRA"}]}
    waits = {"id": "b", "measure": "search", "with": "FRA", "only_after": "A"}
    read = router.read({**case, "needs": [*case["needs"], waits]})
    assert [need.awaits for need in read.needs] == [(), ("a",)]
    with pytest.raises(CaseProblems, match="the case has no other need: add it"):
        router.read({**case, "needs": [waits]})
