"""A part of a State without powers of its own is that State: as it is read, and as cases are drawn."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from when_changed import WHOLE_PROGRAM

from routing.core.errors import CaseProblems
from routing.opened import shared_router
from routing.rulebook.state_names import answering_state
from routing.testing import cases

pytestmark = WHOLE_PROGRAM
ROUTER = shared_router()


@pytest.mark.parametrize(("code", "state"), [("GUF", "FRA"), ("FRA", "FRA"), ("PYF", "PYF"), ("KEN", "KEN")])
def test_who_answers_for_a_place(code: str, state: str) -> None:
    assert answering_state(code, ROUTER.rulebook.words, ROUTER.law.states) == state


def test_a_part_of_a_state_and_that_state_are_the_same() -> None:
    need = {"measure": "stored_content", "with": "FRA"}
    with pytest.raises(CaseProblems, match="are the same, FRA"):
        ROUTER.read({"as_of": "2026-11-24", "state": "GUF", "needs": [need]})


@pytest.mark.parametrize(("place", "state"), [("PYF", "FRA"), ("GUM", "USA"), ("JEY", "JEY"), ("KEN", "KEN")])
def test_the_state_answers_for_a_territory_whose_criminal_justice_is_its_own(place: str, state: str) -> None:
    need = {"measure": "government_record", "with": place, "purpose": "evidence", "coercive": "no"}
    plan = ROUTER.route({"as_of": "2026-11-24", "state": "TON", "offence": "drugs", "needs": [need]})
    formal = next(step for step in plan.steps if step.pathway == "mla")
    assert formal.receiver.state == state
    shown = " ".join(filter(None, (formal.receiver.name, formal.receiver.remark)))
    assert (ROUTER.law.states.name(place) in shown) == (place != state)


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(data=st.data())
def test_no_case_is_drawn_between_a_state_and_its_own_part(data: st.DataObject) -> None:
    case = data.draw(
        cases(ROUTER, measures=["stored_content"], states=["GUF", "FRA", "MTQ", "KEN"], assume=False)
    )
    read = ROUTER.read(case)
    assert (read.state, read.needs[0].partner) == (case.state, case.needs[0].partner)
