"""`routing rules index`: the index page of the rules."""

from __future__ import annotations

from pathlib import Path

import click

from routing.cli.exit_codes import guarded
from routing.core.printable import printable
from routing.core.writing import PUBLIC, write_file


@click.command()
@click.option("--write", is_flag=True, help="Write it into the folder of the rules.")
@click.pass_obj
def index(obj: dict[str, Path], write: bool) -> None:
    """The rules by topic, paper, pathway, instrument and fact, as one page."""
    with guarded():
        from routing.opened import Router
        from routing.render.index import NAME, index_page

        rulebook = Router.open(obj["rules"]).rulebook
        page = index_page(rulebook)
        if write:
            path = Path(rulebook.folder) / NAME
            write_file(path, page, replace=True, mode=PUBLIC)
            click.echo(f"written to {printable(str(path))}", err=True)
        else:
            click.echo(page, nl=False)
