"""`routing law coverage`: for how many States offices are held, by region."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from routing.cli.exit_codes import guarded
from routing.cli.options import format_option, read_day
from routing.cli.outputs import print_json, print_table, print_wrapped
from routing.core.answer_date import today

if TYPE_CHECKING:
    from routing.law import Law

HEADS = {
    "central_authority_mla": "assistance",
    "central_authority_extradition": "extradition",
    "fiu": "FIU",
    "ncb": "NCB",
    "languages": "languages",
    "point_24_7": "24/7 named",
}


@click.command()
@click.option(
    "--missing",
    metavar="ROLE",
    help="List the States for which none is held: "
    + ", ".join(HEADS)
    + ", single_contact_point, ROLE:INSTRUMENT (a wrong one lists them all).",
)
@click.option(
    "--by-state",
    is_flag=True,
    help="By State that an order of the Union, or a like instrument, binds: what is held, what is missing.",
)
@click.option("--as-of", metavar="DATE", help="The day for which it is counted (year-month-day); else today.")
@format_option
@click.pass_obj
def coverage(obj: dict[str, Path], missing: str | None, by_state: bool, as_of: str | None, form: str) -> None:
    """For how many States and territories an office is held, by region and kind, and languages."""
    with guarded():
        from routing.law import Law
        from routing.law.coverage import bound
        from routing.law.coverage import coverage as counted
        from routing.look_ups.coverage import coverage as coverage_data
        from routing.look_ups.coverage import coverage_by_state
        from routing.rulebook.files import as_verified

        law, on = Law.load(as_verified(obj["rules"])), read_day(as_of) or today()
        orders = {row.kind: row for row in bound(law, on)}
        without_office = [] if missing is None else _missing(law, missing, on)
        if by_state:
            _show_by_state(law, coverage_by_state(law, on), form)
            return
        rows = counted(law, on)
        if missing is not None:
            if form == "json":
                print_json(without_office)
            else:
                click.echo(" ".join(without_office))
            return
        if form == "json":
            print_json(coverage_data(law, on))
            return
        table = [["region", "States", "territories", *HEADS.values(), "24/7 through"]]
        for row in rows:
            counts = [str(len(row.held[kind])) for kind in HEADS]
            table.append(
                [row.region, str(row.states), str(row.places - row.states), *counts, str(len(row.through))]
            )
        print_table(table)
        leads = {kind: len(codes) for kind, codes in rows[-1].leads.items() if codes}
        lead_counts = ", ".join(f"{HEADS[kind]} {count}" for kind, count in leads.items())
        click.echo(
            f"\nHeld with high or medium confidence. A lead only, never printed as addressee: {lead_counts}."
        )
        everywhere = rows[-1]
        land = {
            kind: [c for c in codes if law.states[c].parent is None]
            for kind, codes in everywhere.held.items()
        }
        apart = "; ".join(
            f"{HEADS[kind]} {len(states)} States and {len(everywhere.held[kind]) - len(states)} territories"
            + (f", {len(everywhere.one_pair[kind])} for one pair only" if everywhere.one_pair[kind] else "")
            for kind, states in land.items()
            if len(states) < len(everywhere.held[kind]) or everywhere.one_pair[kind]
        )
        click.echo(f"Apart: {apart}.")
        click.echo("24/7 through: no point is named here, but our own point reaches theirs.")
        click.echo("\nOf the States bound, for how many the office is held under the instrument:")
        for order in orders.values():
            name = law.instruments[order.instrument].short
            lead = f"; leads: {' '.join(order.leads)}" if order.leads else ""
            total = len(order.held) + len(order.missing)
            gap = f"missing {' '.join(order.missing) if order.held else 'all'}"
            gap = gap if order.missing else "none missing"
            click.echo(f"  {name}, {order.says}: {len(order.held)} of {total}; {gap}{lead}")


def _missing(law: Law, role: str, on: date) -> list[str]:
    from routing.core.errors import Problems
    from routing.look_ups.coverage import missing

    try:
        return missing(law, role, on)
    except Problems as error:
        problem = error.problems[0]
        raise click.UsageError(f"{problem.message}; {problem.fix}") from None


def _show_by_state(law: Law, places: dict[str, dict[str, list[str]]], form: str) -> None:
    if form == "json":
        print_json(places)
        return
    for code, held in places.items():
        click.echo(f"{law.states.name(code)} ({code})")
        for key, names in held.items():
            print_wrapped(f"{key.replace('_', ' ')} ({len(names)}): {'; '.join(names) or 'none'}", "  ")
