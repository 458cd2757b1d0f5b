"""Why a question is asked in this case, and where its answers lead."""

from __future__ import annotations

from collections.abc import Iterable

from routing.core import conclusion
from routing.core.conditions import AtLeast, AtomRef, Condition, Is, Not
from routing.core.truth import UNDECIDED
from routing.evaluate.batch import BatchEvaluator, places
from routing.evaluate.reference import Reference
from routing.phrasing.of_facts import provisions
from routing.plan.questions import answers_of, label
from routing.rulebook.model import Rulebook


def reasons(
    rulebook: Rulebook, name: str, reference: Reference, targets: Iterable[str], most: int = 2
) -> tuple[str, ...]:
    """The rules and legal bases through which a fact decides what is still open, the nearest to the main step
    first.

    targets: the open conclusions, the main step before the rest. Only what stands between the fact and one of
    them is says: a rule that waits for the fact elsewhere is not a reason in this case.
    """
    says: dict[str, str] = {}
    for atom in _between(name, reference, targets):
        kind, id = conclusion.kind_of(atom), conclusion.name_of(atom)
        if kind == conclusion.FIRED and id in rulebook.rule:
            rule = rulebook.rule[id]
            basis = f" ({'; '.join(provisions(rulebook, rule.basis[:2]))})" if rule.basis else ""
            says.setdefault(rule.parent, f"{rule.says.rstrip('.')}{basis}")
        elif kind == conclusion.AVAILABLE and id in rulebook.routes:
            route = rulebook.routes[id]
            lead = "; ".join(provisions(rulebook, route.lead[:1]))
            says.setdefault(id, f"{rulebook.pathways[route.pathway].name}: {route.says.rstrip('.')} ({lead})")
    return tuple(says.values())[:most]


def _between(name: str, reference: Reference, targets: Iterable[str]) -> tuple[str, ...]:
    """The open conclusions that test a fact themselves, breadth first from the targets."""
    between: list[str] = []
    queue, seen = list(targets), set(targets)
    for atom in queue:
        for line in reference.heads.get(atom, ()):
            tests, further = _open_leaves(line.when, reference)
            if name in tests and atom not in between:
                between.append(atom)
            for deeper in further:
                if deeper not in seen:
                    seen.add(deeper)
                    queue.append(deeper)
    return tuple(between)


def _open_leaves(condition: Condition, reference: Reference) -> tuple[set[str], list[str]]:
    """The facts and the conclusions on which a condition that is open still hangs."""
    if reference.truth(condition) != UNDECIDED:
        return set(), []
    if isinstance(condition, (Is, AtLeast)):
        return {condition.fact}, []
    if isinstance(condition, AtomRef):
        return set(), [condition.atom]
    facts: set[str] = set()
    atoms: list[str] = []
    for part in (condition.part,) if isinstance(condition, Not) else condition.parts:
        more_facts, more_atoms = _open_leaves(part, reference)
        facts |= more_facts
        atoms += more_atoms
    return facts, atoms


def leads(
    rulebook: Rulebook, name: str, measure: str, reference: Reference, values: tuple[str, ...]
) -> dict[str, str]:
    """The main step that each answer leads to, where it settles it."""
    given = [{name: value} for value in answers_of(rulebook, name) if label(value) in values]
    variants = BatchEvaluator.of(reference.heads, reference.facts, given)
    leading = {label(change[name]): "" for change in given}
    for way in (*rulebook.measures[measure].ways, rulebook.last_resort):
        for place in places(variants.atom(conclusion.primary(way))[0]):
            leading[label(given[place][name])] = rulebook.pathways[way].name
    return leading
