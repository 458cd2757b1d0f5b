"""`routing term`: what a term of art means, and where that is from."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from routing.cli.exit_codes import USAGE, guarded
from routing.cli.options import format_option
from routing.cli.outputs import print_json
from routing.core.errors import Problem
from routing.core.lines import lines_of, shortened, terminal_width
from routing.core.printable import printable


@click.command()
@click.argument("word", nargs=-1)
@format_option
@click.pass_obj
def term(obj: dict[str, Path], word: tuple[str, ...], form: str) -> None:
    """What WORD means: a term of art, or the name of an instrument. Without it, all terms are listed."""
    with guarded():
        from routing.opened import Router
        from routing.phrasing.of_terms import term_data, terms_in_short
        from routing.rulebook.parse.glossary import Glossary

        rulebook = Router.open(obj["rules"]).rulebook
        glossary = Glossary.load(rulebook.source)
        if not word:
            listed = terms_in_short(rulebook)
            if form == "json":
                print_json(listed)
            else:
                click.echo("\n".join(_one_line(name, says) for name, says in listed.items()))
            return
        asked = " ".join(word)
        data = term_data(rulebook, asked)
        if data is None:
            near = glossary.near(asked)
            fix = _provision(obj["rules"], asked)
            fix = fix or (f"nearest: {', '.join(near)}" if near else "`routing term` lists all")
            click.echo(
                str(Problem(f"`{asked}` is not a word of the plan, the law or a case file", fix=fix)),
                err=True,
            )
            sys.exit(USAGE)
        if form == "json":
            print_json(data)
        else:
            click.echo("\n".join(_lines(data)))


def _provision(rules: Path, asked: str) -> str:
    """How to read a provision that was asked for as a word, as a plan cites it; empty where it is none."""
    from routing.core.errors import Problems
    from routing.law import Law
    from routing.look_ups.instruments import show

    try:
        provision = show(Law.load(rules), asked)
    except Problems:
        return ""
    return f'it is a provision: `routing law show "{asked}"`' if provision else ""


def _one_line(name: str, says: str) -> str:
    return (
        shortened(f"{name:<34} {says}", 2 * terminal_width())
        if len(name) > 34
        else f"{name:<34} {shortened(says, terminal_width() - 35)}"
    )


def _lines(data: dict[str, Any]) -> list[str]:
    lines = [
        click.style(printable(data["term"]), bold=True),
        *lines_of(data["says"], terminal_width(), "  "),
    ]
    if data["also"]:
        lines += lines_of(f"also: {', '.join(data['also'])}", terminal_width(), "  ", 2)
    for source in data["source"]:
        quotation = f"{source['name']} ({source['mark']}): {source['says']}"
        lines += lines_of(quotation, terminal_width(), "  from ", "    ")
    if data["usage"]:
        lines.append(f"  from {data['usage']}" + (f" ({data['mark']})" if data["mark"] else ""))
    if data["see"]:
        lines.append(f"  see {', '.join(data['see'])}")
    return lines
