"""`routing law marks`, `stale` and `audit`: how far the law data can be trusted."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from routing.cli.exit_codes import guarded
from routing.cli.options import format_option, read_day
from routing.cli.outputs import print_json, print_table, print_wrapped
from routing.core.answer_date import today
from routing.core.domain import MARKS, READ
from routing.core.grouping import grouped

if TYPE_CHECKING:
    from routing.core.domain import Provision
    from routing.opened import Router
    from routing.rulebook.freshness import Marks

DAYS = re.compile(r"([0-9]{1,5})d?")


@click.command()
@click.option(
    "--open",
    "only_open",
    is_flag=True,
    help="List what is cited and was not read, and what stands in the way.",
)
@format_option
@click.pass_obj
def marks(obj: dict[str, Path], only_open: bool, form: str) -> None:
    """How many provisions were read in the text, by instrument, and how many of those that rules cite."""
    with guarded():
        from routing.rulebook.freshness import marks as counted
        from routing.rulebook.freshness import unread

        router = _open(obj)
        marks = counted(router.rulebook, router.law)
        if only_open:
            _print_unread(unread(router.rulebook, router.law), [each for each in marks if each.named], form)
            return
        if form == "json":
            print_json([{**_row(each), "named_only": each.named} for each in marks])
            return
        heads = ["instrument", *MARKS, "anchor", "cited", "of these read"]
        table = [heads, *([str(value) for value in _row(each).values()] for each in marks)]
        print_table(table, figures=True)
        total, text = (
            sum(each.total for each in marks),
            sum(each.counts[mark] for each in marks for mark in READ),
        )
        cited, read = (
            sum(each.cited for each in marks if not each.named),
            sum(each.cited_text for each in marks),
        )
        click.echo(f"\n{text} of {total} provisions were read in the text ({_share(text, total)}).")
        click.echo(f"{read} of {cited} that rules, routes or profiles cite were ({_share(read, cited)}).")
        named = [f"{each.instrument} ({each.cited})" for each in marks if each.named]
        if named:
            click.echo(f"Cited by name only, with no text to read: {', '.join(named)}.")


def _print_unread(provisions: tuple[Provision, ...], named: list[Marks], form: str) -> None:
    if form == "json":
        print_json(
            [
                {"ref": p.ref, "mark": p.mark, "read_at": p.read_at, "stands_in_the_way": p.obstacle}
                for p in provisions
            ]
        )
        return
    click.echo(f"Cited and not read in the text: {len(provisions) or 'nothing'}")
    for (instrument, why), refs in _by_obstacle(provisions).items():
        click.echo(click.style(f"\n{instrument}", bold=True) + f": {', '.join(refs)}")
        print_wrapped(why or "nothing is recorded", "  ", 0)
    for each in named:
        click.echo(click.style(f"\n{each.instrument}", bold=True) + f": {each.cited} by name only")
        print_wrapped(each.named or "", "  ", 0)


def _by_obstacle(provisions: tuple[Provision, ...]) -> dict[tuple[str, str | None], list[str]]:
    return grouped(((p.instrument, p.obstacle), f"{p.article} ({p.mark})") for p in provisions)


def _row(marks: Marks) -> dict[str, Any]:
    return {
        "instrument": marks.instrument,
        **marks.counts,
        "anchored": marks.anchored,
        "cited": marks.cited,
        "cited_text": marks.cited_text,
    }


def _days(ctx: click.Context, param: click.Parameter, value: str) -> int:
    match = DAYS.fullmatch(value)
    if match is None:
        raise click.BadParameter(f"`{value}` is not a number of days; write 180d")
    return int(match[1])


@click.command()
@click.option(
    "--older-than",
    metavar="DAYS",
    default="180d",
    show_default=True,
    callback=_days,
    help="How old data may be, as 180d.",
)
@click.option(
    "--as-of", metavar="DATE", help="The day from which ages are counted (year-month-day); else today."
)
@format_option
@click.pass_obj
def stale(obj: dict[str, Path], older_than: int, as_of: str | None, form: str) -> None:
    """Data past its date: provisions, lists of members, declarations, treaties of two States, profiles,
    offices and languages.

    A list is as old as the day up to which it speaks.
    """
    with guarded():
        from routing.look_ups.freshness import stale as look_up

        day = read_day(as_of) or today()
        router = _open(obj)
        items = look_up(router.rulebook, router.law, older_than, day)
        if form == "json":
            print_json(items)
            return
        click.echo(f"Older than {older_than} days on {day}: {len(items) or 'nothing'}")
        for (kind, seen), names in _grouped(items).items():
            click.echo(
                click.style(
                    f"\n{kind}, {f'seen {seen}' if seen else 'no day recorded'}: {len(names)}", bold=True
                )
            )
            print_wrapped(", ".join(names), "  ", 0)


def _grouped(items: Iterable[Mapping[str, Any]]) -> dict[tuple[str, str | None], list[str]]:
    return grouped(((item["kind"], item["seen"]), item["name"]) for item in items)


@click.command()
@click.option(
    "--sample",
    "size",
    type=click.IntRange(1, 10_000),
    default=30,
    show_default=True,
    help="How many to draw.",
)
@click.option("--seed", type=int, help="Draw the same again; else by chance.")
@format_option
@click.pass_obj
def audit(obj: dict[str, Path], size: int, seed: int | None, form: str) -> None:
    """Random provisions and entries of profiles for an auditor: what we say, how it is marked, where it was
    read, and its anchor.

    Open the address, find the anchor, compare. One wrong anchor voids the marks of that instrument or
    profile.
    """
    with guarded():
        from routing.rulebook.freshness import sample

        drawn = secrets.randbelow(1_000_000) if seed is None else seed
        router = _open(obj)
        provisions = sample(router.rulebook, router.law, size, drawn)
        if form == "json":
            print_json(
                {
                    "seed": drawn,
                    "provisions": [
                        {
                            "ref": p.ref,
                            "says": p.says,
                            "mark": p.mark,
                            "read_at": p.read_at,
                            "anchor": p.anchor,
                            "checked": p.checked,
                        }
                        for p in provisions
                    ],
                }
            )
            return
        click.echo(f"{len(provisions)} provisions, drawn with --seed {drawn}")
        for p in provisions:
            click.echo(
                "\n"
                + click.style(p.ref, bold=True)
                + f"  ({p.mark}, checked {p.checked or 'on no recorded day'})"
            )
            print_wrapped(p.says, "  ", 0)
            click.echo(f"  read at   {p.read_at or 'no address'}")
            click.echo(f"  anchor    {p.anchor or 'no anchor'}")
            if p.obstacle and p.mark not in READ:
                click.echo(f"  not read  {p.obstacle}")


def _open(obj: dict[str, Path]) -> Router:
    from routing.cli.opening import open_router

    return open_router(obj)


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} %" if whole else "none"
