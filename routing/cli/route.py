"""`routing route`: the plan for a case."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from routing.cli.cases import read_case, told_case
from routing.cli.exit_codes import NO_ROUTE, OK, UNDECIDED, guarded
from routing.cli.opening import open_router
from routing.cli.options import force_option, read_day
from routing.cli.outputs import refuse_unsafe, write_output
from routing.cli.prose import HeadedCase
from routing.core.answer_date import today
from routing.core.printable import printable
from routing.render import FORMS

if TYPE_CHECKING:
    from routing.case.model import Case
    from routing.opened import Router
    from routing.plan.model import Plan


READ_BY_PEOPLE = ("text", "markdown")
"""Formats of which the reader sees what was left out; for programs every line has to be understood."""


@click.command()
@click.argument("case", type=click.Path(path_type=Path, allow_dash=True))
@click.option(
    "--as-of",
    metavar="DATE",
    help="The day the answer is for (year-month-day); else the case's own, else today.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMS),
    default="text",
    show_default=True,
)
@click.option(
    "--stage",
    type=click.Choice(["facts", "findings", "plan"]),
    default="plan",
    show_default=True,
    help="Show how far the case has come.",
)
@click.option("--full", is_flag=True, help="Show everything, however long.")
@click.option(
    "--receipt",
    type=click.Path(path_type=Path),
    help=(
        "Write what was decided, from what and by what, with the proof, to this file; `routing replay` runs"
        " it again."
    ),
)
@click.option(
    "--save", type=click.Path(path_type=Path), help="Write the answer to this file, readable by you alone."
)
@click.option("--every-line", is_flag=True, help="Refuse a file of which a line is not understood.")
@force_option
@click.pass_obj
def route(
    obj: dict[str, Path],
    case: Path,
    as_of: str | None,
    form: str,
    stage: str,
    full: bool,
    receipt: Path | None,
    save: Path | None,
    force: bool,
    every_line: bool,
) -> None:
    """Which channel, in which order, on what legal basis, for the needs in CASE.

    CASE is a YAML or JSON file, or - for standard input. `routing new` writes one to fill in. It may also be
    what happened in your own sentences: the page then begins with what was read of them. What they leave open
    is asked at a terminal, three questions at most; elsewhere the page leaves it open and says so. For a page
    that people read, lines that are not understood are left out and told, where the answer can stand without
    them.

    Exit codes: 0 every need settled; 3 some need has no lawful route; 4 the main step of some need
    depends on an unknown fact, or a story leaves a State open, or who asks whom, or is longer than is read; 2
    the case cannot be read; 5 the rules cannot be used; 1 internal failure.
    """
    with guarded():
        if stage != "plan" and form not in ("text", "json"):
            raise click.BadParameter(
                f"the {stage} are shown as text or json, not as {form}", param_hint="--format"
            )
        refuse_unsafe({"--save": save, "--receipt": receipt}, (case,), force)
        day = read_day(as_of)
        router = open_router(obj)
        for_people = stage == "plan" and form in READ_BY_PEOPLE and receipt is None
        free = for_people and not every_line
        headed = told_case(router, case, day) if free else HeadedCase(read_case(router, case, day), "")
        read, head = headed.case, headed.head
        day = day or read.as_of or _today()
        if stage == "plan":
            plan = (
                router.route(read, day)
                if receipt is None
                else _with_receipt(router, read, day, receipt, force)
            )
            from routing.render import rendered

            text = rendered(plan, router, form, full)
            text = f"{head}\n\n{text}" if head else text
            code = exit_code(plan, bool(headed.left_open) or not headed.whole)
        else:
            from routing.render.dump_stage import staged

            text, code = staged(read, router, day, stage, form), OK
        if save is None:
            click.echo(text, nl=False)
        else:
            write_output(save, click.unstyle(text), force)
            click.echo(f"written to {printable(str(save))}", err=True)
        sys.exit(code)


def _with_receipt(router: Router, case: Case, day: date, path: Path, force: bool) -> Plan:
    from routing.receipt import receipt_of

    plan, written = receipt_of(case, router, day)
    write_output(path, written, force)
    click.echo(f"receipt written to {printable(str(path))}", err=True)
    return plan


def exit_code(plan: object, left_open: bool = False) -> int:
    """What the shell is told about a plan. left_open: whether the story that it is made of leaves a State
    open, or who asks whom, or was read in part."""
    from routing.plan.model import Plan

    assert isinstance(plan, Plan)
    if any(need.status == "no_lawful_route" for need in plan.needs):
        return NO_ROUTE
    return OK if all(need.settled for need in plan.needs) and not left_open else UNDECIDED


def _today() -> date:
    day = today()
    click.echo(f"as of today, {day.isoformat()} (no day was given)", err=True)
    return day
