"""The rules as they are shipped, opened once: `load_rulebook` looks at every file at each call to see whether one changed."""

from __future__ import annotations

from functools import cache

from routing.api import Router, load_rulebook


@cache
def router() -> Router:
    """The router for the rules of this tree."""
    return load_rulebook()
