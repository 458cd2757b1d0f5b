"""`routing change`: the smallest change of facts that leads to a pathway."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from routing.cli.exit_codes import NO_ROUTE, OK, guarded
from routing.cli.options import as_of_option, format_option
from routing.cli.outputs import print_json


@click.command()
@click.argument("case", type=click.Path(path_type=Path, allow_dash=True))
@click.option(
    "--to", "pathway", metavar="PATHWAY", required=True, help="The pathway that should be the main step."
)
@click.option("--need", "need_id", metavar="ID", help="For this need only.")
@as_of_option
@format_option
@click.pass_obj
def change(
    obj: dict[str, Path], case: Path, pathway: str, need_id: str | None, as_of: str | None, form: str
) -> None:
    """The smallest change of facts in CASE that makes a pathway the main step, or that none is known.

    Every answer is confirmed by running the changed case. Exit code 3 where no change leads there.
    """
    with guarded():
        from routing.cli.cases import opened
        from routing.cli.explain import chosen_needs, named, need_words
        from routing.explain.change import change_to
        from routing.render.reasons import change_text

        router, read, day = opened(obj, case, as_of)
        target = named(router, pathway)
        needs = chosen_needs(read, need_id)
        answers = [change_to(read, need.id, target, router.judge, router.law, day) for need in needs]
        if form == "json":
            print_json([answer.data() for answer in answers])
        else:
            name = router.rulebook.pathways[target].name
            for need, answer in zip(needs, answers, strict=True):
                click.echo(change_text(need_words(router, need), name, answer), nl=False)
        reached = any(answer.already or answer.ways for answer in answers)
        sys.exit(OK if reached else NO_ROUTE)
