"""The dates that run from a step, and the age of what was looked up, as sentences."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from routing.core.domain import Pathway
from routing.core.grouping import grouped
from routing.core.printable import day, small_first
from routing.plan.card_times import time_of
from routing.plan.last_seen import by_day
from routing.plan.model import Deadline, DerivedDate, Plan, Step

if TYPE_CHECKING:
    from routing.phrasing.of_plans import Wording

DUE = {
    "answer_due": "If sent today, the answer is due by {}.",
    "answer_owed": "Our answer is due by {}.",
    "needed": "Needed by {}.",
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
IN_HOURS = {
    "answer_due": "If sent now, the answer is due within {}.",
    "answer_owed": "Our answer is due within {} of receipt.",
    "objection_until": "Objection possible for {}.",
}
ENDED = {"may_end": "It may have ended on {}", "ends": "It ended on {} at the latest"}
"""What is said of a day on which something that was done may end, or ends, once that day is past."""
HOURS_OF_A_DAY = 24
WITHIN_A_DAY = re.compile(r"(\d+) hours")
ONLY_A_NUMBER = re.compile(r"\d+ (?:days|hours)")
SHORT = ("needed", "answer_due", "answer_owed", "needed_there", "hold_ends", "may_end", "ends")


def _unprinted(refs: str) -> str:
    """Of provisions that are printed elsewhere, or nowhere: nothing."""
    return ""


def due(
    step: Step,
    full: bool = False,
    called: Mapping[str, str] | None = None,
    law: Callable[[str], str] = _unprinted,
) -> list[str]:
    """The dates that run from a step taken on the day of the plan, as sentences.

    called: what each need is called in a sentence, before a day that was named for some of the needs alone;
    else its id in the case. law: the provisions behind a day on which something ends, as they are printed.
    """
    with_limit = step.deadline.source if step.deadline and step.deadline.limit else ""
    dates = (
        (item, _due(item, step, _unprinted if item.source == with_limit else law))
        for item in step.dates
        if full or item.what in SHORT
    )
    return [of_needs(sentence, item.needs, called or {}) for item, sentence in dates if sentence]


def of_needs(sentence: str, needs: Iterable[str], called: Mapping[str, str]) -> str:
    """A sentence about a day, after the needs for which the day was named; as it is where there are none."""
    named = ", ".join(called.get(need, need) for need in needs)
    return f"For {named}: {small_first(sentence)}" if named else sentence


def ends(step: Step, law: Callable[[str], str] = _unprinted) -> list[str]:
    """The days on which what was done may end, or ends, as sentences: they are told in the shortest page, and
    with the provision that sets them."""
    return [_due(item, step, law) for item in step.dates if item.what in ENDED]


def ends_with_a_term(pathway: Pathway) -> bool:
    """Whether what a channel did ends with a term, as an arrest before the papers does."""
    return not ENDED.keys().isdisjoint(time_of(pathway))


def in_words(limit: Deadline, law: Callable[[str], str]) -> str:
    """The limit of a step, with the event from which it runs and the provision that sets it, where `law`
    prints one."""
    start, cited = f" (from {limit.runs_from})" if limit.runs_from else "", law(limit.source)
    return f"{limit.limit.rstrip('.')}{start}{f' ({cited})' if cited else ''}"


def graded(item: DerivedDate) -> bool:
    """Whether a shorter term goes first, so that it is told with the last day."""
    return item.what in GRADED and not ONLY_A_NUMBER.fullmatch(item.limit)


def _due(item: DerivedDate, step: Step, law: Callable[[str], str] = _unprinted) -> str:
    """A date as a sentence; empty where the limit of the step says the same term in hours."""
    if graded(item):
        return GRADED[item.what].format(item.limit, day(item.date))
    hours = WITHIN_A_DAY.fullmatch(item.limit)
    passed = step.start is not None and item.date < step.start
    if item.what in ENDED:
        sentence = (ENDED if passed else DUE)[item.what].format(day(item.date)).rstrip(".")
        first = next(due for due in step.dates if due.what in ENDED)  # the rest have the same event and law
        counted = f", counted from {item.runs_from}" if item.runs_from and item is first else ""
        cited = law(item.source) if item is first else ""
        return f"{sentence}{counted}{f' ({cited})' if cited else ''}."
    if hours and int(hours[1]) <= HOURS_OF_A_DAY and item.what in IN_HOURS and not passed:
        limit = step.deadline.limit if step.deadline else ""
        same = item.what == "answer_due" and limit.startswith(item.limit)
        return "" if same else IN_HOURS[item.what].format(item.limit)  # a day would say less than the hours
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


def each_list_once(says: Iterable[str]) -> str:
    """Sentences that list something behind the same words, as `Check these lists: A; B.`, joined: each such
    list once, with the items of all."""
    parts = (listing.rstrip(".").partition(": ") for listing in says)
    behind = grouped((head, items) for head, _, items in parts)
    lists = {head: dict.fromkeys("; ".join(items).split("; ")) for head, items in behind.items()}
    return " ".join(f"{head}: {'; '.join(items)}".rstrip(": ") + "." for head, items in lists.items())


def oldest_list(plan: Plan) -> int:
    """How many days ago the oldest list or profile was checked on which a step rests: by a fact behind it, or
    by who is bound by what it cites. 0 where none is old."""
    behind = {fact.fact for step in plan.steps for fact in step.because}
    cited = {basis.provision.split(" ")[0] for step in plan.steps for basis in step.basis}
    rested_on = [item for item in plan.assumptions if item.fact in behind or item.seen_in in cited]
    return max([(plan.as_of - checked).days for checked, _ in by_day(rested_on)], default=0)
