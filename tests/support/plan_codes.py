"""Every code that a plan says: its warnings, duties and limits, and the codes their sentences convey."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import yaml
from places import ROOT

from routing.core.grouping import grouped
from routing.plan.model import Plan

WORDING = ROOT / "rules" / "wording"


def _entries() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every code with its form, that has one."""
    for path in sorted(WORDING.glob("*.yaml")):
        kinds: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
        for entries in kinds.values():
            yield from ((code, form) for code, form in entries.items() if isinstance(form, dict))


@cache
def conveyed() -> dict[str, tuple[str, ...]]:
    return {code: tuple(form.get("conveys", ())) for code, form in _entries()}


@cache
def sentences() -> dict[str, list[str]]:
    """The codes of each sentence."""
    return grouped((str(form.get("says", "")).strip(), code) for code, form in _entries())


def codes(plan: Plan) -> set[str]:
    said = {coded.code for coded in (*plan.warnings, *plan.obligations)}
    said |= {limit.code for step in plan.steps for limit in step.limits}
    return said | {code for shown in said for code in conveyed().get(shown, ())}


def told(plan: Plan) -> set[str]:
    """The same, with the codes whose sentence is told of a channel that is closed."""
    return codes(plan) | {code for excluded in plan.excluded for code in sentences().get(excluded.says, ())}
