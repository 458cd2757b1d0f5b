"""`routing law state`: what is known of one State, and what is not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from routing.cli.exit_codes import guarded
from routing.cli.law_who import print_kinds, state_meant
from routing.cli.options import format_option, read_day
from routing.cli.outputs import print_json, print_wrapped
from routing.core.answer_date import today
from routing.phrasing.of_basis import how_read

NOT_KNOWN = "not known"
STATUSES = {
    "in_force": "bound by",
    "signed": "signed only",
    "none": "not bound by",
    "unknown": "not known for",
}


@click.command()
@click.argument("written", metavar="STATE")
@click.option(
    "--as-of", metavar="DATE", help="The day for which memberships are counted (year-month-day); else today."
)
@format_option
@click.pass_obj
def state(obj: dict[str, Path], written: str, as_of: str | None, form: str) -> None:
    """What is known of one State and changes a route, gaps included.

    STATE is a name, as people write it, or an ISO 3166 code of two or three letters.
    """
    with guarded():
        from routing.cli.opening import open_router
        from routing.look_ups.states import state as state_data

        day = read_day(as_of) or today()
        router = open_router(obj)
        data = state_data(router, state_meant(router, written), day)
        if form == "json":
            print_json(data)
        else:
            _print_profile(data)


def _print_profile(data: dict[str, Any]) -> None:
    click.echo(click.style(f"{data['name']} ({data['state']})", bold=True) + f", as of {data['as_of']}")
    click.echo("\n" + click.style("How to reach its authorities", bold=True))
    print_kinds(data)
    for heading, for_rules in (("What rules ask", True), ("For the reader", False)):
        click.echo("\n" + click.style(heading, bold=True))
        for entry in data["entries"]:
            if entry["for_rules"] is for_rules:
                _print_entry(entry)
    if data["cites"]:
        click.echo("\n" + click.style("Its own law, as steps cite it", bold=True))
        for cite in data["cites"]:
            click.echo(f"  {cite['pathway']:<28}{cite['provision']}")
    click.echo("\n" + click.style("Memberships", bold=True))
    counts = ", ".join(f"{STATUSES[status]} {number}" for status, number in data["memberships"].items())
    print_wrapped(f"{counts}, of {sum(data['memberships'].values())} lists that are kept", "  ", 0)
    if any(data["bilateral"].values()):
        click.echo(
            "\n" + click.style("Treaties of its own with another State, as far as they are held", bold=True)
        )
        for kind, others in data["bilateral"].items():
            if others:
                print_wrapped(f"{kind:<14}{', '.join(others)}", "  ", 14)
    gaps = sum(entry["value"] is None for entry in data["entries"])
    click.echo(f"\n{len(data['entries']) - gaps} of {len(data['entries'])} entries are known.")


def _print_entry(entry: dict[str, Any]) -> None:
    presumed = f" (a plan presumes `{entry['presumed']}`)" if entry["presumed"] else ""
    value = entry["value"] or NOT_KNOWN + presumed
    print_wrapped(f"{entry['key']:<42}{value}", "  ", 42)
    if entry["value"] is None:
        return
    if entry["says"]:
        print_wrapped(entry["says"], " " * 44, 0)
    where = entry["basis"] or entry["quote"]
    print_wrapped(f"{how_read(entry['mark'])}, checked {entry['checked']}, {where}", " " * 44, 0)
