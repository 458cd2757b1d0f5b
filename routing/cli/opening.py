"""Opening the rules as the options of the command line ask."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from routing.api import Router

STRICT_DATES = "strict_dates"
LIMITS = "routing.limits"
"""Where the context keeps the limits that were asked for."""
NETWORKS = 2  # a command reads each case once, so that few compiled rule sets need to be kept in memory


def open_router(obj: Mapping[str, Path | bool]) -> Router:
    """The router for the rules of a command. obj: `rules`, their folder; `strict_dates`, where it was asked
    for.

    Raises RulebookProblems when the rules cannot be used.
    """
    from routing.api import Router

    rules = obj["rules"]
    assert isinstance(rules, Path)
    router = Router.open(rules)
    router.judge.engine.most = NETWORKS
    context = click.get_current_context(silent=True)
    if context is not None:
        router.limits = context.meta.get(LIMITS, router.limits)
    return router.strict if obj.get(STRICT_DATES) else router
