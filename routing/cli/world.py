"""`routing world`: where in the world a route exists, and what a ratification would change."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from routing.cli.exit_codes import guarded
from routing.cli.options import force_option
from routing.cli.outputs import refuse_unsafe, write_output
from routing.cli.progress import ProgressBar
from routing.core.errors import Problems
from routing.core.printable import printable

if TYPE_CHECKING:
    from routing.opened import Router

USUAL = "usual"


@click.command()
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="Write every pair and measure to this Parquet file.",
)
@click.option(
    "--profile",
    default=USUAL,
    show_default=True,
    help="What the cases say: `usual`, or a file with facts as in a case.",
)
@click.option("--measure", "measures", multiple=True, help="Only this measure; may be given again.")
@click.option("--as-of", metavar="DATE", help="The day; else the day of the law data.")
@click.option(
    "--join", "joins", multiple=True, metavar="INSTRUMENT:STATE,...", help="Suppose that these States join."
)
@click.option(
    "--in-force",
    "starts",
    multiple=True,
    metavar="INSTRUMENT=DATE",
    help="Suppose that it is in force from this day.",
)
@click.option("--rank", "ranked", metavar="STATE", help="Which single treaty would help this State most.")
@click.option(
    "--from",
    "first",
    type=click.IntRange(1900, 2199),
    help="Count confirmed routes year by year, from this year.",
)
@click.option("--to", "last", type=click.IntRange(1900, 2199), help="The last year.")
@click.option("--svg", type=click.Path(path_type=Path), help="Write a heat map by region.")
@click.option(
    "--map", "drawn", type=click.Path(path_type=Path), help="Write a map with a tile for each State (SVG)."
)
@click.option(
    "--pages",
    type=click.Path(path_type=Path, file_okay=False),
    help="Write a page for each State into this folder.",
)
@force_option
@click.pass_obj
def world(
    obj: dict[str, Path],
    output: Path | None,
    profile: str,
    measures: tuple[str, ...],
    as_of: str | None,
    joins: tuple[str, ...],
    starts: tuple[str, ...],
    ranked: str | None,
    first: int | None,
    last: int | None,
    svg: Path | None,
    drawn: Path | None,
    pages: Path | None,
    force: bool,
) -> None:
    """Every ordered pair of States for every measure: where a confirmed route exists, by which instrument,
    where none.

    With --join or --in-force it shows what this would change.
    """
    with guarded():
        from routing.batch.extra import need_extra

        need_extra()
        refuse_unsafe({"--output": output, "--svg": svg, "--map": drawn}, (Path(profile),), force)
        if pages and not force and any(pages.glob("*.md")):
            raise Problems.of(f"--pages `{pages}` holds pages already", fix="add --force to replace them")
        from routing.cli.options import read_day
        from routing.law.supposed import supposed
        from routing.opened import Router
        from routing.world import output as shown
        from routing.world.change import gained, ranking
        from routing.world.grid import world as grid_of

        router = Router.open(obj["rules"])
        facts = _facts(profile, router)
        chosen = _measures(measures, router)
        joined = [(name, state) for name, states in map(_join, joins) for state in states]
        in_force = dict(map(_start, starts))
        day = read_day(as_of) or max([date.fromisoformat(router.rulebook.data_date), *in_force.values()])
        line = ProgressBar("pairs and measures")
        if ranked:
            ranks = ranking(router, router.law, ranked, day, facts, chosen, line.tell)
            line.end()
            names = {name: entry.short for name, entry in router.rulebook.instruments.items()}
            for text in shown.ranks(router.law.states.name(router.law.states.code(ranked)), ranks, names):
                click.echo(text)
            return
        if first is not None or last is not None:
            _print_years(router, facts, chosen, first, last or first or day.year, day)
            return
        if joined or in_force:
            before = grid_of(router, router.law, day, facts, chosen, line.tell)
            grid = grid_of(router, supposed(router.law, joined, in_force), day, facts, chosen, line.tell)
        else:
            before, grid = None, grid_of(router, router.law, day, facts, chosen, line.tell)
        line.end()
        for text in shown.table(grid) if before is None else shown.changes(gained(before, grid)):
            click.echo(text)
        if output:
            table = io.BytesIO()
            rows = shown.write_parquet(grid, table)
            write_output(output, table.getvalue(), force)
            click.echo(f"{rows:,} rows written to {printable(str(output))}", err=True)
        if svg:
            write_output(svg, shown.heat_map(grid), force)
        if drawn:
            from routing.world.tile_map import tile_map

            write_output(drawn, tile_map(grid), force)
        if pages:
            pages.mkdir(parents=True, exist_ok=True)
            for state in grid.states:
                write_output(pages / f"{state}.md", shown.page(grid, state), force)
            click.echo(f"{len(grid.states)} pages written to {printable(str(pages))}", err=True)


def _print_years(
    router: Router,
    facts: dict[str, object],
    measures: tuple[str, ...] | None,
    first: int | None,
    last: int,
    day: date,
) -> None:
    from routing.world.grid import world as grid_of

    start = first or last
    if start > last:
        raise click.UsageError(f"--from {start} is after --to {last}")
    line = ProgressBar("years")
    rows = []
    for number, year in enumerate(range(start, last + 1), 1):
        on = min(date(year, 12, 31), day) if year == day.year else date(year, 12, 31)
        rows.append((on, grid_of(router, router.law, on, facts, measures).confirmed()))
        line.tell(number, number / (last - start + 1))
    line.end()
    names = list(rows[0][1])
    click.echo("day," + ",".join(names))
    for on, counts in rows:
        click.echo(f"{on.isoformat()}," + ",".join(str(counts[name]) for name in names))


def _facts(profile: str, router: Router) -> dict[str, object]:
    if profile == USUAL:
        return {}
    from routing.yaml.tree import load_plain

    path = Path(profile)
    if not path.is_file():
        raise click.BadParameter(f"`{profile}` is neither `{USUAL}` nor a file", param_hint="--profile")
    facts = load_plain(path) or {}
    if not isinstance(facts, dict) or "needs" in facts:
        raise click.BadParameter(
            f"`{profile}` holds no facts; write `fact: value` lines, without needs", param_hint="--profile"
        )
    return dict(facts)


def _measures(names: tuple[str, ...], router: Router) -> tuple[str, ...] | None:
    from routing.core.errors import one_of

    for name in names:
        if name not in router.rulebook.measures:
            raise click.BadParameter(
                f"`{name}` is not a measure; {one_of(name, router.rulebook.measures)}", param_hint="--measure"
            )
    return names or None


def _join(word: str) -> tuple[str, list[str]]:
    name, colon, states = word.partition(":")
    if not colon or not states:
        raise click.BadParameter(
            f"`{word}` names no State; write it as INSTRUMENT:STATE,STATE", param_hint="--join"
        )
    return name.strip(), [state.strip() for state in states.split(",") if state.strip()]


def _start(word: str) -> tuple[str, date]:
    from routing.cli.options import read_day

    name, _, day = word.partition("=")
    begins = read_day(day or word)
    assert begins is not None
    return name.strip(), begins
