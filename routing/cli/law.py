"""`routing law`: who is bound by what, and what a provision says."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from routing.cli.exit_codes import guarded
from routing.cli.law_coverage import coverage
from routing.cli.law_currency import audit, marks, stale
from routing.cli.law_state import state
from routing.cli.law_text import print_between, print_instrument, print_provision
from routing.cli.law_who import announced, state_meant, who
from routing.cli.opening import STRICT_DATES
from routing.cli.options import format_option, read_day
from routing.cli.outputs import print_json, print_table
from routing.core.answer_date import today
from routing.look_ups.instruments import instruments
from routing.look_ups.instruments import show as show_data
from routing.look_ups.named import coded_state, named_provision
from routing.look_ups.ties import between_data, ties_between

if TYPE_CHECKING:
    from routing.law import Instrument, Law


@click.group()
def law() -> None:
    """Who is bound by what, and what a provision says."""


for command in (state, who, coverage, marks, stale, audit):
    law.add_command(command)


@law.command()
@click.argument("first", metavar="STATE")
@click.argument("second", metavar="STATE")
@click.option("--as-of", metavar="DATE", help="The day the answer is for (year-month-day); else today.")
@click.option("--all", "everything", is_flag=True, help="Show also what does not bind them.")
@format_option
@click.pass_obj
def between(
    obj: dict[str, Path], first: str, second: str, as_of: str | None, everything: bool, form: str
) -> None:
    """What ties two States: what binds both, what is signed only, what is not known, and how each is known.

    STATE is a name, as people write it, or an ISO 3166 code of two or three letters.
    """
    with guarded():
        day = read_day(as_of) or today()
        law_data = _load(obj)
        a, b = _state(obj, law_data, first), _state(obj, law_data, second)
        ties = ties_between(law_data, (a, b), day)
        shown = [tie for tie in ties if everything or tie.status != "none"]
        if form == "json":
            print_json(between_data(law_data, (a, b), day, shown))
        else:
            print_between(law_data, (a, b), day, shown, len(ties) - len(shown))


@law.command()
@click.argument("ref", nargs=-1, required=True)
@click.option(
    "--parties", is_flag=True, help="Show who is bound by the instrument, beside the published total."
)
@click.option(
    "--as-of", metavar="DATE", help="With --parties: the day the list is for (year-month-day); else today."
)
@format_option
@click.pass_obj
def show(obj: dict[str, Path], ref: tuple[str, ...], parties: bool, as_of: str | None, form: str) -> None:
    """What a provision says, what an instrument is, or who is bound by it.

    REF is an instrument, by its id or its name (`routing law list` shows both), or that and an article in
    quotes. An article without its paragraphs shows them all.
    """
    with guarded():
        day = read_day(as_of) or today()
        law_data = _load(obj)
        id, article = named_provision(law_data, " ".join(ref))
        entry = law_data.instrument(id)
        if parties:
            _show_parties(law_data, entry, article, day, form)
            return
        if as_of is not None:
            raise click.UsageError("--as-of goes with --parties")
        data = show_data(law_data, " ".join(ref))
        if form == "json":
            print_json(data)
        elif isinstance(data, dict):
            print_instrument(data)
        else:
            for provision in data:
                print_provision(entry, provision)


def _show_parties(law_data: Law, entry: Instrument, article: str | None, day: date, form: str) -> None:
    """Who is bound by an instrument on a day. Raises UsageError where no list of its members is kept."""
    if article is not None:
        raise click.UsageError("--parties goes with an instrument, not with an article of it")
    if law_data.members(entry.id) is None:
        raise click.UsageError(f"no list of members is kept for `{entry.id}`")
    from routing.cli.law_parties import print_parties
    from routing.look_ups.instruments import parties as parties_data

    data = parties_data(law_data, entry, day)
    if form == "json":
        print_json(data)
    else:
        print_parties(data)


@law.command("list")
@format_option
@click.pass_obj
def list_(obj: dict[str, Path], form: str) -> None:
    """Every instrument, with the number of rows in its list and the day that the list reaches."""
    with guarded():
        law_data = _load(obj)
        rows = instruments(law_data)
        if form == "json":
            print_json(rows)
            return
        table = [["id", "name", "kind", "applies from", "rows", "list reaches"]]
        table += [[str(value) if value is not None else "" for value in row.values()] for row in rows]
        print_table(table)


def _load(obj: dict[str, Path]) -> Law:
    from routing.law import Law
    from routing.rulebook.files import as_verified

    law_data = Law.load(as_verified(obj["rules"]))
    return law_data.strictly() if obj.get(STRICT_DATES) else law_data


def _state(obj: dict[str, Path], law_data: Law, written: str) -> str:
    """The code of a State; the words of the rules are opened only for what is no code."""
    coded = coded_state(law_data, written)
    if coded is not None:
        return announced(coded)
    from routing.cli.opening import open_router

    return state_meant(open_router(obj), written)
