"""How sure a row of the law data is."""

from __future__ import annotations

from typing import Literal, get_args

Confidence = Literal["high", "medium", "low"]
CONFIDENCES: tuple[str, ...] = get_args(Confidence)
"""The degrees, the surest first."""
HIGH: Confidence = "high"
"""An office that a treaty names with this confidence goes before that of a State's own law."""
MEDIUM: Confidence = "medium"
"""Of an instrument that tells none."""
LOW: Confidence = "low"
"""A row of this confidence is a lead: never the addressee, never a finding."""
ADDRESSED = tuple(degree for degree in CONFIDENCES if degree != LOW)
"""The degrees of what a request can be sent to."""


def weaker(*degrees: str | None) -> str | None:
    """The lowest of several degrees of confidence."""
    given = [degree for degree in degrees if degree]
    return max(given, key=CONFIDENCES.index) if given else None
