"""`routing draft`: the paper that carries a step of the plan."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from routing.cli.cases import case_or_story
from routing.cli.exit_codes import guarded
from routing.cli.opening import open_router
from routing.cli.options import as_of_option, force_option, read_day
from routing.cli.outputs import refuse_unsafe, write_output
from routing.cli.saved_answers import SavedAnswers
from routing.core.answer_date import today
from routing.core.printable import printable

if TYPE_CHECKING:
    from routing.papers.drafting import Desk


@click.command()
@click.argument("case", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--step", metavar="N", help="The step of the plan, by number or id; else the main one.")
@click.option("--document", metavar="NAME", help="The paper; else the one that carries the step.")
@click.option("--list", "listed", is_flag=True, help="List the papers that go with each step, and stop.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help=(
        "Write the draft to this .md, .html or .docx file, readable by you alone; else it is printed as"
        " Markdown."
    ),
)
@click.option(
    "--answers",
    type=click.Path(path_type=Path),
    help=(
        "Take what only you know, and what corrects the program, from this file: `key: text` lines, as"
        " --save writes them."
    ),
)
@click.option("--ask", is_flag=True, help="Be asked for what is missing, then for what is wrong.")
@click.option(
    "--save",
    type=click.Path(path_type=Path),
    help="Write all answers to this file, and what is left to answer.",
)
@as_of_option
@force_option
@click.pass_obj
def draft(
    obj: dict[str, Path],
    case: Path,
    step: str | None,
    document: str | None,
    listed: bool,
    output: Path | None,
    answers: Path | None,
    ask: bool,
    save: Path | None,
    as_of: str | None,
    force: bool,
) -> None:
    """Draft the paper for a step of the plan of CASE: letter, form or note.

    It is filled in from the case, the plan and the law data. What is missing comes first, and stands as a
    marked blank in its place; nothing is signed, certified or ticked for you. What was filled in you can
    correct; it then stands as your own words.

    Exit codes: 0 drafted; 2 the case, the step, the paper or an answer cannot be read; 5 the rules cannot be
    used; 1 internal failure.
    """
    with guarded():
        from routing.core.writing import same_file
        from routing.papers.answers import answers_text
        from routing.papers.drafting import Desk
        from routing.papers.written import check_suffix, written

        own = save is not None and answers is not None and same_file(save, answers)
        refuse_unsafe({"--output": output, "--save": None if own else save}, (case, answers), force)
        refuse_unsafe({"--save": save if own else None}, (case,), force=True)
        suffix = ".md" if output is None else check_suffix(output)
        router = open_router(obj, whole=False)
        day = read_day(as_of)
        read = case_or_story(router, case, day)
        desk = Desk(read, router, day or read.as_of or today())
        if listed:
            _print_list(desk)
            return
        paper = desk.choose(step, document)
        given = dict(desk.read_answers(answers))
        saved = SavedAnswers(save, lambda: answers_text(given, desk.draft(paper, given)), own, force)
        try:
            if ask:
                from routing.cli.draft_ask import ask_for

                ask_for(desk, paper, given, saved.keep)
        finally:  # what was answered is kept, also where the terminal was closed
            saved.finish("")
        made = desk.draft(paper, given)
        data = written(made, suffix, router.rulebook.source)
        if output is None:
            click.echo(data.decode(), nl=False)
            return
        write_output(output, data, force)
        click.echo(f"{made.name}, step {paper.number}. {made.face}", err=True)
        click.echo(f"written to {printable(str(output))}", err=True)


def _print_list(desk: Desk) -> None:
    """Every step with its papers: the one that carries it, then those that can go beside it."""
    for step in desk.listed():
        click.echo(f"{step['number']:>2} {step['action']}")
        for paper in step["papers"]:
            beside = "" if paper["main"] else "  (can go beside it)"
            click.echo(f"     {paper['document']:<30} {paper['name']}{beside}")
        if not any(paper["main"] for paper in step["papers"]):
            click.echo(f"     {step['without'] or 'No paper of its own.'}")
