"""The rules as they are shipped, opened once: `shared_router` looks at every file at each call to see whether one changed."""

from __future__ import annotations

from functools import cache

from routing.opened import Router, shared_router


@cache
def router() -> Router:
    """The router for the rules of this tree."""
    return shared_router()
