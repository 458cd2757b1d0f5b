"""Whether the clause in which a measure stands can ask for it at all: one of what we did, or want to use,
does not; nor do words that are put together over two clauses."""

from __future__ import annotations

from collections.abc import Mapping

from routing.case.deeds import DID
from routing.core.domain import ANSWER, REQUEST, USE
from routing.rulebook.words import KIND
from routing.story.acts import Acts
from routing.story.lines import Line
from routing.story.sentences import Phrase

TO = "to"


def ours_alone(line: Line, acts: Acts, number: int, phrase: Phrase) -> bool:
    """Whether a phrase stands where we ourselves did something, and nobody asks anybody in that sentence."""
    kinds = {kind for it in line.of(KIND) for kind in it.mention.targets}
    if line.sentence.before(phrase.mention.start) == TO:
        return False  # `three weeks ago we sent papers to freeze it`
    return acts.ours(number, phrase) and kinds.isdisjoint((ANSWER, REQUEST)) and not line.asks


def of_its_use(line: Line, acts: Acts, number: int, phrase: Phrase) -> bool:
    """Whether a phrase stands in the clause in which we say what we want to use, and for what."""
    uses = [it for it in line.of(KIND) if it.mention.targets == (USE,)]
    clauses = acts.of(number, phrase)
    return bool(uses) and all(
        any(clause.start <= it.mention.start < clause.end for it in uses) for clause in clauses
    )


def of_two_clauses(
    story: Mapping[str, tuple[str, ...]], line: Line, acts: Acts, number: int, phrase: Phrase
) -> bool:
    """Whether a phrase begins with a word that stands for something, in a clause of what was done, and ends
    in the next: `we told them that the court must decide` is of no papers of that court."""
    clauses, mention = acts.of(number, phrase), phrase.mention
    stands = {*story.get("stand_for_one", ()), *story.get("stand_for_many", ())}
    word = line.sentence.words[mention.start]
    put = word in stands and word not in mention.phrase.split()
    return put and len(clauses) > 1 and clauses[0].says == DID
