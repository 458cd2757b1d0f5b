"""Claims that the rules never contradict themselves."""

from __future__ import annotations

from itertools import combinations

from routing.core import conclusion
from routing.core.conditions import AtLeast, Is
from routing.verify.claims.registry import Claim
from routing.verify.solver.domains import NUMBER, FactShape
from routing.verify.solver.session import Examined, Interpretation, SolverSession
from routing.verify.solver.terms import Term, conj, disj, neg


def _contradictory(session: SolverSession) -> Examined:
    """Whatever surely holds must possibly hold: then nothing is both confirmed and excluded."""
    done = Examined()
    available = [head for head in session.model.heads if conclusion.kind_of(head) == conclusion.AVAILABLE]

    def both_at_once(reading: Interpretation) -> Term:
        return disj(
            conj((surely, neg(possibly))) for surely, possibly in (reading.atom(head) for head in available)
        )

    done.broken += session.break_up(
        "confirmed-and-excluded", "a route is confirmed and excluded at once", both_at_once
    )
    return done


def _two_primaries(session: SolverSession) -> Examined:
    """At most one pathway is surely the main step."""
    heads = [head for head in session.model.heads if conclusion.kind_of(head) == conclusion.PRIMARY]
    examined = Examined()

    def two_at_once(reading: Interpretation) -> Term:
        return disj(
            conj((reading.atom(first)[0], reading.atom(second)[0]))
            for first, second in combinations(heads, 2)
        )

    examined.broken += session.break_up("two-primaries", "two pathways are surely the main step", two_at_once)
    return examined


def _no_primary(session: SolverSession) -> Examined:
    """In every case some pathway can be the main step, if only the last resort."""
    heads = [head for head in session.model.heads if conclusion.kind_of(head) == conclusion.PRIMARY]
    examined = Examined()
    examined.broken += session.break_up(
        "no-primary",
        "no pathway can be the main step, not even the last resort",
        lambda reading: neg(disj(reading.atom(head)[1] for head in heads)),
    )
    return examined


def _learning(session: SolverSession) -> Examined:
    """In a copy of the case where more is known and nothing else differs, what was sure stays sure."""
    done = Examined()
    names = [
        name
        for name in session.view.facts
        if session.model.fixed_value(name) is None and name not in ("kind", "measure")
    ]
    shapes = [session.model.shapes[name] for name in names]
    with session.model.scope():
        later = session.model.variant(names)

        def overturned(before: Interpretation, after: Interpretation) -> Term:
            lost = disj(_lost(before.atom(head), after.atom(head)) for head in session.model.heads)
            return conj((lost, *(told_more(shape, before, after) for shape in shapes)))

        done.broken += session.break_up(
            "learning", "a sure conclusion is overturned by learning a fact", overturned, session.view, later
        )
    return done


def _lost(before: tuple[Term, Term], after: tuple[Term, Term]) -> Term:
    return disj((conj((before[0], neg(after[0]))), conj((neg(before[1]), after[1]))))


def told_more(shape: FactShape, before: Interpretation, after: Interpretation) -> Term:
    """Whether one case says of a fact what the other says, or more."""
    tests = (
        [AtLeast(shape.fact, cut) for cut in shape.cuts]
        if shape.type == NUMBER
        else [Is(shape.fact, frozenset({value})) for value in shape.values]
    )
    return neg(disj(_lost(before.truth(test), after.truth(test)) for test in tests))


CLAIMS = (
    Claim("no-contradiction", "no route is both confirmed and excluded", _contradictory, whole=True),
    Claim("one-primary", "no need has two sure main steps", _two_primaries, whole=True),
    Claim("some-primary", "every need has a possible main step", _no_primary),
    Claim("learning", "learning a fact never overturns a sure conclusion", _learning),
)
