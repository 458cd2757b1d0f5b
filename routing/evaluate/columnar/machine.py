"""Runs a program over the bits of many needs: in machine words with numpy, in whole numbers without."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from routing.evaluate.columnar.program import ALWAYS, AND, NEVER, NOT, OR, Program

np: Any
try:
    import numpy

    np = numpy
except ImportError:  # the lean installation
    np = None


class Machine(Protocol):
    """The registers of one program for a number of needs."""

    def load(self, register: int, bits: Any) -> None: ...

    def run(self, stage: int) -> None: ...

    def bits(self, register: int) -> Any: ...


class WordMachine:
    """Registers of 64-bit words. Bits past the last need may be anything."""

    def __init__(self, program: Program, words: int) -> None:
        self.program = program
        self.registers = np.zeros((program.registers + 2, words), np.uint64)
        self.registers[ALWAYS] = ~np.uint64(0)
        self._rows = list(self.registers)
        self._rows[NEVER] = np.zeros(words, np.uint64)
        and_, or_, not_ = np.bitwise_and, np.bitwise_or, np.invert
        self._stages = [
            [
                (not_, (self._rows[left], self._rows[out]))
                if what == NOT
                else (and_ if what == AND else or_, (self._rows[left], self._rows[right], self._rows[out]))
                for what, out, left, right in stage
            ]
            for stage in program.stages
        ]

    def load(self, register: int, bits: Any) -> None:
        if register >= 0:
            self._rows[register][:] = bits

    def run(self, stage: int) -> None:
        for do, sides in self._stages[stage]:
            do(*sides)

    def bits(self, register: int) -> Any:
        return self._rows[register]


class NumberMachine:
    """Registers that are whole numbers, one bit for each need; needs nothing but Python."""

    def __init__(self, program: Program, count: int) -> None:
        self.program = program
        self.every = (1 << count) - 1
        self.registers = [0] * (program.registers + 2)
        self.registers[ALWAYS], self.registers[NEVER] = self.every, 0

    def load(self, register: int, bits: int) -> None:
        if register >= 0:
            self.registers[register] = bits

    def run(self, stage: int) -> None:
        registers, every = self.registers, self.every
        for what, out, left, right in self.program.stages[stage]:
            if what == AND:
                registers[out] = registers[left] & registers[right]
            elif what == OR:
                registers[out] = registers[left] | registers[right]
            else:
                registers[out] = every ^ registers[left]

    def bits(self, register: int) -> int:
        return self.registers[register]


def as_words(flags: Sequence[bool] | Any, words: int) -> Any:
    """An array of truths as machine words, the first need in the lowest bit."""
    packed = np.packbits(flags, bitorder="little")
    if len(packed) != words * 8:
        padded = np.zeros(words * 8, np.uint8)
        padded[: len(packed)] = packed
        packed = padded
    return packed.view(np.uint64)


def flags_of(words: Any, count: int) -> Any:
    """Machine words as an array of truths."""
    return np.unpackbits(words.view(np.uint8), count=count, bitorder="little").view(np.bool_)


__all__ = ["AND", "OR", "Machine", "NumberMachine", "WordMachine", "as_words", "flags_of"]
