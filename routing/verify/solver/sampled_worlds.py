"""Many random cases at once: each conclusion is a number with one bit for each case.

What happens somewhere is mostly found here in no time; the solver is asked for the rest. The
cases lean towards what is taken as given, so that few things differ from an ordinary case.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING

from routing.core.conditions import Condition
from routing.evaluate.bits import rails_of
from routing.rulebook.parse.conditions import TIE
from routing.verify.solver.domains import MANY, NUMBER, Domain, FactShape, domain_in, fixed
from routing.verify.solver.terms import Rails, Term, conj, disj
from routing.verify.solver.witness import silent

if TYPE_CHECKING:
    from routing.verify.solver.encoding import SolverModel

SIZE = 3000


@dataclass
class SampledWorlds:
    """The cases, and what the rules conclude of each. Built like a view of the model."""

    model: SolverModel
    seed: int = 11
    base: SampledWorlds | None = None
    facts: dict[str, Domain] = field(default_factory=dict)
    forced: Mapping[str, Rails] = field(default_factory=dict)
    reached: frozenset[str] = frozenset()
    _atoms: dict[str, Rails] = field(default_factory=dict)
    _possible: int | None = None

    @property
    def possible(self) -> int:
        """The cases that the constraints allow, here and among those from which these differ."""
        if self._possible is None:
            mask = (1 << SIZE) - 1
            self._possible = (
                _bits(
                    conj(self.model.specialise(self, constraint)[1] for constraint in self.model.constraints)
                )
                & mask
            )
            if self.base is not None:
                self._possible &= self.base.possible
        return self._possible

    def holds(self, term: Term) -> bool:
        """Whether a term holds in some possible case."""
        return _bits(term) & self.possible != 0

    def atom(self, name: str) -> Rails:
        pair = self._atoms.get(name)
        if pair is None:
            if name in self.forced:
                pair = self.forced[name]
            elif self.base is not None and name not in self.reached:
                pair = self.base.atom(name)
            else:
                rails = [self.truth(line.when) for line in self.model.heads.get(name, ())]
                pair = disj(s for s, _ in rails), disj(p for _, p in rails)
            self._atoms[name] = pair
        return pair

    def truth(self, condition: Condition) -> Rails:
        """Whether a condition holds, surely and possibly."""
        rails: Rails = rails_of(
            condition,
            -1,
            0,
            lambda name: _both(self.atom(name)),
            lambda test: _both(self.domain(test.fact).test(test)),
        )
        return rails

    def domain(self, fact: str) -> Domain:
        return domain_in(self, fact, self._drawn)

    def variant(self, facts: Iterable[str] = (), forced: Mapping[str, Rails] | None = None) -> SampledWorlds:
        """The same cases where some facts are drawn anew, or some conclusions are set."""
        names, forced = tuple(facts), dict(forced or {})
        reached = self.model.reached_from((*names, *forced))
        return SampledWorlds(
            self.model, self.seed, self, {name: self._drawn(name, "again") for name in names}, forced, reached
        )

    def _drawn(self, fact: str, salt: str = "") -> Domain:
        shape = self.model.shapes[fact]
        settled = self.model.fixed_value(fact)
        if settled is not None:
            return fixed(shape, settled[0])
        draw = Random(f"{self.seed} {fact} {salt}")
        if shape.type == NUMBER:
            closed = _mostly(draw)
            bits: dict[str | int, Term] = {}
            so_far = -1
            for cut in shape.cuts:
                so_far &= draw.getrandbits(SIZE) | draw.getrandbits(SIZE)
                bits[cut] = so_far
            return Domain(shape, bits, closed)
        if shape.type == MANY:
            return _some_values(shape, draw)
        return Domain(shape, dict(_shares(shape, self.model, draw)), True)


def _both(rails: Rails) -> tuple[int, int]:
    return _bits(rails[0]), _bits(rails[1])


def _bits(term: Term) -> int:
    return -1 if term is True else int(term)


def _mostly(draw: Random) -> int:
    return draw.getrandbits(SIZE) | draw.getrandbits(SIZE) | draw.getrandbits(SIZE)


def _some_values(shape: FactShape, draw: Random) -> Domain:
    none = draw.getrandbits(SIZE) & draw.getrandbits(SIZE) if "none" in shape.values else 0
    bits: dict[str | int, Term] = {
        value: none
        if value == "none"
        else draw.getrandbits(SIZE) & draw.getrandbits(SIZE) & draw.getrandbits(SIZE) & ~none
        for value in shape.values
    }
    return Domain(shape, bits, _mostly(draw))


def _shares(shape: FactShape, model: SolverModel, draw: Random) -> Iterable[tuple[str, int]]:
    """Half of the cases say what silence says, where that is a value; the others are spread over the
    values."""
    usual = (
        None
        if shape.fact.startswith(TIE) or shape.always or model.measure is None
        else silent(model.rulebook, model.measure, shape.fact)
    )
    left = (1 << SIZE) - 1
    if isinstance(usual, str) and usual in shape.values:
        share = draw.getrandbits(SIZE) | draw.getrandbits(SIZE) & draw.getrandbits(SIZE)
        spared = left & ~share
    else:
        share, spared = 0, left & _mostly(draw) if not shape.always else left
    for index, value in enumerate(shape.values):
        if index == len(shape.values) - 1 and shape.always:
            mine = spared
        else:
            mine = spared & _one_in(
                len(shape.values) - index + (0 if shape.always else 1) * (index == len(shape.values) - 1),
                draw,
            )
        spared &= ~mine
        yield value, mine | (share if value == usual else 0)


def _one_in(count: int, draw: Random) -> int:
    """About one case in `count`, to a power of two."""
    bits = (1 << SIZE) - 1
    for _ in range(max(count - 1, 0).bit_length()):
        bits &= draw.getrandbits(SIZE)
    return bits
