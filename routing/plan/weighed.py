"""One need weighed by itself: its part of the plan, and what is asked for it."""

from __future__ import annotations

from routing.core.records import replace
from routing.evaluate.findings import Findings
from routing.law import Law
from routing.plan.absences import with_absences
from routing.plan.model import Question, Status
from routing.plan.need import NeedPlan, plan_need
from routing.plan.proposed import proposed
from routing.plan.questions import questions, same_everywhere, states_to_name

OPEN = ("conditional", "undecided")


def weighed(
    findings: Findings, primary: str, status: Status, law: Law
) -> tuple[NeedPlan, tuple[Question, ...]]:
    """What a plan takes from a need, and the questions for it. primary: the pathway shown as such."""
    plan = with_absences(plan_need(findings, status, primary), law)
    waits = plan.answer.waits_for
    ways = proposed(findings, primary, law)
    answer = replace(
        plan.answer,
        settled=plan.answer.settled or same_everywhere(findings, waits),
        proposed=ways[0] if ways else None,
        also_proposed=ways[1:],
    )
    asked = (*states_to_name(findings.facts), *questions(findings, waits)) if status in OPEN else ()
    return replace(plan, answer=answer), asked
