"""`routing pathway`: the card of a pathway."""

from __future__ import annotations

from pathlib import Path

import click

from routing.cli.exit_codes import guarded
from routing.cli.options import format_option
from routing.cli.outputs import print_json


@click.command()
@click.argument("name", nargs=-1)
@format_option
@click.option("--full", is_flag=True, help="What each rule that acts on it says, too.")
@click.pass_obj
def pathway(obj: dict[str, Path], name: tuple[str, ...], form: str, full: bool) -> None:
    """What a pathway is, when it is right, on what basis, and what it is not for.

    NAME is its id, its name, or a word people use for it (`red notice`, `24/7`); without it, all are listed.
    """
    with guarded():
        from routing.opened import Router
        from routing.render.pathway import pathway_data, pathway_lines, pathway_text, pathways_by_name
        from routing.rulebook.pathway_names import pathway_of

        rulebook = Router.open(obj["rules"]).rulebook
        if not name:
            if form == "json":
                print_json(pathways_by_name(rulebook))
            else:
                click.echo("\n".join(pathway_lines(rulebook)))
            return
        meant = rulebook.pathways[pathway_of(rulebook, " ".join(name))]
        if form == "json":
            print_json(pathway_data(rulebook, meant, full))
        else:
            click.echo(pathway_text(rulebook, meant, full), nl=False)
