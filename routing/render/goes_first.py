"""Which step the answer in a sentence names before the main one: what starts at once, or a hold."""

from __future__ import annotations

from collections.abc import Sequence

from routing.core.domain import DELIVER
from routing.plan.model import NeedAnswer, Step

URGENT_ROLES = ("preserve", "inform", "support")
"""Parts of a step that may go at once before the main one; what asks first whether it may go is none."""


def goes_first(need: NeedAnswer, steps: Sequence[Step], main: Step | None) -> Step | None:
    """The step named before the main one; none where that is the first.

    What is sure and starts at once abroad comes before a hold, a hold that is sure before one that is not.
    """
    if urgent := _urgent(steps, main):
        return urgent
    holds = [
        step
        for step in steps
        if step.pathway != need.primary.pathway
        and not need.first
        and (step.role == "preserve" or (need.kind == "use" and step.role == "consult"))
    ]
    return next((step for step in holds if step.certainty == "confirmed"), next(iter(holds), None))


def _urgent(steps: Sequence[Step], main: Step | None) -> Step | None:
    if main is None or main.when == "now" or main.role != DELIVER:
        return None
    return next(
        (
            step
            for step in steps
            if step.when == "now"
            and step.certainty == "confirmed"
            and step.role in URGENT_ROLES
            and step.pathway != main.pathway
            and step.receiver.state not in (None, step.sender.state)
        ),
        None,
    )
