"""Claims that the invariants of the rules folder hold of every possible case, and that signing is not being
bound."""

from __future__ import annotations

from collections.abc import Callable

from routing.core import conclusion
from routing.core.conditions import AtLeast, Is
from routing.rulebook.parse.conditions import TIE
from routing.verify.claims.registry import Claim
from routing.verify.solver.domains import Schema
from routing.verify.solver.session import Broken, Examined, Reading, SolverSession
from routing.verify.solver.terms import Term, conj, differ, disj, neg, same
from routing.verify.statements import Change, Invariant

Relation = Callable[[Reading, Reading], Term]


def _invariants(bench: SolverSession) -> Examined:
    done = Examined()
    for invariant in bench.statements.invariants:
        done.broken += (
            _single(bench, invariant)
            if invariant.change is None
            else _changed(bench, invariant, invariant.change)
        )
    return done


def _single(bench: SolverSession, invariant: Invariant) -> list[Broken]:
    def goal(reading: Reading) -> Term:
        kept = conj((reading.truth(invariant.then_surely)[0], reading.truth(invariant.then_possibly)[1]))
        return conj((_given(invariant, reading), neg(kept)))

    return bench.break_up(invariant.id, invariant.says, goal)


def _given(invariant: Invariant, reading: Reading) -> Term:
    """The case is one the invariant speaks of, and no lawful exception can apply."""
    measure = Is("measure", frozenset(invariant.measures))
    return conj(
        (
            reading.truth(measure)[0] if invariant.measures else True,
            reading.truth(invariant.surely)[0],
            reading.truth(invariant.possibly)[1],
            neg(reading.truth(invariant.unless)[1]),
        )
    )


def _changed(bench: SolverSession, invariant: Invariant, change: Change) -> list[Broken]:
    names = (
        [name for name in bench.view.facts if name.startswith(TIE)] if change.fact == TIE else [change.fact]
    )
    names = [
        name for name in names if bench.model.fixed_value(name) is None and bench.model.reached_from((name,))
    ]
    if not names:
        return []
    with bench.model.scope():
        later = bench.model.variant(names)
        relation = _relation(change, [bench.model.shapes[name] for name in names])

        def goal(before: Reading, after: Reading) -> Term:
            return conj(
                (
                    relation(before, after),
                    _given(invariant, before),
                    neg(after.truth(invariant.unless)[1]),
                    _moved(invariant, before, after),
                )
            )

        return bench.break_up(invariant.id, invariant.says, goal, bench.view, later)


def _moved(invariant: Invariant, before: Reading, after: Reading) -> Term:
    """Whether the change took away, gave or touched what it must not."""
    parts: list[Term] = []
    for condition in invariant.keeps:
        parts.append(conj((before.truth(condition)[0], neg(after.truth(condition)[0]))))
    for condition in invariant.keeps_possible:
        parts.append(conj((before.truth(condition)[0], neg(after.truth(condition)[1]))))
    for condition in invariant.never_gains:
        parts.append(conj((neg(before.truth(condition)[1]), after.truth(condition)[0])))
    for condition in invariant.same:
        a, b = before.truth(condition), after.truth(condition)
        parts.append(disj((differ(a[0], b[0]), differ(a[1], b[1]))))
    return disj(parts)


def _relation(change: Change, shapes: list[Schema]) -> Relation:
    """How the two cases differ: each of the facts stays, or goes as the change says."""

    def holds(before: Reading, after: Reading) -> Term:
        if change.fact == TIE:
            return conj(
                disj((_unmoved(shape, before, after), _goes(change, shape, before, after)))
                for shape in shapes
            )
        return _goes(change, shapes[0], before, after)

    return holds


def _goes(change: Change, shape: Schema, before: Reading, after: Reading) -> Term:
    if change.rises:
        return _rises(shape, before, after)
    old = before.truth(Is(shape.fact, frozenset(change.before)))[0] if change.before else True
    new = after.truth(Is(shape.fact, frozenset(change.after)))[0] if change.after else True
    return conj((old, new))


def _rises(shape: Schema, before: Reading, after: Reading) -> Term:
    """The number is known in both cases and not smaller in the second."""
    steps = [
        (before.truth(AtLeast(shape.fact, cut)), after.truth(AtLeast(shape.fact, cut))) for cut in shape.cuts
    ]
    settled = [disj((surely, neg(possibly))) for step in steps for surely, possibly in step]
    return conj((*settled, *(disj((neg(old[0]), new[0])) for old, new in steps)))


def _unmoved(shape: Schema, before: Reading, after: Reading) -> Term:
    tests = [Is(shape.fact, frozenset({value})) for value in shape.values]
    return conj(same(before.truth(test)[0], after.truth(test)[0]) for test in tests)


def _signed(bench: SolverSession) -> Examined:
    """Where every tie that is only signed is taken away instead, nothing more is closed to the reader than
    before."""
    done = Examined()
    names = [name for name in bench.view.facts if name.startswith(TIE) and bench.model.reached_from((name,))]
    opened = [
        head
        for head in bench.model.heads
        if conclusion.kind_of(head) in (conclusion.AVAILABLE, conclusion.DELIVERS)
    ]
    with bench.model.scope():
        unsigned = bench.model.variant(names)
        relation = _relation(
            Change(TIE, ("signed",), ("none",)), [bench.model.shapes[name] for name in names]
        )

        def goal(signed: Reading, none: Reading) -> Term:
            gained = disj(
                disj(
                    (
                        conj((signed.atom(head)[0], neg(none.atom(head)[0]))),
                        conj((signed.atom(head)[1], neg(none.atom(head)[1]))),
                    )
                )
                for head in opened
            )
            return conj((relation(signed, none), gained))

        done.broken += bench.break_up(
            "signed-is-not-bound", "a treaty that is only signed opens a way", goal, bench.view, unsigned
        )
    return done


CLAIMS = (
    Claim("invariants", "every invariant holds of every possible case", _invariants, whole=True),
    Claim("signed-is-not-bound", "what is only signed opens nothing", _signed, whole=True),
)
