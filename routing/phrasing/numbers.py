"""How many there are of something, in words."""

from __future__ import annotations


def number_of(count: int, what: str) -> str:
    """A number and what is counted, which is given as one: `3 duties`, `2 treaties in force`."""
    return f"{count} {what if count == 1 else _several(what)}"


def _several(what: str) -> str:
    if what.startswith(("fact ", "treaty ")):
        first, _, rest = what.partition(" ")
        return f"{_several(first)} {rest}"
    return what.removesuffix("y") + "ies" if what.endswith("ty") else what + "s"
