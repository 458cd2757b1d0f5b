"""What all drawings of one page share.

A page is drawn once for each measure and once for each thing that may still have room, a hundred times where
a case has many needs; most of its words are the same each time.
"""

from __future__ import annotations

from functools import cache

from routing.core.lines import lines_of
from routing.render.page import Page, StepSection


class WorkedOut:
    """Each worked out once for a page: words over lines, and what a step depends on that no answer tells.

    facts: how many facts an answer tells at most.
    """

    def __init__(self, page: Page, facts: int) -> None:
        self.lines_of = cache(lines_of)
        self._untold: dict[int, list[str]] = {}
        self._page, self._facts = page, facts

    def untold(self, step: StepSection) -> list[str]:
        if step.number not in self._untold:
            self._untold[step.number] = self._page.untold(step, self._facts)
        return self._untold[step.number]
