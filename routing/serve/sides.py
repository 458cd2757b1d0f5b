"""Which State of a story is our own, where it says so expressly, and which is then the other one."""

from __future__ import annotations

from collections.abc import Iterable

from routing.core.records import Record
from routing.rulebook.model import Rulebook
from routing.serve.places import places_of
from routing.serve.signed import PLACES
from routing.serve.told import Line

OWN, OTHER = "own", "with"


class Side(Record):
    """A State and on which side it stands. phrase: the words that say it is ours; empty for the other one."""

    state: str
    side: str
    phrase: str


def sides_of(rulebook: Rulebook, told: Iterable[Line]) -> tuple[Side, ...]:
    """Our own State, where one alone is told as such, and the other one, where one alone is told beside it
    and not only as that of a person. Nothing else is taken."""
    lines = tuple(told)
    named = [place for line in lines for place in places_of(rulebook, line)]
    ours = {place.state: place.own_words for place in reversed(named) if place.own_words}
    if len(ours) != 1:
        return ()
    own, phrase = ours.popitem()
    several = any(len(found.mention.targets) > 1 for line in lines for found in line.of(*PLACES))
    others = {place.state for place in named} - {own}
    sure = {place.state for place in named if not place.of_person} & others
    other = tuple(Side(state, OTHER, "") for state in sure if len(others) == 1 and not several)
    return (Side(own, OWN, phrase), *other)
