"""Facts as finite domains: what a case can say of each, as solver variables with their axioms.

A choice is one of its values or unknown; a list is a set of values that may be left open; a
number is known or not and lies between two cut-points of the rules; a tie has one of its
standings or is unknown. Nothing is presumed here: a proof covers what a case may say, whatever
would be taken as given where it is silent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING

from routing.core.conditions import AtLeast, Condition, Is, leaf_tests
from routing.core.domain import ASSUMED_MAIN_STEP, KINDS_OF_NEED
from routing.core.records import Record
from routing.rulebook.lower import CURED
from routing.rulebook.model import Rulebook
from routing.rulebook.parse.conditions import TIE, TIE_VALUES
from routing.verify.solver.terms import Rails, Term, conj, disj, neg, variable

if TYPE_CHECKING:
    from routing.verify.solver.encoding import View
    from routing.verify.solver.sampled_worlds import SampledWorlds

CHOICE, MANY, NUMBER = "choice", "many", "number"


class FactShape(Record):
    """What a fact can be: its values, or for a number its cut-points, smallest first."""

    fact: str
    type: str
    values: tuple[str, ...] = ()
    cuts: tuple[int, ...] = ()
    always: bool = False  # known in every case


class Domain(Record):
    """The variables of one fact in one copy of a case.

    bits: one for each value (it is, or the list holds it) or cut-point (at least that much).
    closed: for a number whether it is known, for a list whether it is complete.
    """

    shape: FactShape
    bits: Mapping[str | int, Term]
    closed: Term

    def test(self, leaf: Is | AtLeast) -> Rails:
        """The two readings of a test."""
        if isinstance(leaf, AtLeast):
            bit = self.bits[leaf.bound]
            return conj((self.closed, bit)), disj((neg(self.closed), bit))
        surely = disj(self.bits[value] for value in self.shape.values if value in leaf.values)
        if self.shape.type == MANY:
            return surely, disj((neg(self.closed), surely))
        return surely, neg(disj(self.bits[value] for value in self.shape.values if value not in leaf.values))

    def axioms(self) -> Iterable[Term]:
        """What makes the variables a possible statement."""
        if self.shape.type == NUMBER:
            for low, high in pairwise(self.shape.cuts):
                yield disj((neg(self.bits[high]), self.bits[low]))
        elif self.shape.type == CHOICE:
            bits = list(self.bits.values())
            for index, bit in enumerate(bits):
                for later in bits[index + 1 :]:
                    yield neg(conj((bit, later)))
            if self.shape.always:
                yield disj(bits)
        elif "none" in self.bits:
            for value, bit in self.bits.items():
                if value != "none":
                    yield neg(conj((bit, self.bits["none"])))


def shapes_of(rulebook: Rulebook, *others: Condition) -> dict[str, FactShape]:
    """Every fact and tie that a rule, a route or another condition can ask about."""
    shapes: dict[str, FactShape] = {
        "kind": FactShape("kind", CHOICE, KINDS_OF_NEED, always=True),
        "measure": FactShape("measure", CHOICE, tuple(rulebook.measures), always=True),
        CURED.fact: FactShape(CURED.fact, CHOICE, tuple(CURED.values)),
    }
    bounds: dict[str, set[int]] = {}
    for condition in (*(line.when for line in rulebook.plain), *others):
        for leaf in leaf_tests(condition):
            if isinstance(leaf, AtLeast):
                bounds.setdefault(leaf.fact, set()).add(leaf.bound)
    for fact in rulebook.facts.values():
        if fact.derived or fact.type in ("text", "date", "state", "instruments"):
            continue
        if fact.type == NUMBER:
            shapes[fact.id] = FactShape(fact.id, NUMBER, cuts=tuple(sorted(bounds.get(fact.id, ()))))
        else:
            shapes[fact.id] = FactShape(fact.id, MANY if fact.type == MANY else CHOICE, tuple(fact.values))
    for instrument in rulebook.instruments:
        shapes[TIE + instrument] = FactShape(TIE + instrument, CHOICE, TIE_VALUES)
    return shapes


def domain(shape: FactShape, copy: str = "") -> Domain:
    """Fresh variables for a fact; `copy` keeps several copies of a case apart."""
    mark = f"{shape.fact}{copy}"
    if shape.type == NUMBER:
        return Domain(shape, {cut: variable(f"{mark}>={cut}") for cut in shape.cuts}, variable(f"{mark}?"))
    bits: dict[str | int, Term] = {value: variable(f"{mark}={value}") for value in shape.values}
    return Domain(shape, bits, variable(f"{mark}!") if shape.type == MANY else True)


def domain_in(view: View | SampledWorlds, fact: str, new: Callable[[str], Domain]) -> Domain:
    """The domain of a fact in a copy of a case. What the differences of the copy cannot reach comes from the
    one that it differs from; new: makes one that no copy has yet."""
    domain = view.facts.get(fact)
    if domain is None:
        if fact == ASSUMED_MAIN_STEP and (view.base is None or ASSUMED_MAIN_STEP in view.reached):
            domain = view.facts[fact] = view.model.assumed_main_step(view)
        elif view.base is not None:
            return view.base.domain(fact)
        else:
            domain = view.facts[fact] = new(fact)
    return domain


def fixed(shape: FactShape, value: str | None) -> Domain:
    """A fact whose value cannot vary; None: it can only be unknown."""
    if shape.type == NUMBER:
        number = None if value is None else int(value)
        return Domain(
            shape, {cut: number is not None and number >= cut for cut in shape.cuts}, number is not None
        )
    return Domain(shape, {word: word == value for word in shape.values}, value is not None)
