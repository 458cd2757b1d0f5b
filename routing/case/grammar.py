"""The little words by which a sentence is parted into who does what, as the rules list them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from routing.core.records import Record
from routing.core.remembered import MadeOf

Story = Mapping[str, Sequence[str]]


class Grammar(Record):
    """Words of grammar. will, may, must: helping verbs of what is to come, may be and has to be.

    adverbs: those that change nothing of who does it; leads: what leads to a place or a thing; joins,
    goes_on: what begins another part, and what only goes on with it; conditions: what begins what may only
    happen; asks_who: what begins a question.
    """

    will: frozenset[str]
    may: frozenset[str]
    must: frozenset[str]
    adverbs: frozenset[str]
    leads: frozenset[str]
    joins: frozenset[str]
    goes_on: frozenset[str]
    conditions: frozenset[str]
    asks_who: frozenset[str]


def _grammar(story: Story) -> Grammar:
    def of(key: str) -> frozenset[str]:
        return frozenset(story.get(key, ()))

    return Grammar(
        of("verbs_will"),
        of("verbs_may"),
        of("verbs_must"),
        of("adverbs"),
        of("leads"),
        of("joins"),
        of("goes_on"),
        of("only_if"),
        of("asks_who"),
    )


grammar_of: MadeOf[Story, Grammar] = MadeOf(4, _grammar)
"""The grammar of the words of a rulebook by which a story is read (`story`), made once of each."""
