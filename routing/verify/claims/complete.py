"""Claim that every need finds a way, or is listed with the reason why it finds none."""

from __future__ import annotations

from routing.core import conclusion
from routing.core.conditions import AtomRef
from routing.verify.claims.registry import Claim
from routing.verify.solver.session import Examined, Interpretation, SolverSession
from routing.verify.solver.terms import Term, conj, neg

CLAIM = "complete"


def _complete(session: SolverSession) -> Examined:
    """The last resort is the sure answer only in cases that the expectations list."""
    last = AtomRef(conclusion.primary(session.rulebook.last_resort))
    listed = [entry.when for entry in session.statements.expected(CLAIM)]

    def unlisted(reading: Interpretation) -> Term:
        return conj((reading.truth(last)[0], *(neg(reading.truth(when)[0]) for when in listed)))

    done = Examined()
    done.broken += session.break_up("unlisted", "no way is left, and no expectation lists the case", unlisted)
    done.shown |= session.harvest(
        CLAIM,
        lambda reading: {
            entry.id: conj((reading.truth(last)[0], reading.truth(entry.when)[0]))
            for entry in session.statements.expected(CLAIM)
        },
    )
    return done


CLAIMS = (
    Claim(
        CLAIM,
        "every need that ends at the last resort is listed with a reason",
        _complete,
        lambda rulebook, statements: frozenset(entry.id for entry in statements.expected(CLAIM)),
        "is listed, but no possible case ends there",
    ),
)
