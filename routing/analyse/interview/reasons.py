"""Why a question is asked in this case, and where its answers lead."""

from __future__ import annotations

from collections.abc import Iterable

from routing.core import conclusion
from routing.core.conditions import AtomRef
from routing.evaluate.batch import BatchEvaluator, variants_in
from routing.evaluate.facts_behind import open_leaves
from routing.evaluate.reference import Reference
from routing.phrasing.of_facts import provisions
from routing.plan.completions import answers_of
from routing.plan.questions import label
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
            for leaf in open_leaves(reference, [line.when], through=False):
                if isinstance(leaf, AtomRef):
                    if leaf.atom not in seen:
                        seen.add(leaf.atom)
                        queue.append(leaf.atom)
                elif leaf.fact == name and atom not in between:
                    between.append(atom)
    return tuple(between)


def leads(
    rulebook: Rulebook, name: str, measure: str, reference: Reference, values: tuple[str, ...]
) -> dict[str, str]:
    """The main step that each answer leads to, where it settles it."""
    given = [{name: value} for value in answers_of(rulebook, name) if label(value) in values]
    variants = BatchEvaluator.of(reference.heads, reference.facts, given)
    leading = {label(change[name]): "" for change in given}
    for way in (*rulebook.measures[measure].ways, rulebook.last_resort):
        for place in variants_in(variants.atom(conclusion.primary(way))[0]):
            leading[label(given[place][name])] = rulebook.pathways[way].name
    return leading
