"""Runs a program over the bits of many needs, in machine words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from routing.evaluate.columnar.program import ALWAYS, AND, NEVER, NOT, Program


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
