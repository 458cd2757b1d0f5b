"""Many variants of one need's facts at once: one bit for each variant, one number for each rail.

A condition is read once for all variants, so that hundreds of completions or thousands of
changes cost little more than one. It is used to search and to rank; what it finds is
confirmed by running the changed case through both evaluators.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import prod

from routing.case.facts import Facts, Value
from routing.core.conditions import All, Any, AtLeast, AtomRef, Clause, Condition, Is, Not
from routing.evaluate.bits import rails_of
from routing.evaluate.reference import Reference
from routing.evaluate.stated_ties import is_settled, settled_as

Bits = tuple[int, int]
"""The variants in which something holds: (surely, possibly)."""


@dataclass
class BatchEvaluator:
    """Variants of a need's facts. given: for a fact, its other values and the variants that have each.

    reference: for the facts themselves, where all that is given is unknown in them. What is decided then is
    so whatever the unknown turns out to be, and is not worked out for the variants.
    """

    heads: Mapping[str, tuple[Clause, ...]]
    facts: Facts
    count: int
    given: Mapping[str, Sequence[tuple[Value, int]]]
    reference: Reference | None = None
    every: int = field(init=False)  # all variants
    _bits: dict[str, Bits] = field(default_factory=dict)
    _tests: dict[Is | AtLeast, Bits] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.every = (1 << self.count) - 1

    @classmethod
    def of(
        cls,
        heads: Mapping[str, tuple[Clause, ...]],
        facts: Facts,
        changes: Sequence[Mapping[str, Value]],
        reference: Reference | None = None,
    ) -> BatchEvaluator:
        """One variant for each set of changes. reference: for the facts themselves, if they were read."""
        given: dict[str, dict[Value, bytearray]] = {}
        size = len(changes) // 8 + 1
        for place, change in enumerate(changes):
            byte, bit = place >> 3, 1 << (place & 7)
            for name, value in change.items():
                rows = given.get(name)
                if rows is None:
                    rows = given[name] = {}
                row = rows.get(value)
                if row is None:
                    row = rows[value] = bytearray(size)
                row[byte] |= bit
        return cls(
            heads,
            facts,
            len(changes),
            {
                name: tuple((value, int.from_bytes(row, "little")) for value, row in rows.items())
                for name, rows in given.items()
            },
            None if any(facts.get(name) is not None for name in given) else reference,
        )

    @classmethod
    def grid(
        cls,
        heads: Mapping[str, tuple[Clause, ...]],
        facts: Facts,
        choices: Mapping[str, Sequence[Value]],
    ) -> tuple[BatchEvaluator, dict[str, int]]:
        """One variant for each combination of values, and for each fact how far apart its next values are."""
        count = prod(len(values) for values in choices.values())
        given: dict[str, tuple[tuple[Value, int], ...]] = {}
        strides: dict[str, int] = {}
        stride = count
        for name, values in choices.items():
            period, stride = stride, stride // len(values)
            strides[name] = stride
            block = (1 << stride) - 1
            given[name] = tuple(
                (value, repeated(block << place * stride, period, count))
                for place, value in enumerate(values)
            )
        return cls(heads, facts, count, given), strides

    def atom(self, name: str) -> Bits:
        """The variants in which a conclusion holds."""
        rails = self._bits.get(name)
        if rails is None:
            rails = self._bits[name] = self._decided(name) or self._concluded(name)
        return rails

    def _decided(self, name: str) -> Bits | None:
        """All variants or none, for a conclusion that is decided whatever is given; None for any other."""
        if self.reference is None:
            return None
        surely, possibly = self.reference.atom(name)
        if surely is not possibly:
            return None
        return (self.every, self.every) if surely else (0, 0)

    def _concluded(self, name: str) -> Bits:
        surely = possibly = 0
        for line in self.heads.get(name, ()):
            s, p = self.truth(line.when)
            surely, possibly = surely | s, possibly | p
            if surely == self.every:
                break
        return surely, possibly

    def truth(self, condition: Condition) -> Bits:
        """The variants in which a condition holds."""
        rails: Bits = rails_of(condition, self.every, 0, self.atom, self._tested)
        return rails

    def _tested(self, test: Is | AtLeast) -> Bits:
        bits = self._tests.get(test)
        if bits is None:
            bits = self._tests[test] = self._test(test)
        return bits

    def _test(self, test: Is | AtLeast) -> Bits:
        if is_settled(test):
            tie, rail = settled_as(test)
            bits = self.truth(tie)[rail]
            return (bits, bits)
        surely = possibly = changed = 0
        for value, where in self.given.get(test.fact, ()):
            s, p = _read(value, test)
            changed |= where
            surely |= where if s else 0
            possibly |= where if p else 0
        left = self.every & ~changed
        if left:
            base = self.facts.get(test.fact)
            s, p = (False, True) if base is None else _read(base, test)
            surely |= left if s else 0
            possibly |= left if p else 0
        return (surely, possibly)


def _read(value: Value, test: Is | AtLeast) -> tuple[bool, bool]:
    if type(test) is AtLeast:
        holds = value.number is not None and value.number >= test.bound
    else:
        holds = not value.words.isdisjoint(test.values)
    return (holds, holds or not value.closed)


def repeated(bits: int, period: int, count: int) -> int:
    """A pattern of so many bits, over and over up to a count."""
    while period < count:
        bits |= bits << period
        period *= 2
    return bits & ((1 << count) - 1)


def variants_in(bits: int) -> Iterable[int]:
    """The numbers of the variants in a set, lowest first."""
    while bits:
        low = bits & -bits
        yield low.bit_length() - 1
        bits ^= low


def reached(heads: Mapping[str, tuple[Clause, ...]], atoms: Iterable[str]) -> tuple[str, ...]:
    """Every fact that the conclusions can depend on, however indirectly, in order of first use."""
    facts: dict[str, None] = {}
    seen: set[str] = set()
    stack: list[Condition] = [AtomRef(atom) for atom in reversed(tuple(atoms))]
    while stack:
        condition = stack.pop()
        if type(condition) is AtomRef:
            if condition.atom not in seen:
                seen.add(condition.atom)
                stack.extend([line.when for line in reversed(heads.get(condition.atom, ()))])
        elif type(condition) is Is or type(condition) is AtLeast:
            facts[condition.fact] = None
        elif type(condition) is Not:
            stack.append(condition.part)
        elif type(condition) is All or type(condition) is Any:
            stack.extend(reversed(condition.parts))
    return tuple(facts)
