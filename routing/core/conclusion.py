"""Conclusions: what the rules can conclude, each written as one word that both evaluators know.

A conclusion is kept as text (`fired:police.ask-first`, `step:RULE:PATHWAY`), since engines, caches and
proofs take text. Here it is built and here it is taken apart; nowhere else is its form known.
"""

from __future__ import annotations

from routing.core.records import Record

FACT, FIRED, AVAILABLE, DELIVERS, PRIMARY, MAIN = "is", "fired", "available", "delivers", "primary", "main"
CHOSEN, LEAD, STEP, NO_STEP, REACH = "chosen", "lead", "step", "none", "reach"
PART, BASED = "part", "based"  # working steps of one evaluator, which no plan and no proof names
STATES = {"open": AVAILABLE, "delivers": DELIVERS, "chosen": CHOSEN, "primary": MAIN}
"""The word by which rules ask of a channel, and the kind of conclusion that answers."""
OF_CHANNELS = frozenset({AVAILABLE, DELIVERS, PRIMARY, MAIN, CHOSEN, LEAD})
"""The kinds of conclusions about a channel."""


class Conclusion(Record):
    """A conclusion taken apart. kind: one of the words above. name: of a fact, a rule, a pathway, a route or
    a range of provisions. pathway: for a step, the pathway that the rule `name` makes a step."""

    kind: str
    name: str
    pathway: str = ""

    def __str__(self) -> str:
        return of(self.kind, self.name, self.pathway)


def of(kind: str, name: str, pathway: str = "") -> str:
    """The word of a conclusion: its kind, what it is about, and for a step the pathway."""
    return f"{kind}:{name}:{pathway}" if pathway else f"{kind}:{name}"


def parse(atom: str) -> Conclusion:
    """The conclusion that a word stands for. A step's rule may itself hold no colon; a pathway never does."""
    kind, _, name = atom.partition(":")
    if kind == STEP:
        name, _, pathway = name.rpartition(":")
        return Conclusion(kind, name, pathway)
    return Conclusion(kind, name)


def name_of(atom: str) -> str:
    """What a conclusion is about, without its kind."""
    return atom.partition(":")[2]


def kind_of(atom: str) -> str:
    """The kind of a conclusion."""
    return atom.partition(":")[0]


def fact(name: str) -> str:
    """A derived fact is yes."""
    return of(FACT, name)


def fired(rule: str) -> str:
    """A rule, or a row of one, applies."""
    return of(FIRED, rule)


def available(target: str) -> str:
    """A pathway or route has a basis and nothing closes it."""
    return of(AVAILABLE, target)


def delivers(pathway: str) -> str:
    """A pathway is available for the measure and nothing bars it from delivering."""
    return of(DELIVERS, pathway)


def primary(pathway: str) -> str:
    """A pathway is the best of those that deliver."""
    return of(PRIMARY, pathway)


def main(pathway: str) -> str:
    """A pathway is the main step: the primary, or the one assumed to be."""
    return of(MAIN, pathway)


def chosen(pathway: str) -> str:
    """A pathway is a step of the plan."""
    return of(CHOSEN, pathway)


def lead(route: str) -> str:
    """A route is the best available one of its pathway."""
    return of(LEAD, route)


def step(rule: str, pathway: str) -> str:
    """A rule makes a pathway a supporting step."""
    return of(STEP, rule, pathway)


def no_step(rule: str) -> str:
    """A rule that calls for a step finds none that is available."""
    return of(NO_STEP, rule)


def reach(provisions: str) -> str:
    """A range of provisions speaks to the case."""
    return of(REACH, provisions)


def part(digest: str) -> str:
    """A part of a long condition, which the engine works out by itself. digest: of what it says."""
    return of(PART, digest)


def based(route: str) -> str:
    """A route has its basis, whatever closes it."""
    return of(BASED, route)


DANGER = fact("immediate_danger")
"""The one derived fact that plans read: under it nothing has a last day but today, and police are told by any
channel."""
