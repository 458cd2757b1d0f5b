"""`routing new`: a commented case to fill in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from routing.cli.cases import text_in
from routing.cli.exit_codes import guarded
from routing.cli.options import force_option
from routing.cli.outputs import refuse_unsafe, write_output
from routing.core.answer_date import today
from routing.core.errors import quoted
from routing.core.printable import printable

if TYPE_CHECKING:
    from routing.rulebook.model import Rulebook


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), required=False)
@click.option("--kind", help="Who asks: request (we ask), answer (we are asked), share (nobody asked), use.")
@click.option(
    "--measure",
    "measures",
    multiple=True,
    metavar="WORDS",
    help="What is needed, in your own words; give it more than once for several needs.",
)
@click.option(
    "--told",
    "story_file",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    metavar="STORY",
    help="A file (or -) in which what happened is told in your own words: each line written says from which.",
)
@click.option("--all", "everything", is_flag=True, help="Every fact, not only those that most cases turn on.")
@force_option
@click.pass_obj
def new(
    obj: dict[str, Path],
    file: Path | None,
    kind: str | None,
    measures: tuple[str, ...],
    story_file: Path | None,
    everything: bool,
    force: bool,
) -> None:
    """Write a case to fill in, to FILE or (without one, or for -) to standard output.

    `routing new case.yaml --measure "bank statement" --measure "freeze the account"`

    `routing new case.yaml --told story.txt`
    """
    with guarded():
        from routing.opened import Router
        from routing.render.case_template import blank_case
        from routing.render.case_told import case_told
        from routing.rulebook.measures_meant import needs_meant
        from routing.rulebook.words import KIND, MEASURE

        refuse_unsafe({"FILE": None if str(file) == "-" else file}, (story_file,), force)
        router = Router.open(obj["rules"])
        rulebook = router.rulebook
        if story_file is not None:
            if kind or measures or everything:
                raise click.UsageError("--told reads all of it from the story: leave the other options out")
            _write(file, case_told(router, text_in(story_file), today()), force, "read it through")
            return
        meant_kind = _said_back(rulebook, KIND, kind, "--kind") if kind else None
        wanted = {words: _said_back(rulebook, MEASURE, words, "--measure") for words in measures}
        needs, notes = needs_meant(rulebook, meant_kind, wanted)
        for note in notes:
            click.echo(note, err=True)
        text = blank_case(rulebook, needs, everything)
        _write(file, text, force, "fill it in")


def _write(file: Path | None, text: str, force: bool, then: str) -> None:
    """Write a case to a file, or to standard output. then: what is to be done with it first."""
    if file is None or str(file) == "-":
        click.echo(text, nl=False)
        return
    write_output(file, text, force)
    where = printable(str(file))
    also = f" (or routing ask {where}, which asks for what is missing)"
    click.echo(f"written to {where}; {then} and run: routing route {where}{also}", err=True)


def _said_back(rulebook: Rulebook, topic: str, words: str, option: str) -> str:
    """The one kind or measure that words stand for, said back where it is written otherwise. Raises
    BadParameter for none or several."""
    from routing.core.errors import Problems
    from routing.rulebook.measures_meant import kind_meant, measure_meant
    from routing.rulebook.spelling import as_id
    from routing.rulebook.words import MEASURE

    try:
        if topic == MEASURE:
            meant = measure_meant(rulebook, words, f"give each with its own {option}")
        else:
            meant = kind_meant(rulebook, words)
    except Problems as faults:
        message = "; ".join(f"{fault.message}; {fault.fix}" for fault in faults.problems)
        raise click.BadParameter(message, param_hint=option) from None
    if meant != as_id(words):
        click.echo(f"{quoted(words)} is read as {meant.replace('_', ' ')}", err=True)
    return meant
