"""Opening the rules as the options of the command line ask."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from routing.core.limits import Limits
    from routing.opened import Router

STRICT_DATES, ISOLATE = "strict_dates", "isolate"
LIMITS = "routing.limits"
"""Where the context keeps the limits that were asked for, as written."""


def open_router(obj: Mapping[str, Path | bool], whole: bool = True, cached: bool = True) -> Router:
    """The router for the rules of a command. obj: `rules`, their folder; `strict_dates` and `isolate`, where
    they were asked for. whole: whether the limits hold for the whole command; otherwise for each answer.

    Raises RulebookProblems when the rules cannot be used.
    """
    from routing.opened import Router

    rules = obj["rules"]
    assert isinstance(rules, Path)
    router = Router.open(rules, cached=cached, isolate=bool(obj.get(ISOLATE)))
    router.limits = limits_of(router.limits)
    context = click.get_current_context(silent=True)
    if whole and context is not None:
        from routing.core.limits import limited

        context.with_resource(limited(router.limits))
    return router.strict if obj.get(STRICT_DATES) else router


def limits_of(defaults: Limits) -> Limits:
    """The limits of a command: those that were written, else the defaults."""
    context = click.get_current_context(silent=True)
    return defaults.with_written(context.meta.get(LIMITS, ()) if context is not None else ())
