"""Whether an overlay could keep a rule from speaking, asked of a solver."""

from __future__ import annotations

from typing import Any

import pytest

from routing.core import conclusion
from routing.core import conditions as c
from routing.rulebook.model import Rule, Rulebook
from routing.rulebook.overlay.protected import OF_ROUTES, speaks, what_holds

z3 = pytest.importorskip("z3")


def silenced(rule: Rule, rulebook: Rulebook, blind: bool = False) -> bool:
    """Whether an addition that is not refused can silence a rule. blind: as if nothing were refused.

    A rule that stays is asked about where channels and lists are as they were.
    """
    condition, rests = speaks(rule, rulebook), what_holds(rule, rulebook)
    free: dict[Any, Any] = {}
    known: dict[tuple[str, bool], Any] = {}
    solver = z3.Solver()

    def bits(key: Any) -> Any:
        if key not in free:
            free[key] = z3.Bool(f"s{len(free)}"), z3.Bool(f"p{len(free)}")
            solver.add(z3.Implies(*free[key]))
        return free[key]

    def either(one: Any, other: Any) -> Any:
        return z3.Or(one[0], other[0]), z3.Or(one[1], other[1])

    def value(part: c.Condition, overlaid: bool) -> Any:
        if isinstance(part, c.Not):
            surely, possibly = value(part.part, overlaid)
            return z3.Not(possibly), z3.Not(surely)
        if isinstance(part, (c.All, c.Any)):
            join = z3.And if isinstance(part, c.All) else z3.Or
            values = [value(each, overlaid) for each in part.parts]
            return join([each[0] for each in values]), join([each[1] for each in values])
        if isinstance(part, c.AtomRef):
            return atom(part.atom, overlaid)
        if overlaid and rule.protected and (blind or (part, False) not in rests.tests):
            return either(bits(part), bits(("joins", part)))
        return bits(part)

    def atom(name: str, overlaid: bool) -> Any:
        if not rule.protected and conclusion.kind_of(name) in OF_ROUTES:
            return bits(name)
        if (name, overlaid) not in known:
            lines = [value(line.when, overlaid) for line in rulebook.heads.get(name, ())]
            found = z3.Or([each[0] for each in lines]), z3.Or([each[1] for each in lines])
            if overlaid and (blind or (name, False) not in rests.atoms):
                found = either(found, bits(("added", name)))
            surely, possibly = bits(("value", name, overlaid))
            solver.add(surely == found[0], possibly == found[1])
            known[name, overlaid] = surely, possibly
        return known[name, overlaid]

    before, after = value(condition, False), value(condition, True)
    solver.add(z3.Or(z3.And(before[0], z3.Not(after[0])), z3.And(before[1], z3.Not(after[1]))))
    found = solver.check()
    assert found != z3.unknown
    return bool(found == z3.sat)
