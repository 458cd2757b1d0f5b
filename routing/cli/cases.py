"""Reading a case on the command line, the same way for every command."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from routing.cli.opening import open_router
from routing.cli.options import read_day
from routing.cli.terminal import at_terminal
from routing.core.answer_date import today
from routing.core.domain import OFFENCE, UNKNOWN
from routing.core.errors import Problem, Problems
from routing.core.files import read_bounded
from routing.core.printable import printable
from routing.rulebook.words import KIND
from routing.yaml.tree import decoded

if TYPE_CHECKING:
    from routing.case.model import Case
    from routing.cli.prose import HeadedCase
    from routing.opened import Router


LARGEST_INPUT = 1_000_001
# Lines that nobody writes who tells a story: whoever filled in the form is told what is amiss in it.
OF_THE_FORM = re.compile(r"^(?:needs:\s*$|as_of\s*:|kind\s*:|\s*-\s+measure\s*:)", re.MULTILINE)


def standard_input() -> bytes:
    """What stands on standard input, as far as it is read."""
    if sys.stdin is None:
        raise click.UsageError("standard input is closed; name a file, or send the text")
    return sys.stdin.buffer.read(LARGEST_INPUT)


def bytes_in(path: Path | None) -> bytes:
    """What stands in a file, or on standard input where none is named."""
    return standard_input() if path is None or str(path) == "-" else read_bounded(path)


def opened(obj: Mapping[str, Path], path: Path, as_of: str | None) -> tuple[Router, Case, date]:
    """The router, the case in a file (or - for standard input), and the day to answer for."""
    day = read_day(as_of)
    router = open_router(obj)
    case = case_or_story(router, path, day)
    if day is None and case.as_of is None:
        click.echo(f"as of today, {today().isoformat()} (no day was given)", err=True)
    return router, case, day or case.as_of or today()


def read_case(router: Router, path: Path, day: date | None, in_part: bool = False) -> Case:
    """The case in a file, or on standard input. Raises CaseProblems, with what the lines tell as a story.

    in_part: whether lines that are not understood are left out where the answer can stand without them; the
    fault of each goes to standard error.
    """
    return _case_in(router, standard_input() if str(path) == "-" else path, day or today(), in_part)


def _case_in(router: Router, source: Path | bytes, as_of: date, in_part: bool = False) -> Case:
    try:
        return _read(router, source, as_of, in_part)
    except Problems as error:
        raise _refused(router, error, source, as_of) from None


def case_or_story(router: Router, path: Path, day: date | None) -> Case:
    """The case in a file, or on standard input, of which the answer shows no more than some steps. What was
    read of one that is told in sentences goes to standard error. Raises CaseProblems, as where a story leaves
    open what no plan can do without."""
    from routing.cli.prose import case_in_prose, sentences_in

    source = standard_input() if str(path) == "-" else path
    try:
        text = decoded(read_bounded(source) if isinstance(source, Path) else source, "")
    except (Problems, OSError):
        text = ""  # said by the reader of cases
    story = sentences_in(router, text)
    name = printable(str(path)) if isinstance(source, Path) else "FILE"
    headed = case_in_prose(router, story, name, day or today()) if story else None
    if headed is None:
        return _case_in(router, source, day or today())
    click.echo(f"{headed.head}\n", err=True)
    return headed.case


def _read(router: Router, source: Path | bytes, as_of: date, in_part: bool) -> Case:
    if not in_part:
        return router.read(source, "standard input", as_of)
    case, left = router.read_in_part(source, "standard input", as_of)
    _tell_unused(left)
    return case


def _tell_unused(left: Iterable[Problem]) -> None:
    for problem in left:
        click.echo(f"not used: {problem}", err=True)


def told_case(router: Router, path: Path, day: date | None) -> HeadedCase:
    """The case in a file or on standard input, for a page that people read, with what stands above its plan:
    what was read of it, where it is told in sentences; else nothing. What such a story leaves open is asked
    where somebody sits at a terminal. Raises CaseProblems."""
    from routing.cli.prose import HeadedCase, case_in_prose, mostly_unread, sentences_in

    if str(path) != "-" and not path.exists():
        return HeadedCase(read_case(router, path, day, True), "")  # says what to do about it
    source = bytes_in(path)
    name, as_of = ("FILE" if str(path) == "-" else printable(str(path))), day or today()
    try:
        text = decoded(source, name)
    except Problems:
        text = ""  # said by the reader of cases
    story = sentences_in(router, text)
    headed = case_in_prose(router, story, name, as_of, at_terminal()) if story else None
    if headed:
        return headed
    file = source if str(path) == "-" else path
    try:
        case, left = router.read_in_part(file, "standard input", as_of)
    except Problems as error:
        headed = _case_of_story(router, error, text, name, as_of)
        if headed is None:
            raise _refused(router, error, file, as_of) from None
        return headed
    if not OF_THE_FORM.search(text) and mostly_unread(
        text, {problem.line for problem in left if problem.line}
    ):
        headed = _told_whole(router, text, name, as_of)
        if headed is not None:
            return headed
    _tell_unused(left)
    unread = frozenset(OFFENCE for problem in left if problem.fact == OFFENCE)
    return HeadedCase(case, _call_first(router, case, text), unread)


def _call_first(router: Router, case: Case, text: str) -> str:
    """With what a page begins where a line tells of a danger in words that are not read."""
    from routing.case.danger_lines import urgent_facts

    if not any(case.facts.get(name) == UNKNOWN for name in urgent_facts(router.rulebook)):
        return ""
    from routing.render.told_head import open_danger  # reads stories, which a plain case needs not

    return open_danger(router, text)


def _case_of_story(router: Router, error: Problems, text: str, name: str, day: date) -> HeadedCase | None:
    """The case that lines tell as a story which cannot be read as a case, with what was read of them; None
    where that is too little for a plan, and where they are the form, half of which a story would lose."""
    headed = _told_whole(router, text, name, day) if _is_story(error, text) else None
    if headed is None:
        return None
    for problem in error.problems:
        click.echo(f"not read as a case: {problem}", err=True)
    return headed


def _told_whole(router: Router, text: str, name: str, day: date) -> HeadedCase | None:
    """The case that lines tell as a story; None where that lacks more than who asks whom, as a line may be
    for it, and nobody can be asked."""
    from routing.cli.prose import case_in_prose

    try:
        headed = case_in_prose(router, text, name, day, at_terminal())
    except Problems:
        return None
    return headed if headed is not None and (headed.left_open <= {KIND} or at_terminal()) else None


def _refused(router: Router, error: Problems, source: Path | bytes, day: date) -> Problems:
    """The faults of a file that cannot be read as a case, behind the call that a danger in it wants, with
    what its lines tell as a story."""
    try:
        text = decoded(read_bounded(source) if isinstance(source, Path) else source, "")
    except (Problems, OSError):
        return error
    from routing.cli.prose import sentences_in, with_danger_first
    from routing.render.case_told import in_short
    from routing.story.offered import offered_by

    offer = offered_by(router, text, day)
    in_sentences = _is_story(error, text) or sentences_in(router, text)
    summary = in_short(router, offer) if in_sentences else ""
    where = printable(str(source)) if isinstance(source, Path) else "FILE"
    written = f"To have it written as a case to look over: routing new case.yaml --told {where}"
    if summary:
        error.add_note(f"Read as a story, this tells: {summary}. {written}")
    return with_danger_first(router, error, text, offer, day)


def _is_story(error: Problems, text: str) -> bool:
    """Whether somebody told something in words of their own where the program knows no such line, and has
    not filled in the form."""
    return any(problem.own_words for problem in error.problems) and not OF_THE_FORM.search(text)


def text_in(path: Path) -> str:
    """The text of a file, or of standard input. Raises Problems for what is none."""
    return decoded(bytes_in(path), "standard input" if str(path) == "-" else str(path))
