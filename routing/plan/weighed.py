"""One need weighed by itself: its part of the plan, and what is asked for it."""

from __future__ import annotations

from routing.core import conclusion
from routing.core.conditions import AtomRef
from routing.core.records import replace
from routing.evaluate.findings import Findings
from routing.law import Law
from routing.plan.absences import with_absences
from routing.plan.completions import same_everywhere
from routing.plan.last_seen import past_horizon, ties_of_steps
from routing.plan.model import Question, Status
from routing.plan.need import NeedPlan, plan_need
from routing.plan.proposed import proposed
from routing.plan.questions import questions, states_to_name
from routing.plan.shut_channels import shut_channels
from routing.rulebook.model import STEP_FORMS, TERM_FORMS
from routing.rulebook.parse.conditions import TIE

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
    weighed = replace(
        plan,
        answer=answer,
        bearing=_bearing(plan),
        shut=shut_channels(findings),
        past_horizon=past_horizon(plan, law, findings.facts.as_of),
    )
    return weighed, asked


def _bearing(plan: NeedPlan) -> tuple[str, ...]:
    """The facts that make the main step, the other steps and the terms what they are."""
    findings = plan.findings
    atoms = [
        conclusion.primary(plan.answer.primary.pathway),
        *(conclusion.available(draft.pathway) for draft in plan.drafts),
    ]
    names = [name for atom in atoms for name in findings.support(AtomRef(atom))]
    stipulable = {name for name in findings.bearing if name.startswith(TIE)}
    for form in (*STEP_FORMS, *TERM_FORMS):
        for rule in findings.fired_rules(form):
            names += findings.support(rule.when)
            stipulable |= {TIE + ref.split(" ")[0] for ref in rule.basis}
    for name in stipulable:
        value = findings.facts.get(name)
        if value is not None and value.origin == "stipulated":
            names.append(name)
    names += ties_of_steps(plan, lambda route: (*route.lead, *route.support))
    return tuple(sorted(set(names)))
