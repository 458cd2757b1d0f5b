"""Cases and findings that the tests of explanations share."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache

from places import ROOT

from routing.api import Router, load_rulebook
from routing.case.model import Case, Need
from routing.evaluate.findings import Findings
from routing.plan.build import findings_of
from routing.plan.model import Plan
from routing.plan.need import NeedPlan, plan_need

DAY = date(2026, 11, 24)


@cache
def router() -> Router:
    return load_rulebook()


@cache
def cases() -> dict[str, Case]:
    """Every example, scenario and published case, by folder and name."""
    cases = {}
    for pattern in ("examples/*/case.yaml", "tests/scenarios/*/*.yaml", "tests/published/cases/*.yaml"):
        for path in sorted(ROOT.glob(pattern)):
            if path.stem not in ("expected", "waiting", "plan"):
                cases[f"{path.parent.name}/{path.stem}"] = router().read(path)
    return cases


@cache
def plan_of(name: str) -> Plan:
    """The whole plan of a case, called `folder/file`, on the one day."""
    return router().route(cases()[name], DAY)


def needs() -> Iterator[tuple[str, Case, Need]]:
    for name, case in cases().items():
        for need in case.needs:
            yield f"{name}:{need.id}", case, need


@cache
def planned(name: str) -> tuple[Case, NeedPlan]:
    """The findings and the plan of one need, called `folder/file:need`."""
    path, _, need_id = name.partition(":")
    case = cases()[path]
    need = next(need for need in case.needs if need.id == need_id)
    findings, primary, status = findings_of(case, need, router().judge, router().law, case.as_of or DAY)
    return case, plan_need(findings, status, primary)


def findings(name: str) -> tuple[Case, Findings]:
    case, plan = planned(name)
    return case, plan.findings
