"""Cases that tell two versions of a rule apart, or the proof that there is none.

Held by `tests/unit/verify/test_mutants.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from routing.case.facts import facts_for
from routing.case.model import Stated
from routing.core import conclusion
from routing.core.conditions import Any, AtLeast, Clause, Condition, leaf_tests
from routing.core.records import Record
from routing.evaluate.reference import Reference
from routing.law import Law
from routing.rulebook.model import Rulebook
from routing.verify.solver.session import SolverSession
from routing.verify.solver.terms import Rails, Term, conj, differ, disj, neg
from routing.verify.solver.witness import MEASURE, StatedFacts, case_of, is_fixed, of_measure, value_now
from routing.verify.statements import Statements

Lines = Mapping[str, tuple[Clause, ...]]
"""For each conclusion that is reached in another way, its plain rules."""


@dataclass
class Apart:
    """Asks the solver for cases that two versions of the rules decide otherwise. milliseconds: for one
    question.

    Where no conclusion differs although everything else is as it was, none differs at all: the first one
    that did, in the order in which they lead to one another, would be found.
    """

    rulebook: Rulebook
    statements: Statements
    milliseconds: int = 10_000
    session: SolverSession = field(init=False)

    def __post_init__(self) -> None:
        near = (
            AtLeast(leaf.fact, leaf.bound + step)
            for line in self.rulebook.plain
            for leaf in leaf_tests(line.when)
            if isinstance(leaf, AtLeast)
            for step in (-1, 1)
        )
        self.session = SolverSession(
            self.rulebook, self.statements, None, self.milliseconds, also=tuple(near)
        )

    def fires(self, rule: str) -> Term:
        """That a rule surely fires."""
        return self.session.view.atom(conclusion.fired(rule))[0]

    def crisply(self, lines: Lines) -> Term:
        """That some conclusion surely holds in one version and surely fails in the other."""
        return disj(
            disj((conj((old[0], neg(new[1]))), conj((neg(old[1]), new[0]))))
            for old, new in self._pairs(lines)
        )

    def at_all(self, lines: Lines) -> Term:
        """That some conclusion differs in any way."""
        return disj(disj((differ(old[0], new[0]), differ(old[1], new[1]))) for old, new in self._pairs(lines))

    def said(self, *terms: Term) -> dict[str, Stated] | None:
        """What some possible case says in which all the terms are true; None where there is none.

        Raises GaveUp when the solver runs out of time.
        """
        return _stated_now(self.session) if self.session.satisfiable(*terms) else None

    def _pairs(self, lines: Lines) -> Iterable[tuple[Rails, Rails]]:
        for head, new in lines.items():
            yield self.session.view.atom(head), self._rails(line.when for line in new)

    def _rails(self, conditions: Iterable[Condition]) -> Rails:
        rails = [self.session.model.specialise(self.session.view, when) for when in conditions]
        return disj(surely for surely, _ in rails), disj(possibly for _, possibly in rails)


class Trials(Record):
    """Runs what a case says through the reference. constraints: what every possible case meets."""

    rulebook: Rulebook
    law: Law
    constraints: tuple[Condition, ...] = ()

    def reference(self, said: StatedFacts) -> Reference:
        case = case_of(said, self.rulebook, "")
        return Reference(
            self.rulebook.heads,
            facts_for(
                case, case.needs[0], self.rulebook, self.law, date.fromisoformat(self.rulebook.data_date)
            ),
        )

    def possible(self, reference: Reference) -> bool:
        return all(reference.truth(condition)[1] for condition in self.constraints)

    def shortest(self, said: StatedFacts, wanted: Callable[[Reference], bool]) -> dict[str, Stated]:
        """As little of what a case says as keeps it possible and wanted, halving where not all can go."""
        kept = dict(said)

        def spare(names: list[str]) -> None:
            trial = {name: stated for name, stated in kept.items() if name not in names}
            reference = self.reference(trial)
            if wanted(reference) and self.possible(reference):
                for name in names:
                    del kept[name]
            elif len(names) > 1:
                middle = len(names) // 2
                spare(names[:middle])
                spare(names[middle:])

        names = [name for name in said if name != MEASURE]
        if names:
            spare(names)
        return kept


def outcome(reference: Reference, lines: tuple[Clause, ...]) -> tuple[bool, bool]:
    """What other plain rules would conclude from what a reference has found: surely, possibly."""
    return reference.truth(Any(tuple(line.when for line in lines)))


def told_apart(reference: Reference, lines: Lines) -> list[str]:
    """The conclusions that come out otherwise by other plain rules."""
    return [head for head, new in lines.items() if outcome(reference, new) != reference.atom(head)]


def _stated_now(session: SolverSession) -> dict[str, Stated]:
    """Everything that the case found last says, whatever of it matters."""
    view = session.view
    return {MEASURE: str(value_now(session, view.domain(MEASURE)))} | {
        name: value_now(session, domain)
        for name, domain in sorted(view.facts.items())
        if name != MEASURE and not of_measure(session, name) and not is_fixed(domain)
    }
