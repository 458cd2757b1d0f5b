"""Claim that what a guard shields is never closed or barred because of the facts it names."""

from __future__ import annotations

from routing.core import conclusion
from routing.rulebook.model import Rule
from routing.verify.claims.registry import Claim
from routing.verify.solver.session import Broken, Examined, Reading, SolverSession
from routing.verify.solver.terms import Term, differ, disj
from routing.verify.statements import rules_on


def _guards(bench: SolverSession) -> Examined:
    """Whatever the facts of a guard are, the same rules close and bar what it shields, derived facts
    included."""
    done = Examined()
    for guard in bench.rulebook.rules:
        if guard.form == "never":
            done.broken += _guard(bench, guard)
    return done


def _guard(bench: SolverSession, guard: Rule) -> list[Broken]:
    reached = bench.model.reached_from(guard.values)
    against = {
        rule.id
        for target in guard.targets
        for rule in rules_on(bench.rulebook, target)
        if conclusion.fired(rule.id) in reached
    }
    broken: list[Broken] = []
    if not against:
        return broken
    with bench.model.scope():
        variant = bench.model.variant(guard.values)
        for rule in sorted(against):
            broken += bench.break_up(
                guard.id,
                f"`{rule}` closes or bars what `{guard.id}` shields because of {', '.join(guard.values)}",
                lambda before, after, rule=rule: _moved(before, after, rule),
                bench.view,
                variant,
            )
    return broken


def _moved(before: Reading, after: Reading, rule: str) -> Term:
    a, b = before.atom(conclusion.fired(rule)), after.atom(conclusion.fired(rule))
    return disj((differ(a[0], b[0]), differ(a[1], b[1])))


CLAIMS = (
    Claim(
        "guards-hold", "no rule closes or bars what a guard shields because of its facts", _guards, whole=True
    ),
)
