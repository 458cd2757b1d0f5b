"""`routing schema`: the JSON Schema of a case, a row of a batch, a plan or a receipt."""

from __future__ import annotations

from pathlib import Path

import click

from routing.cli.exit_codes import guarded
from routing.cli.outputs import print_json


@click.command()
@click.argument("what", type=click.Choice(["case", "batch", "plan", "receipt"]))
@click.pass_obj
def schema(obj: dict[str, Path], what: str) -> None:
    """Print the JSON Schema of a case file, of a row of a batch, of the JSON plan or of a receipt."""
    with guarded():
        from routing.json_schema import batch_schema, case_schema, plan_schema
        from routing.opened import Router
        from routing.receipt import receipt_schema

        data = (
            plan_schema()
            if what == "plan"
            else receipt_schema()
            if what == "receipt"
            else (batch_schema if what == "batch" else case_schema)(Router.open(obj["rules"]).rulebook)
        )
        print_json(data)
