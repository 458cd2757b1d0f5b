"""Claim that every need finds a way, or is listed with the reason why it finds none."""

from __future__ import annotations

from routing.core import conclusion
from routing.core.conditions import AtomRef
from routing.verify.claims.registry import Claim
from routing.verify.solver.session import Examined, Reading, SolverSession
from routing.verify.solver.terms import Term, conj, neg

CLAIM = "complete"


def _complete(bench: SolverSession) -> Examined:
    """The last resort is the sure answer only in cases that the expectations list."""
    last = AtomRef(conclusion.primary(bench.rulebook.last_resort))
    listed = [entry.when for entry in bench.statements.expected(CLAIM)]

    def unlisted(reading: Reading) -> Term:
        return conj((reading.truth(last)[0], *(neg(reading.truth(when)[0]) for when in listed)))

    done = Examined()
    done.broken += bench.break_up("unlisted", "no way is left, and no expectation lists the case", unlisted)
    done.shown |= bench.harvest(
        CLAIM,
        lambda reading: {
            entry.id: conj((reading.truth(last)[0], reading.truth(entry.when)[0]))
            for entry in bench.statements.expected(CLAIM)
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
