"""`routing rules prove`: every claim about the rules as a whole, for every possible case."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from routing.cli.exit_codes import guarded
from routing.cli.options import format_option, jobs_option
from routing.cli.outputs import print_json
from routing.cli.progress import PassingLine
from routing.core.writing import PUBLIC, write_file

FALLS = 1


@click.command()
@click.option(
    "--only", multiple=True, metavar="CLAIM", help="Prove this claim alone; may be given several times."
)
@click.option(
    "--timeout",
    default=60.0,
    show_default=True,
    metavar="SECONDS",
    help="For one question to the solver; no answer in time is a failure.",
)
@jobs_option
@click.option(
    "--cases",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("counterexamples"),
    show_default=True,
    help="Where to write the case of a claim that falls.",
)
@click.option(
    "--table",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the table to this file as well, with the hash of the rules.",
)
@click.option(
    "--write",
    is_flag=True,
    help="Write the table beside the rules, as PROOF.md; all claims are needed for that.",
)
@format_option
@click.pass_obj
def prove(
    obj: dict[str, Path],
    only: tuple[str, ...],
    timeout: float,
    jobs: int | None,
    folder: Path,
    table: Path | None,
    write: bool,
    form: str,
) -> None:
    """Prove that the rules are consistent, complete and alive, or write a case that breaks a claim.

    Exit codes: 0 everything holds; 1 something falls; 5 the rules cannot be used.
    """
    with guarded():
        if write and only:
            raise click.UsageError("--write takes the table of every claim; leave out --only")
        from routing.opened import Router
        from routing.verify.proof_page import NAME
        from routing.verify.proof_report import as_data, kept_cases, line, table_of
        from routing.verify.prove import prove as proved
        from routing.verify.statements import load_statements

        rulebook = Router.open(obj["rules"]).rulebook
        passing = PassingLine(form)
        verdicts = proved(
            rulebook,
            load_statements(rulebook),
            only,
            seconds=timeout,
            jobs=jobs,
            progress=passing.tell,
        )
        passing.end()
        paths = kept_cases(verdicts, rulebook, folder)
        text = table_of(verdicts, rulebook)
        if form == "json":
            print_json(as_data(verdicts, rulebook, paths))
        else:
            for verdict in verdicts:
                click.echo("\n".join(line(verdict, paths)))
            click.echo()
            click.echo(text, nl=False)
        for path in (table, Path(rulebook.folder) / NAME if write else None):
            if path is not None:
                write_file(path, text, replace=True, mode=PUBLIC)
        sys.exit(0 if all(verdict.holds for verdict in verdicts) else FALLS)
