"""When each step starts, and the one order in which steps are read."""

from __future__ import annotations

from collections.abc import Container, Mapping
from datetime import date, timedelta

from routing.core.domain import PRESERVE
from routing.core.records import replace
from routing.plan.model import Step

HOLD = PRESERVE
"""The part of a step that need only be sent before the next one starts."""


def started(steps: tuple[Step, ...], least_days: Mapping[str, int], as_of: date) -> tuple[Step, ...]:
    """The steps, each with the earliest day on which it can start.

    least_days: for each step, by id, the shortest usual time in days until it has a result. A step starts
    once those it waits for have theirs; after a step that only holds something, as soon as that is sent.
    What is done at once after nothing but what is done at once, as a form after a call, starts today.
    """
    by_id = {step.id: step for step in steps}
    waits: dict[str, int] = {}

    def sent_on(before: str, step_id: str) -> bool:
        both_now = by_id[before].when == by_id[step_id].when == "now"
        return by_id[before].role == HOLD or both_now

    def wait(step_id: str) -> int:
        if step_id not in waits:
            waits[step_id] = max(
                (
                    wait(before) + (0 if sent_on(before, step_id) else least_days.get(before, 0))
                    for before in by_id[step_id].after
                ),
                default=0,
            )
        return waits[step_id]

    return tuple(replace(step, start=as_of + timedelta(days=wait(step.id))) for step in steps)


def in_order(
    steps: tuple[Step, ...],
    urgency: Mapping[str, int],
    roles: list[str],
    ranks: Mapping[str, int],
    in_danger: Container[str] = (),
) -> tuple[Step, ...]:
    """The steps in the order in which they start.

    None stands before one that it waits for. Of those that can start on the same day what is done at once
    goes first: what is surely open before what may be, what is for somebody in danger before what is for
    property or data alone, in the order that the rules give it; then what waits for nothing; the rest by the
    part they play, then by the earliest last day. urgency: that order, by id of step, 0 for a step that is
    not done at once. ranks: the place of each pathway in the rulebook. in_danger: the steps, by id, that
    serve a need in which somebody or something is in immediate danger.
    """
    left = list(steps)
    done: list[Step] = []

    def place(step: Step) -> tuple[date, bool, bool, bool, int, bool, int, date, int, str]:
        last = step.deadline.date if step.deadline and step.deadline.date else date.max
        start = step.start or date.min
        soon = urgency.get(step.id) or len(ranks)
        at_once = step.when == "now"
        return (
            start,
            not at_once,
            at_once and step.certainty != "confirmed",
            at_once and step.id not in in_danger,
            soon,
            step.when == "after",
            roles.index(step.role),
            last,
            ranks[step.pathway],
            step.id,
        )

    while left:
        waiting = {step.id for step in left}
        first = min((step for step in left if not waiting & set(step.after)), key=place)
        done.append(first)
        left.remove(first)
    return tuple(done)
