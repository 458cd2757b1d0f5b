"""`routing law show INSTRUMENT --parties`: who is bound on a day, beside the total that is published."""

from __future__ import annotations

from typing import Any

import click

from routing.cli.law_text import HEADINGS, print_labelled
from routing.cli.outputs import print_wrapped

STATUSES = tuple(status for status, _ in HEADINGS)
WORDS = {
    "in_force": "Bound",
    "signed": "Signed only",
    "unknown": "Listed, but not known for that day",
    "none": "Not bound",
}


def print_parties(data: dict[str, Any]) -> None:
    """The same for a reader: the counts, then the names, those with a day in the order of it."""
    click.echo(click.style(f"{data['short']} ({data['instrument']}), as of {data['as_of']}", bold=True))
    print_wrapped(data["name"], "")
    counts = data["counts"]
    print_labelled(
        "States bound", f"{counts['in_force']}; signed only {counts['signed']}, not known {counts['unknown']}"
    )
    if counts["territories"]:
        print_labelled("territories", f"{counts['territories']}, not in the published total")
    print_wrapped(f"status list: {data['status_list'] or 'none known. ' + (data['no_list'] or '')}", "  ")
    print_wrapped(f"official text: {data['text'] or 'none known. ' + (data['no_text'] or '')}", "  ")
    print_labelled("published total", data["published_total"] or "none found")
    complete = (
        f", complete from {data['complete'][0]} to {data['complete'][1]}"
        if data["complete"]
        else ", not complete"
    )
    print_labelled(
        "list reaches", f"{data['list_reaches'] or 'not known'}{complete}; who joined later is not known"
    )
    for status in STATUSES:
        part = [row for row in data["parties"] if row["status"] == status]
        if not part:
            continue
        click.echo("\n" + click.style(f"{WORDS[status]} ({len(part)})", bold=True))
        for row in part:
            standing = f"since {row['since']}" if status == "in_force" and row["since"] else row["reason"]
            print_wrapped(
                f"{row['state']}  {row['name']}:"
                f" {standing}{', ' + row['confidence'] if row['confidence'] else ''}",
                "  ",
            )
