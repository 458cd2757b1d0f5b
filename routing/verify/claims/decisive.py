"""Claims that every exception and every defeat decides something somewhere."""

from __future__ import annotations

from collections.abc import Iterator

from routing.core import conclusion
from routing.core.conditions import AtLeast, Condition, Is, Not, conjuncts, leaf_tests
from routing.rulebook.model import Rule, Rulebook
from routing.verify.claims.registry import Claim
from routing.verify.solver.session import Examined, Interpretation, SolverSession
from routing.verify.solver.terms import Term, conj, neg
from routing.verify.statements import Statements


def exceptions(rule: Rule) -> Iterator[tuple[str, Condition, tuple[Condition, ...]]]:
    """Each exception of a rule by name, with the rest of its condition."""
    parts = conjuncts(rule.when)
    for index, part in enumerate(parts):
        if isinstance(part, Not) and not isinstance(part.part, AtLeast):
            yield f"{rule.id} unless {_named(part.part)}", part, (*parts[:index], *parts[index + 1 :])


def _named(condition: Condition) -> str:
    words = []
    for leaf in leaf_tests(condition):
        if isinstance(leaf, Is):
            words.append(f"{leaf.fact}={'|'.join(sorted(leaf.values))}")
        elif isinstance(leaf, AtLeast):
            words.append(f"{leaf.fact}>={leaf.bound}")
        else:
            words.append(leaf.atom)
    return ", ".join(words[:4]) + (", ..." if len(words) > 4 else "")


def _exceptions(session: SolverSession) -> Examined:
    def lifted(reading: Interpretation) -> dict[str, Term]:
        return {
            name: conj(
                (
                    *(session.model.specialise(reading, condition)[0] for condition in rest),
                    neg(session.model.specialise(reading, part)[0]),
                )
            )
            for rule in session.rulebook.rules
            for name, part, rest in exceptions(rule)
        }

    return Examined(shown=session.harvest("every-exception-decides", lifted))


def _defeats(rulebook: Rulebook) -> Iterator[tuple[str, Rule, Rule]]:
    for winner in rulebook.rules:
        for loser in rulebook.rules:
            if loser.id in winner.defeats or loser.parent in winner.defeats:
                yield f"{winner.id} defeats {loser.id}", winner, loser


def _defeated(session: SolverSession) -> Examined:
    """The loser would fire, the winner fires, and no other rule lifts the loser as well."""
    pairs = tuple(_defeats(session.rulebook))

    def met(reading: Interpretation) -> dict[str, Term]:
        met: dict[str, Term] = {}
        for name, winner, loser in pairs:
            others = [rival for _, rival, same in pairs if same is loser and rival is not winner]
            met[name] = conj(
                (
                    session.model.specialise(reading, loser.when)[0],
                    reading.atom(conclusion.fired(winner.id))[0],
                    *(neg(reading.atom(conclusion.fired(rival.id))[0]) for rival in others),
                )
            )
        return met

    return Examined(shown=session.harvest("every-defeat-decides", met))


def _exception_names(rulebook: Rulebook, _: Statements) -> frozenset[str]:
    return frozenset(
        name for rule in rulebook.rules if rule.form != "never" for name, _, _ in exceptions(rule)
    )


CLAIMS = (
    Claim(
        "every-exception-decides",
        "every exception lifts its rule in some case",
        _exceptions,
        _exception_names,
        "the rest of the rule never holds where the exception does",
    ),
    Claim(
        "every-defeat-decides",
        "every defeat lifts a rule that would fire",
        _defeated,
        lambda rulebook, _: frozenset(name for name, _, _ in _defeats(rulebook)),
        "the two rules never meet",
    ),
)
