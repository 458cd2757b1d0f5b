"""The plain rules as solver terms, on both rails, for one measure.

The third compiler of the one source: each conclusion becomes a named Bool on each rail, equal
by definition to what its plain rules say. A `View` is one copy of a case under the rules; other
views share every conclusion that their differences cannot reach.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from routing.core import conclusion
from routing.core.conditions import NEVER, All, Clause, Condition, Not, leaf_tests, specialise
from routing.core.conditions import Any as AnyOf
from routing.core.dependencies import by_head, reached, readers
from routing.core.domain import ASSUMED_MAIN_STEP, NO_STEP_ASSUMED
from routing.core.records import replace
from routing.rulebook.lower import CURED
from routing.rulebook.model import Rulebook
from routing.verify.solver.assumed_main_step import assumed_main_step_of
from routing.verify.solver.domains import Domain, FactShape, domain, domain_in, fixed
from routing.verify.solver.terms import (
    Rails,
    Term,
    conj,
    disj,
    neg,
    new_solver,
    on_both_rails,
    solver_library,
    variable,
)

FALSE: Rails = (False, False)
DECIDING = (conclusion.PRIMARY, conclusion.DELIVERS)  # the conclusions on which it hangs what is taken


@dataclass
class View:
    """One copy of a case, and what the rules conclude from it.

    facts: the domains of this copy. base: the view it differs from; what the differences
    cannot reach is taken from there. forced: conclusions that are set, not concluded.
    """

    model: SolverModel
    facts: dict[str, Domain]
    copy: str = ""
    base: View | None = None
    forced: Mapping[str, Rails] = field(default_factory=dict)
    reached: frozenset[str] = frozenset()
    _atoms: dict[str, Rails] = field(default_factory=dict)

    def atom(self, name: str) -> Rails:
        """Whether a conclusion holds, surely and possibly."""
        rails = self._atoms.get(name)
        if rails is None:
            rails = self._atoms[name] = self._concluded(name)
        return rails

    def _concluded(self, name: str) -> Rails:
        if name in self.forced:
            return self.forced[name]
        if self.base is not None and name not in self.reached:
            return self.base.atom(name)
        rails = [self.truth(line.when) for line in self.model.heads.get(name, ())]
        return (
            self._named(f"{name}+s{self.copy}", disj(surely for surely, _ in rails)),
            self._named(f"{name}+p{self.copy}", disj(possibly for _, possibly in rails)),
        )

    def _named(self, name: str, term: Term) -> Term:
        """The name of a term, with its definition given to the solver; a constant or a name stays as it
        is."""
        z3 = solver_library()
        if isinstance(term, bool) or z3.is_const(term):
            return term
        head = variable(name)
        self.model.solver.add(head == term)
        return head

    def truth(self, condition: Condition) -> Rails:
        """Whether a condition holds, surely and possibly."""
        return on_both_rails(condition, self.atom, lambda test: self.domain(test.fact).test(test))

    def domain(self, fact: str) -> Domain:
        """The variables of a fact in this copy."""
        return domain_in(self, fact, self.model.new_domain)


@dataclass
class SolverModel:
    """The rules for one measure, or for a measure that is left open (None), given to one solver.

    constraints: conditions that are true of every possible case. silent: facts that no case here
    tells, with the value that is taken then (None: unknown). taking: whether a main step is taken while
    none is sure, as in a plan; otherwise nothing is. beside: the model of another rulebook
    for the same measure, whose solver and cases this one shares, and every conclusion that both
    rulebooks draw alike.
    """

    rulebook: Rulebook
    measure: str | None
    shapes: Mapping[str, FactShape]
    constraints: tuple[Condition, ...] = ()
    milliseconds: int = 10_000
    silent: Mapping[str, str | None] = field(default_factory=dict)
    taking: bool = False
    beside: SolverModel | None = None
    solver: Any = None
    heads: dict[str, tuple[Clause, ...]] = field(default_factory=dict)
    settled: Mapping[str, str] = field(default_factory=dict)
    view: View = field(init=False)
    _users: dict[str, set[str]] = field(default_factory=dict)
    _copies: int = 0

    def __post_init__(self) -> None:
        self.solver = self.beside.solver if self.beside else new_solver(self.milliseconds)
        self.settled = {} if self.taking else {ASSUMED_MAIN_STEP: NO_STEP_ASSUMED}
        if self.measure is not None:
            self.settled |= {**self.rulebook.properties(self.measure), "measure": self.measure}
        self.heads = _specialised(self.rulebook, self.settled)
        self.view = self._first_view()
        if self.measure is None:
            self._tie_properties()
        for constraint in self.constraints:
            self.solver.add(self.possible(self.view, constraint))
        for head in self.heads:
            self.view.atom(head)

    def _first_view(self) -> View:
        """The view from which others are made: of these rules alone, or sharing with the model beside it the
        facts that both read alike."""
        if self.beside is None:
            return View(self, {})
        own = {name: self.new_domain(name) for name in self.shapes if self.fixed_value(name) is not None}
        return View(self, own, "'", self.beside.view, {}, unlike(self.beside.heads, self.heads))

    def _tie_properties(self) -> None:
        """Where the measure is open, it still decides its own properties."""
        measures = self.view.domain("measure")
        for name in {
            name for measure in self.rulebook.measures for name in self.rulebook.properties(measure)
        }:
            bits = self.view.domain(name).bits
            for measure in self.rulebook.measures:
                word = self.rulebook.properties(measure).get(name)
                self.solver.add(
                    disj(
                        (
                            neg(measures.bits[measure]),
                            conj(bit if value == word else neg(bit) for value, bit in bits.items()),
                        )
                    )
                )

    def assumed_main_step(self, reading: Any) -> Domain:
        """What is taken as the main step in a reading of this measure."""
        assert self.measure is not None
        return assumed_main_step_of(reading, self.rulebook, self.measure, self.shapes[ASSUMED_MAIN_STEP])

    def fixed_value(self, fact: str) -> tuple[str | None] | None:
        """The value, perhaps None for unknown, of a fact that cannot vary; None where it can."""
        if fact in self.settled:
            return (self.settled[fact],)
        if fact in self.silent:
            return (self.silent[fact],)
        described = self.rulebook.facts.get(fact)
        of_measure = described is not None and described.looked_up and "from" in described.looked_up
        if fact == CURED.fact or (of_measure and self.measure is not None):
            return (None,)
        return None

    def new_domain(self, fact: str, copy: str = "") -> Domain:
        """Variables for a fact, or its fixed value, with the axioms given to the solver."""
        shape = self.shapes[fact]
        settled = self.fixed_value(fact)
        if settled is not None:
            return fixed(shape, settled[0])
        fresh = domain(shape, copy)
        for axiom in fresh.axioms():
            if axiom is not True:
                self.solver.add(axiom)
        return fresh

    def specialise(self, reading: Any, condition: Condition) -> Rails:
        """The two readings of a condition, with what the measure settles taken as settled."""
        truth: Rails = reading.truth(specialise(condition, self.settled))
        return truth

    def possible(self, view: View, constraint: Condition) -> Term:
        """A constraint holds when nothing the case says rules it out."""
        return self.specialise(view, constraint)[1]

    def reached_from(self, names: Iterable[str]) -> frozenset[str]:
        """Every conclusion that facts or conclusions of these names can change."""
        return frozenset(self.by_distance(names))

    def by_distance(self, names: Iterable[str]) -> list[str]:
        """What `reached_from` finds, the nearest first."""
        if not self._users:
            self._users = _users((self.heads,), self.heads if self.taking else ())
        return reached((head for name in names for head in sorted(self._users.get(name, ()))), self._users)

    def asked_of_measures(self, fact: str) -> bool:
        """Whether some rule asks for a property of measures."""
        return any(
            getattr(leaf, "fact", "") == fact
            for line in self.rulebook.plain
            for leaf in leaf_tests(line.when)
        )

    def variant(self, facts: Iterable[str] = (), forced: Mapping[str, Rails] | None = None) -> View:
        """A copy of the case in which these facts may differ, or these conclusions are set.

        It is to be made inside `scope`, so that the solver forgets it afterwards.
        """
        self._copies += 1
        copy = f"#{self._copies}"
        names = tuple(facts)
        forced = dict(forced or {})
        view = View(
            self,
            {name: self.new_domain(name, copy) for name in names},
            copy,
            self.view,
            forced,
            self.reached_from((*names, *forced)),
        )
        touched = set(names)
        for constraint in self.constraints:
            if any(getattr(leaf, "fact", "") in touched for leaf in leaf_tests(constraint)):
                self.solver.add(self.possible(view, constraint))
        return view

    @contextmanager
    def scope(self) -> Iterator[None]:
        """What is given to the solver inside is forgotten at the end."""
        self.solver.push()
        try:
            yield
        finally:
            self.solver.pop()


def _specialised(rulebook: Rulebook, values: Mapping[str, str]) -> dict[str, tuple[Clause, ...]]:
    """The plain rules by conclusion, once the facts that cannot vary are settled."""
    settled = (replace(line, when=specialise(line.when, values)) for line in rulebook.plain)
    return by_head(line for line in settled if line.when != NEVER)


Heads = Mapping[str, tuple[Clause, ...]]


def unlike(first: Heads, second: Heads) -> frozenset[str]:
    """The conclusions that two rulebooks draw otherwise, or from others that they draw otherwise. Order is
    not a difference."""
    heads = {**first, **second}
    changed = [head for head in heads if _bag(first.get(head, ())) != _bag(second.get(head, ()))]
    return frozenset(reached(changed, _users((first, second), heads)))


def _users(books: Iterable[Heads], deciding: Iterable[str]) -> dict[str, set[str]]:
    """By name, what changes with it: the conclusions that test it, and what is assumed as the main step."""
    users = readers(line for heads in books for lines in heads.values() for line in lines)
    for head in deciding:
        if conclusion.kind_of(head) in DECIDING:
            users.setdefault(head, set()).add(ASSUMED_MAIN_STEP)
    return users


def _bag(lines: Iterable[Clause]) -> frozenset[object]:
    return frozenset(unordered(line.when) for line in lines)


def unordered(condition: Condition) -> object:
    """A condition in which the order of parts does not count."""
    if isinstance(condition, (All, AnyOf)):
        return (isinstance(condition, All), frozenset(unordered(part) for part in condition.parts))
    if isinstance(condition, Not):
        return (Not, unordered(condition.part))
    return condition
