"""Asking for what a paper is missing and what the program has wrong, one question at a time, on a terminal or
line by line from standard input."""

from __future__ import annotations

import sys
from collections.abc import Callable

import click

from routing.cli.ask_person import typed_line
from routing.cli.terminal import typed
from routing.core.errors import quoted
from routing.core.lines import USUAL, lines_of
from routing.core.printable import printable
from routing.papers.choose import Paper
from routing.papers.drafting import Desk
from routing.papers.model import DraftField, MissingItem

CORRECTING = "unknown leaves it blank; back: as the program has it; an empty line: as it is"
HELP = "? who asks for it; back; an empty line or unknown leaves it blank; stop"
Answers = dict[str, tuple[str, ...]]


def ask_for(desk: Desk, paper: Paper, answers: Answers, keep: Callable[[], None]) -> None:
    """Put the answers that are given now among those that there are. What is left blank stays blank, and is
    asked once; then what the program filled in can be corrected. keep: called after each answer."""
    if _missing(desk, paper, answers, keep):
        _ask_corrections(desk, paper, answers, keep)


def _missing(desk: Desk, paper: Paper, answers: Answers, keep: Callable[[], None]) -> bool:
    """Ask for what is missing. Whether to go on after it."""
    items = desk.draft(paper, answers).missing
    click.echo(f"{paper.document.name}: {len(items)} fields are missing. ({HELP})", err=True)
    place = 0
    while place < len(items):
        item = items[place]
        _show(item, place + 1, len(items))
        word = _read()
        if word is None or word == "stop":
            return False
        if word == "?":
            _explain(item)
        elif word == "back":
            place = max(place - 1, 0)
            answers.pop(items[place].key, None)
        else:
            lines = _value(item, word)
            if lines:
                answers[item.key] = lines
                keep()
            place += 1
    return True


def _ask_corrections(desk: Desk, paper: Paper, answers: Answers, keep: Callable[[], None]) -> None:
    """Show what the program filled in, and take the officer's words for what is wrong."""
    while True:
        made = desk.draft(paper, answers)
        filled = list({each.key: each for each in made.fields() if each.program}.values())
        if not filled:
            return
        _show_filled(filled)
        word = _read()
        if word is None or word in ("", "stop"):
            return
        if not (word.isascii() and word.isdigit() and 0 < int(word) <= len(filled)):
            click.echo(f"   {quoted(word)} is not a number from 1 to {len(filled)}", err=True)
            continue
        each = filled[int(word) - 1]
        click.secho(f"{each.name}: what is right? ({CORRECTING})", bold=True, err=True)
        correction = _read()
        if correction is None or correction == "stop":
            return
        if correction == "back":
            answers.pop(each.key, None)
        elif correction:
            answers[each.key] = (correction,)
            keep()


def _show_filled(filled: list[DraftField]) -> None:
    click.secho("Filled in by the program. Is anything wrong?", bold=True, err=True)
    for place, each in enumerate(filled, 1):
        text = "; ".join(each.lines) or "left blank by you"
        mine = "your own words" if each.corrected else each.source
        for line in lines_of(printable(f"{each.name}: {text} ({mine})"), USUAL, f"   {place:>2} "):
            click.echo(line, err=True)
    click.echo("   its number, to correct it; an empty line: nothing is wrong", err=True)


def _show(item: MissingItem, number: int, of: int) -> None:
    click.secho(f"{number}/{of}. {item.asks}", bold=True, err=True)
    for place, choice in enumerate(item.choices, 1):
        click.echo(f"   {place:>2} {choice}", err=True)
    if item.choices:
        click.echo("   several: separate numbers with commas", err=True)


def _explain(item: MissingItem) -> None:
    from routing.papers.layout import missing_line

    for line in lines_of(missing_line(item), USUAL, "   "):
        click.echo(line, err=True)
    if item.hint:
        click.echo(f"   The case or the plan says: {printable(item.hint)}", err=True)
    click.echo(f"   {HELP}", err=True)


def _value(item: MissingItem, word: str) -> tuple[str, ...]:
    """What was written, with numbers of the list taken as its boxes; nothing for a blank."""
    if word.lower() in ("", "unknown"):
        return ()
    parts = [part.strip() for part in word.split(",")]
    if item.choices and all(
        part.isascii() and part.isdigit() and 0 < int(part) <= len(item.choices) for part in parts
    ):
        return tuple(item.choices[int(part) - 1] for part in parts)
    return (word,)


def _read() -> str | None:
    """One line of an answer; None at the end."""
    if typed():
        return typed_line()
    line = sys.stdin.readline() if sys.stdin is not None else ""
    if not line:
        return None
    click.echo(f"   > {printable(line.strip())}", err=True)
    return line.strip()
