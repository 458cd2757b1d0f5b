"""`routing law who`: how the authorities of a State are reached."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from routing.cli.exit_codes import guarded
from routing.cli.options import format_option, read_day
from routing.cli.outputs import print_json
from routing.core.answer_date import today
from routing.core.lines import lines_of, terminal_width
from routing.core.printable import printable, small_first

if TYPE_CHECKING:
    from routing.opened import Router

LABEL = 34


@click.command()
@click.argument("written", metavar="STATE")
@click.option(
    "--for", "pathway", metavar="PATHWAY", help="One channel only, by its id, name or a usual word."
)
@click.option("--from", "asking", metavar="STATE", help="The State that asks.")
@click.option("--as-of", metavar="DATE", help="The day the answer is for (year-month-day); else today.")
@format_option
@click.pass_obj
def who(
    obj: dict[str, Path], written: str, pathway: str | None, asking: str | None, as_of: str | None, form: str
) -> None:
    """How the authorities of a State are reached: office, way and language for each kind of help.

    STATE is a name, as people write it, or an ISO 3166 code of two or three letters.
    """
    with guarded():
        from routing.cli.opening import open_router

        router = open_router(obj)
        from routing.look_ups.states import who as who_data

        state, asks = state_meant(router, written), state_meant(router, asking) if asking else None
        data = who_data(router, state, pathway, asks, read_day(as_of) or today())
        if form == "json":
            print_json(data)
        else:
            print_who(data)


def state_meant(router: Router, written: str) -> str:
    """The code of a State as people name it; what it was taken for is told. Raises Problems for what is
    none."""
    from routing.look_ups.named import state_code

    return announced(state_code(router, written))


def announced(state: tuple[str, str]) -> str:
    """The code of a State, after what it was taken for was told. state: both."""
    code, note = state
    if note:
        click.echo(printable(note), err=True)
    return code


def print_who(data: dict[str, Any]) -> None:
    """The answer as text; of kinds of help only those of which something is held, then the others in one
    line."""
    asking = f" for {data['from_name']}" if data["from"] else ""
    channel = f", {data['pathway_name']}" if "pathway" in data else ""
    head = f"How to reach the authorities of {data['name']} ({data['state']}){asking}{channel}"
    click.echo(click.style(head, bold=True) + f", as of {data['as_of']}")
    if "bases" in data:
        bound = "the two States" if data["from"] else data["name"]
        _print_bases(data["bases"], bound)
        for reason in data["why_none"]:
            _print_line("", reason)
        if data["also_by"]:
            _print_line("Also possible", ", ".join(data["also_by"].values()) + ": ask with --for")
        return
    print_kinds(data)


def print_kinds(data: dict[str, Any]) -> None:
    """Every kind of help with its offices, the languages, and what is not held."""
    missing = []
    for kind in data["kinds"]:
        if not kind["offices"]:
            missing.append(kind)
            continue
        for number, office in enumerate(kind["offices"]):
            _print_office(kind["title"] if number == 0 else "", office)
    for number, language in enumerate(data["languages"]):
        under = f" ({language['declared_under']})" if language["declared_under"] else ""
        joined = (" and " if language["needed"] == "all" else ", ").join(language["accepted"])
        more = f"; {small_first(language['condition'])}" if language["condition"] else ""
        _print_line("Languages" if number == 0 else "", f"{joined}{under}{more}")
    if not data["languages"]:
        _print_line("Languages", "not known; ask before you send")
    for kind in missing:
        leads = "; ".join(lead["name"] for lead in kind["leads"])
        perhaps = f" Perhaps {leads} (not sure)." if leads else ""
        if kind["ask"]:
            _print_line(kind["title"], f"not known.{perhaps} {kind['ask']}")


def _print_office(title: str, office: dict[str, Any]) -> None:
    way = f" ({office['through'].replace('_', ' ')} channel)" if office["through"] else ""
    _print_line(title, office["name"] + way)
    if office["remark"]:
        _print_line("", office["remark"])
    if office["unit"]:
        _print_line("", office["unit"], dim=True)
    under = ", ".join(dict.fromkeys(named["under"] for named in office["named_by"] if named["under"]))
    sources = dict.fromkeys(named["source"] for named in office["named_by"])
    first = next(iter(sources))
    source = first or "no official address known"
    checked = min(named["checked"] for named in office["named_by"])
    years = [named["text_of"] for named in office["named_by"]]
    old = f"text of {max(years)}" if all(years) else ""
    provenance = [f"named in {under}" if under else "", old, source, f"read {checked}"]
    _print_line("", "; ".join(part for part in provenance if part), dim=True)


def _print_bases(rows: list[dict[str, Any]], bound: str) -> None:
    """Each office with its way and language; bases for which all of that reads the same stand together."""
    if not rows:
        click.echo(f"  No basis of this channel is known to bind {bound}; a plan for the case may find one.")
    together: dict[tuple[tuple[str, bool], ...], list[str]] = {}
    for row in rows:
        together.setdefault(tuple(_reached(row)), []).extend(row["basis"])
    for lines, bases in together.items():
        for number, (text, dim) in enumerate(lines):
            _print_line(", ".join(dict.fromkeys(bases)) if number == 0 else "", text, dim=dim)


def _reached(row: dict[str, Any]) -> Iterator[tuple[str, bool]]:
    """The lines on one basis, and whether a line is dimmed."""
    receiver, via, language = row["receiver"], row["via"], row["language"]
    likely = receiver["likely"]
    yield receiver["name"] or _not_held(likely), False
    remark = (likely or receiver)["remark"]
    if remark:
        yield remark, False
    if likely:
        if likely["unit"]:
            yield likely["unit"], True
        yield likely["says"], False
        yield likely["source"] or "no official address known", True
    if receiver["unit"]:
        yield receiver["unit"], True
    if receiver["name"]:
        under = f"named in {receiver['declared_under']}; " if receiver["declared_under"] else ""
        yield f"{under}{receiver['source'] or 'no official address known'}", True
    if receiver["ask"]:
        yield receiver["ask"], False
    for also in row["also_to"]:
        role = also["role"].replace("_", " ")
        yield f"also to: {also['name'] or role}{'' if also['name'] else '. ' + (also['ask'] or '')}", False
    if via:
        yield f"{via['says']}{' (as it declared)' if via['declared'] else ''}", False
    if language:
        yield f"{language['says']} {language['condition']}".strip(), False


def _not_held(likely: dict[str, Any] | None) -> str:
    if likely is None:
        return "office not known"
    return f"{'office not known; ask' if likely['only_asked'] else 'probably'} {likely['name']}"


def _print_line(label: str, text: str, dim: bool = False) -> None:
    lines = lines_of(text, terminal_width() - LABEL - 2) or [""]
    heads = lines_of(label, LABEL - 1, cut=True) or [""]
    for number in range(max(len(lines), len(heads))):
        head = heads[number] if number < len(heads) else ""
        body = lines[number] if number < len(lines) else ""
        click.echo(f"  {head:<{LABEL}}{click.style(body, dim=True) if dim and body else body}".rstrip())
