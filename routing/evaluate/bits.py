"""Conditions over many needs at once: one reading of the rules for every kind of bits.

Bits are a whole number with one bit for each need, an array of machine words, or a register of a program that
is being compiled; all of them know `&`, `|` and `^`. A condition is read on two rails, surely and possibly.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any as AnyBits

from routing.core.conditions import All, AtLeast, AtomRef, Condition, Is, Not
from routing.core.conditions import Any as AnyOf

Bits = AnyBits
Rails = tuple[Bits, Bits]
"""The needs in which something holds: (surely, possibly)."""


def rails_of(
    condition: Condition,
    every: Bits,
    none: Bits,
    atom: Callable[[str], Rails],
    test: Callable[[Is | AtLeast], Rails],
) -> Rails:
    """The needs in which a condition holds.

    every, none: the bits of all needs and of no need. atom, test: what a conclusion and what a test of a fact
    are.
    """
    # Types are compared, which is several times as quick as `isinstance` where they differ. Most parts name a
    # conclusion or deny one: these are looked up where they stand.
    if type(condition) is AtomRef:
        return atom(condition.atom)
    if type(condition) is Is or type(condition) is AtLeast:
        return test(condition)
    if type(condition) is Not:
        surely, possibly = rails_of(condition.part, every, none, atom, test)
        return every ^ possibly, every ^ surely
    if type(condition) is All:
        surely = possibly = every
        for part in condition.parts:
            if type(part) is Is:
                s, p = test(part)
            elif type(part) is Not and type(denied := part.part) is AtomRef:
                fails, may_fail = atom(denied.atom)
                s, p = every ^ may_fail, every ^ fails
            else:
                s, p = atom(part.atom) if type(part) is AtomRef else rails_of(part, every, none, atom, test)
            surely, possibly = surely & s, possibly & p
            if possibly is none or (type(possibly) is int and not possibly):
                break
        return surely, possibly
    assert type(condition) is AnyOf
    surely = possibly = none
    for part in condition.parts:
        s, p = atom(part.atom) if type(part) is AtomRef else rails_of(part, every, none, atom, test)
        surely, possibly = surely | s, possibly | p
        if surely is every or (isinstance(surely, int) and surely == every):
            break
    return surely, possibly
