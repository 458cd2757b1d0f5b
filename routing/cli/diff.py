"""`routing rules diff`: which plans change between two rulebooks, or between two days."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from routing.cli.exit_codes import CHANGES, INTERNAL, OK, guarded
from routing.cli.options import format_option, jobs_option
from routing.cli.outputs import print_json
from routing.cli.progress import PassingLine

if TYPE_CHECKING:
    from routing.rulebook.model import Rulebook
    from routing.verify.diff.law_days import Moved
    from routing.verify.diff.rulebooks import RulebookDifference, Shift


@click.command()
@click.argument("old", required=False)
@click.argument("new", required=False)
@click.option(
    "--as-of",
    "days",
    metavar="DATE",
    multiple=True,
    help="Give it twice instead of OLD and NEW: one rulebook, two days.",
)
@click.option(
    "--timeout", default=30.0, show_default=True, metavar="SECONDS", help="For one question to the solver."
)
@jobs_option
@click.option(
    "--cases",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("differences"),
    show_default=True,
    help="Where to write the cases, and the rules of a revision.",
)
@format_option
@click.pass_obj
def diff(
    obj: dict[str, Path],
    old: str | None,
    new: str | None,
    days: tuple[str, ...],
    timeout: float,
    jobs: int | None,
    folder: Path,
    form: str,
) -> None:
    """Which plans change between the rulebooks OLD and NEW, or between two days; or a proof that none does.

    OLD and NEW are folders, or revisions of the git repository that holds the rules. Each kind of
    change comes with the smallest case that shows it, the rules responsible, and how many of many
    random cases it touches. What is compared is the plan for one need: its main step, ways, steps,
    terms, provisions and sentences.

    Exit codes: 0 nothing changes; 6 something does; 1 the solver did not answer in time; 5 the rules cannot
    be used.
    """
    with guarded():
        passing = PassingLine(form)
        if days and (len(days) != 2 or old is not None):
            raise click.UsageError("give --as-of twice and no rulebooks, or two rulebooks and no day")
        if not days and new is None:
            raise click.UsageError("name two rulebooks, or give --as-of twice")
        if days:
            lines, data, code = _days(obj["rules"], days, timeout, folder, passing.tell)
        else:
            assert old is not None and new is not None
            lines, data, code = _books(obj["rules"], (old, new), timeout, jobs, folder, passing.tell)
        passing.end()
        if form == "json":
            print_json(data)
        else:
            click.echo("\n".join(lines))
        sys.exit(code)


Report = tuple[list[str], dict[str, object], int]
"""What a comparison prints: its lines, the same as data, and the exit code."""


def _books(
    rules: Path | None,
    names: tuple[str, str],
    timeout: float,
    jobs: int | None,
    folder: Path,
    progress: Callable[[str], None],
) -> Report:
    from datetime import date

    from routing.cli.revision import folder_of
    from routing.opened import Router
    from routing.verify.diff.law_changes import Day
    from routing.verify.diff.law_days import compared_days
    from routing.verify.diff.paired_models import RulebookVersion
    from routing.verify.diff.report import as_data, days_data, days_lines, kept, lines
    from routing.verify.diff.rulebooks import difference
    from routing.verify.statements import load_statements

    folders = tuple(folder_of(name, rules, folder) for name in names)
    routers = tuple(Router.open(path) for path in folders)
    books = tuple(router.rulebook for router in routers)
    editions = tuple(RulebookVersion(book, load_statements(book)) for book in books)
    changed = difference(editions[0], editions[1], timeout, jobs, progress)
    day = date.fromisoformat(books[1].data_date)
    data = compared_days(
        books[1],
        editions[1].statements,
        Day(routers[0].law, day),
        Day(routers[1].law, day),
        timeout,
        progress,
    )

    def commands_for(
        shifts: Iterable[Shift], before: str, of: tuple[Rulebook, ...]
    ) -> dict[str, tuple[str, ...]]:
        return {
            shift.kind: tuple(
                f"routing --rules {where} route {path}"
                for where, path in _each(folders, kept(before + shift.kind, shift.cases, of, folder))
            )
            for shift in shifts
        }

    commands, of_data = commands_for(changed.shifts, "", books), commands_for(data.shifts, "data-", books[1:])
    if changed.none and data.none:
        for path in {
            path
            for name, path in zip(names, folders, strict=False)
            if path.parent == folder.resolve() and Path(name).resolve() != path
        }:
            shutil.rmtree(path)
    return (
        [*lines(changed, commands), *days_lines(data, of_data)],
        {**as_data(changed, commands), "law_data": days_data(data, of_data)},
        _code(changed, data),
    )


def _each(folders: tuple[Path, ...], paths: tuple[Path, ...]) -> list[tuple[Path, Path]]:
    return [(where, paths[-1 if index else 0]) for index, where in enumerate(folders)] if paths else []


def _days(
    rules: Path | None, words: tuple[str, ...], timeout: float, folder: Path, progress: Callable[[str], None]
) -> Report:
    from routing.cli.options import read_day
    from routing.opened import Router
    from routing.verify.diff.law_changes import Day
    from routing.verify.diff.law_days import compared_days
    from routing.verify.diff.report import days_data, days_lines, kept
    from routing.verify.statements import load_statements

    first, second = (read_day(word) for word in words)
    assert first is not None and second is not None
    router = Router.open(rules)
    book: Rulebook = router.rulebook
    moved = compared_days(
        book, load_statements(book), Day(router.law, first), Day(router.law, second), timeout, progress
    )
    commands = {
        shift.kind: tuple(
            f"routing compare {path} --as-of {first} --as-of {second}"
            for path in kept(shift.kind, shift.cases, (book,), folder)
        )
        for shift in moved.shifts
    }
    return list(days_lines(moved, commands)), days_data(moved, commands), _code(moved)


def _code(*compared: RulebookDifference | Moved) -> int:
    if all(each.none for each in compared):
        return OK
    return CHANGES if any(each.changes for each in compared) else INTERNAL
