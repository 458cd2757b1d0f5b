"""Boolean terms of the solver, settled where they can be before the solver sees them.

A term is True, False or a solver expression. The solver is loaded on first use, because routing
a case does not need it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from routing.errors import Problem, Problems

Term = Any
"""True, False, or a Bool of the solver."""

Rails = tuple[Term, Term]
"""(surely, possibly)"""


def solver_library() -> Any:
    """The z3 module.

    Raises Problems when the extra is not installed.
    """
    try:
        import z3
    except ImportError:
        raise Problems([Problem("the solver z3 is not installed", fix="install the extra `proof`: pip install 'cooperation-routing[proof]'")]) from None
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
    for part in parts:
        if part is False:
            return False
        if part is not True:
            kept[part.get_id()] = part
    return _joined(list(kept.values()), True)


def disj(parts: Iterable[Term]) -> Term:
    kept: dict[int, Term] = {}
    for part in parts:
        if part is True:
            return True
        if part is not False:
            kept[part.get_id()] = part
    return _joined(list(kept.values()), False)


def neg(term: Term) -> Term:
    if isinstance(term, bool):
        return not term
    z3 = solver_library()
    return term.arg(0) if z3.is_not(term) else z3.BoolRef(z3.Z3_mk_not(term.ctx.ref(), term.as_ast()), term.ctx)


def same(one: Term, other: Term) -> Term:
    """Both or neither."""
    return conj((disj((neg(one), other)), disj((one, neg(other)))))


def differ(one: Term, other: Term) -> Term:
    if not isinstance(one, bool) and not isinstance(other, bool) and one.eq(other):
        return False
    return disj((conj((one, neg(other))), conj((neg(one), other))))


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
