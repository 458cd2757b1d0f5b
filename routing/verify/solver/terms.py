"""Boolean terms of the solver, settled where they can be before the solver sees them.

A term is True, False or a solver expression; or a whole number, whose bits say in which of many
cases the term holds, so that a claim is written once for the solver, for the reference and for a
crowd of cases. The solver is loaded on first use, because routing a case does not need it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from routing.core.conditions import All, AtLeast, AtomRef, Condition, Is, Not
from routing.core.conditions import Any as AnyOf
from routing.core.errors import Problems

Term = Any
"""True, False, a Bool of the solver, or a number with one bit for each case of a crowd."""

Rails = tuple[Term, Term]
"""(surely, possibly)"""


def on_both_rails(
    condition: Condition, atom: Callable[[str], Rails], test: Callable[[Is | AtLeast], Rails]
) -> Rails:
    """A condition on both rails, given what conclusions and tests are."""
    if isinstance(condition, AtomRef):
        return atom(condition.atom)
    if isinstance(condition, Not):
        surely, possibly = on_both_rails(condition.part, atom, test)
        return neg(possibly), neg(surely)
    if isinstance(condition, (All, AnyOf)):
        rails = [on_both_rails(part, atom, test) for part in condition.parts]
        join = conj if isinstance(condition, All) else disj
        return join(s for s, _ in rails), join(p for _, p in rails)
    return test(condition)


def solver_library() -> Any:
    """The z3 module.

    Raises Problems when the extra is not installed.
    """
    try:
        import z3
    except ImportError:
        raise Problems.of(
            "the solver z3 is not installed",
            fix="install the extra `proof`: pip install 'cooperation-routing[proof]'",
        ) from None
    return z3


def new_solver(milliseconds: int) -> Any:
    """A solver for finite domains that gives up on one question after the time given."""
    z3 = solver_library()
    solver = z3.SolverFor("QF_FD")
    solver.set("timeout", milliseconds)
    solver.set("random_seed", 7)
    return solver


def variable(name: str) -> Term:
    return solver_library().Bool(name)


def conj(parts: Iterable[Term]) -> Term:
    kept: dict[int, Term] = {}
    bits = -1
    for part in parts:
        if part is False:
            return False
        if isinstance(part, int):
            bits &= -1 if part is True else part
        else:
            kept[part.get_id()] = part
    return _joined(list(kept.values()), True) if bits == -1 else bits


def disj(parts: Iterable[Term]) -> Term:
    kept: dict[int, Term] = {}
    bits = 0
    for part in parts:
        if part is True:
            return True
        if isinstance(part, int):
            bits |= 0 if part is False else part
        else:
            kept[part.get_id()] = part
    return _joined(list(kept.values()), False) if bits == 0 else bits


def neg(term: Term) -> Term:
    if isinstance(term, bool):
        return not term
    if isinstance(term, int):
        return ~term
    z3 = solver_library()
    return (
        term.arg(0) if z3.is_not(term) else z3.BoolRef(z3.Z3_mk_not(term.ctx.ref(), term.as_ast()), term.ctx)
    )


def same(left: Term, right: Term) -> Term:
    """Both or neither."""
    return conj((disj((neg(left), right)), disj((left, neg(right)))))


def differ(left: Term, right: Term) -> Term:
    if not isinstance(left, int) and not isinstance(right, int) and left.eq(right):
        return False
    return disj((conj((left, neg(right))), conj((neg(left), right))))


def _joined(parts: list[Term], every: bool) -> Term:
    """The solver's own constructor, called directly: building terms is most of the time of a proof."""
    if not parts:
        return every
    if len(parts) == 1:
        return parts[0]
    z3 = solver_library()
    context = parts[0].ctx
    array = (z3.Ast * len(parts))(*(part.as_ast() for part in parts))
    make = z3.Z3_mk_and if every else z3.Z3_mk_or
    return z3.BoolRef(make(context.ref(), len(parts), array), context)
