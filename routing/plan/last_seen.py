"""What the plan takes from lists and profiles that were last checked before the day it is for.

What was last seen goes on holding, and the plan says so with the day. Where a list that decides a step is
older than its horizon (`horizon_days`, by how fast such lists change), it says where to look it up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from routing.case.facts import Value
from routing.core import conclusion
from routing.core.conditions import AtomRef, Condition
from routing.core.domain import Route
from routing.core.printable import day
from routing.evaluate.bits import rails_of
from routing.evaluate.findings import Findings
from routing.law import LastSeen, Law
from routing.law.bilateral import BILATERAL
from routing.law.standing import IN_FORCE, SIGNED
from routing.plan.model import Assumption, Warned
from routing.plan.need import NeedPlan
from routing.rulebook.model import Rulebook
from routing.rulebook.parse.conditions import TIE

PAST_HORIZON = "list_past_its_horizon"
PROFILE = "profile"
"""What the profile of a State is called among the horizons of the rulebook."""


def last_seen_assumption(name: str, value: Value, needs: tuple[str, ...]) -> Assumption | None:
    """The presumption that a looked-up value goes on since it was last seen; None where it needs none."""
    last = value.as_last_seen
    if last is None:
        return None
    return Assumption(
        fact=name,
        value=value.text(),
        because=f"So it was when last checked on {day(last.day)}; nothing known says otherwise.",
        origin="last_seen",
        as_last_seen=last.day,
        seen_in=last.register,
        needs=needs,
    )


def past_horizon(plan: NeedPlan, law: Law, as_of: date) -> Warned | None:
    """A caution where a list is older than its horizon on which a step of the need rests, or which might open
    another one since: a treaty that was only signed when last seen."""
    findings = plan.findings
    code = findings.rulebook.warnings.get(PAST_HORIZON)
    if code is None:
        return None
    deciding = set(_deciding(plan))
    old = sorted(
        {
            last
            for last in (*deciding, *_awaited(plan))
            if (horizon := _horizon(findings.rulebook, law, last.register)) is not None
            and (as_of - last.day).days > horizon
        }
    )
    if not old:
        return None
    lists = "; ".join(
        f"{register_name(law, last.register)}, {'' if last in deciding else 'only signed when '}"
        f"checked {day(last.day)}{_where(law, last.register)}"
        for last in old
    )
    return Warned(
        code=PAST_HORIZON,
        level=code.level,
        says=f"{code.says.rstrip('.')}: {lists}.",
        why=PAST_HORIZON,
        needs=(findings.facts.need.id,),
    )


def register_name(law: Law, register: str) -> str:
    """The list or the profile by name: the short name of an instrument, or that of a State."""
    if register in law.instruments:
        return law.instruments[register].short
    if register == BILATERAL:
        return law.instrument(register).short
    return f"profile of {law.states.name(register)}"


def by_day(assumptions: Iterable[Assumption]) -> tuple[tuple[date, tuple[str, ...]], ...]:
    """The lists and profiles by the day they were last checked, the oldest first."""
    by_day: dict[date, dict[str, None]] = {}
    for item in assumptions:
        if item.origin == "last_seen" and item.as_last_seen is not None:
            by_day.setdefault(item.as_last_seen, {})[item.seen_in] = None
    return tuple((day, tuple(sorted(by_day[day]))) for day in sorted(by_day))


def ties_of_steps(plan: NeedPlan, of: Callable[[Route], Iterable[str]]) -> Iterator[str]:
    """The ties in force, as last seen, of the provisions that the steps of a need cite, also where something
    else of a step is open. of: the provisions of a route that count."""
    findings = plan.findings
    for draft in plan.drafts:
        for provision in of(findings.rulebook.routes[draft.route]):
            tie = TIE + provision.split(" ")[0]
            value = findings.facts.get(tie)
            if value is not None and value.words == {IN_FORCE} and value.as_last_seen is not None:
                yield tie


def _deciding(plan: NeedPlan) -> Iterator[LastSeen]:
    """The days behind what makes each step of the need available, or carries it if what is open allows."""
    findings = plan.findings
    surely = (
        name for draft in plan.drafts for name in findings.support(AtomRef(conclusion.available(draft.route)))
    )
    for name in (*surely, *ties_of_steps(plan, lambda route: route.lead)):
        value = findings.facts.get(name)
        if value is not None and value.as_last_seen is not None:
            yield value.as_last_seen


def _awaited(plan: NeedPlan) -> Iterator[LastSeen]:
    """The days on which treaties were last seen to be only signed that would carry a way to what is
    needed."""
    findings = plan.findings
    for way in findings.ways:
        for route in findings.rulebook.pathways[way].routes:
            tie = TIE + route.lead[0].split(" ")[0]
            value = findings.facts.get(tie)
            if value is None or value.words != {SIGNED} or value.as_last_seen is None:
                continue
            if _else_open(findings, route.opens, tie):
                yield value.as_last_seen


def _else_open(findings: Findings, condition: Condition, tie: str) -> bool:
    """Whether a condition may hold once the instrument of a tie binds."""
    _, possibly = rails_of(
        condition,
        -1,
        0,
        lambda atom: _bits(findings.reference.atom(atom)),
        lambda test: (-1, -1) if test.fact == tie else _bits(findings.facts.truth(test)),
    )
    return bool(possibly)


def _bits(rails: tuple[bool, bool]) -> tuple[int, int]:
    return (-rails[0], -rails[1])


def _horizon(rulebook: Rulebook, law: Law, register: str) -> int | None:
    """How many days a list or a profile may be old; None where the rules set no horizon."""
    entry = law.instruments.get(register)
    if entry is None:
        return rulebook.horizons.get(register if register == BILATERAL else PROFILE)
    return entry.horizon_days or rulebook.horizons.get(entry.kind)


def _where(law: Law, register: str) -> str:
    entry = law.instruments.get(register)
    if entry is None:
        return ""
    if entry.look_up:
        return f" (see {entry.look_up})"
    return f" (ask: {entry.depositary})" if entry.depositary else ""
