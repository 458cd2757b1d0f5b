"""What all drawings of one page share.

A page is drawn once for each measure and once for each thing that may still have room, a hundred times where
a case has many needs; most of its words are the same each time.
"""

from __future__ import annotations

from functools import cache

from routing.core.lines import lines_of
from routing.core.records import Record
from routing.render.detail_levels import DetailLevel
from routing.render.page import Page, StepSection


class OnceAsked(Record):
    """What a step asked about words that an earlier step may tell, and how they were told then."""

    words: str
    longest: int
    whole: str
    told_as: str


class DrawnStep(Record):
    """The lines of a step as they were drawn; they stand as long as what they asked is answered alike.
    left: the kind of each thing that is left out."""

    asked: tuple[OnceAsked, ...]
    lines: tuple[str, ...]
    left: tuple[str, ...]


class WorkedOut:
    """Each worked out once for a page: words over lines, what a step depends on that no answer tells, and
    what stands on every page of one level of detail.

    facts: how many facts an answer tells at most. tops: by level what stands above the steps. steps: by
    what the level is of steps the last drawing of each, by its number and what it tells beyond its level.
    """

    def __init__(self, page: Page, facts: int) -> None:
        self.lines_of = cache(lines_of)
        self.tops: dict[DetailLevel, tuple[str, ...]] = {}
        self.steps: dict[DetailLevel, dict[tuple[object, ...], DrawnStep]] = {}
        self._untold: dict[int, list[str]] = {}
        self._page, self._facts = page, facts

    def untold(self, step: StepSection) -> list[str]:
        if step.number not in self._untold:
            self._untold[step.number] = self._page.untold(step, self._facts)
        return self._untold[step.number]
