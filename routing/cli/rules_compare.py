"""`routing rules compare`: both evaluators on many random cases."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from routing.cli.exit_codes import guarded
from routing.cli.options import format_option, jobs_option
from routing.cli.outputs import print_json
from routing.cli.progress import PassingLine

if TYPE_CHECKING:
    from routing.opened import Router

DIFFER = 1


@click.command()
@click.option(
    "--cases",
    default=10_000,
    show_default=True,
    type=click.IntRange(1, 100_000_000),
    help="How many cases to draw.",
)
@click.option("--seed", default=0, show_default=True, help="Another seed draws other cases.")
@jobs_option
@click.option(
    "--resume",
    "kept",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Keep the work in this file and go on from it.",
)
@click.option(
    "--columnar",
    is_flag=True,
    help="Compare the evaluator of `routing batch` with the live path instead, in one process.",
)
@format_option
@click.pass_obj
def compare(
    obj: dict[str, Path],
    cases: int,
    seed: int,
    jobs: int | None,
    kept: Path | None,
    columnar: bool,
    form: str,
) -> None:
    """Draw cases, run the rule engine and the reference on each, and tell where they differ.

    Exit codes: 0 they never differ; 1 they do, and the case is printed; 5 the rules cannot be used.
    """
    with guarded():
        from routing.opened import Router
        from routing.verify.cross_check import Reached, compare_evaluators, drawer_for
        from routing.verify.pool import cores
        from routing.verify.solver.witness import written

        router = Router.open(obj["rules"])
        passing = PassingLine(form)
        if columnar:
            if jobs or kept:
                raise click.UsageError("--columnar works in one process and keeps nothing")
            sys.exit(_columnar(router, cases, seed, form, passing))

        def tell(reached: Reached) -> None:
            passing.tell(f"{reached.cases:,} of {cases:,} cases, {len(reached.differ)} differ")

        reached = compare_evaluators(router, cases, seed, jobs or cores(), kept, tell)
        passing.end()
        rulebook = router.rulebook
        rules = [rule.id for rule in rulebook.rules if rule.form != "never"]
        idle = [rule for rule in rules if rule not in reached.fired]
        if form == "json":
            print_json(
                {
                    "rules": rulebook.hash,
                    "seed": seed,
                    "cases": reached.cases,
                    "differ": reached.differ,
                    "rules_fired": len(reached.fired),
                    "rules_in_all": len(rules),
                    "pairs_of_rules": reached.pairs,
                    "pathways_chosen": len(reached.chosen),
                    "pathways_in_all": len(rulebook.pathways),
                    "main_steps": sorted(reached.primaries),
                    "never_fired": idle,
                }
            )
        else:
            click.echo(
                f"{reached.cases:,} cases, {len(reached.differ)} differ; {len(reached.fired)} of {len(rules)}"
                f" rules fired, in {reached.pairs:,} pairs; {len(reached.chosen)} of {len(rulebook.pathways)}"
                f" pathways were steps, {len(reached.primaries)} the main one"
            )
            if idle:
                click.echo(f"never fired: {', '.join(idle[:20])}{', ...' if len(idle) > 20 else ''}")
            for number in reached.differ[:3]:
                click.echo(
                    written(
                        drawer_for(router, seed).case(number),
                        rulebook,
                        (f"case {number} of seed {seed}: the evaluators differ",),
                    )
                )
        sys.exit(DIFFER if reached.differ else 0)


def _columnar(router: Router, cases: int, seed: int, form: str, passing: PassingLine) -> int:
    from routing.batch.extra import need_extra

    need_extra()
    from routing.verify.columnar_check import Compared, compare_columnar
    from routing.verify.cross_check import drawer_for
    from routing.verify.solver.witness import written

    def tell(reached: Compared) -> None:
        passing.tell(f"{reached.needs:,} of {cases:,} needs, {len(reached.differ)} things differ")

    reached = compare_columnar(router, range(cases), seed, tell)
    passing.end()
    rules = [rule.id for rule in router.rulebook.rules if rule.form != "never"]
    if form == "json":
        print_json(
            {
                "rules": router.rulebook.hash,
                "seed": seed,
                "needs": reached.needs,
                "conclusions": reached.conclusions,
                "differ": reached.differ,
                "fired": dict(sorted(reached.fired.items())),
            }
        )
    else:
        click.echo(
            f"{reached.needs:,} needs, {reached.conclusions:,} conclusions, {len(reached.differ)} differ;"
            f" {len(reached.fired)} of {len(rules)} rules fired"
        )
        for what, places in list(reached.differ.items())[:3]:
            remarks = (f"case {places[0]} of seed {seed}: {what} differs",)
            click.echo(written(drawer_for(router, seed).case(places[0]), router.rulebook, remarks))
    return DIFFER if reached.differ else 0
