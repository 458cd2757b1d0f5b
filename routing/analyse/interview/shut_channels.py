"""Presumptions that keep a channel shut: what is assumed, and which channel another answer could open."""

from __future__ import annotations

from routing.case.facts import Facts
from routing.core import conclusion
from routing.core.records import Record
from routing.evaluate.batch import BatchEvaluator, places
from routing.evaluate.reference import Reference
from routing.plan.questions import answers_of
from routing.rulebook.model import Rulebook

PRESUMED = "presumed"


class ShutBy(Record):
    """A presumption, and the channels that another answer could open. need: whose; because: why it is
    presumed."""

    fact: str
    value: str
    because: str
    opens: tuple[str, ...]
    need: str


def shut_channels(rulebook: Rulebook, facts: Facts) -> tuple[ShutBy, ...]:
    """The presumptions of a need each of which alone keeps shut a channel that could deliver what is needed.

    A channel is shut that surely is not available or does not deliver. opens: names of pathways.
    """
    reference = Reference(rulebook.heads, facts)
    ways = [
        way
        for way in rulebook.measures[facts.need.measure].ways
        if reference.atom(conclusion.delivers(way)) == (False, False)
    ]
    if not ways:
        return ()
    changes = []
    for name, fact in rulebook.facts.items():
        value = facts.get(name) if fact.told and facts.need.kind in fact.asked_in else None
        if value is not None and value.origin == PRESUMED:
            changes += [
                {name: answer} for answer in answers_of(rulebook, name) if answer.words != value.words
            ]
    variants = BatchEvaluator.of(rulebook.heads, facts, changes)
    opened: dict[str, dict[str, None]] = {}
    for way in ways:
        for place in places(variants.atom(conclusion.delivers(way))[1]):
            opened.setdefault(next(iter(changes[place])), {})[rulebook.pathways[way].name] = None
    return tuple(_shut(name, tuple(names), facts) for name, names in opened.items())


def _shut(name: str, opens: tuple[str, ...], facts: Facts) -> ShutBy:
    value = facts.get(name)
    assert value is not None
    return ShutBy(name, value.text(), value.source, opens, facts.need.id)
