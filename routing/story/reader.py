"""A story as it is read: its sentences with what each tells, and the needs it tells of, worked out once."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from routing.core.records import Record
from routing.story.implied_needs import Clues
from routing.story.in_question import MayNeed
from routing.story.lines import Line, lines
from routing.story.listed import Listed, listed_of
from routing.story.nearest import nearest
from routing.story.needed import Want
from routing.story.wants import wants_of

if TYPE_CHECKING:
    from routing.api import Router


class Story(Record):
    """A story that was read. listed: its sentences, each with what it tells; wants: the needs it tells of."""

    listed: Listed
    wants: tuple[Want, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        return self.listed.lines


def story_of(router: Router, text: str) -> Story:
    """A story in somebody's own words, read."""
    listed = listed_of(router.rulebook, lines(router, text))
    clues = Clues(router, listed)
    may = MayNeed(clues.meetings(), clues.meetings_at, partial(nearest, router, listed.lines))
    return Story(listed, wants_of(router.rulebook, listed, may))
