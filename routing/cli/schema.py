"""`routing schema`: the JSON Schema of a case or a plan."""

from __future__ import annotations

import json
from pathlib import Path

import click

from routing.cli.exits import guarded


@click.command()
@click.argument("what", type=click.Choice(["case", "plan"]))
@click.pass_obj
def schema(obj: dict[str, Path], what: str) -> None:
    """Print the JSON Schema of a case file or of the JSON plan."""
    with guarded():
        from routing.library import Router
        from routing.schema import case_schema, plan_schema

        data = plan_schema() if what == "plan" else case_schema(Router.open(obj["rules"]).rulebook)
        click.echo(json.dumps(data, indent=2, ensure_ascii=False))
