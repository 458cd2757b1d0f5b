"""The page of a plan as one line of words, whatever the width at which it is read."""

from __future__ import annotations

from typing import Any

import click

from routing.api import Router
from routing.render.text import text


def page_of(router: Router, case: dict[str, Any], full: bool = False) -> str:
    """The page of a case on one line."""
    return " ".join(click.unstyle(text(router.route(case), router, full=full, width=100)).split())


def page(router: Router, full: bool = False, **case: Any) -> str:
    """The page of a case, given by its keys, on one day of November 2026."""
    return page_of(router, {"as_of": "2026-11-27", **case}, full)
