"""The smallest change of facts that makes a pathway the main step of a need."""

from __future__ import annotations

from datetime import date
from typing import Any

from routing.case.facts import facts_for
from routing.case.model import Case
from routing.core import conclusion
from routing.core.records import Record
from routing.evaluate.findings import CrossCheckedEvaluator
from routing.explain.counterfactuals import Counterfactual, openings_of
from routing.law import Law


class ChangeAnswer(Record):
    """What would make a pathway the main step.

    need, pathway: their ids. already: it is the main step as the case stands. ways: sets of changes, each
    confirmed by running the changed case. smallest: whether it is shown that no smaller one exists. tried: up
    to how many changes at once every combination was tried. fixed_only: whether each way needs what nobody
    can find out or obtain.
    """

    need: str
    pathway: str
    already: bool
    ways: tuple[Counterfactual, ...]
    smallest: bool
    tried: int
    fixed_only: bool

    def data(self) -> dict[str, Any]:
        """The answer as JSON-ready values."""
        return {
            "need": self.need,
            "there_already": self.already,
            "smallest_shown": self.smallest,
            "tried": self.tried,
            "needs_what_cannot_change": self.fixed_only,
            "changes": [way.data() for way in self.ways],
        }


def change_to(
    case: Case, need_id: str, pathway: str, judge: CrossCheckedEvaluator, law: Law, as_of: date
) -> ChangeAnswer:
    """The smallest changes that make a pathway the main step of a need."""
    need = next(need for need in case.needs if need.id == need_id)
    findings = judge.findings(facts_for(case, need, judge.rulebook, law, as_of))
    goal = conclusion.primary(pathway)
    searched, ways, fixed_only = openings_of(case, findings, pathway, goal, judge, law, as_of)
    already = findings.surely(goal)
    return ChangeAnswer(need_id, pathway, already, ways, searched.proved, searched.tried, fixed_only)
