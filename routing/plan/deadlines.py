"""Clocks: the dates that run from the times on the pathways' cards and from the dates of a case.

Every date is counted from the day on which the step can start, as if it were taken on it. Where we answer,
the term is ours: it has a date once the case tells the event that the row counts `from`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from routing.core import conclusion
from routing.core.domain import Pathway
from routing.core.grouping import grouped
from routing.core.printable import day
from routing.core.records import replace
from routing.evaluate.findings import Findings
from routing.plan.applicable import applicable
from routing.plan.card_times import (
    days,
    expected,
    longest_of,
    number_of,
    owed_on,
    references,
    row_of,
    soonest_of,
    speaks_of_a_person,
    time_of,
    wished,
)
from routing.plan.model import DateKind, Deadline, DerivedDate, Step
from routing.plan.need import DraftStep, NeedPlan
from routing.plan.order import HOLD
from routing.rulebook.model import Rulebook

FILED = ("deliver", "follow")
ENDINGS: tuple[DateKind, ...] = ("may_end", "ends")
PLAN_FOR_LATER = "Say in it by when and why, and have another way or a later day ready"
"""What is done where the usual time is longer than there is."""
SAY_WHEN = "Say in it by when and why"
WHILE_HELD = "while the preservation is sure to last"
Bound = tuple[date, str, str]  # the last day, the reason, the source


def dated(
    steps: tuple[Step, ...], plans: Iterable[NeedPlan], rulebook: Rulebook, as_of: date
) -> tuple[Step, ...]:
    """The steps with every date that can be computed."""
    by_need = {plan.findings.facts.need.id: plan for plan in plans}
    holds = _holds(steps, by_need, rulebook, as_of)
    needed = {need: days_left(plan) for need, plan in by_need.items()}
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
            if findings.facts.need.kind != "answer"
            and not (danger and not _deleted_soon(step, by_need[findings.facts.need.id]))
            and not _sent(findings)
            for bound in _bounds(
                replace(step, role=_part(by_need[findings.facts.need.id], step)),
                findings,
                _asked_to_hold(by_need[findings.facts.need.id]),
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
            if step.when == "now" and reason == WHILE_HELD:
                reason = ""  # that it is held is no reason to wait
            deadline = replace(
                deadline or Deadline(),
                date=as_of if step.when == "now" else max(last, as_of),  # what cannot wait has no later day
                reason=reason,
                source=source or (deadline.source if deadline else ""),
                needs=tuple(dict.fromkeys(need for bound, need in bounds if bound[:2] == first[:2])),
            )
        else:
            deadline = _with_the_wish(deadline, step, members, pathway, needed, as_of)
        if wanted := tuple(_needed_by(step, members, deadline, as_of, in_time)):
            dates = (*wanted, *dates)
            if (
                deadline
                and as_of + timedelta(days=max(longest_of(pathway, m) for m in members)) > wanted[0].date
            ):
                deadline = replace(deadline, expected="")  # no comfortable time stands beside a nearer day
        done.append(replace(step, dates=dates, deadline=deadline))
    return tuple(done)


def _needed_by(
    step: Step,
    members: list[Findings],
    deadline: Deadline | None,
    as_of: date,
    in_time: Mapping[str, str | None],
) -> Iterator[DerivedDate]:
    """The days by which what a step brings, or tells, is needed, each with the needs for which it was named,
    at the step that has to meet it: the first that surely does, else the main one. A day that the last day
    of the step names already is left out."""
    asked = [it for it in members if it.facts.need.kind in ("request", "share") and not _sent(it)]
    for wanted in _named_days(step, asked, "needed", as_of, in_time):
        if wanted.date > as_of and not (deadline and day(wanted.date) in deadline.reason):
            yield wanted


def _named_days(
    step: Step,
    members: list[Findings],
    what: DateKind,
    as_of: date,
    in_time: Mapping[str, str | None],
) -> Iterator[DerivedDate]:
    """The days that the needs of a step name, the nearest first, as far as the step has to meet them."""
    meets = (step.id,) if step.role != "deliver" else (step.id, None)
    named = grouped(
        (number, findings.facts.need.id)
        for findings in members
        if in_time[findings.facts.need.id] in meets
        and (number := number_of(findings.facts, findings.rulebook.clocks.needed)) is not None
    )
    for number, needs in sorted(named.items()):
        clock = members[0].rulebook.clocks.needed
        last = as_of + timedelta(days=number)
        apart = tuple(needs) if len(needs) < len(step.needs) else ()
        yield DerivedDate(what=what, date=last, limit=f"{number} days", source=clock, needs=apart)


def _with_the_wish(
    deadline: Deadline | None,
    step: Step,
    members: list[Findings],
    pathway: Pathway,
    needed: Mapping[str, int | None],
    as_of: date,
) -> Deadline | None:
    """The deadline of a step that has no last day, with the day that is wished for its result."""
    wishes = [
        (days_left, findings.facts.need.id)
        for findings in members
        if step.role == "deliver"
        and findings.facts.need.kind == "request"
        and not _sent(findings)
        and (days_left := needed[findings.facts.need.id]) is not None
        and wished(days_left, longest_of(pathway, findings), time_of(pathway, findings.facts))
    ]
    if not wishes:
        return deadline
    own = time_of(pathway, members[0].facts).get("wished_says")
    remark = f". {own}" if own else f"; it may come later. {SAY_WHEN}"
    first = min(days for days, _ in wishes)
    reason = f"Wanted by {day(as_of + timedelta(days=first))}{remark}"
    needs = tuple(dict.fromkeys(need for days, need in wishes if days == first))
    return replace(deadline or Deadline(), reason=reason, needs=needs)


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
    clocks = rulebook.clocks
    for need, plan in plans.items():
        facts = plan.findings.facts
        since = number_of(facts, clocks.held_for)
        if since is not None and shortest and facts.surely(clocks.held_by_order):
            bounds[need] = (
                as_of + timedelta(days=shortest[0] - since - 1),
                WHILE_HELD,
                shortest[1],
            )
    for step in steps:
        time = time_of(rulebook.pathways[step.pathway])
        kept = days(time, "holds_days")
        if kept is None or step.role not in ("preserve", "deliver"):
            continue
        bound = (
            as_of + timedelta(days=kept - 1),
            WHILE_HELD,
            ", ".join(references(time.get("holds_basis") or time.get("basis"))),
        )
        for need in step.needs:
            bounds[need] = min(bounds.get(need, bound), bound)
    return bounds


def _bounds(
    step: Step,
    findings: Findings,
    asked_to_hold: bool,
    hold: Bound | None,
    time: Mapping[str, object],
    as_of: date,
    needed: int | None,
    longest: int,
) -> Iterator[Bound]:
    """The last days for taking a step, each with its reason. asked_to_hold: whether somebody is asked to keep
    what is sought. hold: until when it is sure to be kept. longest: the days that its result can take."""
    holding = days(time, "holds_days") is not None
    facts, clocks = findings.facts, findings.rulebook.clocks
    kept = number_of(facts, clocks.kept)
    if step.role == HOLD and kept is None and (gone := _gone(findings)) is not None:
        gone_on = day(as_of + timedelta(days=gone))
        yield as_of + timedelta(days=gone - longest), f"before it is gone ({gone_on})", clocks.needed
    if kept is not None and (step.role == "preserve" or (step.role in FILED and hold is None)):
        gone_on, last = day(as_of + timedelta(days=kept)), kept - longest
        reason = f"before the holder deletes the data ({gone_on})"
        if asked_to_hold and step.role in FILED:
            reason, last = f"{reason}, unless they are held there by then", kept
        elif longest > kept:
            reason = f"kept until {gone_on}, {_slow(longest)}"
        yield as_of + timedelta(days=last), reason, _told_by(findings.rulebook, clocks.kept)
    if step.role in FILED and not holding:
        if hold is not None:
            yield hold
        # what is told unasked wants no answer; where no way can be in time, only a hold gives a later day
        least = days(time, "least_days") or 0
        in_time = needed is not None and (needed >= max(least, 1) or hold is not None)
        if needed is None or step.role != "deliver" or facts.need.kind == "share":
            return
        if in_time and not speaks_of_a_person(needed, time) and not wished(needed, longest, time):
            reason = "to have the answer when it is needed"
            if longest > needed:
                reason = (
                    f"needed by {day(as_of + timedelta(days=needed))}, {_slow(longest)}. {PLAN_FOR_LATER}"
                )
            yield as_of + timedelta(days=needed - longest), reason, clocks.needed


def _part(plan: NeedPlan, step: Step) -> str:
    """The part that a step plays for one of its needs."""
    return next((draft.role for draft in plan.drafts if draft.pathway == step.pathway), step.role)


def _deleted_soon(step: Step, plan: NeedPlan) -> bool:
    """Whether a step keeps data of which the case tells the last day: that is told in danger too."""
    facts = plan.findings.facts
    return _part(plan, step) == HOLD and number_of(facts, plan.findings.rulebook.clocks.kept) is not None


def _asked_to_hold(plan: NeedPlan) -> bool:
    return any(draft.role == HOLD for draft in plan.drafts)


def _sent(findings: Findings) -> bool:
    """Whether the request is out already: then there is no last day to send it."""
    return findings.facts.surely(findings.rulebook.clocks.sent)


def _gone(findings: Findings) -> int | None:
    """The days until data that are about to be lost are gone, where a day is named: a hold has to meet it."""
    clocks = findings.rulebook.clocks
    return number_of(findings.facts, clocks.needed) if findings.facts.surely(clocks.going) else None


def _told_by(rulebook: Rulebook, number: str) -> str:
    """The fact that a person tells so that a number of days is known: the date to which they are counted."""
    looked_up = rulebook.facts[number].looked_up or {}
    return str(looked_up.get("days_until", number))


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
    bound_by_law: tuple[tuple[str, DateKind], ...] = (
        ("answers", "answer_due"),
        ("objections", "objection_until"),
    )
    for key, what in bound_by_law:
        ours = [it for it in members if it.facts.need.kind == "answer" and key == "answers"]
        apart = ("share", "answer") if key == "answers" else ("share",)
        asked = [findings for findings in members if findings.facts.need.kind not in apart]
        by_term = grouped(
            (row, findings.facts.need.id)
            for findings in asked
            if (row := row_of(time.get(key), findings)) is not None
        )
        for (hours, words, where), needs in sorted(by_term.items()):
            yield DerivedDate(
                what=what,
                date=start + timedelta(days=hours // 24),
                limit=words,
                source=where or source,
                runs_from=runs_from,
                needs=tuple(needs) if len(by_term) > 1 else (),
            )
        owed = [term for findings in ours if (term := owed_on(time.get(key), findings, as_of)) is not None]
        if owed:
            last, words, where, _ = min(owed)
            yield DerivedDate(
                what="answer_owed", date=last, limit=words, source=where or source, runs_from=runs_from
            )
    answered = [findings for findings in members if findings.facts.need.kind == "answer"]
    yield from _named_days(step, answered, "needed_there", as_of, in_time)
    endings: dict[DateKind, tuple[date, str, str, str]] = {
        key: min(terms)
        for key in ENDINGS
        if (terms := [term for it in members if (term := owed_on(time.get(key), it, as_of)) is not None])
    }
    for key, (last, words, where, event) in endings.items():
        if key == "may_end" and "ends" in endings and endings["ends"][0] <= last:
            continue  # it ends on that day at the latest
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
    usual: tuple[tuple[str, DateKind], ...] = (("least_days", "expected_from"), ("most_days", "expected_by"))
    for key, what in usual:
        number = days(time, key)
        if number is not None:
            yield DerivedDate(
                what=what,
                date=start + timedelta(days=number),
                limit=expected(time),
                source=source,
            )


def days_left(plan: NeedPlan) -> int | None:
    """The days within which the answer is needed; None where a step that is done at once meets that."""
    needed = number_of(plan.findings.facts, plan.findings.rulebook.clocks.needed)
    met = needed is not None and any(_meets(draft, plan.findings, needed) for draft in plan.drafts)
    return None if met else needed


def _step_in_time(steps: tuple[Step, ...], plan: NeedPlan) -> str | None:
    """The first step that meets the day on which a need is needed, by its id; None where none surely does."""
    findings = plan.findings
    within, need = number_of(findings.facts, findings.rulebook.clocks.needed), findings.facts.need.id
    if within is None:
        return None
    meeting = {draft.pathway for draft in plan.drafts if _meets(draft, findings, within)}
    return next((step.id for step in steps if need in step.needs and step.pathway in meeting), None)


def _meets(draft: DraftStep, findings: Findings, within: int) -> bool:
    """Whether a step can have its result in so many days, so that the rest may take its own time.

    That is a hold, where a person or property is to be held and no evidence is sought, or another step that
    is done at once and does not only ask or tell.
    """
    if draft.role == HOLD:
        acts = findings.facts.surely(findings.rulebook.clocks.no_evidence) or (
            _gone(findings) is not None  # the day is then the one on which the data go
        )
    else:
        acts = draft.urgency > 0 and draft.role not in ("inform", "consult")
    soonest = soonest_of(findings.rulebook.pathways[draft.pathway], findings) if acts else None
    return soonest is not None and soonest <= within
