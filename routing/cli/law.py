"""`routing law`: who is bound by what, and what a provision says."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from routing.cli.exit_codes import guarded
from routing.cli.law_coverage import coverage
from routing.cli.law_currency import audit, marks, stale
from routing.cli.law_state import state
from routing.cli.law_text import between_text, instrument_text, provision_text
from routing.cli.law_who import who
from routing.cli.opening import STRICT_DATES
from routing.cli.route import read_day
from routing.core.records import asdict
from routing.law.addresses import Quotable, quotable

if TYPE_CHECKING:
    from routing.law import Instrument, Law, Standing, Tie

MARK = re.compile(
    r"^(?:art|arts|article|articles|para|paras|paragraph|section|recommendation)\.? +(?=[0-9])", re.IGNORECASE
)
as_format = click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True
)


@click.group()
def law() -> None:
    """Who is bound by what, and what a provision says."""


for command in (state, who, coverage, marks, stale, audit):
    law.add_command(command)


@law.command()
@click.argument("one", metavar="STATE")
@click.argument("other", metavar="STATE")
@click.option("--as-of", metavar="DATE", help="The day the answer is for (year-month-day); else today.")
@click.option("--all", "everything", is_flag=True, help="Show also what does not bind them.")
@as_format
@click.pass_obj
def between(
    obj: dict[str, Path], one: str, other: str, as_of: str | None, everything: bool, form: str
) -> None:
    """What ties two States: what binds both, what is signed only, what is not known, and how each is known.

    STATE is an ISO 3166 code of two or three letters.
    """
    with guarded():
        day = read_day(as_of) or _today()
        known = _load(obj)
        a, b = _state(known, one), _state(known, other)
        ties = [
            known.between(id, a, b, day)
            for id in known.instruments
            if known.instruments[id].reaches or known.members(id)
        ]
        shown = [tie for tie in ties if everything or tie.status != "none"]
        if form == "json":
            _print_json(_between_data(known, (a, b), day, shown))
        else:
            between_text(known, (a, b), day, shown, len(ties) - len(shown))


@law.command()
@click.argument("ref", nargs=-1, required=True)
@click.option(
    "--parties", is_flag=True, help="Show who is bound by the instrument, beside the published total."
)
@click.option(
    "--as-of", metavar="DATE", help="With --parties: the day the list is for (year-month-day); else today."
)
@as_format
@click.pass_obj
def show(obj: dict[str, Path], ref: tuple[str, ...], parties: bool, as_of: str | None, form: str) -> None:
    """What a provision says, what an instrument is, or who is bound by it.

    REF is an instrument, by its id or its name (`routing law list` shows both), or that and an article in quotes.
    An article without its paragraphs shows them all.
    """
    with guarded():
        day = read_day(as_of) or _today()
        known = _load(obj)
        id, article = _meant(known, " ".join(ref))
        entry = known.instrument(id)
        if parties:
            _parties(known, entry, article, day, form)
            return
        if as_of is not None:
            raise click.UsageError("--as-of goes with --parties")
        data: dict[str, Any] | list[dict[str, Any]]
        if article is None:
            data = _instrument_data(known, entry)
        else:
            found = [provision for key, provision in known.provisions(id).items() if _within(key, article)]
            data = [
                _filled(asdict(provision) | {"quote": _quoted(known, entry, provision.read_at).address})
                for provision in found or [known.provision(f"{id} {article}")]
            ]
        if form == "json":
            _print_json(data)
        elif isinstance(data, dict):
            instrument_text(data)
        else:
            for provision in data:
                provision_text(entry, provision)


def _parties(known: Law, entry: Instrument, article: str | None, day: date, form: str) -> None:
    if article is not None:
        raise click.UsageError("--parties goes with an instrument, not with an article of it")
    if known.members(entry.id) is None:
        raise click.UsageError(f"no list of members is kept for `{entry.id}`")
    from routing.cli.law_parties import parties_data, parties_text

    data = parties_data(known, entry, day)
    if form == "json":
        _print_json(data)
    else:
        parties_text(data)


@law.command("list")
@as_format
@click.pass_obj
def list_(obj: dict[str, Path], form: str) -> None:
    """Every instrument, with the number of rows in its list and the day that the list reaches."""
    with guarded():
        known = _load(obj)
        rows = []
        for entry in (*known.instruments.values(), *known.cited().values()):
            members = known.members(entry.id)
            rows.append({
                "id": entry.id, "short": entry.short, "kind": entry.kind, "in_force": _text(entry.starts),
                "rows": len(members) if members else None, "reaches": _text(entry.reaches),
            })  # fmt: skip
        if form == "json":
            _print_json(rows)
            return
        table = [["id", "name", "kind", "applies from", "rows", "list reaches"]]
        table += [[str(value) if value is not None else "" for value in row.values()] for row in rows]
        widths = [max(len(line[column]) for line in table) for column in range(len(table[0]))]
        for line in table:
            click.echo(
                "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
            )


def _load(obj: dict[str, Path]) -> Law:
    from routing.law import Law

    known = Law.load(obj["rules"])
    return known.strictly() if obj.get(STRICT_DATES) else known


def _today() -> date:
    return date.today()


def _state(known: Law, written: str) -> str:
    found = known.states.find(written)
    if found is not None and found.note:
        click.echo(found.note, err=True)
    return known.states.code(written)


def _meant(known: Law, written: str) -> tuple[str, str | None]:
    """The id and the article meant: as the files write them, or by its short name, as answers print them."""
    from routing.law.provisions import split_ref

    text = " ".join(written.split())
    names = {
        name.casefold(): entry.id
        for entry in (*known.cited().values(), *known.instruments.values())
        for name in (entry.short, entry.id)
    }
    for name in sorted(names, key=len, reverse=True):
        if text.casefold() == name or text.casefold().startswith(name + " "):
            article = MARK.sub("", text[len(name) :].strip())
            return names[name], article or None
    return split_ref(text)


def _within(key: str, article: str) -> bool:
    """Whether a provision is the article asked for or a part of it: `27(1)` holds `27(1)(b)`, not `27(10)`."""
    return key == article or key.startswith(article + "(")


def _filled(data: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if value not in (None, "", (), [])}


def _text(value: object | None) -> str | None:
    return None if value is None else str(value)


def _print_json(data: object) -> None:
    click.echo(json.dumps(data, ensure_ascii=False, indent=2, default=str))


# What binds two States


def _between_data(known: Law, states: tuple[str, str], day: date, ties: list[Tie]) -> dict[str, Any]:
    return {
        "as_of": day.isoformat(),
        "states": [{"code": code, "name": known.states.name(code)} for code in states],
        "ties": [_tie_data(known, tie) for tie in ties],
        "asked": [
            {"tie": name.name, "fact": name.asked, "says": name.says}
            for name in known.tie_names().values()
            if name.asked and name.same_as is None
        ],
    }


def _quoted(known: Law, entry: Instrument, read_at: str | None) -> Quotable:
    return quotable(known.folder, read_at, entry.text_url or None)


def _quote(known: Law, entry: Instrument, source: str | None) -> dict[str, str | None]:
    """The official address of who is bound, and the page that was read."""
    quoted = quotable(known.folder, source, entry.status_url)
    return {"source": quoted.address, "read_at": quoted.read_at}


def _tie_data(known: Law, tie: Tie) -> dict[str, Any]:
    entry = known.instruments[tie.instrument]
    sides = [
        {
            "state": side.state, "status": side.status, "since": _text(side.since), "until": _text(side.until),
            "reason": side.reason, "seen": side.seen, **_quote(known, entry, side.source),
            "confidence": side.confidence, "checked": _text(side.checked), "note": side.note, "as_last_seen": _last(side),
        }
        for side in tie.sides
    ]  # fmt: skip
    return {
        "instrument": tie.instrument, "short": entry.short, "kind": entry.kind, "binding": entry.binding,
        "status": tie.status, "since": _text(tie.since), "confidence": tie.confidence, "reason": tie.reason,
        "list_reaches": _text(entry.reaches), "as_last_seen": _last(tie), "sides": sides,
    }  # fmt: skip


def _last(found: Standing | Tie) -> dict[str, str] | None:
    """The day and the list from which a status is presumed to go on."""
    last = found.as_last_seen
    return {"day": last.day.isoformat(), "register": last.register} if last else None


# What an instrument is, and what a provision says


def _instrument_data(known: Law, entry: Instrument) -> dict[str, Any]:
    members = known.members(entry.id)
    data = asdict(entry)
    for key in ("line", "rows"):
        data.pop(key)
    for key in ("circle", "hub"):
        data[key] = _filled(asdict(data[key])) if data[key] else None
    data["complete"] = f"{entry.complete.first} to {entry.complete.last}" if entry.complete else None
    data = {
        key: value if isinstance(value, (dict, bool, int)) or value is None else str(value)
        for key, value in data.items()
    }
    counted: dict[str, int] = {}
    for place in members.states if members else ():
        for row in members.rows(place) if members else ():
            status = row.status if row.until is None else "ended"
            counted[status] = counted.get(status, 0) + 1
    data["listed"] = counted or None
    data["declarations"] = [
        _filled(asdict(made)) for made in known.all_declarations() if made.instrument == entry.id
    ]
    data["provisions"] = list(known.provisions(entry.id))
    return {key: value for key, value in data.items() if value not in (None, "", [], 0) or value is False}
