"""`routing batch`: the answers to thousands or millions of needs."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import click

from routing.cli.exit_codes import guarded
from routing.cli.options import force_option
from routing.cli.outputs import refuse_unsafe
from routing.cli.progress import ProgressBar
from routing.core.printable import printable

FORMS = ("parquet", "jsonl")


@click.command()
@click.argument("source", metavar="IN", type=click.Path(path_type=Path, allow_dash=True))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, allow_dash=True),
    required=True,
    help="The file to write, or -.",
)
@click.option(
    "--from",
    "kind",
    type=click.Choice(["parquet", "csv", "jsonl"]),
    help="What IN is; else its ending tells.",
)
@click.option(
    "--to", "form", type=click.Choice(FORMS), help="What is written; else the ending tells, JSON Lines on -."
)
@click.option("--as-of", metavar="DATE", help="The day of needs that name none.")
@click.option(
    "--only",
    "what",
    type=click.Choice(["main"]),
    help="Write status, main step and certainty alone, which is much faster.",
)
@click.option(
    "--workers", type=click.IntRange(1), default=1, show_default=True, help="Processes that share the work."
)
@click.option(
    "--rejects",
    type=click.Path(path_type=Path),
    help="Where rows go that cannot be read; else OUT.rejects.jsonl.",
)
@force_option
@click.pass_obj
def batch(
    obj: dict[str, Path],
    source: Path,
    output: Path,
    kind: str | None,
    form: str | None,
    as_of: str | None,
    what: str | None,
    workers: int,
    rejects: Path | None,
    force: bool,
) -> None:
    """The answers to the needs in IN: a Parquet, CSV or JSON Lines file in the flat form, or a folder of case
    files.

    `routing schema batch` prints the columns of the flat form and of the answers; `read_as` of an answer says
    what was read differently from what was written. A row that cannot be read goes to a file of rejects with
    its line and the reason. Stopped work goes on where it was when the same command is given
    again.

    Exit codes: 0 every row answered; 4 some rows were rejected; 2 IN cannot be read; 5 the rules cannot be
    used. --limit holds a batch where it is written: needs of one case file, seconds for all, megabytes for
    each process.
    """
    with guarded():
        from routing.batch.extra import need_extra

        need_extra()
        from routing.batch.job import parts_of, run
        from routing.batch.sources import BatchSource
        from routing.cli.opening import limits_of
        from routing.cli.options import read_day
        from routing.core.limits import Limits
        from routing.core.private_folder import passing_folder
        from routing.evaluate.columnar.evaluator import MAIN, WHOLE

        day = read_day(as_of)
        form = form or (
            "jsonl" if str(output) == "-" else output.suffix.lstrip(".").replace("ndjson", "jsonl")
        )
        if form not in FORMS:
            raise click.UsageError(
                f"what `{output}` is to be is not told by its ending; name it .parquet or .jsonl, or give"
                " --to"
            )
        with passing_folder() as temporary:
            if str(source) == "-":
                if kind is None:
                    raise click.UsageError("say with --from what standard input holds: parquet, csv or jsonl")
                source = temporary / "input"
                with source.open("wb") as copy:
                    shutil.copyfileobj(sys.stdin.buffer, copy)
            if not source.exists():
                raise click.UsageError(f"there is no `{source}`; name a file or a folder that is there")
            piped = str(output) == "-"
            out = temporary / "output" if piped else output
            rejected = rejects or (None if piped else output.with_name(f"{output.name}.rejects.jsonl"))
            given = BatchSource.of(source, kind)
            # Rejects of the same work, that was stopped before its answers had their name, may be replaced.
            taken_up = not piped and not output.exists() and parts_of(output, form).gave_rejects()
            outputs = {"--output": None if piped else output, "--rejects": rejected}
            refuse_unsafe(outputs, (source, *given.files), force or taken_up)
            line = ProgressBar("needs")
            done = run(
                given,
                out,
                rejected or temporary / "rejects",
                form,
                rules=obj["rules"],
                day=day,
                what=MAIN if what else WHOLE,
                workers=workers,
                limits=limits_of(Limits.of_a_batch()),
                replace=force or piped,
                progress=lambda done, read: line.tell(done.answers + done.rejects, read),
            )
            line.end()
            if piped:
                with out.open("rb") as file:
                    shutil.copyfileobj(file, sys.stdout.buffer)
                sys.stdout.buffer.flush()
            if done.rejects:
                where = (
                    f"see {printable(str(rejected))}" if rejected else "name a file for them with --rejects"
                )
                click.echo(f"{done.rejects:,} rows could not be read; {where}", err=True)
            click.echo(f"{done.answers:,} needs answered", err=True)
        sys.exit(4 if done.rejects else 0)
