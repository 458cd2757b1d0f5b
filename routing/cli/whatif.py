"""`routing whatif`: two plans side by side, with other facts."""

from __future__ import annotations

from pathlib import Path

import click

from routing.cli.exit_codes import guarded
from routing.cli.options import as_of_option, format_option
from routing.cli.outputs import print_json


@click.command()
@click.argument("case", type=click.Path(path_type=Path, allow_dash=True))
@click.option(
    "--set",
    "settings",
    metavar="FACT=VALUE",
    multiple=True,
    required=True,
    help=(
        "A fact as it would be: fact=value, need.fact=value, ties.instrument=in_force; an empty value takes"
        " it out."
    ),
)
@as_of_option
@format_option
@click.pass_obj
def whatif(obj: dict[str, Path], case: Path, settings: tuple[str, ...], as_of: str | None, form: str) -> None:
    """The plan for CASE beside the plan with other facts: only what differs, and which rules made it so."""
    with guarded():
        from routing.analyse.whatif.plan_diff import differences
        from routing.analyse.whatif.settings import with_settings
        from routing.cli.cases import opened
        from routing.phrasing.of_plans import Wording
        from routing.render.side_by_side import sides

        router, read, day = opened(obj, case, as_of)
        changed = with_settings(read, settings, router)
        later = (
            changed.as_of
            if any(setting.startswith("as_of") for setting in settings) and changed.as_of
            else day
        )
        before, after = router.route(read, day), router.route(changed, later)
        changes = differences(before, after)
        if form == "json":
            print_json({"set": list(settings), "differences": [item.data() for item in changes]})
        else:
            click.echo(
                sides(
                    before, after, changes, Wording(router), ("as the case says", f"if {', '.join(settings)}")
                ),
                nl=False,
            )
