"""Clocks: the dates that run from the times on the pathways' cards and from the dates of a case.

A card's `time` may hold:
  least_days, most_days    the usual time until there is a result
  limit                    the limit in words
  holds_days, prolonged_days   how long what is held is kept, and how long if that is prolonged
  answers, objections      rows of `days` or `hours`, the first whose `when` surely holds
  runs_from                the event from which the limit runs
  may_end, ends            rows of `days` after which what was done may end, and ends; `runs_from` there
                           names the event in words
Every date is counted from the day on which the step can start, as if it were taken on it. Where we answer,
the term is ours: it has a date once the case tells the event that the row counts `from`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
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
from routing.plan.applicable import applicable
from routing.plan.manner import holds, manner
from routing.plan.model import Deadline, DerivedDate, Step, Warned
from routing.plan.need import Draft, NeedPlan
from routing.plan.order import HOLD
from routing.rulebook.model import Rulebook

LATE = "may_be_too_late"
PRESSED = ("request", "answer")
"""The kinds of need that can come too late: what is told unasked, or used here, waits for nobody."""
FILED = ("deliver", "follow")
SENT = Is("request_already_sent", frozenset({YES}))
"""Of a request that was sent there is no last day to send it."""
ENDINGS: tuple[Literal["may_end", "ends"], ...] = ("may_end", "ends")
Bound = tuple[date, str, str]  # the last day, the reason, the source
Speaks = Callable[[tuple[str, ...]], tuple[str, ...]]


def time_of(pathway: Pathway, facts: Facts | None = None) -> Mapping[str, object]:
    """The times on a card, in the manner of a case if one is given; empty where it gives none."""
    time = (pathway.card if facts is None else manner(pathway, facts)).get("time")
    return time if isinstance(time, dict) else {}


def days(time: Mapping[str, object], key: str) -> int | None:
    word = str(time.get(key) or "")
    return int(word) if word.isdigit() else None


def expected(time: Mapping[str, object]) -> str:
    """The usual time in words, as `3 to 30 days`."""
    least, most = days(time, "least_days"), days(time, "most_days")
    if most is None:
        return ""
    if most == 0:
        return "hours"
    return f"{most} day{'s' if most != 1 else ''}" if least in (None, most) else f"{least} to {most} days"


def limit_of(time: Mapping[str, object], speaks: Speaks) -> Deadline | None:
    """The limit and the usual time of a pathway, in words.

    speaks: which of the provisions behind it reach the case. A limit whose provisions do not reach it is not
    told.
    """
    if not time:
        return None
    limit, refs = str(time.get("limit") or ""), _refs(time.get("basis"))
    source = speaks(refs)
    reaches = bool(source) or not refs
    return Deadline(
        limit=limit if limit != "none" and reaches else "",
        source=", ".join(source),
        expected=expected(time),
        runs_from=str(time.get("runs_from") or "") if limit != "none" and reaches else "",
    )


def dated(
    steps: tuple[Step, ...], plans: Iterable[NeedPlan], rulebook: Rulebook, as_of: date
) -> tuple[Step, ...]:
    """The steps with every date that can be computed."""
    by_need = {plan.findings.facts.need.id: plan for plan in plans}
    holds = _holds(steps, by_need, rulebook, as_of)
    needed = {need: _needed(plan) for need, plan in by_need.items()}
    done = []
    for step in steps:
        members = [by_need[need].findings for need in step.needs]
        pathway, start = rulebook.pathways[step.pathway], step.start or as_of
        danger = any(findings.surely(conclusion.DANGER) for findings in members)
        dates = tuple(
            item
            for item in _dates(step, members, pathway, start, as_of)
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
                _longest(pathway, findings),
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
        done.append(replace(step, dates=dates, deadline=deadline))
    return tuple(done)


def _source(basis: object) -> str:
    return basis if isinstance(basis, str) else ", ".join(basis) if isinstance(basis, (list, tuple)) else ""


def _number(facts: Facts, name: str) -> int | None:
    value = facts.get(name)
    return value.number if value is not None else None


def _holds(
    steps: tuple[Step, ...], plans: Mapping[str, NeedPlan], rulebook: Rulebook, as_of: date
) -> dict[str, Bound]:
    """For each need, the day before the first hold ends: one of the plan, or one that is running already."""
    bounds: dict[str, Bound] = {}
    shortest = min(
        (
            (kept, _source(time_of(p).get("holds_basis")))
            for p in rulebook.pathways.values()
            if (kept := days(time_of(p), "holds_days")) is not None
        ),
        default=None,
    )
    for need, plan in plans.items():
        known = plan.findings.facts
        since = _number(known, "days_since_preservation")
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
            _source(time.get("holds_basis") or time.get("basis")),
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
    kept = _number(facts, "days_of_retention")
    if kept is not None and (step.role == "preserve" or (step.role in FILED and hold is None)):
        reason = "before the holder deletes the data"
        if longest > kept:
            reason = f"as it can take {longest} days and the data are kept for {kept}"
        yield as_of + timedelta(days=kept - longest), reason, "retention_until"
    if step.role in FILED and not holding:
        if hold is not None:
            yield hold
        # what is told unasked wants no answer; where no way can be in time, only a hold gives a later day
        least = days(time, "least_days") or 0
        in_time = needed is not None and (needed >= max(least, 1) or hold is not None)
        if needed is not None and in_time and step.role == "deliver" and facts.need.kind != "share":
            reason = "to have the answer when it is needed"
            if longest > needed:
                reason = (
                    f"as it can take {longest} days and is needed within {needed}; say in it by when and why"
                )
            yield as_of + timedelta(days=needed - longest), reason, AHEAD


def _dates(
    step: Step, members: list[Findings], pathway: Pathway, start: date, as_of: date
) -> Iterator[DerivedDate]:
    """The dates that run from a step, for the needs it serves; of a provision only what reaches the case."""
    first = members[0]
    time = time_of(pathway, first.facts)
    source = ", ".join(applicable(first, _refs(time.get("basis"))))
    runs_from = str(time.get("runs_from") or "")
    for key, what in (("answers", "answer_due"), ("objections", "objection_until")):
        ours = [known for known in members if known.facts.need.kind == "answer"] if key == "answers" else []
        apart = ("share", "answer") if key == "answers" else ("share",)
        asked = [known for known in members if known.facts.need.kind not in apart]
        rows = [row for known in asked if (row := _row(time.get(key), known)) is not None]
        if rows:
            hours, words, where = min(rows)
            yield DerivedDate(
                what=what,  # type: ignore[arg-type]
                date=start + timedelta(days=hours // 24),
                limit=words,
                source=where or source,
                runs_from=runs_from,
            )
        owed = [term for known in ours if (term := _owed(time.get(key), known, as_of)) is not None]
        if owed:
            last, words, where, _ = min(owed)
            yield DerivedDate(
                what="answer_owed", date=last, limit=words, source=where or source, runs_from=runs_from
            )
    pressed = [
        number
        for known in members
        if known.facts.need.kind == "answer" and step.role == "deliver"
        if (number := _number(known.facts, AHEAD)) is not None
    ]
    if pressed:
        yield DerivedDate(
            what="needed_there",
            date=as_of + timedelta(days=min(pressed)),
            limit=f"{min(pressed)} days",
            source=AHEAD,
        )
    for key in ENDINGS:
        ending = [term for known in members if (term := _owed(time.get(key), known, as_of)) is not None]
        if ending:
            last, words, where, event = min(ending)
            yield DerivedDate(what=key, date=last, limit=words, source=where or source, runs_from=event)
    kept, prolonged = days(time, "holds_days"), days(time, "prolonged_days")
    if kept is not None and step.role in ("preserve", "deliver"):
        where = ", ".join(applicable(first, _refs(time.get("holds_basis")))) or source
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


def _row(rows: object, findings: Findings) -> tuple[int, str, str] | None:
    """The first row that surely applies and whose provision reaches the case: hours, the same in words, and
    the provision."""
    found = _applying(rows, findings)
    return found and found[1]


def _applying(rows: object, findings: Findings) -> tuple[Mapping[str, object], tuple[int, str, str]] | None:
    """The same with the row itself."""
    for row in rows if isinstance(rows, list) else ():
        refs = _refs(row.get("basis"))
        reaching = applicable(findings, refs)
        if holds(row.get("when"), findings.facts) and (reaching or not refs):
            unit = "hours" if "hours" in row else "days"
            count = int(row[unit])
            hours = count if unit == "hours" else count * 24
            return row, (hours, f"{count} {unit}", ", ".join(reaching))
    return None


def _longest(pathway: Pathway, findings: Findings) -> int:
    """The days that a result can take: the limit that applies where there is one, else the usual time at its
    longest."""
    time = time_of(pathway, findings.facts)
    row = _row(time.get("answers"), findings)
    return -(-row[0] // 24) if row is not None else days(time, "most_days") or days(time, "least_days") or 0


def _owed(rows: object, findings: Findings, as_of: date) -> tuple[date, str, str, str] | None:
    """The day on which we owe the answer, its term, its provision, and the event from which it runs in words;
    None while it is not told how many days ago that was."""
    found = _applying(rows, findings)
    if found is None:
        return None
    row, (hours, words, where) = found
    since = _number(findings.facts, str(row["from"])) if row.get("from") else None
    if since is None:
        return None
    return as_of + timedelta(days=hours // 24 - since), words, where, str(row.get("runs_from") or "")


def _soonest(pathway: Pathway, findings: Findings) -> int | None:
    """The fewest days until a result, in the manner of the case; a limit in hours that applies counts."""
    time = time_of(pathway, findings.facts)
    least, row = days(time, "least_days"), _row(time.get("answers"), findings)
    return min(least, row[0] // 24) if least is not None and row is not None else least


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
    soonest = {way.id: least for way in ways if (least := _soonest(way, findings)) is not None}
    code = rulebook.warnings.get(LATE) if facts.need.kind in PRESSED else None
    if code is None or not soonest or len(soonest) < len(ways):
        return None
    quickest = min(ways, key=lambda way: (soonest[way.id], ways.index(way)))
    main = rulebook.pathways[plan.answer.primary.pathway]
    sure = findings.surely(conclusion.primary(main.id)) and main.id in soonest
    best = main if sure else quickest
    earliest = soonest[best.id]
    if findings.surely(conclusion.DANGER) and any(
        _soonest(rulebook.pathways[draft.pathway], findings) == 0 for draft in plan.drafts
    ):
        return None  # whoever can act on the spot is told today, and the papers follow
    kept, needed = _number(facts, "days_of_retention"), _needed(plan)
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
        level=code.level,  # type: ignore[arg-type]
        says=(
            f"{code.told(facts.need.kind)} {what} {day(as_of + timedelta(days=number))}; {which}"
            f" usually brings nothing before {day(as_of + timedelta(days=earliest))}.{quicker}"
        ),
        why=f"times.{best.id}",
        basis=applicable(findings, _refs(time_of(best).get("basis"))),
        needs=(facts.need.id,),
    )


def _needed(plan: NeedPlan) -> int | None:
    """The days within which the answer is needed; None where a step that is done at once meets that."""
    needed = _number(plan.findings.facts, AHEAD)
    met = needed is not None and any(_meets(draft, plan.findings, needed) for draft in plan.drafts)
    return None if met else needed


def _meets(draft: Draft, findings: Findings, within: int) -> bool:
    """Whether a step can have its result in so many days, so that the rest may take its own time.

    That is a hold, where a person or property is to be held and no evidence is sought, or another step that
    is done at once and does not only ask or tell.
    """
    if draft.role == HOLD:
        acts = findings.facts.surely(Is("gathers_evidence", frozenset({NO})))
    else:
        acts = draft.urgency > 0 and draft.role not in ("inform", "consult")
    soonest = _soonest(findings.rulebook.pathways[draft.pathway], findings) if acts else None
    return soonest is not None and soonest <= within


def _refs(basis: object) -> tuple[str, ...]:
    return (basis,) if isinstance(basis, str) else tuple(basis) if isinstance(basis, (list, tuple)) else ()
