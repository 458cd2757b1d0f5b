"""Where a command writes: checked before it begins, and told when it is done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import click

from routing.core.lines import lines_of, terminal_width

OVERLAYS = "routing.overlays"
"""Where the context keeps the files that were laid over the rules."""


def print_json(data: object) -> None:
    """Show an answer for programs."""
    import json  # a page for people needs none

    click.echo(json.dumps(data, indent=2, ensure_ascii=False, default=str))


def print_table(rows: Sequence[Sequence[str]], figures: bool = False) -> None:
    """Show rows in columns. figures: whether all but the first hold figures, which stand to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = [
            cell.rjust(width) if figures and place else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        click.echo("  ".join(cells).rstrip())


def print_wrapped(text: str, indent: str, under: int = 2) -> None:
    """One text over as many lines as it needs. under: how much further in the others stand."""
    for line in lines_of(text, terminal_width(), indent, under):
        click.echo(line)


def refuse_unsafe(outputs: Mapping[str, Path | None], inputs: tuple[Path | None, ...], force: bool) -> None:
    """Raise Problems unless everything can be written without harm to what is there or is read.

    outputs: by option. inputs: what the command reads besides the rules and the user's own data.
    """
    named = {option: path for option, path in outputs.items() if path is not None}
    if not named:
        return
    from routing.core.errors import Problems
    from routing.core.paths import rules_folder
    from routing.core.writing import check_outputs

    ctx = click.get_current_context()
    read = [path for path in (*inputs, *ctx.meta.get(OVERLAYS, ())) if path is not None and str(path) != "-"]
    try:
        rules = [rules_folder(ctx.find_root().params.get("rules"))]
    except Problems:
        rules = []
    check_outputs(named, read, rules, force)


def write_output(path: Path, text: str | bytes | Iterable[str], force: bool) -> None:
    """Write what a command made, readable by the user alone."""
    from routing.core.writing import write_file

    write_file(path, text, replace=force)
