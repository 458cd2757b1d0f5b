"""Claims that the invariants of the rules folder hold of every possible case, and that signing is not being
bound."""

from __future__ import annotations

from collections.abc import Callable

from routing.core import conclusion
from routing.core.conditions import AtLeast, Is
from routing.rulebook.parse.conditions import TIE
from routing.verify.claims.registry import Claim
from routing.verify.solver.domains import FactShape
from routing.verify.solver.session import Broken, Examined, Interpretation, SolverSession
from routing.verify.solver.terms import Term, conj, differ, disj, neg, same
from routing.verify.statements import FactChange, Invariant

Relation = Callable[[Interpretation, Interpretation], Term]


def _invariants(session: SolverSession) -> Examined:
    done = Examined()
    for invariant in session.statements.invariants:
        done.broken += (
            _single(session, invariant)
            if invariant.change is None
            else _changed(session, invariant, invariant.change)
        )
    return done


def _single(session: SolverSession, invariant: Invariant) -> list[Broken]:
    def goal(reading: Interpretation) -> Term:
        kept = conj((reading.truth(invariant.then_surely)[0], reading.truth(invariant.then_possibly)[1]))
        return conj((_given(invariant, reading), neg(kept)))

    return session.break_up(invariant.id, invariant.says, goal)


def _given(invariant: Invariant, reading: Interpretation) -> Term:
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


def _changed(session: SolverSession, invariant: Invariant, change: FactChange) -> list[Broken]:
    names = (
        [name for name in session.view.facts if name.startswith(TIE)] if change.fact == TIE else [change.fact]
    )
    names = [
        name
        for name in names
        if session.model.fixed_value(name) is None and session.model.reached_from((name,))
    ]
    if not names:
        return []
    with session.model.scope():
        later = session.model.variant(names)
        relation = _relation(change, [session.model.shapes[name] for name in names])

        def goal(before: Interpretation, after: Interpretation) -> Term:
            return conj(
                (
                    relation(before, after),
                    _given(invariant, before),
                    neg(after.truth(invariant.unless)[1]),
                    _moved(invariant, before, after),
                )
            )

        return session.break_up(invariant.id, invariant.says, goal, session.view, later)


def _moved(invariant: Invariant, before: Interpretation, after: Interpretation) -> Term:
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


def _relation(change: FactChange, shapes: list[FactShape]) -> Relation:
    """How the two cases differ: each of the facts stays, or goes as the change says."""

    def holds(before: Interpretation, after: Interpretation) -> Term:
        if change.fact == TIE:
            return conj(
                disj((_unmoved(shape, before, after), _goes(change, shape, before, after)))
                for shape in shapes
            )
        return _goes(change, shapes[0], before, after)

    return holds


def _goes(change: FactChange, shape: FactShape, before: Interpretation, after: Interpretation) -> Term:
    if change.rises:
        return _rises(shape, before, after)
    old = before.truth(Is(shape.fact, frozenset(change.before)))[0] if change.before else True
    new = after.truth(Is(shape.fact, frozenset(change.after)))[0] if change.after else True
    return conj((old, new))


def _rises(shape: FactShape, before: Interpretation, after: Interpretation) -> Term:
    """The number is known in both cases and not smaller in the second."""
    steps = [
        (before.truth(AtLeast(shape.fact, cut)), after.truth(AtLeast(shape.fact, cut))) for cut in shape.cuts
    ]
    settled = [disj((surely, neg(possibly))) for step in steps for surely, possibly in step]
    return conj((*settled, *(disj((neg(old[0]), new[0])) for old, new in steps)))


def _unmoved(shape: FactShape, before: Interpretation, after: Interpretation) -> Term:
    tests = [Is(shape.fact, frozenset({value})) for value in shape.values]
    return conj(same(before.truth(test)[0], after.truth(test)[0]) for test in tests)


def _signed(session: SolverSession) -> Examined:
    """Where every tie that is only signed is taken away instead, nothing more is closed to the reader than
    before."""
    done = Examined()
    names = [
        name for name in session.view.facts if name.startswith(TIE) and session.model.reached_from((name,))
    ]
    opened = [
        head
        for head in session.model.heads
        if conclusion.kind_of(head) in (conclusion.AVAILABLE, conclusion.DELIVERS)
    ]
    with session.model.scope():
        unsigned = session.model.variant(names)
        relation = _relation(
            FactChange(TIE, ("signed",), ("none",)), [session.model.shapes[name] for name in names]
        )

        def goal(signed: Interpretation, none: Interpretation) -> Term:
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

        done.broken += session.break_up(
            "signed-is-not-bound", "a treaty that is only signed opens a way", goal, session.view, unsigned
        )
    return done


CLAIMS = (
    Claim("invariants", "every invariant holds of every possible case", _invariants, whole=True),
    Claim("signed-is-not-bound", "what is only signed opens nothing", _signed, whole=True),
)
