"""How a plan compares with what was expected of it, and how many of a set do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from plan_codes import told

from routing.plan.last_seen import PAST_HORIZON
from routing.plan.model import Plan

Expected = Mapping[str, Any]
"""primary, alt_ok and never name families, must_warn codes, basis instruments or their articles."""


@dataclass
class Marks:
    """How one plan compares."""

    families: list[str] = field(default_factory=list)
    agreed: float = 0.0
    undecided: bool = False
    wrong: list[str] = field(default_factory=list)
    unsaid: list[str] = field(default_factory=list)
    warnings: int = 0
    basis: bool | None = None


def compared(expected: Expected, plan: Plan) -> Marks:
    """A primary that is conditional counts for half; a plan of several needs for the share that agrees."""
    accepted = {expected["primary"], *expected.get("alt_ok", [])}
    marks = Marks(warnings=sum(item.code != PAST_HORIZON for item in plan.warnings))
    for need in plan.needs:
        sure = need.primary.certainty == "confirmed"
        marks.families.append(need.primary.family + ("" if sure else "?"))
        marks.agreed += (1.0 if sure else 0.5) * (need.primary.family in accepted) / len(plan.needs)
        marks.wrong += [need.primary.family] if need.primary.family in expected["never"] else []
        marks.undecided |= need.status == "undecided"
    said = told(plan)
    marks.unsaid = [code for code in expected["must_warn"] if code not in said]
    if "basis" in expected:
        marks.basis = any(
            cites(basis.provision, provision)
            for step in plan.steps
            for basis in step.basis
            for provision in expected["basis"]
        )
    return marks


def cites(provision: str, accepted: str) -> bool:
    """Whether a provision belongs to the accepted instrument and, where one is named, to its article."""
    instrument, _, article = accepted.partition(" ")
    cited, _, place = provision.partition(" ")
    return cited == instrument and (not article or re.split(r"\W", place)[0] == article)


def totals(expected: Iterable[Expected], marks: Sequence[Marks]) -> dict[str, float]:
    """agreed and undecided are counts; conveyed is the share of the codes, warnings a mean, basis a share of those that ask."""
    wanted = sum(len(case["must_warn"]) for case in expected)
    asked = [mark.basis for mark in marks if mark.basis is not None]
    return {
        "agreed": sum(mark.agreed for mark in marks),
        "undecided": sum(mark.undecided for mark in marks),
        "conveyed": 1 - sum(len(mark.unsaid) for mark in marks) / wanted,
        "warnings": sum(mark.warnings for mark in marks) / len(marks),
        "basis": sum(asked) / len(asked),
    }


def beyond(totals: Mapping[str, float], low: Mapping[str, float], high: Mapping[str, float]) -> list[str]:
    """The floors and ceilings that are not kept."""
    return [
        name
        for name in totals
        if totals[name] < low.get(name, 0) or totals[name] > high.get(name, totals[name])
    ]
