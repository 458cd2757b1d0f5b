"""How much of a plan a page shows, from ample to spare."""

from __future__ import annotations

from typing import Literal

from routing.core.records import Record


class Measure(Record):
    """How much of the plan a page shows.

    said: most duties and warnings at a step that may be cut. what: how many sentences a step beside the main
    one says of how it is done; one that starts now says one more. contents: of which steps the page lists
    what the request must contain: of those done now and the main ones, of the main ones, or of none.
    forbidden, unknowns: how many. usual: whether usual times are named. further: whether other channels are.
    compact: whether who acts stands beside what is done, where there is room. counted: whether what the full
    plan adds is counted by its kinds.
    """

    said: int
    what: int
    contents: Literal["now", "main", "none"]
    forbidden: int
    unknowns: int
    usual: bool = True
    further: bool = True
    compact: bool = False
    counted: bool = True


MEASURES = (
    Measure(6, 9, "now", 5, 2),
    Measure(5, 9, "main", 4, 1),
    Measure(4, 9, "main", 4, 1),
    Measure(3, 9, "main", 4, 1),
    Measure(2, 2, "main", 3, 1),
    Measure(2, 2, "none", 3, 1, compact=True),
    Measure(1, 2, "none", 2, 1, compact=True),
    Measure(1, 1, "none", 2, 1, compact=True),
    Measure(1, 1, "none", 1, 1, usual=False, compact=True),
    Measure(0, 1, "none", 1, 1, usual=False, further=False, compact=True),
    Measure(0, 0, "none", 1, 1, usual=False, further=False, compact=True),
    Measure(0, 0, "none", 1, 0, usual=False, further=False, compact=True),
    Measure(0, -1, "none", 1, 0, usual=False, further=False, compact=True),
    Measure(0, -1, "none", 1, 0, usual=False, further=False, compact=True, counted=False),
)
"""From ample to spare; the first that fits the page is used."""
ALL = Measure(999, 999, "now", 999, 999)
