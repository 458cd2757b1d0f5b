"""The workbench of a proof: the model of one measure, the questions put to it, and what it answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, TypeVar

from routing.case.model import Case
from routing.core.conditions import Condition
from routing.core.records import Record
from routing.rulebook.model import Rulebook
from routing.verify.solver.domains import shapes_of
from routing.verify.solver.encoding import SolverModel, View
from routing.verify.solver.sampled_worlds import SampledWorlds
from routing.verify.solver.terms import Rails, Term, disj, solver_library
from routing.verify.statements import Statements

Measure = TypeVar("Measure", bound="str | None")


class Interpretation(Protocol):
    """What a goal reads: a view of the model, or the reference on a case that was found."""

    def atom(self, name: str) -> Rails: ...

    def truth(self, condition: Condition) -> Rails: ...


Goal = Callable[..., Term]
"""From one reading, or from the readings before and after a change, to whether the claim is broken."""


class GaveUp(Exception):
    """The solver did not answer in time."""


class Broken(Record):
    """Where a claim falls. cases: the smallest case, or the cases before and after a change."""

    item: str
    says: str
    measure: str = ""
    cases: tuple[Case, ...] = ()
    gave_up: bool = False


@dataclass
class Examined:
    """What one claim met in one measure: what falls, and what was shown."""

    broken: list[Broken] = field(default_factory=list)
    shown: set[str] = field(default_factory=set)


class Questions(Generic[Measure]):
    """What can be asked of the solver of a model, for one measure or (None) for all of them at once."""

    model: SolverModel
    rulebook: Rulebook
    measure: Measure
    _solution: Any = None  # the case found last

    def satisfiable(self, *terms: Term) -> bool:
        """Whether some possible case makes all the terms true.

        Raises GaveUp when the solver runs out of time.
        """
        if any(term is False for term in terms):
            return False
        self._solution = None
        answer = str(self.model.solver.check(*(term for term in terms if term is not True)))
        if answer == "unknown":
            raise GaveUp
        return answer == "sat"

    def true_now(self, term: Term) -> bool:
        """Whether a term is true in the case that was found last."""
        if isinstance(term, bool):
            return term
        if self._solution is None:
            self._solution = self.model.solver.model()
        return bool(solver_library().is_true(self._solution.eval(term, model_completion=True)))

    def reachable(self, named: Mapping[str, Term]) -> set[str]:
        """Those of the named terms that some possible case makes true, several with each answer."""
        left = {name: term for name, term in named.items() if term is not False}
        shown: set[str] = set()
        while left and self.satisfiable(disj(left.values())):
            met = self._met(left)
            shown |= met
            for name in met:
                del left[name]
        return shown

    def _met(self, left: Mapping[str, Term]) -> set[str]:
        z3 = solver_library()
        model = self.model.solver.model()
        return {
            name
            for name, term in left.items()
            if term is True or z3.is_true(model.eval(term, model_completion=True))
        }


@dataclass
class SolverSession(Questions[str | None]):
    """One measure before the solver, or (None) all of them at once.

    shown: for each claim what other measures have shown already. also: further conditions that will be asked
    for.
    """

    rulebook: Rulebook
    statements: Statements
    measure: str | None
    milliseconds: int = 10_000
    shown: Mapping[str, set[str]] = field(default_factory=dict)
    also: tuple[Condition, ...] = ()
    model: SolverModel = field(init=False)
    samples: SampledWorlds = field(init=False)

    def __post_init__(self) -> None:
        self.model = SolverModel(
            self.rulebook,
            self.measure,
            shapes_of(self.rulebook, *self.statements.conditions(), *self.also),
            tuple(constraint.holds for constraint in self.statements.constraints),
            self.milliseconds,
        )
        self.samples = SampledWorlds(self.model)

    @property
    def view(self) -> View:
        return self.model.view

    def harvest(self, claim: str, wanted: Callable[[Interpretation], Mapping[str, Term]]) -> set[str]:
        """Those of the named terms that some possible case makes true.

        A crowd of random cases shows most of them; the solver is asked for the others, except
        for what is listed as never shown.
        """
        seen = self.shown.get(claim, set())
        shown = {
            name
            for name, term in wanted(self.samples).items()
            if name not in seen and self.samples.holds(term)
        }
        idle = {item for entry in self.statements.expected(claim) for item in entry.items}
        done = seen | shown | idle
        return shown | self.reachable(
            {name: term for name, term in wanted(self.view).items() if name not in done}
        )

    def break_up(self, item: str, says: str, goal: Goal, *views: View) -> list[Broken]:
        """The smallest case that breaks a claim, checked with the reference; nothing where no possible case
        does."""
        from routing.verify.solver.witness import cases_of, smallest

        views = views or (self.view,)
        term = goal(*views)
        try:
            if not self.satisfiable(term):
                return []
            stated = smallest(self, views, term)
        except GaveUp:
            return [Broken(item, f"{says} (the solver gave up)", self.measure or "", gave_up=True)]
        measure = str(stated[0]["measure"])
        cases = cases_of(stated, self.rulebook, f"{item}: {measure}", goal)
        if not cases:
            says += " (the reference does not agree that this case breaks it: a fault of the program)"
            cases = cases_of(stated, self.rulebook, f"{item}: {measure}", None)
        return [Broken(item, says, measure, cases)]
