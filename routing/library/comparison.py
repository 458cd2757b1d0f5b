"""Two plans of one case side by side: with other facts, or on another day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from routing.core.records import Record
from routing.model.plan import Plan

if TYPE_CHECKING:
    from routing.analyse.whatif.law_changes import LawDelta
    from routing.analyse.whatif.plan_diff import Difference


class Comparison(Record):
    """Two plans side by side.

    before, after: the plans. differences: what the second says otherwise, main things first. law: for a
    comparison of days, what the law data give otherwise and whether that decides an answer; else empty.
    """

    before: Plan
    after: Plan
    differences: tuple[Difference, ...]
    law: tuple[LawDelta, ...] = ()

    def data(self) -> dict[str, list[dict[str, object]]]:
        """What differs, in plain words and lists, for JSON: `differences` and `law`. The plans have a form of
        their own."""
        return {
            "differences": [item.data() for item in self.differences],
            "law": [item.data() for item in self.law],
        }
