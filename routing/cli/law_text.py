"""The answers of `routing law` as text."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from routing.cli.outputs import print_wrapped
from routing.core.lines import lines_of, terminal_width

if TYPE_CHECKING:
    from routing.law import BilateralTreaty, Instrument, Law, Standing, Tie

HEADINGS = (
    ("in_force", "Binds both"),
    ("signed", "Signed, not in force"),
    ("unknown", "Not known"),
    ("none", "Does not bind them"),
)


def print_between(law: Law, states: tuple[str, str], day: date, ties: list[Tie], left: int) -> None:
    """What ties two States, grouped by how it stands; `left` counts the ties that are not shown."""
    names = [law.states.name(code) for code in states]
    click.echo(click.style(f"{names[0]} and {names[1]}, as of {day.isoformat()}", bold=True))
    for status, heading in HEADINGS:
        for binding in (True, False):
            part = [
                tie
                for tie in ties
                if tie.status == status and law.instruments[tie.instrument].binding is binding
            ]
            if not part:
                continue
            click.echo()
            click.echo(
                click.style(heading if binding else f"{heading}: networks and schemes, no treaty", bold=True)
            )
            if status == "in_force":
                _print_bound(law, part)
            else:
                _print_reasons(law, part)
    _print_treaties(law.bilateral().of_pair(*states), day)
    click.echo()
    asked = [name.says for name in law.tie_names().values() if name.asked and name.same_as is None]
    print_wrapped(
        f"No complete data are kept of: {'; '.join(asked)}. A plan asks for what it does not know.", ""
    )
    if left:
        click.echo(f"{left} more do not bind them; --all lists them.")


def _print_treaties(treaties: tuple[BilateralTreaty, ...], day: date) -> None:
    """The treaties that the two States have of their own, with where each is listed."""
    if not treaties:
        return
    click.echo()
    click.echo(click.style("Their own treaties", bold=True))
    for treaty in treaties:
        stands = {True: "in force", False: "not in force", None: treaty.status}[treaty.binds(day)]
        since = f" since {treaty.in_force.words()}" if treaty.in_force and treaty.binds(day) else ""
        print_wrapped(f"{treaty.kind}: {treaty.name}, {stands}{since}, {treaty.confidence}", "  ")
        print_wrapped("; ".join(filter(None, (treaty.source, treaty.note))), "      ")


def _print_bound(law: Law, ties: list[Tie]) -> None:
    width = max(len(law.instruments[tie.instrument].short) for tie in ties)
    for tie in ties:
        entry = law.instruments[tie.instrument]
        since = f"since {tie.since}" if tie.since else "since unknown"
        line = f"  {entry.short:<{width}}  {since:<16}  {tie.confidence or '':<6}  "
        reach = f"list to {entry.reaches}" if entry.reaches else ""
        read = f"read at {_sources(tie)}" if entry.status_url else _sources(tie)
        first = line + "; ".join(filter(None, (reach, read)))
        if len(first) <= terminal_width():
            click.echo(first)
        else:
            click.echo((line + reach).rstrip())
            click.echo(f"    {read}")
        if entry.status_url:
            click.echo(click.style(f"    {entry.status_url}", dim=True))


def _print_reasons(law: Law, ties: list[Tie]) -> None:
    """Ties that are open for the same reason stand together under it."""
    by_reason: dict[str, list[str]] = {}
    for tie in ties:
        sides = [side for side in tie.sides if side.status == tie.status] if tie.status != "none" else []
        reasons = [f"{law.states.name(side.state)}: {side.reason}{_source(side)}" for side in sides]
        by_reason.setdefault("; ".join(reasons) or tie.reason, []).append(
            law.instruments[tie.instrument].short
        )
    for reason, shorts in by_reason.items():
        print_wrapped(", ".join(shorts), "  ")
        print_wrapped(reason, "      ")


def _source(side: Standing) -> str:
    return f" ({_host(side.source)})" if side.source else ""


def _sources(tie: Tie) -> str:
    hosts = [_host(side.source) for side in tie.sides]
    if hosts[0] == hosts[1]:
        return hosts[0]
    return ", ".join(f"{side.state} {host}" for side, host in zip(tie.sides, hosts, strict=True))


def _host(source: str | None) -> str:
    return (
        "no document seen"
        if source is None or source == "unsourced"
        else source.split("/")[2].removeprefix("www.")
    )


_LABELS = {
    "kind": "kind",
    "binding": "binding",
    "adopted": "adopted",
    "in_force": "in force from",
    "applies_from": "applies from",
    "start_not_set": "day of application",
    "ended": "ended on",
    "idle_through": "not in force up to",
    "last_seen": "last seen",
    "depositary": "depositary",
    "look_up": "look it up at",
    "no_list": "no official list",
    "text_url": "official text",
    "no_text": "no official text",
    "horizon_days": "look it up again after days",
    "citation": "citation",
    "listed": "on the list",
    "published_total": "published total",
    "reaches": "list reaches",
    "complete": "list complete",
    "notes": "notes",
    "source": "source",
    "confidence": "confidence",
    "checked": "checked",
}


def print_instrument(data: dict[str, Any]) -> None:
    """What an instrument is, from the record that is also printed as JSON."""
    click.echo(click.style(f"{data['short']} ({data['id']})", bold=True))
    print_wrapped(data["name"], "")
    for key, label in _LABELS.items():
        value: Any = data.get(key)
        if key == "start_not_set":
            value = "not set when last seen" if value else None
        if key == "listed" and value:
            value = ", ".join(f"{number} {status.replace('_', ' ')}" for status, number in value.items())
        if value not in (None, ""):
            print_labelled(
                label,
                {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value),
            )
    if "circle" in data:
        print_labelled("who can join", f"{data['circle']['says']} ({data['circle']['mark']})")
    if "hub" in data:
        print_labelled("hub", f"ties an outside State to {data['hub']['side']}, never two of one side")
    if data.get("declarations"):
        click.echo(click.style("\nDeclarations", bold=True))
        for made in data["declarations"]:
            print_wrapped(f"{made['state']}  {made['article']}: {made['effect']}", "  ")
    if data.get("provisions"):
        click.echo(click.style("\nProvisions recorded", bold=True))
        print_wrapped(", ".join(data["provisions"]), "  ")


def print_labelled(label: str, value: str) -> None:
    """A label and its value, with the lines that follow under the value."""
    lines = lines_of(value, terminal_width() - 22) or [""]
    for number, line in enumerate(lines):
        click.echo(f"  {label if number == 0 else '':<20}{line}")


_MARKS = {
    "text": "the provision was read",
    "copy": "the provision was read in a private copy; no official text is known",
    "secondary": "a summary was read, not the provision",
    "unverified": "not checked against the text",
}


def print_provision(entry: Instrument, provision: dict[str, Any]) -> None:
    """What a provision says, how that is known and where it can be read."""
    click.echo(click.style(f"{entry.short} {provision['article']}", bold=True) + f"  ({provision['ref']})")
    print_wrapped(provision.get("says", ""), "  ")
    print_labelled("mark", f"{provision['mark']}: {_MARKS.get(provision['mark'], '')}")
    for key, label in (
        ("in_force_from", "in force from"),
        ("in_force_until", "in force until"),
        ("quote", "quote"),
        ("read_at", "read at"),
        ("anchor", "anchor"),
        ("checked", "checked"),
        ("obstacle", "not read because"),
    ):
        if provision.get(key):
            print_labelled(label, provision[key])
