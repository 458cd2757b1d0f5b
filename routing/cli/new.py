"""`routing new`: a commented case to fill in."""

from __future__ import annotations

from pathlib import Path

import click

from routing.cli.exit_codes import guarded
from routing.cli.outputs import force_option, refuse_unsafe, write_output
from routing.core.printable import printable


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), required=False)
@click.option("--measure", help="Begin with this measure.")
@click.option("--all", "everything", is_flag=True, help="Every fact, not only the core ones.")
@force_option
@click.pass_obj
def new(obj: dict[str, Path], file: Path | None, measure: str | None, everything: bool, force: bool) -> None:
    """Write a commented case to fill in, to FILE or (without one, or for -) to standard output."""
    with guarded():
        from routing.api import Router
        from routing.core.errors import one_of
        from routing.render.case_template import blank_case

        rulebook = Router.open(obj["rules"]).rulebook
        if measure and measure not in rulebook.measures:
            raise click.BadParameter(
                f"`{measure}` is no measure; {one_of(measure, rulebook.measures, 8)}", param_hint="--measure"
            )
        text = blank_case(rulebook, measure or "locate_person", everything)
        if file is None or str(file) == "-":
            click.echo(text, nl=False)
        else:
            refuse_unsafe({"FILE": file}, (), force)
            write_output(file, text, force)
            click.echo(
                f"written to {printable(str(file))}; fill it in and run: routing route {printable(str(file))}",
                err=True,
            )
