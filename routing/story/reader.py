"""A story as it is read: its sentences with what each tells, and the needs it tells of, worked out once."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from routing.core.records import Record
from routing.story.analysis import Analysis, analysis_of
from routing.story.asked_needs import MayNeed
from routing.story.implied_needs import Clues
from routing.story.lines import Line, lines
from routing.story.nearest import is_near, nearest
from routing.story.needs import Want
from routing.story.wants import wants_of

if TYPE_CHECKING:
    from routing.opened import Router


class Story(Record):
    """A story that was read.

    analysis: its sentences, each with what it tells; wants: the needs it tells of.
    """

    analysis: Analysis
    wants: tuple[Want, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        return self.analysis.lines


def story_of(router: Router, text: str, day: date | None = None) -> Story:
    """A story in somebody's own words, read. day: of the answer, where it is known."""
    analysis = analysis_of(router.rulebook, lines(router, text), day)
    clues = Clues(router, analysis)
    may = MayNeed(
        clues.meetings(),
        clues.meetings_at,
        partial(nearest, router, analysis.lines, analysis.acts),
        partial(is_near, router, analysis.lines),
    )
    return Story(analysis, wants_of(router.rulebook, analysis, may))
