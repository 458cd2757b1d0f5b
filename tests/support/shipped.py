"""The rules as they are shipped, opened once. `load_rulebook` reads the whole folder at each call to see whether it changed."""

from __future__ import annotations

from functools import cache

from routing.api import Router, load_rulebook


@cache
def shipped() -> Router:
    """The router for the rules of this tree."""
    return load_rulebook()
