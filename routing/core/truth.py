"""Truth on two rails: what surely holds, and what can still hold."""

from __future__ import annotations

Truth = tuple[bool, bool]
"""(surely, possibly): the lower and the upper bound. `surely` without `possibly` cannot be."""

FALSE: Truth = (False, False)
UNDECIDED: Truth = (False, True)
TRUE: Truth = (True, True)

BY_RAILS: tuple[tuple[Truth, Truth], tuple[Truth, Truth]] = ((FALSE, UNDECIDED), ((True, False), TRUE))
"""One object for each, by whether something surely and whether it possibly holds. What cannot be is there for
the checks that look for it."""
