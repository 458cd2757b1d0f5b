"""What is asked of somebody, as their role in the story has it: to question her who is only a witness is to
hear a witness, whatever the verb."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from routing.core.records import replace
from routing.rulebook.model import Rulebook
from routing.story.lines import Line
from routing.story.needs import Needed

ROLE = "person_role"


def heard_as(rulebook: Rulebook, lines: Collection[Line], needs: Collection[Needed]) -> Iterator[Needed]:
    """The needs, with each that is only of a suspect as the one of the role that the story tells, where it
    tells one role alone."""
    roles = {value for line in lines for phrase in line.of(ROLE) for value in phrase.mention.targets}
    rows = (row.split() for row in rulebook.words.story.get("heard_as", ()))
    instead = {of: read for role, of, read in rows if roles == {role}}
    for need in needs:
        measures = tuple(dict.fromkeys(instead.get(name, name) for name in need.want.measures))
        yield replace(need, want=replace(need.want, measures=measures)) if instead else need
