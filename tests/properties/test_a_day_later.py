"""Time alone changes no answer: every kept case, and random ones, have the same plan on any later day, but for what
is counted from the day and for what the data say will change on a known date."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import click
import pytest
import scenario_check
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from places import ROOT

from routing.case.facts import facts_for
from routing.case.model import Case, Stated
from routing.core.records import replace
from routing.opened import Router, shared_router
from routing.plan.last_seen import PAST_HORIZON
from routing.render.text import text
from routing.testing import cases
from routing.verify.lasting import YEARS, departures, later_days

pytestmark = pytest.mark.when_changed("rules", "examples")

DATA_DATE = date(2026, 11, 24)
FIRST = date(2026, 12, 1)  # when every row of the data had been seen
DAYS = (1, 365 * YEARS)
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
STORIES = [path.parent.name for path in sorted((ROOT / "examples").glob("*/case.yaml"))]
COUNTED = re.compile(r"\d{4}-\d{2}-\d{2}|\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4}")
OF_THE_DAY = ("as_of", "data_reach", "rulebook")


def stories() -> Iterator[tuple[str, Any]]:
    for path in sorted((ROOT / "examples").glob("*/case.yaml")):
        yield f"story {path.parent.name}", path
    for folder, name in scenario_check.scenarios():
        tree = scenario_check.read(scenario_check.HERE / folder / f"{name}.yaml")
        yield f"scenario {folder}/{name}", scenario_check.complete(tree)
    for path in sorted((ROOT / "tests" / "published" / "cases").glob("*.yaml")):
        yield f"published {path.stem}", path


def shifted(case: Case, days: int) -> Case:
    """The case with every date that it tells as many days later, so that what is counted from the day stays."""

    def moved(facts: dict[str, Stated]) -> dict[str, Stated]:
        return {
            name: told + timedelta(days=days) if isinstance(told, date) else told
            for name, told in facts.items()
        }

    needs = tuple(replace(need, facts=moved(dict(need.facts))) for need in case.needs)
    return replace(case, facts=moved(dict(case.facts)), needs=needs)


def without_days(plan: Any) -> Any:
    """A plan without its dates, its ages, and the words that tell how a looked-up value is known."""
    if isinstance(plan, dict):
        return {
            key: without_days(value)
            for key, value in plan.items()
            if key not in OF_THE_DAY and not (key == "source" and plan.get("origin") == "looked_up")
        }
    if isinstance(plan, list):
        kept = [
            item
            for item in plan
            if not (
                isinstance(item, dict)
                and (item.get("origin") == "last_seen" or item.get("code") == PAST_HORIZON)
            )
        ]
        return [without_days(item) for item in kept]
    return COUNTED.sub("DAY", plan) if isinstance(plan, str) else plan


def plan(router: Router, case: Case, day: date) -> Any:
    return without_days(json.loads(router.route(case, as_of=day).json_text()))


def known(router: Router, case: Case, day: date) -> list[dict[str, str]]:
    """What is looked up for each need, by fact."""
    found = []
    for need in case.needs:
        facts = facts_for(case, need, router.rulebook, router.law, day)
        names = [f"tie:{id}" for id in router.law.instruments] + [
            fact.id for fact in router.rulebook.facts.values() if fact.type != "date"
        ]
        values = {name: facts.get(name) for name in names}
        found.append({name: value.text() for name, value in values.items() if value is not None})
    return found


def differs(router: Router, case: Case, days: int, first: Any = None) -> bool | None:
    """Whether the plan some days later is another; None where the data name a day on which something changes for it.

    first: the plan of the first day, if it was made before.
    """
    later = shifted(case, days)
    day = FIRST + timedelta(days=days)
    if (first or plan(router, case, FIRST)) == plan(router, later, day):
        return False
    return None if known(router, case, FIRST) != known(router, later, day) else True


@pytest.fixture(scope="module")
def router() -> Router:
    return shared_router()


def test_the_law_data_change_on_known_days_alone(router: Router) -> None:
    assert not list(departures(router.law, FIRST, later_days(FIRST)))


def test_a_planted_decay_of_the_law_data_is_found(router: Router) -> None:
    """Read strictly, hundreds of standings turn unknown with no date behind it."""
    assert len(list(departures(router.law.strictly(), DATA_DATE, later_days(DATA_DATE)))) > 500


@pytest.mark.when_changed("rules", "examples", "tests/scenarios", "tests/published")
def test_every_kept_case_has_the_same_plan_later(router: Router) -> None:
    kept = list(stories())
    compared = dict.fromkeys(DAYS, 0)
    for name, source in kept:
        case = router.read(source)
        first = plan(router, case, FIRST)
        for days in DAYS:
            answer = differs(router, case, days, first)
            assert not answer, f"{name}: another plan {days} days later"
            compared[days] += answer is False
    for days, number in compared.items():
        # Within five years some acts of the Union begin and end, and cases between its Member States are left out.
        assert number >= (len(kept) if days < 60 else len(kept) * 0.5), f"only {number} of {len(kept)}"


@pytest.mark.parametrize("story", STORIES)
def test_the_age_of_every_list_behind_a_step_is_told(router: Router, story: str) -> None:
    """Also where something else of the step is open: who is bound was looked up all the same."""
    case = shifted(router.read(ROOT / "examples" / story / "case.yaml"), 365)
    day = FIRST + timedelta(days=365)
    found = router.route(case, as_of=day)
    told = {item.fact for item in found.assumptions if item.origin in ("last_seen", "stipulated")}
    needs = {need.id: facts_for(case, need, router.rulebook, router.law, day) for need in case.needs}
    for step in found.steps:
        for item in (item for item in step.basis if item.role == "lead"):
            tie = f"tie:{item.provision.split(' ')[0]}"
            for value in (needs[need].get(tie) for need in step.needs):
                if value is not None and value.as_last_seen is not None and value.text() == "in_force":
                    assert tie in told, f"{step.id}: nothing tells how old the list of `{tie}` is"


def test_the_age_is_told_while_the_way_is_undecided(router: Router) -> None:
    share = {
        "kind": "share",
        "measure": "information_sharing",
        "with": "CHE",
        "third_party_information": "yes",
    }
    tree = {"state": "DEU", "needs": [share]}
    found = router.route(tree, as_of=FIRST + timedelta(days=365))
    assert any(item.fact == "tie:ets182" and item.origin == "last_seen" for item in found.assumptions)
    assert re.search(r"lists up to [1-9]\d{2,} days old", " ".join(text(found, router, width=100).split()))


def test_a_planted_decay_of_a_plan_is_found(router: Router) -> None:
    case = router.read(ROOT / "examples" / "incoming-request" / "case.yaml")
    strict = router.strict
    later = DATA_DATE + timedelta(days=400)
    assert plan(strict, case, DATA_DATE) != plan(strict, shifted(case, 400), later)


@pytest.mark.when_changed("rules")
def test_every_random_case_has_the_same_plan_later(router: Router) -> None:
    compared = 0

    @settings(
        max_examples=50,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(cases(router), st.integers(1, 365 * YEARS))
    def holds(case: Case, days: int) -> None:
        nonlocal compared
        answer = differs(router, case, days)
        assert not answer
        compared += answer is False

    holds()
    assert compared >= 25


def test_the_plan_tells_how_old_each_list_is_and_when_to_look_it_up(router: Router) -> None:
    case = router.read({"state": "GHA", "needs": [{"measure": "subscriber_data", "with": "CAN"}]})
    soon, late = router.route(case, FIRST), router.route(case, date(2030, 12, 1))
    for answer in (soon, late):
        ages = {item.seen_in: item.as_last_seen for item in answer.assumptions if item.origin == "last_seen"}
        assert ages["budapest"] == date(2026, 4, 25)
    # The Second Protocol may enter into force any month, so that its list is soon too old; the Convention's is not.
    early, told = (
        next(warning.says for warning in answer.warnings if warning.code == PAST_HORIZON)
        for answer in (soon, late)
    )
    assert "Second" in early and "Budapest, checked" not in early and "Budapest, checked 25 Apr 2026" in told
    assert "https://www.coe.int/" in early
    # Who reads that a list is old has to know that its treaty carries nothing yet.
    assert "Second Protocol, only signed when checked" in early and "Budapest, only signed" not in told


def spoken(page: str) -> list[str]:
    """The words of a page without days and numbers, and without what is said of old lists at its end."""
    body = (
        click.unstyle(page)
        .split("\nLook up ")[0]
        .replace("A central authority or prosecutor confirms the route.", "")
    )
    return [word for word in re.findall(r"[^\W\d_]+", body) if word not in MONTHS]


@pytest.mark.parametrize("story", STORIES)
def test_an_old_list_takes_nothing_off_the_page(story: str, router: Router) -> None:
    case = router.read(ROOT / "examples" / story / "case.yaml")
    later = FIRST + timedelta(days=365 * YEARS)
    soon = router.route(shifted(case, 0), FIRST)
    late = router.route(shifted(case, (later - FIRST).days), later)
    pages = [text(plan, router, width=100) for plan in (soon, late)]
    assert spoken(pages[0]) == spoken(pages[1])
    assert ("\nLook up " in click.unstyle(pages[1])) == (
        PAST_HORIZON in {warning.code for warning in late.warnings}
    )


def test_what_ends_on_a_known_day_ends_then(router: Router) -> None:
    """The data name the day: the act against money laundering of 2015 is replaced on 10 July 2027."""
    assert router.law.between("amld", "FRA", "DEU", date(2027, 7, 9)).status == "in_force"
    assert router.law.between("amld", "FRA", "DEU", date(2027, 7, 10)).status == "none"


def test_a_profile_holds_on_and_tells_its_day(router: Router) -> None:
    case = {
        "state": "DEU",
        "as_of": "2030-01-01",
        "needs": [{"measure": "surrender", "with": "USA", "kind": "answer"}],
    }
    read = router.read(case)
    facts = facts_for(read, read.needs[0], router.rulebook, router.law, date(2030, 1, 1))
    value = facts.get("other_retains_death_penalty")
    assert value is not None and value.words == {"yes"} and value.as_last_seen is not None


def test_strict_dates_are_told_and_kept_in_the_plan(router: Router) -> None:
    case = yaml.safe_load((ROOT / "examples" / "incoming-request" / "case.yaml").read_text())
    case.pop("as_of", None)
    read = router.read(json.loads(json.dumps(case, default=str)))
    later = FIRST + timedelta(days=30)
    assert router.route(read, later, strict_dates=True).strict_dates
    assert not router.route(read, later).strict_dates
