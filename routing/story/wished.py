"""What we wish and no need of a story answers: no plan is made before it is asked whether that is needed too.

    We want that the bank there hold it. Later also the name of who opened the account.

wishes two things. A plan for the name alone would leave out what matters most, and nobody would see it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from routing.case.deeds import MUST_BE, US, WISHES, Deed
from routing.core.records import replace
from routing.story.acts import Acts
from routing.story.direction import only_shares
from routing.story.lines import Line
from routing.story.needs import Needed
from routing.story.sentences import AND

LATER = frozenset({"later", "afterwards"})
FEWEST = 2  # words that say what is wished: one alone may stand there by chance


def with_wishes(acts: Acts, lines: Sequence[Line], needs: Sequence[Needed]) -> Iterator[Needed]:
    """The needs of a story, with each marked as wished (`Want.wished`) that we wish in several words in a
    clause of which no other is surely read.

    What is wished and only asked about, beside a need that is sure, a plan leaves out (`Offered.left`).
    Where another State is only told something, nothing is wished of it.
    """
    sure = [need for need in needs if not need.want.asked]
    for need in needs:
        wished = need.words >= FEWEST and not only_shares(lines) and _is_left(acts, lines, need, sure)
        yield replace(need, want=replace(need.want, wished=True)) if wished else need


def _is_left(acts: Acts, lines: Sequence[Line], need: Needed, sure: Iterable[Needed]) -> bool:
    """Whether we wish a need, and not only for later, in a clause of which none is surely read, or one that
    `and` parts from it."""
    clause, words = _clause(acts, need), lines[need.line].sentence.words
    if clause is None or not LATER.isdisjoint(words[clause.start : clause.end]):
        return False
    same = (
        it.place for it in sure if it is not need and it.line == need.line and _clause(acts, it) == clause
    )
    return all(AND in words[min(place, need.place) : max(place, need.place)] for place in same)


def _clause(acts: Acts, need: Needed) -> Deed | None:
    """The clause in which a need stands, where we wish what it says."""
    clause = next((it for it in acts.deeds[need.line] if it.start <= need.place < it.end), None)
    if clause is None or clause.denied or clause.if_so:
        return None
    return clause if clause.of_wish or (clause.who == US and clause.says in (WISHES, MUST_BE)) else None
