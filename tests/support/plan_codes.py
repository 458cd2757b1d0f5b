"""Every code that a plan says: its warnings, duties and limits, and the codes their sentences convey."""

from __future__ import annotations

from functools import cache
from typing import Any

import yaml
from places import ROOT

from routing.plan.model import Plan

WORDING = ROOT / "rules" / "wording"


@cache
def conveyed() -> dict[str, tuple[str, ...]]:
    conveyed_by: dict[str, tuple[str, ...]] = {}
    for path in sorted(WORDING.glob("*.yaml")):
        kinds: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
        for entries in kinds.values():
            conveyed_by.update(
                {
                    code: tuple(form.get("conveys", ()))
                    for code, form in entries.items()
                    if isinstance(form, dict)
                }
            )
    return conveyed_by


@cache
def sentences() -> dict[str, list[str]]:
    """The codes of each sentence."""
    by_sentence: dict[str, list[str]] = {}
    for path in sorted(WORDING.glob("*.yaml")):
        kinds: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
        for entries in kinds.values():
            for code, form in entries.items():
                if isinstance(form, dict):
                    by_sentence.setdefault(str(form.get("says", "")).strip(), []).append(code)
    return by_sentence


def codes(plan: Plan) -> set[str]:
    said = {coded.code for coded in (*plan.warnings, *plan.obligations)}
    said |= {limit.code for step in plan.steps for limit in step.limits}
    return said | {code for shown in said for code in conveyed().get(shown, ())}


def told(plan: Plan) -> set[str]:
    """The same, with the codes whose sentence is told of a channel that is closed."""
    return codes(plan) | {code for excluded in plan.excluded for code in sentences().get(excluded.says, ())}
