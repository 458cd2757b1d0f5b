"""Lines that a low level of detail leaves free are given back to what it cut, and no sentence stands twice at a step."""

from __future__ import annotations

import textwrap
from collections import Counter

import click
import pytest
from scenario_check import plan_named

from routing.opened import Router
from routing.phrasing.of_plans import Wording
from routing.render.detail_levels import DETAIL_LEVELS
from routing.render.page import Page
from routing.render.room import More, filled, parted
from routing.render.sections import sections
from routing.render.text import text

NAME = "points-a-practitioner-looks-for/held-in-lima"
SHORTEST = DETAIL_LEVELS[-1]


@pytest.fixture(scope="module")
def page(router: Router) -> Page:
    return sections(plan_named(NAME), Wording(router))


def test_room_that_is_left_goes_to_what_was_cut(page: Page) -> None:
    tried: list[More] = []

    def drawn(more: More) -> list[str]:
        tried.append(more)
        return ["line"] * (10 + len(more.remarks))

    assert len(filled(page, SHORTEST, ["line"] * 10, 12, drawn)) == 12
    assert {number for number, _ in tried[-1].remarks} <= {step.number for step in page.steps}
    tried.clear()
    assert len(filled(page, SHORTEST, ["line"] * 10, 10, drawn)) == 10
    assert not tried


def test_what_does_not_fit_gives_way_to_what_does(page: Page) -> None:
    codes = [item.code for step in page.steps for item in parted(step, SHORTEST)[1] if item.weight == "usual"]
    assert len(codes) > 1

    def drawn(more: More) -> list[str]:
        taken = [code for _, code in more.remarks]
        return ["line"] * (10 + sum(5 if code == codes[0] else 1 for code in taken))

    assert len(filled(page, SHORTEST, ["line"] * 10, 11, drawn)) == 11


def test_what_a_request_must_contain_goes_before_usual_remarks(router: Router) -> None:
    page = sections(plan_named("judged-vignettes-of-november/house-in-leeds"), Wording(router))
    tried: list[More] = []

    def drawn(more: More) -> list[str]:
        tried.append(more)
        return ["line"] * 10

    filled(page, SHORTEST, ["line"] * 10, 99, drawn)
    usual = {item.code for step in page.steps for item in parted(step, SHORTEST)[1] if item.weight == "usual"}
    before = next(more for more in tried if more.contents)
    assert usual and not usual & {code for _, code in before.remarks}


def test_whether_a_way_is_open_stands_on_the_last_line_of_its_answer(router: Router) -> None:
    unit = {"measure": "financial_intelligence", "with": "ARE", "purpose": "intelligence"}
    freeze = {"measure": "asset_freezing", "with": "ARE", "property_kind": "money"}
    needs = [{"id": "unit", **unit}, {"id": "freeze", **freeze}]
    case = {"state": "GHA", "as_of": "2026-11-27", "actor": "police", "offence": ["fraud"], "needs": needs}
    shown = click.unstyle(text(router.route(case), router, width=60)).splitlines()
    ends = [line for line in shown if line.endswith(("this way can be taken.", " Open."))]
    assert ends and not any(line.startswith("Open:") and len(line) < 30 for line in ends[:1])


def test_no_measure_leaves_out_what_limits_an_act_or_is_needed(page: Page) -> None:
    left = [item for step in page.steps for item in parted(step, SHORTEST)[1]]
    assert left
    assert all(item.weight not in ("limit", "needed") for item in left)
    told = More(remarks=frozenset({(page.steps[-1].number, left[-1].code)}))
    assert left[-1] in parted(page.steps[-1], SHORTEST, told)[0]


def test_a_channel_and_its_basis_that_do_not_serve_are_told_once(router: Router) -> None:
    plan = plan_named("points-a-practitioner-looks-for/prisoner-in-windhoek")
    shown = " ".join(click.unstyle(text(plan, router, full=True, width=100)).split("Do not use")[0].split())
    assert shown.count("only with free and informed consent") == 1


def test_words_are_put_over_lines_once_however_often_the_page_is_drawn(
    router: Router, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page of many needs is drawn again for each thing that may still have room."""
    wrapped: Counter[tuple[object, ...]] = Counter()
    wrap = textwrap.wrap

    def counted(words: str, width: int, **options: object) -> list[str]:
        wrapped[words, width, *options.values()] += 1
        return wrap(words, width, **options)  # type: ignore[arg-type]

    needs = [{"measure": m, "with": w} for m in ("bank records", "search") for w in ("FRA", "USA", "BRA")]
    plan = router.route(router.read({"state": "DEU", "offence": ["fraud"], "needs": needs}), "2026-11-24")
    monkeypatch.setattr("textwrap.wrap", counted)
    assert text(plan, router)
    assert len(wrapped) > 30
    assert not [words for (words, *_), count in wrapped.items() if count > 1]
