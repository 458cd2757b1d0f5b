"""A warning where what is asked for usually comes too late."""

from __future__ import annotations

from datetime import date, timedelta

from routing.core import conclusion
from routing.core.printable import day
from routing.plan.applicable import applicable, unsettled
from routing.plan.card_times import days, number_of, references, soonest_of, time_of
from routing.plan.deadlines import days_left
from routing.plan.model import Warned
from routing.plan.need import NeedPlan

LATE = "may_be_too_late"
PRESSED = ("request", "answer")
"""The kinds of need that can come too late: what is told unasked, or used here, waits for nobody."""


def late(plan: NeedPlan, as_of: date) -> Warned | None:
    """A warning where the main step, or while that is open every lawful route, usually takes longer than
    there is time, naming the quickest.

    None where a step that is done at once, such as an arrest or a hold, meets the time; what follows it may
    take its own.
    """
    findings = plan.findings
    rulebook, facts = findings.rulebook, findings.facts
    ways = [
        rulebook.pathways[way] for way in findings.ways[:-1] if findings.possibly(conclusion.delivers(way))
    ]
    soonest = {way.id: least for way in ways if (least := soonest_of(way, findings)) is not None}
    code = rulebook.warnings.get(LATE) if facts.need.kind in PRESSED else None
    if code is None or not soonest or len(soonest) < len(ways):
        return None
    quickest = min(ways, key=lambda way: (soonest[way.id], ways.index(way)))
    main = rulebook.pathways[plan.answer.primary.pathway]
    leads = findings.surely(conclusion.primary(main.id)) or plan.answer.open_anyway
    best = main if leads and main.id in soonest else quickest
    earliest = soonest[best.id]
    if findings.surely(conclusion.DANGER) and any(
        soonest_of(rulebook.pathways[draft.pathway], findings) == 0 for draft in plan.drafts
    ):
        return None  # whoever can act on the spot is told today, and the papers follow
    kept = number_of(facts, rulebook.clocks.kept)
    wished = days(time_of(best, facts), "wished_from_days") is not None
    needed = None if wished else days_left(plan)
    held = facts.surely(rulebook.clocks.held)
    holds = [
        days(time_of(rulebook.pathways[draft.pathway]), "least_days") or 0
        for draft in plan.drafts
        if draft.role == "preserve"
    ]
    passed = [(needed, "It is needed by")] if needed is not None and needed < earliest else []
    if kept is not None and not held and kept < min([earliest, *holds]):
        passed.append((kept, "The data are kept until"))
    if not passed:
        return None
    number, what = min(passed)
    slower = soonest[quickest.id] < earliest
    nothing = f"this way ({best.name}) usually brings nothing" if slower else "as a rule nothing comes"
    quicker = f" Quicker, where it serves: {quickest.name}." if slower else ""
    return Warned(
        code=code.id,
        level=code.level,
        says=(
            f"{code.wording(facts.need.kind)} {what} {day(as_of + timedelta(days=number))}; {nothing}"
            f" before {day(as_of + timedelta(days=earliest))}.{quicker}"
        ),
        why=f"times.{best.id}",
        basis=(basis := applicable(findings, references(time_of(best).get("basis")))),
        unsettled=unsettled(findings, basis),
        needs=(facts.need.id,),
    )
