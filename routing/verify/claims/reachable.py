"""Claims that everything in the rulebook can come into a plan."""

from __future__ import annotations

from routing.core import conclusion
from routing.core.conditions import AtomRef
from routing.rulebook.model import Rulebook
from routing.verify.claims.registry import Claim
from routing.verify.solver.session import Examined, Interpretation, SolverSession
from routing.verify.solver.terms import Term, conj, disj, neg
from routing.verify.statements import Statements, code_atoms

CODES = {"warn": "warnings", "duty": "duties", "limit": "limits"}


def _fires(session: SolverSession) -> Examined:
    return Examined(
        shown=session.harvest(
            "every-rule-fires",
            lambda reading: {
                rule: reading.atom(conclusion.fired(rule))[0]
                for rule in _rules(session.rulebook, session.statements)
            },
        )
    )


def _rules(rulebook: Rulebook, _: Statements) -> frozenset[str]:
    return frozenset(rule.id for rule in rulebook.rules if rule.form != "never")


def _pathways(session: SolverSession) -> Examined:
    return Examined(
        shown=session.harvest(
            "every-pathway-reached",
            lambda reading: {
                way: reading.atom(conclusion.chosen(way))[0] for way in session.rulebook.pathways
            },
        )
    )


def _routes(session: SolverSession) -> Examined:
    """A route is there, and its pathway is a step, so that the plan rests on it or cites it in support."""
    return Examined(
        shown=session.harvest(
            "every-route-used",
            lambda reading: {
                route.id: conj(
                    (
                        reading.atom(conclusion.available(route.id))[0],
                        reading.atom(conclusion.chosen(route.pathway))[0],
                    )
                )
                for route in session.rulebook.routes.values()
            },
        )
    )


def _codes(session: SolverSession) -> Examined:
    """A code is reached by a rule that carries it, or by a duty or limit that conveys it."""

    def carried(reading: Interpretation) -> dict[str, Term]:
        carried = {
            f"{form} {code}": disj(
                reading.truth(atom)[0] for atom in code_atoms(session.rulebook, form, code)
            )
            for form, kind in CODES.items()
            for code in getattr(session.rulebook, kind)
        }
        for form, kind in (("duty", "duties"), ("limit", "limits")):
            for code in getattr(session.rulebook, kind).values():
                for conveyed in code.conveys:
                    carried[f"warn {conveyed}"] = disj(
                        (carried.get(f"warn {conveyed}", False), carried[f"{form} {code.id}"])
                    )
        return carried

    return Examined(shown=session.harvest("every-code-reached", carried))


def _derived(session: SolverSession) -> Examined:
    """A derived fact can be both concluded and ruled out."""

    def varied(reading: Interpretation) -> dict[str, Term]:
        varied: dict[str, Term] = {}
        for fact in session.rulebook.facts.values():
            if fact.derived:
                surely, possibly = reading.truth(AtomRef(conclusion.fact(fact.id)))
                varied |= {f"{fact.id} yes": surely, f"{fact.id} no": neg(possibly)}
        return varied

    return Examined(shown=session.harvest("every-derived-fact-varies", varied))


CLAIMS = (
    Claim("every-rule-fires", "every rule can fire", _fires, _rules, "no possible case makes it fire"),
    Claim(
        "every-pathway-reached",
        "every pathway is a step of some plan",
        _pathways,
        lambda rulebook, _: frozenset(rulebook.pathways),
        "no possible plan holds it",
    ),
    Claim(
        "every-route-used",
        "every route carries or supports its pathway in some plan",
        _routes,
        lambda rulebook, _: frozenset(rulebook.routes),
        "no possible plan rests on it",
    ),
    Claim(
        "every-code-reached",
        "every warning, duty and limit is in some plan",
        _codes,
        lambda rulebook, _: frozenset(
            f"{form} {code}" for form, kind in CODES.items() for code in getattr(rulebook, kind)
        ),
        "no possible plan holds it",
    ),
    Claim(
        "every-derived-fact-varies",
        "every derived fact can be yes and can be no",
        _derived,
        lambda rulebook, _: frozenset(
            f"{fact.id} {word}" for fact in rulebook.facts.values() if fact.derived for word in ("yes", "no")
        ),
        "it never is",
    ),
)
