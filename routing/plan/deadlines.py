"""Clocks: the dates that run from the times on the pathways' cards and from the dates of a case.

A card's `time` may hold:
  least_days, most_days    the usual time until there is a result
  limit                    the limit in words
  holds_days, prolonged_days   how long what is held is kept, and how long if that is prolonged
  answers, objections      rows of `days` or `hours`, the first whose `when` surely holds
Every date is counted from the day of the plan, as if the step were taken on it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta

from routing.case.facts import Facts
from routing.core.conditions import Is
from routing.core.domain import Pathway
from routing.core.records import replace
from routing.plan.model import Deadline, DerivedDate, Step, Warned
from routing.plan.need import NeedPlan
from routing.rulebook.model import Rulebook

LATE = "may_be_too_late"
FILED = ("deliver", "follow")
Bound = tuple[date, str, str]  # the last day, the reason, the source


def time_of(pathway: Pathway) -> Mapping[str, object]:
    """The times on a card; empty where it gives none."""
    time = pathway.card.get("time")
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


def limit_of(pathway: Pathway, speaks: Callable[[tuple[str, ...]], tuple[str, ...]]) -> Deadline | None:
    """The limit and the usual time of a pathway, in words. speaks: which of the provisions behind it reach the case."""
    time = time_of(pathway)
    if not time:
        return None
    limit = str(time.get("limit") or "")
    basis = time.get("basis")
    refs = (basis,) if isinstance(basis, str) else tuple(basis) if isinstance(basis, (list, tuple)) else ()
    return Deadline(
        limit="" if limit == "none" else limit, source=", ".join(speaks(refs)), expected=expected(time)
    )


def dated(
    steps: tuple[Step, ...], plans: Iterable[NeedPlan], rulebook: Rulebook, as_of: date
) -> tuple[Step, ...]:
    """The steps with every date that can be computed, those that end first read first."""
    facts = {plan.findings.facts.need.id: plan.findings.facts for plan in plans}
    holds = _holds(steps, facts, rulebook, as_of)
    done = []
    for step in steps:
        dates = tuple(
            _dates(step, [facts[need] for need in step.needs], rulebook.pathways[step.pathway], as_of)
        )
        bounds = [
            bound
            for need in step.needs
            for bound in _bounds(step, facts[need], holds.get(need), rulebook, as_of)
        ]
        deadline = step.deadline
        if bounds:
            last, reason, source = min(bounds)
            deadline = replace(
                deadline or Deadline(),
                date=max(last, as_of),
                reason=reason,
                source=source or (deadline.source if deadline else ""),
            )
        done.append(replace(step, dates=dates, deadline=deadline))
    return _by_date(tuple(done), list(rulebook.roles))


def _source(basis: object) -> str:
    return basis if isinstance(basis, str) else ", ".join(basis) if isinstance(basis, (list, tuple)) else ""


def _number(facts: Facts, name: str) -> int | None:
    value = facts.get(name)
    return value.number if value is not None else None


def _holds(
    steps: tuple[Step, ...], facts: Mapping[str, Facts], rulebook: Rulebook, as_of: date
) -> dict[str, Bound]:
    """For each need, the day before the first hold ends: one of the plan, or one that is running already."""
    found: dict[str, Bound] = {}
    shortest = min(
        (
            (kept, _source(time_of(p).get("holds_basis")))
            for p in rulebook.pathways.values()
            if (kept := days(time_of(p), "holds_days")) is not None
        ),
        default=None,
    )
    for need, known in facts.items():
        since = _number(known, "days_since_preservation")
        if since is not None and shortest and known.surely(Is("preserved", frozenset({"ordered"}))):
            found[need] = (
                as_of + timedelta(days=shortest[0] - since - 1),
                "before the preservation runs out",
                shortest[1],
            )
    for step in steps:
        time = time_of(rulebook.pathways[step.pathway])
        kept = days(time, "holds_days")
        if kept is None or step.role not in ("preserve", "deliver"):
            continue
        bound = (
            as_of + timedelta(days=kept - 1),
            "before the preservation runs out",
            _source(time.get("holds_basis") or time.get("basis")),
        )
        for need in step.needs:
            found[need] = min(found.get(need, bound), bound)
    return found


def _bounds(step: Step, facts: Facts, hold: Bound | None, rulebook: Rulebook, as_of: date) -> Iterator[Bound]:
    """The last days for taking a step, each with its reason."""
    time = time_of(rulebook.pathways[step.pathway])
    holding = days(time, "holds_days") is not None
    least = timedelta(days=days(time, "least_days") or 0)
    kept, needed = _number(facts, "days_of_retention"), _number(facts, "days_until_needed")
    if kept is not None and (step.role == "preserve" or (step.role in FILED and hold is None)):
        yield as_of + timedelta(days=kept) - least, "before the holder deletes the data", "retention_until"
    if step.role in FILED and not holding:
        if hold is not None:
            yield hold
        if needed is not None and step.role == "deliver":
            yield (
                as_of + timedelta(days=needed) - least,
                "to have the answer when it is needed",
                "days_until_needed",
            )


def _dates(step: Step, facts: list[Facts], pathway: Pathway, as_of: date) -> Iterator[DerivedDate]:
    time = time_of(pathway)
    source = _source(time.get("basis"))
    for key, what in (("answers", "answer_due"), ("objections", "objection_until")):
        rows = [row for known in facts if (row := _row(time.get(key), known)) is not None]
        if rows:
            hours, words, where = min(rows)
            yield DerivedDate(
                what=what, date=as_of + timedelta(days=hours // 24), limit=words, source=where or source
            )
    kept, prolonged = days(time, "holds_days"), days(time, "prolonged_days")
    if kept is not None and step.role in ("preserve", "deliver"):
        where = _source(time.get("holds_basis")) or source
        yield DerivedDate(
            what="hold_ends", date=as_of + timedelta(days=kept), limit=f"{kept} days", source=where
        )
        if prolonged is not None:
            yield DerivedDate(
                what="hold_ends_if_prolonged",
                date=as_of + timedelta(days=kept + prolonged),
                limit=f"{kept + prolonged} days",
                source=where,
            )
    for key, what in (("least_days", "expected_from"), ("most_days", "expected_by")):
        number = days(time, key)
        if number is not None:
            yield DerivedDate(
                what=what, date=as_of + timedelta(days=number), limit=expected(time), source=source
            )


def _row(rows: object, facts: Facts) -> tuple[int, str, str] | None:
    """The first row that surely applies: hours, the same in words, and the provision."""
    for row in rows if isinstance(rows, list) else ():
        when = row.get("when") or {}
        if all(
            facts.surely(Is(fact, frozenset([values] if isinstance(values, str) else values)))
            for fact, values in when.items()
        ):
            unit = "hours" if "hours" in row else "days"
            count = int(row[unit])
            return (count if unit == "hours" else count * 24), f"{count} {unit}", _source(row.get("basis"))
    return None


def _by_date(steps: tuple[Step, ...], roles: list[str]) -> tuple[Step, ...]:
    """The steps in an order of reading that keeps the order of doing, what ends first before the rest of its role."""
    left = list(steps)
    done: list[Step] = []
    while left:
        waiting = {step.id for step in left}
        ready = [step for step in left if not waiting & set(step.after)]
        first = min(
            ready,
            key=lambda step: (
                roles.index(step.role),
                step.deadline.date if step.deadline and step.deadline.date else date.max,
            ),
        )
        done.append(first)
        left.remove(first)
    return tuple(done)


def late(plan: NeedPlan, as_of: date) -> Warned | None:
    """A warning where the shortest expected time of every lawful route ends too late, naming the best that remains."""
    findings = plan.findings
    rulebook, facts = findings.rulebook, findings.facts
    ways = [rulebook.pathways[way] for way in findings.ways[:-1] if findings.possibly(f"delivers:{way}")]
    timed = [way for way in ways if days(time_of(way), "least_days") is not None]
    if LATE not in rulebook.warnings or not timed or len(timed) < len(ways):
        return None
    best = min(timed, key=lambda way: (days(time_of(way), "least_days"), ways.index(way)))
    earliest = days(time_of(best), "least_days") or 0
    kept, needed = _number(facts, "days_of_retention"), _number(facts, "days_until_needed")
    held = facts.surely(Is("preserved", frozenset({"ordered", "voluntary"})))
    holds = [
        days(time_of(rulebook.pathways[draft.pathway]), "least_days") or 0
        for draft in plan.drafts
        if draft.role == "preserve"
    ]
    passed = [(needed, "the answer is needed")] if needed is not None and needed < earliest else []
    if kept is not None and not held and kept < min([earliest, *holds]):
        passed.append((kept, "the data are kept"))
    if not passed:
        return None
    code = rulebook.warnings[LATE]
    number, what = min(passed)
    return Warned(
        code=LATE,
        level=code.level,  # type: ignore[arg-type]
        says=f"{code.says} Until {as_of + timedelta(days=number)} {what}; the best that remains is {best.name}, "
        f"from {as_of + timedelta(days=earliest)} at the earliest.",
        why=f"times.{best.id}",
        basis=tuple(ref for ref in _refs(time_of(best)) if ref in rulebook.provisions),
        needs=(facts.need.id,),
    )


def _refs(time: Mapping[str, object]) -> tuple[str, ...]:
    basis = time.get("basis")
    return (basis,) if isinstance(basis, str) else tuple(basis) if isinstance(basis, (list, tuple)) else ()
