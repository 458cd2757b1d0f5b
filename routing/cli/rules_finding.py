"""`routing rules finding`: the page of a finding of `routing rules check`."""

from __future__ import annotations

import sys
from textwrap import indent

import click

from routing.cli.exit_codes import USAGE, guarded
from routing.cli.options import format_option
from routing.cli.outputs import print_json
from routing.core.errors import Problem, one_of
from routing.core.lines import USUAL, lines_of
from routing.core.records import asdict


@click.command()
@click.argument("finding_id", metavar="[ID]", required=False)
@format_option
def finding(finding_id: str | None, form: str) -> None:
    """What a finding of `check` says, why it matters, what to avoid and to prefer; without an ID, all of
    them."""
    with guarded():
        from routing.rulebook.validate.diagnostics import pages

        findings = pages()
        if finding_id is None:
            if form == "json":
                print_json([asdict(page) for page in findings.values()])
            else:
                click.echo("\n".join(f"{page.id:<30} {page.says}" for page in findings.values()))
            return
        page = findings.get(finding_id)
        if page is None:
            click.echo(
                str(Problem(f"`{finding_id}` is not a finding", fix=one_of(finding_id, findings, 6))),
                err=True,
            )
            sys.exit(USAGE)
        if form == "json":
            print_json(asdict(page))
            return
        click.secho(page.id, bold=True)
        click.echo("\n".join((*lines_of(page.says, USUAL), "", *lines_of(page.why, USUAL))))
        for heading, example in (("Avoid", page.avoid), ("Prefer", page.prefer)):
            click.echo(f"\n{heading}, in {page.file}:\n\n" + indent(example.rstrip() or "(nothing)", "    "))
