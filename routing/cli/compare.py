"""`routing compare`: two plans side by side, on two days."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from routing.cli.exit_codes import guarded
from routing.cli.options import format_option
from routing.cli.outputs import print_json
from routing.core.lines import WIDEST, lines_of

if TYPE_CHECKING:
    from routing.analyse.whatif.law_changes import LawDelta


@click.command()
@click.argument("case", type=click.Path(path_type=Path, allow_dash=True))
@click.option(
    "--as-of", "days", metavar="DATE", multiple=True, required=True, help="Give it twice, once for each day."
)
@format_option
@click.pass_obj
def compare(obj: dict[str, Path], case: Path, days: tuple[str, ...], form: str) -> None:
    """The plan for CASE on two days: only what differs, and the instrument or membership that changed it."""
    with guarded():
        if len(days) != 2:
            raise click.UsageError("give --as-of twice, once for each day")
        from routing.analyse.whatif.law_changes import law_deltas
        from routing.analyse.whatif.plan_diff import differences
        from routing.cli.cases import opened
        from routing.cli.options import read_day
        from routing.phrasing.of_plans import Wording
        from routing.render.side_by_side import sides

        router, read, first = opened(obj, case, days[0])
        second = read_day(days[1])
        assert second is not None
        before, after = router.route(read, first), router.route(read, second)
        changes, law = differences(before, after), law_deltas(read, router.judge, router.law, first, second)
        if form == "json":
            print_json(
                {
                    "days": list(days),
                    "differences": [item.data() for item in changes],
                    "law": [item.data() for item in law],
                }
            )
            return
        click.echo(
            sides(
                before,
                after,
                changes,
                Wording(router),
                (f"on {first.isoformat()}", f"on {second.isoformat()}"),
            ),
            nl=False,
        )
        for line in _law(law):
            click.echo(line)


def _law(law: tuple[LawDelta, ...]) -> Iterator[str]:
    """What changed the answer, and the number of changes on which it does not turn."""
    decisive = [item for item in law if item.decisive]
    rest = sorted({item.name for item in law if not item.decisive})
    yield (
        "What changed the answer"
        if decisive
        else "No instrument and no membership changed the answer between the days."
    )
    for item in decisive:
        yield from lines_of(
            f"{item.need}: {item.before} on the first day; {item.after} on the second ({item.source})",
            WIDEST,
            "  ",
            4,
        )
    if rest:
        yield from lines_of(
            f"Also known otherwise on the second day, without effect on the answer: {', '.join(rest)}",
            WIDEST,
            under=4,
        )
