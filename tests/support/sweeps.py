"""Looking at many things of one kind in one test: every fault is told at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

import pytest

T = TypeVar("T")


def each(check: Callable[[T], int | None], items: Iterable[T]) -> int:
    """Look at each with a check, tell all that fail at once, and give how much was looked at, as the check
    counts."""
    seen, faults = 0, []
    for item in items:
        try:
            seen += check(item) or 0
        except Exception as fault:  # whatever is wrong with one, the others are looked at as well
            faults.append(f"{item}: {type(fault).__name__}: {fault}")
    assert not faults, "\n".join(faults)
    return seen


def in_parts(items: Sequence[T], count: int = 8) -> pytest.MarkDecorator:
    """A test of a `part` of many things after the other, so that several processes share them."""
    parts = [pytest.param(items[number::count], id=f"{number + 1} of {count}") for number in range(count)]
    return pytest.mark.parametrize("part", parts)


def one_in(apart: int, values: Iterable[T], *places: str) -> list[object]:
    """Values of a parameter, of which one in so many is tried in every run, the others only where these places or
    the code changed since they passed."""
    rest = pytest.mark.when_changed(*places)
    return [
        value if number % apart == 0 else pytest.param(value, marks=rest)
        for number, value in enumerate(values)
    ]
