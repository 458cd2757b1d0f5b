"""`routing replay`: run a receipt again."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from routing.cli.exit_codes import guarded

DIFFERS = 3


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.pass_obj
def replay(obj: dict[str, Path], file: Path, form: str) -> None:
    """Decide again what the receipt in FILE records: the same result, or what differs and why.

    Exit codes: 0 the same; 3 it differs; 2 the receipt was changed or cannot be read.
    """
    with guarded():
        from routing.api import Router
        from routing.core.errors import Problem, Problems
        from routing.receipt import read_receipt
        from routing.receipt import replay as again

        try:
            text = file.read_bytes().decode("utf-8")
        except (OSError, UnicodeDecodeError):
            raise Problems([Problem("the receipt cannot be read", str(file))]) from None
        receipt = read_receipt(text, str(file))
        found = again(receipt, Router.open(obj["rules"]))
        if form == "json":
            click.echo(
                json.dumps(
                    {
                        "same": found.same,
                        "rulebook_same": found.rulebook_same,
                        "changes": found.changes,
                        "rules": found.rules,
                        "facts": found.facts,
                    },
                    indent=2,
                    ensure_ascii=False,
                )
            )
        else:
            click.echo("The result is the same." if found.same else "The result differs.")
            if not found.rulebook_same:
                click.echo(
                    f"The rules or the law data are not those of the receipt (rules {receipt['rulebook']['version']}, hash {receipt['rulebook']['hash'][:16]})."
                )
            for heading, lines in (
                ("Facts and memberships that changed", found.facts),
                ("Rules that changed or came in", found.rules),
                ("What differs", found.changes),
            ):
                if lines and not found.same:
                    click.secho(heading, bold=True)
                    for line in lines:
                        click.echo(f"  {line}")
        sys.exit(0 if found.same else DIFFERS)
