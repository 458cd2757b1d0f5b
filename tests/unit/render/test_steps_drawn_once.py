"""A page is drawn many times until it fits; a step that did not change is not drawn again, and none is shown
as it was where what stands before it has changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from unittest.mock import patch

import pytest

from routing.core.records import replace
from routing.opened import Router
from routing.phrasing.of_plans import Wording
from routing.plan.model import Plan
from routing.render.detail_levels import DETAIL_LEVELS
from routing.render.page import Page, StepSection
from routing.render.room import NO_MORE, More, asking
from routing.render.sections import sections
from routing.render.step_text import StepText
from routing.render.text import MOST_FACTS, _Text, text
from routing.render.worked_out import WorkedOut

MEASURES = ("bank_records", "search", "interception", "locate_person", "stored_content", "witness_hearing")


@pytest.fixture(scope="module")
def plan(router: Router) -> Plan:
    measures = [name for name in MEASURES if name in router.rulebook.measures]
    needs = [
        {"id": f"{measure}-{state}", "measure": measure, "with": state}
        for measure in measures
        for state in ("CHE", "KEN")
    ]
    head = {"state": "GHA", "as_of": "2026-11-24", "actor": "police", "stage": "investigation"}
    return router.route({**head, "offence": "fraud", "needs": needs})


def _mores(page: Page) -> Iterator[More]:
    codes = [(step.number, item.code) for step in page.steps for item in step.remarks]
    yield NO_MORE
    yield More(fuller=asking(page))
    yield More(fuller=frozenset({1}), contents=frozenset({step.number for step in page.steps}))
    yield More(items=2, first_items=4, unsaid=frozenset(codes[::2]))
    yield More(remarks=frozenset(codes[1::2]), unled=True)
    yield NO_MORE


def test_a_page_drawn_after_others_reads_as_one_drawn_alone(router: Router, plan: Plan) -> None:
    page = sections(plan, Wording(router))
    shared = WorkedOut(page, MOST_FACTS)
    for detail in (*DETAIL_LEVELS, *DETAIL_LEVELS[::-3]):
        for more in _mores(page):
            drawn = _Text(page, False, 100, shared, detail, more)
            alone = _Text(page, False, 100, WorkedOut(page, MOST_FACTS), detail, more)
            assert list(drawn.lines()) == list(alone.lines())
            assert list(drawn.left.items()) == list(alone.left.items())


def test_words_that_an_earlier_step_tells_no_longer_are_told_again(router: Router, plan: Plan) -> None:
    """The step that names them stays the same, and its words change with what is drawn before it."""
    page = sections(plan, Wording(router))
    first, *_, last = page.steps
    alike = "the same words of who writes to whom, by which office and in which language"
    steps = [replace(step, who=alike) for step in (first, last)]
    shared, detail = WorkedOut(page, MOST_FACTS), DETAIL_LEVELS[6]

    def drawn(*asked: StepSection) -> str:
        """The last of some steps, behind the others."""
        made = StepText(True, False, 60, shared, detail, NO_MORE, Counter())
        return "\n".join([made.lines(step) for step in asked][-1])

    beside, alone = drawn(*steps), drawn(steps[1])
    assert beside != alone and f"as in step {first.number}" in beside
    assert drawn(*steps) == beside and drawn(steps[1]) == alone


def test_a_page_of_several_needs_draws_few_of_its_steps_again(router: Router, plan: Plan) -> None:
    drawn: list[int] = []
    asked: list[int] = []
    lines, afresh = StepText.lines, StepText._lines
    with (
        patch.object(StepText, "lines", lambda self, step: asked.append(step.number) or lines(self, step)),
        patch.object(StepText, "_lines", lambda self, step: drawn.append(step.number) or afresh(self, step)),
    ):
        text(plan, router)
    assert asked and len(drawn) < len(asked)
