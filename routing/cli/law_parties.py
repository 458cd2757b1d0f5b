"""`routing law show INSTRUMENT --parties`: who is bound on a day, beside the total that is published."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from routing.cli.law_text import HEADINGS, labelled, wrapped

if TYPE_CHECKING:
    from routing.law import Instrument, Law

STATUSES = tuple(status for status, _ in HEADINGS)
WORDS = {
    "in_force": "Bound",
    "signed": "Signed only",
    "unknown": "Listed, but not known for that day",
    "none": "Not bound",
}


def parties_data(known: Law, entry: Instrument, day: date) -> dict[str, Any]:
    """Every State on the list of an instrument and every territory it was extended to, with its standing on a
    day.

    counts: the States by status, and the territories that are bound beside them. The published total has no
    territories, and may have an organisation as a party.
    """
    listed = known.members(entry.id)
    on_list = set(listed.states if listed else ())
    extended = {territory for instrument, territory in known.extensions if instrument == entry.id}
    rows = []
    for code in sorted(on_list | extended, key=known.states.name):
        standing = known.standing(entry.id, code, day)
        rows.append(
            {
                "state": code,
                "name": known.states.name(code),
                "territory": code not in on_list,
                "status": standing.status,
                "since": _text(standing.since),
                "until": _text(standing.until),
                "reason": standing.reason,
                "source": entry.status_url or standing.source,
                "read_at": standing.source,
                "confidence": standing.confidence,
                "checked": _text(standing.checked),
            }
        )
    counted = Counter(row["status"] for row in rows if not row["territory"])
    return {
        "status_list": entry.status_url,
        "instrument": entry.id,
        "short": entry.short,
        "name": entry.name,
        "as_of": day.isoformat(),
        "counts": {
            **{status: counted[status] for status in STATUSES},
            "territories": sum(row["territory"] and row["status"] == "in_force" for row in rows),
        },
        "published_total": entry.published_total or None,
        "list_reaches": _text(entry.reaches),
        "complete": [str(entry.complete.first), str(entry.complete.last)] if entry.complete else None,
        "parties": rows,
    }


def parties_text(data: dict[str, Any]) -> None:
    """The same for a reader: the counts, then the names, those with a day in the order of it."""
    click.echo(click.style(f"{data['short']} ({data['instrument']}), as of {data['as_of']}", bold=True))
    wrapped(data["name"], "")
    counts = data["counts"]
    labelled(
        "States bound", f"{counts['in_force']}; signed only {counts['signed']}, not known {counts['unknown']}"
    )
    if counts["territories"]:
        labelled("territories", f"{counts['territories']}, not in the published total")
    wrapped(f"status list: {data['status_list'] or 'no official address known'}", "  ")
    labelled("published total", data["published_total"] or "none found")
    complete = (
        f", complete from {data['complete'][0]} to {data['complete'][1]}"
        if data["complete"]
        else ", not complete"
    )
    labelled(
        "list reaches", f"{data['list_reaches'] or 'not known'}{complete}; who joined later is not known"
    )
    for status in STATUSES:
        part = [row for row in data["parties"] if row["status"] == status]
        if not part:
            continue
        click.echo("\n" + click.style(f"{WORDS[status]} ({len(part)})", bold=True))
        for row in part:
            told = f"since {row['since']}" if status == "in_force" and row["since"] else row["reason"]
            wrapped(
                f"{row['state']}  {row['name']}:"
                f" {told}{', ' + row['confidence'] if row['confidence'] else ''}",
                "  ",
            )


def _text(value: object | None) -> str | None:
    return None if value is None else str(value)
