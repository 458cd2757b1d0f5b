"""How much of a plan a page shows, from ample to spare."""

from __future__ import annotations

from typing import Literal

from routing.core.records import Record, replace


class DetailLevel(Record):
    """How much of the plan a page shows.

    remarks: most duties and warnings at a step that may be cut. what: how many sentences a step beside the
    main one says of how it is done, at the least its first; one that starts now says one more, and two at the
    least unless nothing forbidden is told. contents: what is told of what steps must
    contain, are sent with and signed by: of main ones and of what keeps something all, of others what they
    contain (`all`); of main ones all, of others what they contain (`items`); of main ones all (`main`); of
    main ones what they contain (`bare`).
    forbidden, unknowns: how many. usual: whether usual times are named. further: whether other channels are.
    compact: whether who acts stands beside what is done, where there is room. counted: whether what the full
    plan adds is counted by its kinds. joined: of which steps channel and law stand in one paragraph
    with what is done: of none, of those that neither are main ones nor start now, or of all. brief: whether
    practice is named once for the page, and what limits no act stands without the further steps it belongs
    to. spare: whether it tells what only a page with room to spare tells; free: how many lines of a page for
    one need it leaves empty.
    """

    remarks: int
    what: int
    contents: Literal["all", "items", "main", "bare"]
    forbidden: int
    unknowns: int
    usual: bool = True
    further: bool = True
    compact: bool = False
    counted: bool = True
    joined: Literal["none", "further", "all"] = "none"
    brief: bool = False
    spare: bool = False
    free: int = 0

    @property
    def of_steps(self) -> DetailLevel:
        """The level without what differs on no step."""
        return replace(self, forbidden=min(self.forbidden, 1), unknowns=0, further=True, counted=True, free=0)

    def tells(self, weight: str) -> bool:
        """Whether a page of this level tells a duty or warning that weighs so much."""
        return weight != "routine" and (self.spare or weight != "spare")

    def joins(self, main: bool, now: bool) -> bool:
        """Whether channel and law of a step stand in one paragraph with what to do. main: whether it is the
        main one. now: whether it starts now."""
        return self.joined == "all" or (self.joined == "further" and not main and not now)


SHORT = DetailLevel(
    0, -1, "bare", 1, 1, usual=False, further=False, compact=True, counted=False, joined="further"
)
LEADING = 3
"""The steps with which a plan begins: what they say of how they are done is cut last, as of a main step."""
DETAIL_LEVELS = (
    DetailLevel(6, 9, "all", 5, 2, spare=True, free=7),
    DetailLevel(6, 9, "all", 5, 2),
    DetailLevel(5, 9, "items", 4, 1),
    DetailLevel(4, 9, "items", 4, 1),
    DetailLevel(3, 9, "items", 4, 1),
    DetailLevel(2, 2, "items", 3, 1),
    DetailLevel(2, 2, "items", 3, 1, compact=True),
    DetailLevel(1, 2, "items", 2, 1, compact=True),
    DetailLevel(1, 1, "items", 2, 1, compact=True),
    DetailLevel(1, 1, "items", 1, 1, usual=False, compact=True),
    DetailLevel(0, 1, "items", 1, 1, usual=False, compact=True),
    DetailLevel(1, 1, "main", 1, 1, usual=False, compact=True),
    DetailLevel(0, 1, "bare", 1, 1, usual=False, further=False, compact=True),
    DetailLevel(0, 0, "bare", 1, 1, usual=False, further=False, compact=True),
    DetailLevel(0, 0, "bare", 1, 1, usual=False, further=False, compact=True, joined="further"),
    DetailLevel(0, -1, "bare", 1, 1, usual=False, further=False, compact=True, joined="further"),
    SHORT,
    replace(SHORT, joined="all"),
    replace(SHORT, joined="all", unknowns=0),
    replace(SHORT, joined="all", unknowns=0, brief=True),
    replace(SHORT, joined="all", unknowns=0, brief=True, forbidden=0),
)
"""From ample to spare; the first that fits the page is used."""
ALL = DetailLevel(999, 999, "all", 999, 999)
