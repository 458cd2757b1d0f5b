"""The dates that run from a step, and the age of what was looked up, as sentences."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from routing.core.printable import day
from routing.plan.last_seen import by_day
from routing.plan.model import DerivedDate, Plan, Step

if TYPE_CHECKING:
    from routing.phrasing.of_plans import Wording

DUE = {
    "answer_due": "If sent today, the answer is due by {}.",
    "answer_owed": "Our answer is due by {}.",
    "needed_there": "They need it by {}.",
    "objection_until": "Objection possible until {}.",
    "hold_ends": "It is kept at least until {}.",
    "hold_ends_if_prolonged": "If it is prolonged, it is kept at least until {}.",
    "may_end": "It may end after {}.",
    "ends": "It ends on {} at the latest.",
    "expected_from": "Result expected from {}.",
    "expected_by": "Result expected by {}.",
}
GRADED = {
    "answer_due": "Answer due in {}, else by {} if sent today.",
    "answer_owed": "Our answer is due in {}, else by {}.",
}
IN_HOURS = {"answer_due": "The answer is due in", "answer_owed": "Our answer is due in"}
ONLY_A_NUMBER = re.compile(r"\d+ (?:days|hours)")
HOURS = re.compile(r"(?:[1-9]|1\d|2[0-3]) hours?")
"""A term of less than a day: whether it ends on the day of sending hangs on the hour."""
SHORT = ("answer_due", "answer_owed", "needed_there", "hold_ends", "may_end", "ends")


def due(step: Step, full: bool = False) -> list[str]:
    """The dates that run from a step taken on the day of the plan, as sentences."""
    return [_due(item) for item in step.dates if (full or item.what in SHORT) and not _said(item, step)]


def graded(item: DerivedDate) -> bool:
    """Whether a shorter term goes first, so that it is told with the last day."""
    return item.what in GRADED and not ONLY_A_NUMBER.fullmatch(item.limit)


def _in_hours(item: DerivedDate) -> bool:
    return item.what in GRADED and HOURS.fullmatch(item.limit) is not None


def _said(item: DerivedDate, step: Step) -> bool:
    """Whether the term of the step says it in hours already."""
    return _in_hours(item) and step.deadline is not None and item.limit in step.deadline.limit


def _due(item: DerivedDate) -> str:
    if _in_hours(item):
        return f"{IN_HOURS[item.what]} {item.limit}."
    if graded(item):
        return GRADED[item.what].format(item.limit, day(item.date))
    return DUE[item.what].format(day(item.date))


MOST_DAYS = 3


def lists_checked(plan: Plan, words: Wording, full: bool = False) -> str:
    """How old the lists and profiles are that the plan takes as they were last seen, in one line; empty where
    none is old."""
    if plan.strict_dates:
        return "Read strictly: nothing is presumed after the day it was last checked."
    days = by_day(plan.assumptions)
    shown = days if full else days[:MOST_DAYS]
    parts = []
    for checked, registers in shown:
        age = (plan.as_of - checked).days
        ago = "1 day" if age == 1 else f"{age} days"
        names = ", ".join(words.register(register) for register in registers)
        parts.append(f"{names} on {day(checked)} ({ago} ago)")
    left = f"; others later ({len(days)} days; --full)" if len(days) > len(shown) else ""
    return f"{'; '.join(parts)}{left}. Not checked since; assumed unchanged." if parts else ""
