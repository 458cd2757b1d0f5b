"""Which step the answer in a sentence names before the main one."""

from __future__ import annotations

import pytest
from scenario_check import plan_named

from routing.core.records import replace
from routing.opened import shared_router
from routing.phrasing.of_plans import Wording
from routing.plan.model import Plan
from routing.render.goes_first import goes_first
from routing.render.sections import sections

NUMBER = "what-waits-and-what-goes-at-once/number-of-the-kidnappers"


def headline(plan: Plan) -> str:
    return sections(plan, Wording(shared_router())).answers[0].headline


def test_a_call_that_goes_out_at_once_is_named_before_the_request() -> None:
    said = headline(plan_named(NUMBER))
    assert said.endswith("first direct police cooperation, then mutual legal assistance.")


@pytest.mark.parametrize("change", [{"when": "today"}, {"certainty": "conditional"}, {"role": "consult"}])
def test_a_call_that_is_not_sure_or_does_not_start_at_once_is_not(change: dict[str, str]) -> None:
    plan = plan_named(NUMBER)
    steps = tuple(step if step.pathway == "mla" else replace(step, **change) for step in plan.steps)
    assert headline(replace(plan, steps=steps)).endswith("from Algeria: mutual legal assistance.")


def test_nothing_is_named_before_a_main_step_that_starts_at_once() -> None:
    plan = plan_named(NUMBER)
    steps = [replace(step, when="now") for step in plan.steps]
    main = next(step for step in steps if step.pathway == "mla")
    assert goes_first(plan.needs[0], steps, main) is None
