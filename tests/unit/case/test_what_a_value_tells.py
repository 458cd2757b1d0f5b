"""What a value that a case states tells of another fact: who says where a danger is says that there is one."""

from __future__ import annotations

from typing import Any

import pytest

from routing.case.model import Case
from routing.opened import Router

NEED = {"measure": "user_identification_data", "with": "USA", "purpose": "prevent"}


def read(router: Router, need: dict[str, Any], **case: Any) -> Case:
    return router.read({"state": "JAM", "as_of": "2026-11-29", **case, "needs": [NEED | need]})


@pytest.mark.parametrize("place", ["here", "abroad", "at home"])
def test_who_says_where_the_danger_is_tells_of_one(router: Router, place: str) -> None:
    case = read(router, {"danger_place": place})
    assert case.needs[0].facts["emergency"] == "threat_to_life"
    assert any("also tells `emergency: threat_to_life`" in note for note in case.notes)


def test_what_the_whole_case_says_tells_it_too(router: Router) -> None:
    assert read(router, {}, danger_place="here").needs[0].facts["emergency"] == "threat_to_life"


@pytest.mark.parametrize("place", ["nobody", "unknown", "not_clear"])
def test_who_says_that_nobody_is_in_danger_tells_of_none(router: Router, place: str) -> None:
    assert "emergency" not in read(router, {"danger_place": place}).needs[0].facts


@pytest.mark.parametrize("emergency", ["none", "imminent_flight", "unknown"])
def test_what_the_case_says_itself_stays(router: Router, emergency: str) -> None:
    case = read(router, {"danger_place": "here", "emergency": emergency})
    assert case.needs[0].facts["emergency"] == emergency
