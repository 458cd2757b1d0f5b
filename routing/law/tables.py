"""Files of the law data: tables with a fixed head, and trees of text."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import TypeVar

from routing.core.errors import Problem, Problems, RulebookProblems, one_of, quoted
from routing.core.snapshot import Location
from routing.law.partial_dates import PartialDate, parse_partial
from routing.yaml import tree as yaml_tree

UNSOURCED = "unsourced"
Line = tuple[int, tuple[str, ...]]
Row = TypeVar("Row")


def read_table(path: Location, head: Sequence[str]) -> list[Line]:
    """The lines of a table below its head, each with its number.

    Every cell is kept as the text that was written. Raises RulebookProblems for a file that is no such table.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise RulebookProblems.of(
            "the file is not UTF-8 text", str(path), 1, "save it as UTF-8", "file.unreadable"
        ) from None
    except OSError as error:
        raise RulebookProblems.of(
            f"cannot read `{path}`: {(error.strerror or 'unreadable').lower()}",
            str(path),
            1,
            "put the file back",
            "file.missing",
        ) from None
    reader = csv.reader(io.StringIO(text, newline="\n"), strict=True)
    # Whether a line ends nowhere but at its end, so that a row of one line has no break in it.
    plain = len(text.splitlines()) == text.count("\n") + (not text.endswith("\n"))
    before = 1
    lines: list[Line] = []
    problems: list[Problem] = []
    try:
        first_line = next(reader, [])
        if first_line != list(head):
            fix = "the head must be: " + ",".join(head)
            raise RulebookProblems.of(
                f"the head is `{','.join(first_line)}`", str(path), 1, fix, "table.head"
            )
        for cells in reader:
            one_line, before = plain and reader.line_num == before + 1, reader.line_num
            broken = None if one_line else _broken(cells)
            if broken is not None:
                message = (
                    f"a line breaks inside the cell that begins with {quoted(broken.strip().splitlines()[0])}"
                )
                problems.append(
                    Problem(message, str(path), reader.line_num, "write it in one line", "table.cells")
                )
            elif len(cells) == len(head):
                lines.append((reader.line_num, tuple(map(str.strip, cells))))
            elif cells:
                message = f"{len(cells)} cells where {len(head)} are needed"
                problems.append(
                    Problem(
                        message, str(path), reader.line_num, "quote a cell that holds a comma", "table.cells"
                    )
                )
    except csv.Error as error:
        problems.append(
            Problem(
                f"not readable as a table: {error}",
                str(path),
                reader.line_num,
                "check the quotes",
                "file.unreadable",
            )
        )
    if problems:
        raise RulebookProblems(problems)
    return lines


def _broken(cells: Iterable[str]) -> str | None:
    """The first cell inside which a line breaks."""
    return next((cell for cell in cells if len(cell.strip().splitlines()) > 1), None)


def plainly_begun(path: Location, cells: int) -> Iterator[Problem]:
    """Lines of a table that do not begin with their first cells as they are, by which they are found unread.

    cells: how many. The table can be read.
    """
    text = path.read_bytes().decode("utf-8-sig")
    for number, line in enumerate(text.split("\n"), 1):
        first = [cell.strip() for cell in next(csv.reader([line]), [])[:cells]]
        if first and not line.startswith(",".join((*first, ""))):
            message = f"the line does not begin with {quoted(','.join(first))}"
            yield Problem(message, str(path), number, "take out quotes and blanks there", "table.cells")


def read_rows(path: Location, head: Sequence[str], record: Callable[[Line, str], Row]) -> tuple[Row, ...]:
    """The records of a table, in its order. Raises RulebookProblems with every fault that `record` raises.

    record: makes one of a line, and is given the path of the table for its faults.
    """
    rows: list[Row] = []
    problems: list[Problem] = []
    for line in read_table(path, head):
        try:
            rows.append(record(line, str(path)))
        except Problems as faults:
            problems += faults.problems
    if problems:
        raise RulebookProblems(problems)
    return tuple(rows)


def day_of_checking(written: str, file: str, line: int) -> date:
    """The day on which a row was checked. Raises RulebookProblems for what is none."""
    try:
        return date.fromisoformat(written)
    except ValueError:
        message, fix = f"`{written}` is not a day of checking", "write a day, as 2013-05-17"
        raise RulebookProblems.of(message, file, line, fix, "table.date") from None


Wrong = Callable[[str, str, str], None]
"""Takes note of a fault of a row: the id of the finding, what is said of it, the fix."""


def check_word(word: str, words: Sequence[str], what: str, wrong: Wrong) -> None:
    """Tells a word that is none of those known. what: as `status`, for a reader."""
    if word not in words:
        wrong("table.choice", f"`{word}` is not a {what}", one_of(word, words))


def is_source(source: str) -> bool:
    """Whether a cell is an address, or says that none is held."""
    return source == UNSOURCED or source.startswith(("https://", "http://"))


def check_source(source: str, wrong: Wrong) -> None:
    """Tells a source that is no address, nor said to be none."""
    if not is_source(source):
        wrong("table.source", f"`{source}` is not a source", f"give one address, or `{UNSOURCED}`")


def read_date(text: str, wrong: Wrong) -> PartialDate | None:
    """The date of a cell; None for an empty one, and for what is not a date, which goes to `wrong`."""
    if not text:
        return None
    try:
        return parse_partial(text)
    except ValueError:
        wrong("table.date", f"`{text}` is not a date", "write a year, a month or a day, as 2013-05-17")
        return None


def read_span(begins: str, ends: str, wrong: Wrong) -> tuple[PartialDate | None, PartialDate | None]:
    """The dates of two cells. Tells an end before the beginning."""
    begin, end = read_date(begins, wrong), read_date(ends, wrong)
    if begin and end and begin.first > end.last:
        wrong("table.date", f"it ends on `{ends}`, before it begins on `{begins}`", "turn the days round")
    return begin, end


def read_tree(path: Location, largest: int = 20_000_000) -> yaml_tree.Node:
    """The tree in a YAML file of the rules. Raises RulebookProblems for what is no such tree."""
    try:
        return yaml_tree.read_file(path, largest)
    except Problems as faults:
        raise RulebookProblems(
            Problem(p.message, p.file, p.line or 1, p.fix, "file.unreadable") for p in faults.problems
        ) from None
