"""`routing schema`: the JSON Schema of a case, a plan or a receipt."""

from __future__ import annotations

import json
from pathlib import Path

import click

from routing.cli.exit_codes import guarded


@click.command()
@click.argument("what", type=click.Choice(["case", "plan", "receipt"]))
@click.pass_obj
def schema(obj: dict[str, Path], what: str) -> None:
    """Print the JSON Schema of a case file, of the JSON plan or of a receipt."""
    with guarded():
        from routing.api import Router
        from routing.json_schema import case_schema, plan_schema
        from routing.receipt import receipt_schema

        data = (
            plan_schema()
            if what == "plan"
            else receipt_schema()
            if what == "receipt"
            else case_schema(Router.open(obj["rules"]).rulebook)
        )
        click.echo(json.dumps(data, indent=2, ensure_ascii=False))
