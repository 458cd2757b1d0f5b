"""The kept cases, and what is decided of each: read and decided once in a process, and only when a test asks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from places import ROOT
from shipped import router
from sweeps import each

from routing.case.model import Case, Need
from routing.evaluate.findings import Findings
from routing.law import Law
from routing.plan.build import build_plan
from routing.plan.model import Plan
from routing.plan.need import NeedPlan
from routing.proof.of_plan import check_need

DAY = date(2026, 11, 24)  # where a case gives none
PLACES = ("examples/*/case.yaml", "tests/scenarios/*/*.yaml", "tests/published/cases/*.yaml")
KEPT = ("rules", "examples", "tests/scenarios", "tests/published")
"""What a test of every kept case rests on, beside the code."""
APART = 40


@cache
def paths() -> dict[str, Path]:
    """Where every example, scenario and published case stands, by folder and name."""
    found = (path for pattern in PLACES for path in sorted(ROOT.glob(pattern)))
    known = (path for path in found if path.stem not in ("expected", "waiting", "plan"))
    return {f"{path.parent.name}/{path.stem}": path for path in known}


@cache
def case_of(name: str) -> Case:
    return router().read(paths()[name])


@cache
def cases() -> dict[str, Case]:
    """Every kept case, by folder and name. Takes seconds."""
    return {name: case_of(name) for name in paths()}


@cache
def decided(name: str) -> tuple[Plan, dict[str, NeedPlan]]:
    """The whole plan of a case on its own day, whose proof was checked, and what was decided of each need."""
    case, plans = case_of(name), {}

    def keep(plan: NeedPlan, case: Case, law: Law) -> None:
        check_need(plan, case, law)
        plans[plan.answer.id] = plan

    return build_plan(case, router().judge, router().law, case.as_of or DAY, keep), plans


def plan_of(name: str) -> Plan:
    """The plan of a case, called `folder/file`."""
    return decided(name)[0]


def needs_of(name: str) -> Iterator[tuple[str, Case, Need]]:
    """The needs of a case, each called `folder/file:need`."""
    case = case_of(name)
    for need in case.needs:
        yield f"{name}:{need.id}", case, need


def needs() -> Iterator[tuple[str, Case, Need]]:
    """Every need of every kept case."""
    for name in paths():
        yield from needs_of(name)


def planned(name: str) -> tuple[Case, NeedPlan]:
    """The case and the plan of one need, called `folder/file:need`."""
    path, _, need_id = name.partition(":")
    return case_of(path), decided(path)[1][need_id]


def findings(name: str) -> tuple[Case, Findings]:
    case, plan = planned(name)
    return case, plan.findings


# Looking at each


SAMPLE = tuple(sorted(paths()))[::APART]
"""Some of the kept cases, at which a test looks whatever has changed."""


def in_folder(folder: str) -> list[str]:
    return [name for name in paths() if name.startswith(f"{folder}/")]


def by_folder(folders: Iterable[str]) -> pytest.MarkDecorator:
    """A test of one `folder` after the other; what looks at the kept cases of one stands in one process, where
    each is decided once."""
    grouped = [pytest.param(each, marks=pytest.mark.xdist_group(f"kept {each}"), id=each) for each in folders]
    return pytest.mark.parametrize("folder", grouped)


def for_every_kept_case(test: Callable[..., None]) -> Callable[..., None]:
    """A test of the kept cases of one `folder` after the other, only where rules, cases or code changed since it
    passed."""
    grouped = by_folder(dict.fromkeys(path.parent.name for path in paths().values()))
    return pytest.mark.when_changed(*KEPT)(grouped(test))


def each_need(check: Callable[[str], int | None], names: Iterable[str]) -> int:
    """The same for every need of some cases."""
    return each(check, (need for name in names for need, _, _ in needs_of(name)))
