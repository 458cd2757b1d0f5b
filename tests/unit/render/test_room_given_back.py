"""Lines that a coarse measure leaves free are given back to what it cut, and no sentence stands twice at a step."""

from __future__ import annotations

import click
import pytest
from scenario_check import plan_named

from routing.api import Router
from routing.phrasing.of_plans import Wording
from routing.render.measures import MEASURES
from routing.render.page import Page
from routing.render.room import More, filled, parted
from routing.render.sections import sections
from routing.render.text import text

NAME = "points-a-practitioner-looks-for/held-in-lima"
SHORTEST = MEASURES[-1]


@pytest.fixture(scope="module")
def page(router: Router) -> Page:
    return sections(plan_named(NAME), Wording(router))


def test_room_that_is_left_goes_to_what_was_cut(page: Page) -> None:
    tried: list[More] = []

    def drawn(more: More) -> list[str]:
        tried.append(more)
        return ["line"] * (10 + len(more.said))

    assert len(filled(page, SHORTEST, ["line"] * 10, 12, drawn)) == 12
    assert {number for number, _ in tried[-1].said} <= {step.number for step in page.steps}
    tried.clear()
    assert len(filled(page, SHORTEST, ["line"] * 10, 10, drawn)) == 10
    assert not tried


def test_what_does_not_fit_gives_way_to_what_does(page: Page) -> None:
    codes = [item.code for step in page.steps for item in parted(step, SHORTEST)[1] if item.weight == "usual"]
    assert len(codes) > 1

    def drawn(more: More) -> list[str]:
        taken = [code for _, code in more.said]
        return ["line"] * (10 + sum(5 if code == codes[0] else 1 for code in taken))

    assert len(filled(page, SHORTEST, ["line"] * 10, 11, drawn)) == 11


def test_no_measure_leaves_out_what_limits_an_act_or_is_needed(page: Page) -> None:
    left = [item for step in page.steps for item in parted(step, SHORTEST)[1]]
    assert left
    assert all(item.weight not in ("limit", "needed") for item in left)
    told = More(said=frozenset({(page.steps[-1].number, left[-1].code)}))
    assert left[-1] in parted(page.steps[-1], SHORTEST, told)[0]


def test_a_channel_and_its_basis_that_do_not_serve_are_told_once(router: Router) -> None:
    plan = plan_named("points-a-practitioner-looks-for/prisoner-in-windhoek")
    shown = " ".join(click.unstyle(text(plan, router, full=True, width=100)).split("Do not use")[0].split())
    assert shown.count("only with free and informed consent. Without it, hear the person by video.") == 1
