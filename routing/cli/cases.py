"""Reading a case on the command line, the same way for every command."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from routing.cli.opening import open_router
from routing.cli.route import read_day, standard_input

if TYPE_CHECKING:
    from routing.api import Router
    from routing.case.model import Case


def opened(obj: Mapping[str, Path], path: Path, as_of: str | None) -> tuple[Router, Case, date]:
    """The router, the case in a file (or - for standard input), and the day to answer for."""
    day = read_day(as_of)
    router = open_router(obj)
    source = standard_input() if str(path) == "-" else path
    case = router.read(source, "standard input", as_of=day or date.today())
    if day is None and case.as_of is None:
        click.echo(f"as of today, {date.today().isoformat()} (no day was given)", err=True)
    return router, case, day or case.as_of or date.today()
