"""Options that several commands take."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import click

Option = Callable[[Any], Any]

format_option: Option = click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True
)
as_of_option: Option = click.option(
    "--as-of", metavar="DATE", help="The day the answer is for; else the case's own, else today."
)
jobs_option: Option = click.option(
    "--jobs",
    type=click.IntRange(1),
    help="How many processes work at once; as many as there are cores by default.",
)
force_option: Option = click.option("--force", is_flag=True, help="Replace a file that is there.")


def read_day(word: str | None) -> date | None:
    """The day an option gives."""
    if word is None:
        return None
    from routing.core.answer_date import HOW, day_fault

    fault = day_fault(word)
    if fault is not None:
        raise click.BadParameter(f"`{word}` {fault}; {HOW}", param_hint="--as-of")
    return date.fromisoformat(word)
