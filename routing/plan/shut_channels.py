"""Presumptions that keep a channel shut: what is assumed, and which channel another answer could open."""

from __future__ import annotations

from routing.core import conclusion
from routing.core.conditions import AtomRef
from routing.core.domain import PRESERVE, Fact
from routing.core.grouping import grouped
from routing.core.records import Record
from routing.evaluate.batch import BatchEvaluator, variants_in
from routing.evaluate.findings import Findings
from routing.plan.completions import answers_of

PRESUMED = "presumed"


class ShutBy(Record):
    """A presumption, and the channels that another answer could open. need: whose; because: why it is
    presumed."""

    fact: str
    value: str
    because: str
    opens: tuple[str, ...]
    need: str


def shut_channels(findings: Findings) -> tuple[ShutBy, ...]:
    """The presumptions of a need each of which alone shuts a channel, so that each can be corrected.

    The channels are those that could deliver what is needed, and those that save it meanwhile.
    opens: the names of the channels that could be used if the fact had another value.
    """
    rulebook, facts = findings.rulebook, findings.facts
    atoms = {way: conclusion.delivers(way) for way in findings.ways if way != rulebook.last_resort}
    atoms |= {
        way: conclusion.chosen(way)
        for way, pathway in rulebook.pathways.items()
        if way not in atoms and pathway.role == PRESERVE
    }
    shut = {way: atom for way, atom in atoms.items() if not findings.possibly(atom)}
    # Only another value of a fact by which a channel is shut can open it.
    shutting = {way: set(findings.against(AtomRef(atom))) for way, atom in shut.items()}
    changes = [
        (name, answer)
        for name in sorted(set().union(*shutting.values()).intersection(findings.bearing))
        if name in rulebook.facts and _can_be_told(rulebook.facts[name], findings)
        for value in [facts.get(name)]
        if value is not None and value.origin == PRESUMED
        for answer in answers_of(rulebook, name)
        if answer.words != value.words
    ]
    changed = {name for name, _ in changes}
    shut = {way: atom for way, atom in shut.items() if not changed.isdisjoint(shutting[way])}
    if not shut:
        return ()
    given = grouped((name, (answer, 1 << place)) for place, (name, answer) in enumerate(changes))
    variants = BatchEvaluator(rulebook.heads, facts, len(changes), given)
    opened: dict[str, dict[str, None]] = {}
    for way, atom in shut.items():
        for place in variants_in(variants.atom(atom)[1]):
            opened.setdefault(changes[place][0], {})[rulebook.pathways[way].name] = None
    shut_by = []
    for name, names in opened.items():
        value = facts.get(name)
        if value is not None:
            shut_by.append(ShutBy(name, value.text(), value.source, tuple(names), facts.need.id))
    return tuple(shut_by)


def _can_be_told(fact: Fact, findings: Findings) -> bool:
    return fact.statable and findings.facts.need.kind in fact.asked_in
