"""Work that Python does not interrupt to look for rings of objects.

What a plan is made of is let go of by its counts of references; to look through all of it for rings, as often
as so many small objects make Python do, takes a tenth of the time.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager

_off: list[bool] = []


@contextmanager
def unsearched() -> Iterator[None]:
    """Nothing is looked through for rings meanwhile, unless it was switched off before by somebody else.

    It takes no lock: of several threads the first that ends switches it on again.
    """
    if not gc.isenabled():
        yield
        return
    _off.append(True)
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        _off.clear()


def _on_again() -> None:
    """In a process forked meanwhile, where what would switch it on does not run."""
    if _off:
        gc.enable()
        _off.clear()


os.register_at_fork(after_in_child=_on_again)
