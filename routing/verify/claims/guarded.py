"""Claim that what a guard shields is never closed or barred because of the facts it names."""

from __future__ import annotations

from routing.core import conclusion
from routing.rulebook.model import Rule
from routing.verify.claims.registry import Claim
from routing.verify.solver.session import Broken, Examined, Interpretation, SolverSession
from routing.verify.solver.terms import Term, differ, disj
from routing.verify.statements import rules_on


def _guards(session: SolverSession) -> Examined:
    """Whatever the facts of a guard are, the same rules close and bar what it shields, derived facts
    included."""
    done = Examined()
    for guard in session.rulebook.rules:
        if guard.form == "never":
            done.broken += _guard(session, guard)
    return done


def _guard(session: SolverSession, guard: Rule) -> list[Broken]:
    reached = session.model.reached_from(guard.values)
    against = {
        rule.id
        for target in guard.targets
        for rule in rules_on(session.rulebook, target)
        if conclusion.fired(rule.id) in reached
    }
    broken: list[Broken] = []
    if not against:
        return broken
    with session.model.scope():
        variant = session.model.variant(guard.values)
        for rule in sorted(against):
            broken += session.break_up(
                guard.id,
                f"`{rule}` closes or bars what `{guard.id}` shields because of {', '.join(guard.values)}",
                lambda before, after, rule=rule: _moved(before, after, rule),
                session.view,
                variant,
            )
    return broken


def _moved(before: Interpretation, after: Interpretation, rule: str) -> Term:
    a, b = before.atom(conclusion.fired(rule)), after.atom(conclusion.fired(rule))
    return disj((differ(a[0], b[0]), differ(a[1], b[1])))


CLAIMS = (
    Claim(
        "guards-hold", "no rule closes or bars what a guard shields because of its facts", _guards, whole=True
    ),
)
