"""The plan on a terminal: what it shows first, what it cuts to fit a page, and what it never cuts."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest
from scenario_check import plan_of, scenarios

from routing.api import Router, load_rulebook
from routing.core.records import replace
from routing.plan.model import Plan, Warned
from routing.render.markdown import markdown
from routing.render.text import PAGE, text

EXAMPLES = Path(__file__).parent.parent / "examples"
ORDER = [
    "Not this way",
    "ASSUMED",
    "Taken as given",
    "Ask",
    "Not known",
    "STOP",
    "Watch",
    "Note",
    "Duties",
    "Contested",
    "Basis checked",
]


@pytest.fixture(scope="module")
def router() -> Router:
    return load_rulebook()


def page(plan: Plan, router: Router, full: bool = False) -> list[str]:
    return click.unstyle(text(plan, router, full=full, width=100)).splitlines()


@pytest.fixture(scope="module")
def pages(router: Router) -> dict[str, tuple[int, list[str]]]:
    """How many needs each scenario has, and its page."""
    plans = {folder: plan_of(folder, name, router) for folder, name in scenarios() if name == "base"}
    return {folder: (len(plan.needs), page(plan, router)) for folder, plan in plans.items()}


def test_a_plan_for_one_need_fits_a_page_in_the_usual_case(pages: dict[str, tuple[int, list[str]]]) -> None:
    one_need = {folder: len(lines) for folder, (needs, lines) in pages.items() if needs == 1}
    beyond = {folder: count for folder, count in one_need.items() if count > PAGE}
    assert len(one_need) >= 7
    assert len(beyond) * 7 <= len(one_need), beyond


def test_the_parts_of_a_page_stand_in_one_order(pages: dict[str, tuple[int, list[str]]]) -> None:
    for folder, (_, lines) in pages.items():
        labels = [label for line in lines for label in ORDER if re.match(rf"{label}( {{2,}}|$)", line)]
        assert labels == sorted(labels, key=ORDER.index), folder
        assert {"Taken as given", "Basis checked"} <= set(labels), folder


def test_what_was_said_of_the_channel_before_is_not_said_twice(router: Router) -> None:
    plan = plan_of("traffic-data-of-a-union-provider", "base", router)
    assert len({item.says for item in plan.excluded}) < len(plan.excluded)
    assert any(
        re.match(r" Letters rogatory on +The same\. why: basis\.", line) for line in page(plan, router)
    )


def test_stipulated_ties_are_named_by_what_was_stipulated(router: Router) -> None:
    plan = plan_of("gun-trace", "base", router)
    short, full = ("\n".join(page(plan, router, full)).partition("ASSUMED")[2] for full in (False, True))
    assert short.startswith(
        "         in force: Firearms Protocol, UNTOC; none: ACCP, AFRIPOL, AMERIPOL, ... ("
    )
    assert "WAPCCO" not in short and "WAPCCO" in full


def test_no_stop_is_ever_cut(router: Router) -> None:
    plan = plan_of("gun-trace", "base", router)
    stops = tuple(
        Warned(code=f"stop_{n}", level="stop", says=f"Stop for reason {n}", why="some.rule")
        for n in range(30)
    )
    lines = page(replace(plan, warnings=stops + plan.warnings), router)
    assert [n for n in range(30) if not any(f"Stop for reason {n}." in line for line in lines)] == []


def test_markdown_leaves_nothing_of_the_plan_out(router: Router) -> None:
    plan = router.route(EXAMPLES / "cloud-mailbox" / "case.yaml")
    plan = replace(plan, notes=("UK was taken as GB",))
    said = markdown(plan, router)
    assert plan.needs[0].alternatives and plan.unknowns and plan.future
    for words in (
        "UK was taken as GB",
        "Otherwise: Letters rogatory on reciprocity",
        plan.unknowns[0].asks,
        plan.unknowns[0].may_come[0],
        f"{plan.future[0].instrument}: {plan.future[0].status}",
        "Lists checked: ",
        *(item.fact for item in plan.assumptions if item.origin != "last_seen"),
        *(warning.says for warning in plan.warnings),
        plan.notice,
    ):
        assert words in said, words


def test_the_way_that_people_try_in_vain_is_told_with_its_rule(router: Router) -> None:
    plan = router.route(EXAMPLES / "cloud-mailbox" / "case.yaml")
    told = {item.pathway: item for item in plan.excluded}["provider_voluntary_disclosure"]
    assert told.why[0] == "provider.non-content-only"
    assert ("data_category", "content") in [(fact.fact, fact.value) for fact in told.because]
    assert any(line.startswith(" Voluntary disclosure by") for line in page(plan, router))


def test_what_is_not_known_says_what_it_does_not_stop(router: Router) -> None:
    plan = router.route(EXAMPLES / "cloud-mailbox" / "case.yaml")
    (unknown,) = plan.unknowns
    spared = {said.why: said for said in unknown.does_not_stop}["preservation.dual-criminality-never-bars"]
    assert spared.basis[0] == "budapest 29(3)"
    assert "budapest_preservation" in {step.pathway for step in plan.steps}
    rules = router.rulebook.rules
    for said in unknown.does_not_stop:
        (guard,) = (rule for rule in rules if rule.id == said.why)
        assert (
            set(guard.targets) & {step.pathway for step in plan.steps} and "dual_criminality" in guard.values
        )
    assert "Preservation is possible even if the conduct is not a crime there" in " ".join(
        " ".join(page(plan, router)).split()
    )
    assert spared.says in markdown(plan, router)
