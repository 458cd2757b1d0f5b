"""Plain rules into a straight line of operations on registers, each holding one bit for every need.

What the measure and the kind of need settle is folded away; what is worked out twice is worked out once; and
a register is used again as soon as nothing reads it any more, so that all of them stay in the processor's
cache.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from routing.core.conditions import AtLeast, Clause, Is
from routing.core.records import Record
from routing.evaluate.bits import Rails, rails_of

AND, OR, NOT = 0, 1, 2
Op = tuple[int, int, int, int]
"""(what, register of the result, register of one side, register of the other; for NOT twice the same)"""
NEVER, ALWAYS = -1, -2
"""Bits that are the same for every need, where a register would stand."""


class Program(Record):
    """stages: the operations, those of each stage before those of the next.

    inputs: for each stage, the tests whose bits it reads: (test, register for surely, register for possibly),
    the register being NEVER where that rail is not read. outputs: for each stage, by conclusion, where its
    two rails are. registers: how many there are.
    """

    inputs: tuple[tuple[tuple[Is | AtLeast, int, int], ...], ...]
    stages: tuple[tuple[Op, ...], ...]
    outputs: tuple[Mapping[str, tuple[int, int]], ...]
    registers: int


class _Wire:
    """The value of one operation while the program is compiled."""

    __slots__ = ("number", "tracer")

    def __init__(self, tracer: _Tracer, number: int) -> None:
        self.tracer = tracer
        self.number = number

    def __and__(self, other: _Wire) -> _Wire:
        return self.tracer.joined(AND, self, other)

    def __or__(self, other: _Wire) -> _Wire:
        return self.tracer.joined(OR, self, other)

    def __xor__(self, other: _Wire) -> _Wire:
        """Only ever used as `every ^ bits`."""
        return self.tracer.negated(other)


@dataclass
class _Tracer:
    """Writes down the operations that a reading of the rules asks for."""

    heads: Mapping[str, tuple[Clause, ...]]
    fixed: Mapping[str, str]
    ops: list[tuple[int, int, int]] = field(default_factory=list)  # what, one side, the other side
    _wires: dict[tuple[int, int, int], _Wire] = field(default_factory=dict)
    _atoms: dict[str, Rails] = field(default_factory=dict)
    tests: dict[Is | AtLeast, Rails] = field(default_factory=dict)
    read: dict[int, tuple[Is | AtLeast, int]] = field(default_factory=dict)  # wire -> test, rail

    def __post_init__(self) -> None:
        self.none, self.every = _Wire(self, NEVER), _Wire(self, ALWAYS)

    def joined(self, what: int, left: _Wire, right: _Wire) -> _Wire:
        neutral, deciding = (self.every, self.none) if what == AND else (self.none, self.every)
        if left is deciding or right is deciding:
            return deciding
        if left is neutral or left is right:
            return right
        if right is neutral:
            return left
        low, high = sorted((left.number, right.number))
        return self._wire((what, low, high))

    def negated(self, wire: _Wire) -> _Wire:
        if wire is self.none:
            return self.every
        if wire is self.every:
            return self.none
        what, negated, _ = self.ops[wire.number]
        if what == NOT:
            return self._wires[self.ops[negated]]
        return self._wire((NOT, wire.number, wire.number))

    def _wire(self, key: tuple[int, int, int]) -> _Wire:
        wire = self._wires.get(key)
        if wire is None:
            wire = self._wires[key] = _Wire(self, len(self.ops))
            self.ops.append(key)
        return wire

    def atom(self, name: str) -> Rails:
        rails = self._atoms.get(name)
        if rails is None:
            surely = possibly = self.none
            for line in self.heads.get(name, ()):
                s, p = rails_of(line.when, self.every, self.none, self.atom, self.test)
                surely, possibly = surely | s, possibly | p
            rails = self._atoms[name] = (surely, possibly)
        return rails

    def test(self, test: Is | AtLeast) -> Rails:
        rails = self.tests.get(test)
        if rails is None:
            word = self.fixed.get(test.fact)
            if word is not None and isinstance(test, Is):
                rails = (self.every, self.every) if word in test.values else (self.none, self.none)
            else:
                rails = (self._input(test, 0), self._input(test, 1))
            self.tests[test] = rails
        return rails

    def _input(self, test: Is | AtLeast, rail: int) -> _Wire:
        number = len(self.ops)
        wire = self._wire((3, number, rail))
        self.read[number] = (test, rail)
        return wire


def compile_program(
    heads: Mapping[str, tuple[Clause, ...]], stages: Sequence[Iterable[str]], fixed: Mapping[str, str]
) -> Program:
    """The program that works out these conclusions.

    stages: the conclusions wanted of each stage; a test that only a later stage reads is not asked for before
    it. fixed: the single values that facts surely have.
    """
    tracer = _Tracer(heads, fixed)
    wanted = []
    ends = []
    for atoms in stages:
        wanted.append({atom: tracer.atom(atom) for atom in atoms})
        ends.append(len(tracer.ops))
    return _with_registers(tracer, wanted, ends)


def _with_registers(tracer: _Tracer, wanted: list[dict[str, Rails]], ends: list[int]) -> Program:
    last: dict[int, int] = {}
    useful = [False] * len(tracer.ops)
    for rails in (rails for atoms in wanted for rails in atoms.values()):
        for wire in rails:
            if wire.number >= 0:
                useful[wire.number] = True
                last[wire.number] = len(tracer.ops)  # what is wanted is kept to the end
    for number in range(len(tracer.ops) - 1, -1, -1):
        what, left, right = tracer.ops[number]
        if useful[number] and what != 3:
            for side in {left, right}:
                useful[side] = True
                last.setdefault(side, number)
    register: dict[int, int] = {}
    free: list[int] = []
    count = 0

    def new_register() -> int:
        nonlocal count
        if free:
            return free.pop()
        count += 1
        return count - 1

    inputs: list[tuple[tuple[Is | AtLeast, int, int], ...]] = []
    stages: list[tuple[Op, ...]] = []
    start = 0
    for end in ends:
        read: dict[Is | AtLeast, list[int]] = {}
        # What a stage reads is there before it begins.
        for number in range(start, end):
            if useful[number] and tracer.ops[number][0] == 3:
                register[number] = new_register()
                test, rail = tracer.read[number]
                read.setdefault(test, [NEVER, NEVER])[rail] = register[number]
        ops: list[Op] = []
        for number in range(start, end):
            what, left, right = tracer.ops[number]
            if not useful[number] or what == 3:
                continue
            sides = register[left], register[right]
            free += [register[side] for side in {left, right} if last[side] == number]
            register[number] = new_register()
            ops.append((what, register[number], *sides))
        inputs.append(tuple((test, surely, possibly) for test, (surely, possibly) in read.items()))
        stages.append(tuple(ops))
        start = end
    place = {NEVER: NEVER, ALWAYS: ALWAYS, **register}
    outputs = tuple(
        {atom: (place[rails[0].number], place[rails[1].number]) for atom, rails in atoms.items()}
        for atoms in wanted
    )
    return Program(tuple(inputs), tuple(stages), outputs, count)
