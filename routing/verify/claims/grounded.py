"""Claim that nothing opens without a basis in force, but for what stands on the law of one State or on
practice."""

from __future__ import annotations

from routing.core import conclusion
from routing.core.conditions import Is
from routing.core.domain import Route
from routing.rulebook.model import Rulebook
from routing.rulebook.parse.conditions import TIE
from routing.verify.claims.registry import Claim
from routing.verify.solver.session import Examined, Interpretation, SolverSession
from routing.verify.solver.terms import Term, conj, disj, neg

CLAIM = "basis-in-force"
IN_FORCE = frozenset({"in_force"})


def _grounded(session: SolverSession) -> Examined:
    """A route that is sure rests on an instrument that it cites and that is surely in force between the two
    States."""
    done = Examined()
    routes = [
        route
        for route in session.rulebook.routes.values()
        if conclusion.available(route.id) in session.model.heads
    ]
    groundless = session.reachable(
        {route.id: _groundless(session.rulebook, route, session.view) for route in routes}
    )
    excused = {item for entry in session.statements.expected(CLAIM) for item in entry.items}
    for route in routes:
        if route.id in groundless - excused:
            done.broken += session.break_up(
                route.id,
                f"`{route.id}` is open, and nothing that it cites is in force between the States",
                lambda reading, route=route: _groundless(session.rulebook, route, reading),
            )
    done.shown |= groundless
    return done


def _groundless(rulebook: Rulebook, route: Route, reading: Interpretation) -> Term:
    cited = {
        rulebook.provisions[ref].instrument
        for ref in (*route.lead, *route.support)
        if ref in rulebook.provisions
    }
    ties = [Is(TIE + name, IN_FORCE) for name in sorted(cited) if name in rulebook.instruments]
    return conj(
        (reading.atom(conclusion.available(route.id))[0], neg(disj(reading.truth(tie)[0] for tie in ties)))
    )


CLAIMS = (
    Claim(
        CLAIM,
        "nothing opens without a basis in force between the States, but for what is listed with the reason",
        _grounded,
        whole=True,
        excusing=True,
    ),
)
