"""A page for several needs: short, with something to do at each step, and nothing said twice."""

from __future__ import annotations

import click
import pytest
from pages import page
from scenario_check import plan_named

from routing.core.printable import sentences
from routing.core.records import replace
from routing.opened import Router
from routing.phrasing.of_dates import each_list_once
from routing.phrasing.of_offices import seated
from routing.phrasing.of_plans import Wording
from routing.plan.model import Act
from routing.render.page import Page, Remark
from routing.render.paper_of_step import acts_of
from routing.render.remarks import for_needs, remarks
from routing.render.sections import sections
from routing.render.text import MOST_FURTHER, PAGE, text

SEVERAL = (
    "a-hundred-drawn/order-for-a-measure-unknown-in-ljubljana",
    "kidnapped-child/base",
    "migrant-boat-then-crypto/base",
    "sixteen-of-a-liaison/bribe-account-in-geneva",
    "three-states-one-group/base",
    "warned-asked-and-answered/threats-in-everyday-words",
)
"""Kept cases with four needs and more, whose pages have no room to spare."""
FLAT = {"with": "ARE", "measure": "asset_freezing", "property_kind": "real_estate", "asset_located": "yes"}
MAN = {"with": "ARE", "measure": "arrest", "emergency": "imminent_flight", "whereabouts_known": "yes"}
IN_DUBAI = {"state": "MAR", "actor": "prosecutor", "offence": ["drugs"], "political_offence": "claimed"}


def lines_of(name: str, router: Router) -> list[str]:
    return click.unstyle(text(plan_named(name), router, width=100)).splitlines()


def made(name: str, router: Router) -> Page:
    return sections(plan_named(name), Wording(router, sources=False))


@pytest.mark.parametrize("name", SEVERAL)
def test_every_step_says_what_to_do(name: str, router: Router) -> None:
    shown = " ".join(" ".join(lines_of(name, router)).split())
    steps = [step for step in made(name, router).steps if step.what]
    assert len(steps) >= 5
    for step in steps:
        first = [sentences(act.says)[0] for act in step.acts]
        for act, says in zip(step.acts, first, strict=True):
            once = len({*first}) < len(first)  # what is the same for several needs stands once, for all
            named = for_needs(says, act.needs).rstrip(".") in shown
            assert named or once or "as in step" in shown, (step.number, says)
            assert says.rstrip(".") in shown, (step.number, says)


@pytest.mark.parametrize("name", SEVERAL)
def test_a_further_need_takes_few_lines(name: str, router: Router) -> None:
    needs = len(plan_named(name).needs)
    assert needs >= 4
    assert len(lines_of(name, router)) <= PAGE + MOST_FURTHER * (needs - 1)


def said(says: str, needs: tuple[str, ...] = (), law: str = "practice", code: str = "code") -> Remark:
    return Remark(kind="duty", code=code, says=says, law=law, weight="needed", needs=needs, also=(4,))


def test_what_belongs_together_is_named_once() -> None:
    items = [
        said("First.", ("bank", "hold"), code="a"),
        said("Of all.", code="b"),
        said("Second.", ("bank", "hold"), code="c"),
        said("Third.", ("bank", "hold"), "Treaty 1", code="d"),
    ]
    assert remarks(items) == (
        "Of all. (practice) (also step 4)"
        " For bank, hold: First. Second. (practice) (also step 4) Third. (Treaty 1) (also step 4)"
    )
    assert remarks(items, brief=True) == "Of all. For bank, hold: First. Second. Third. (Treaty 1)"


def test_a_warning_that_differs_in_its_day_is_begun_once() -> None:
    late = "It is slow. Telephone ahead."
    items = [said(f"{late} It is needed by {day}.", (need,)) for need, day in (("bank", "1"), ("home", "5"))]
    assert remarks(items, brief=True) == (
        f"For bank, home: {late} For bank: It is needed by 1. For home: It is needed by 5."
    )


def test_a_step_of_all_needs_parts_what_it_does_for_each() -> None:
    plan = plan_named(SEVERAL[-1])
    acts = (Act(needs=("a", "c"), says="Call. Say who."), Act(needs=("b",), says="Write"))
    step = replace(plan.steps[0], needs=("a", "b", "c"), tells="Call. For b: Write", acts=acts)
    assert acts_of(step) == (acts[0], Act(needs=("b",), says="Write."))
    assert acts_of(replace(step, acts=())) == (Act(needs=(), says="Call. For b: Write."),)


def test_a_reason_against_what_is_proposed_is_told_once(router: Router) -> None:
    friend = ["a friend in the police there looks in", "a colleague's friend in the police looks in"]
    needs = [
        {"id": "home", "measure": "search", "with": "FRA", "proposed_channel": friend},
        {"id": "bank", "measure": "bank_records", "with": "FRA", "proposed_channel": friend[:1]},
    ]
    shown = page(router, state="DEU", offence=["fraud"], needs=needs)
    assert shown.count("A private person is not a channel") == 1
    assert f"As proposed ({'; '.join(friend)}): no. A private person" in shown
    assert f"bank: As proposed ({friend[0]}): no, as for home." in shown


def test_what_a_body_wants_stands_where_it_is_asked(router: Router) -> None:
    plan = router.route({"as_of": "2026-11-30", **IN_DUBAI, "needs": [FLAT, MAN]})
    (step,) = [
        step
        for step in sections(plan, Wording(router)).steps
        for item in step.remarks
        if item.code == "interpol_neutrality_art3"
    ]
    assert step.pathway == "interpol_notice"


def test_a_list_that_is_old_is_named_once() -> None:
    says = ["Check these lists: A, 1 May (see x). ", "Check these lists: A, 1 May (see x); B.", "Ask."]
    assert each_list_once(map(str.strip, says)) == "Check these lists: A, 1 May (see x); B. Ask."


def test_who_receives_is_called_by_its_role_once(router: Router) -> None:
    plan = plan_named(SEVERAL[2])
    who = [step.who for step in sections(plan, Wording(router)).steps]
    assert any("our central authority" in words for words in who)
    assert not any("our central authority" in words and "(central authority" in words for words in who)
    assert seated("Atlantis Unit of Finance", "Atlantis") == "Atlantis Unit of Finance"
    assert seated("Unit of Finance", "Atlantis") == "Unit of Finance, Atlantis"
