"""Clocks: the dates that run from the times on the pathways' cards and from the dates of a case.

Every date is counted from the day on which the step can start, as if it were taken on it. Where we answer,
the term is ours: it has a date once the case tells the event that the row counts `from`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Literal

from routing.case.facts import Facts
from routing.case.values import AHEAD
from routing.core import conclusion
from routing.core.conditions import Is
from routing.core.domain import NO, YES, Pathway
from routing.core.printable import day
from routing.core.records import replace
from routing.evaluate.findings import Findings
from routing.plan.applicable import applicable, unsettled
from routing.plan.card_times import (
    days,
    expected,
    longest_of,
    number_of,
    owed_on,
    references,
    row_of,
    soonest_of,
    time_of,
)
from routing.plan.model import Deadline, DerivedDate, Step, Warned
from routing.plan.need import Draft, NeedPlan
from routing.plan.order import HOLD
from routing.rulebook.model import Rulebook

LATE = "may_be_too_late"
PRESSED = ("request", "answer")
"""The kinds of need that can come too late: what is told unasked, or used here, waits for nobody."""
FILED = ("deliver", "follow")
LOST = Is("data_volatility", frozenset({"imminent_loss"}))
SENT = Is("request_already_sent", frozenset({YES}))
"""Of a request that was sent there is no last day to send it."""
ENDINGS: tuple[Literal["may_end", "ends"], ...] = ("may_end", "ends")
PLAN_FOR_LATER = "Say in it by when and why, and have another way or a later day ready"
"""What is done where the usual time is longer than there is."""
SAY_WHEN = "Say in it by when and why"
WISHED = 180
"""Days from which a day that is named is a wish for which nobody hurries, where the usual time is longer."""
Bound = tuple[date, str, str]  # the last day, the reason, the source


def dated(
    steps: tuple[Step, ...], plans: Iterable[NeedPlan], rulebook: Rulebook, as_of: date
) -> tuple[Step, ...]:
    """The steps with every date that can be computed."""
    by_need = {plan.findings.facts.need.id: plan for plan in plans}
    holds = _holds(steps, by_need, rulebook, as_of)
    needed = {need: _needed(plan) for need, plan in by_need.items()}
    in_time = {need: _step_in_time(steps, plan) for need, plan in by_need.items()}
    done = []
    for step in steps:
        members = [by_need[need].findings for need in step.needs]
        pathway, start = rulebook.pathways[step.pathway], step.start or as_of
        danger = any(findings.surely(conclusion.DANGER) for findings in members)
        dates = tuple(
            item
            for item in _dates(step, members, pathway, start, as_of, in_time)
            if not (danger and item.what.startswith("expected"))
        )
        bounds = [
            (bound, findings.facts.need.id)
            for findings in members
            if findings.facts.need.kind != "answer" and not danger and not findings.facts.surely(SENT)
            for bound in _bounds(
                step,
                findings.facts,
                holds.get(findings.facts.need.id),
                time_of(pathway, findings.facts),
                as_of,
                needed[findings.facts.need.id],
                longest_of(pathway, findings),
            )
        ]
        deadline = step.deadline
        if bounds:
            last, reason, source = first = min(bound for bound, _ in bounds)
            deadline = replace(
                deadline or Deadline(),
                date=max(last, as_of),
                reason=reason,
                source=source or (deadline.source if deadline else ""),
                needs=tuple(dict.fromkeys(need for bound, need in bounds if bound[:2] == first[:2])),
            )
        else:
            deadline = _with_the_wish(deadline, step, members, pathway, needed, as_of)
        done.append(replace(step, dates=dates, deadline=deadline))
    return tuple(done)


def _with_the_wish(
    deadline: Deadline | None,
    step: Step,
    members: list[Findings],
    pathway: Pathway,
    needed: Mapping[str, int | None],
    as_of: date,
) -> Deadline | None:
    """The deadline of a step that has no last day, with the day that is wished for its result."""
    wished = [
        days_left
        for findings in members
        if step.role == "deliver"
        and findings.facts.need.kind == "request"
        and not findings.facts.surely(SENT)
        and (days_left := needed[findings.facts.need.id]) is not None
        and not _needed_is_filing(time_of(pathway, findings.facts))
        and _wished(days_left, longest_of(pathway, findings))
    ]
    if not wished:
        return deadline
    reason = f"Wanted by {day(as_of + timedelta(days=min(wished)))}; it may come later. {SAY_WHEN}"
    return replace(deadline or Deadline(), reason=reason)


def _holds(
    steps: tuple[Step, ...], plans: Mapping[str, NeedPlan], rulebook: Rulebook, as_of: date
) -> dict[str, Bound]:
    """For each need, the day before the first hold ends: one of the plan, or one that is running already."""
    bounds: dict[str, Bound] = {}
    shortest = min(
        (
            (kept, ", ".join(references(time_of(p).get("holds_basis"))))
            for p in rulebook.pathways.values()
            if (kept := days(time_of(p), "holds_days")) is not None
        ),
        default=None,
    )
    for need, plan in plans.items():
        known = plan.findings.facts
        since = number_of(known, "days_since_preservation")
        if since is not None and shortest and known.surely(Is("preserved", frozenset({"ordered"}))):
            bounds[need] = (
                as_of + timedelta(days=shortest[0] - since - 1),
                "while the preservation is sure to last",
                shortest[1],
            )
    for step in steps:
        time = time_of(rulebook.pathways[step.pathway])
        kept = days(time, "holds_days")
        if kept is None or step.role not in ("preserve", "deliver"):
            continue
        bound = (
            as_of + timedelta(days=kept - 1),
            "while the preservation is sure to last",
            ", ".join(references(time.get("holds_basis") or time.get("basis"))),
        )
        for need in step.needs:
            bounds[need] = min(bounds.get(need, bound), bound)
    return bounds


def _bounds(
    step: Step,
    facts: Facts,
    hold: Bound | None,
    time: Mapping[str, object],
    as_of: date,
    needed: int | None,
    longest: int,
) -> Iterator[Bound]:
    """The last days for taking a step, each with its reason. longest: the days that its result can take."""
    holding = days(time, "holds_days") is not None
    kept = number_of(facts, "days_of_retention")
    if step.role == HOLD and (gone := _gone(facts)) is not None:
        yield as_of + timedelta(days=gone - longest), "before the data are deleted", AHEAD
    if kept is not None and (step.role == "preserve" or (step.role in FILED and hold is None)):
        reason = "before the holder deletes the data"
        if longest > kept:
            reason = f"kept until {day(as_of + timedelta(days=kept))}, {_slow(longest)}"
        yield as_of + timedelta(days=kept - longest), reason, "retention_until"
    if step.role in FILED and not holding:
        if hold is not None:
            yield hold
        # what is told unasked wants no answer; where no way can be in time, only a hold gives a later day
        least = days(time, "least_days") or 0
        in_time = needed is not None and (needed >= max(least, 1) or hold is not None)
        if needed is None or step.role != "deliver" or facts.need.kind == "share":
            return
        if _needed_is_filing(time):
            yield as_of + timedelta(days=needed), "when the papers are due", AHEAD
        elif in_time and not _wished(needed, longest):
            reason = "to have the answer when it is needed"
            if longest > needed:
                reason = (
                    f"needed by {day(as_of + timedelta(days=needed))}, {_slow(longest)}. {PLAN_FOR_LATER}"
                )
            yield as_of + timedelta(days=needed - longest), reason, AHEAD


def _needed_is_filing(time: Mapping[str, object]) -> bool:
    """Whether the day that is named is the one on which our papers are due, not one for an answer."""
    return time.get("needed_is_filing") == YES


def _gone(facts: Facts) -> int | None:
    """The days until data that are about to be lost are gone, where a day is named: a hold has to meet it."""
    return number_of(facts, AHEAD) if facts.surely(LOST) else None


def _wished(needed: int, longest: int) -> bool:
    """Whether the day that is named is a wish, so far off that nothing is lost if it passes a while."""
    return WISHED <= needed < longest


def _slow(longest: int) -> str:
    return f"but it can take {longest} days and may come too late"


def _dates(
    step: Step,
    members: list[Findings],
    pathway: Pathway,
    start: date,
    as_of: date,
    in_time: Mapping[str, str | None],
) -> Iterator[DerivedDate]:
    """The dates that run from a step, for the needs it serves; of a provision only what reaches the case.

    in_time: for each need, the step that meets the day on which it is needed; None: no hold does, so that the
    main step has it.
    """
    first = members[0]
    time = time_of(pathway, first.facts)
    source = ", ".join(applicable(first, references(time.get("basis"))))
    runs_from = str(time.get("runs_from") or "")
    for key, what in (("answers", "answer_due"), ("objections", "objection_until")):
        ours = [known for known in members if known.facts.need.kind == "answer"] if key == "answers" else []
        apart = ("share", "answer") if key == "answers" else ("share",)
        asked = [known for known in members if known.facts.need.kind not in apart]
        rows = [row for known in asked if (row := row_of(time.get(key), known)) is not None]
        if rows:
            hours, words, where = min(rows)
            yield DerivedDate(
                what=what,  # type: ignore[arg-type]
                date=start + timedelta(days=hours // 24),
                limit=words,
                source=where or source,
                runs_from=runs_from,
            )
        owed = [term for known in ours if (term := owed_on(time.get(key), known, as_of)) is not None]
        if owed:
            last, words, where, _ = min(owed)
            yield DerivedDate(
                what="answer_owed", date=last, limit=words, source=where or source, runs_from=runs_from
            )
    pressed = [
        number
        for known in members
        if known.facts.need.kind == "answer"
        and in_time[known.facts.need.id] in ((step.id,) if step.role != "deliver" else (step.id, None))
        if (number := number_of(known.facts, AHEAD)) is not None
    ]
    if pressed:
        yield DerivedDate(
            what="needed_there",
            date=as_of + timedelta(days=min(pressed)),
            limit=f"{min(pressed)} days",
            source=AHEAD,
        )
    for key in ENDINGS:
        ending = [term for known in members if (term := owed_on(time.get(key), known, as_of)) is not None]
        if ending:
            last, words, where, event = min(ending)
            yield DerivedDate(what=key, date=last, limit=words, source=where or source, runs_from=event)
    kept, prolonged = days(time, "holds_days"), days(time, "prolonged_days")
    if kept is not None and step.role in ("preserve", "deliver"):
        where = ", ".join(applicable(first, references(time.get("holds_basis")))) or source
        yield DerivedDate(
            what="hold_ends", date=start + timedelta(days=kept), limit=f"{kept} days", source=where
        )
        if prolonged is not None:
            yield DerivedDate(
                what="hold_ends_if_prolonged",
                date=start + timedelta(days=kept + prolonged),
                limit=f"{kept + prolonged} days",
                source=where,
            )
    for key, what in (("least_days", "expected_from"), ("most_days", "expected_by")):
        number = days(time, key)
        if number is not None:
            yield DerivedDate(
                what=what,  # type: ignore[arg-type]
                date=start + timedelta(days=number),
                limit=expected(time),
                source=source,
            )


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
    sure = findings.surely(conclusion.primary(main.id)) and main.id in soonest
    best = main if sure else quickest
    earliest = soonest[best.id]
    if findings.surely(conclusion.DANGER) and any(
        soonest_of(rulebook.pathways[draft.pathway], findings) == 0 for draft in plan.drafts
    ):
        return None  # whoever can act on the spot is told today, and the papers follow
    kept = number_of(facts, "days_of_retention")
    needed = None if _needed_is_filing(time_of(best, facts)) else _needed(plan)
    held = facts.surely(Is("preserved", frozenset({"ordered", "voluntary"})))
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
    which = f"{'this' if slower or len(ways) == 1 else 'the quickest'} way ({best.name})"
    quicker = f" Quicker, where it serves: {quickest.name}." if slower else ""
    return Warned(
        code=code.id,
        level=code.level,
        says=(
            f"{code.told(facts.need.kind)} {what} {day(as_of + timedelta(days=number))}; {which}"
            f" usually brings nothing before {day(as_of + timedelta(days=earliest))}.{quicker}"
        ),
        why=f"times.{best.id}",
        basis=(basis := applicable(findings, references(time_of(best).get("basis")))),
        unsettled=unsettled(findings, basis),
        needs=(facts.need.id,),
    )


def _needed(plan: NeedPlan) -> int | None:
    """The days within which the answer is needed; None where a step that is done at once meets that."""
    needed = number_of(plan.findings.facts, AHEAD)
    met = needed is not None and any(_meets(draft, plan.findings, needed) for draft in plan.drafts)
    return None if met else needed


def _step_in_time(steps: tuple[Step, ...], plan: NeedPlan) -> str | None:
    """The first step that meets the day on which a need is needed, by its id; None where none surely does."""
    within, need = number_of(plan.findings.facts, AHEAD), plan.findings.facts.need.id
    if within is None:
        return None
    meeting = {draft.pathway for draft in plan.drafts if _meets(draft, plan.findings, within)}
    return next((step.id for step in steps if need in step.needs and step.pathway in meeting), None)


def _meets(draft: Draft, findings: Findings, within: int) -> bool:
    """Whether a step can have its result in so many days, so that the rest may take its own time.

    That is a hold, where a person or property is to be held and no evidence is sought, or another step that
    is done at once and does not only ask or tell.
    """
    if draft.role == HOLD:
        acts = findings.facts.surely(Is("gathers_evidence", frozenset({NO}))) or (
            _gone(findings.facts) is not None  # the day is then the one on which the data go
        )
    else:
        acts = draft.urgency > 0 and draft.role not in ("inform", "consult")
    soonest = soonest_of(findings.rulebook.pathways[draft.pathway], findings) if acts else None
    return soonest is not None and soonest <= within
