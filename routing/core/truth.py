"""Truth on two rails: what surely holds, and what can still hold."""

from __future__ import annotations

Truth = tuple[bool, bool]
"""(surely, possibly): the lower and the upper bound. `surely` without `possibly` cannot be."""

FALSE: Truth = (False, False)
UNDECIDED: Truth = (False, True)
TRUE: Truth = (True, True)
