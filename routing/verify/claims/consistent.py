"""Claims that the rules never contradict themselves."""

from __future__ import annotations

from itertools import combinations

from routing.core import conclusion
from routing.core.conditions import AtLeast, Is
from routing.verify.claims.registry import Claim
from routing.verify.solver.domains import NUMBER, Schema
from routing.verify.solver.session import Examined, Reading, SolverSession
from routing.verify.solver.terms import Term, conj, disj, neg


def _contradictory(bench: SolverSession) -> Examined:
    """Whatever surely holds must possibly hold: then nothing is both confirmed and excluded."""
    done = Examined()
    available = [head for head in bench.model.heads if conclusion.kind_of(head) == conclusion.AVAILABLE]

    def all_of(reading: Reading) -> Term:
        return disj(
            conj((surely, neg(possibly))) for surely, possibly in (reading.atom(head) for head in available)
        )

    done.broken += bench.break_up(
        "confirmed-and-excluded", "a route is confirmed and excluded at once", all_of
    )
    return done


def _two_primaries(bench: SolverSession) -> Examined:
    heads = [head for head in bench.model.heads if conclusion.kind_of(head) == conclusion.PRIMARY]
    examined = Examined()

    def two(reading: Reading) -> Term:
        return disj(
            conj((reading.atom(first)[0], reading.atom(second)[0]))
            for first, second in combinations(heads, 2)
        )

    examined.broken += bench.break_up("two-primaries", "two pathways are surely the main step", two)
    return examined


def _no_primary(bench: SolverSession) -> Examined:
    heads = [head for head in bench.model.heads if conclusion.kind_of(head) == conclusion.PRIMARY]
    examined = Examined()
    examined.broken += bench.break_up(
        "no-primary",
        "no pathway can be the main step, not even the last resort",
        lambda reading: neg(disj(reading.atom(head)[1] for head in heads)),
    )
    return examined


def _learning(bench: SolverSession) -> Examined:
    """In a copy of the case where more is known and nothing else differs, what was sure stays sure."""
    done = Examined()
    names = [
        name
        for name in bench.view.facts
        if bench.model.fixed_value(name) is None and name not in ("kind", "measure")
    ]
    shapes = [bench.model.shapes[name] for name in names]
    with bench.model.scope():
        later = bench.model.variant(names)

        def overturned(before: Reading, after: Reading) -> Term:
            lost = disj(_lost(before.atom(head), after.atom(head)) for head in bench.model.heads)
            return conj((lost, *(told_more(shape, before, after) for shape in shapes)))

        done.broken += bench.break_up(
            "learning", "a sure conclusion is overturned by learning a fact", overturned, bench.view, later
        )
    return done


def _lost(before: tuple[Term, Term], after: tuple[Term, Term]) -> Term:
    return disj((conj((before[0], neg(after[0]))), conj((neg(before[1]), after[1]))))


def told_more(shape: Schema, before: Reading, after: Reading) -> Term:
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
