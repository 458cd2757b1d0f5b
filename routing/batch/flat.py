"""The flat form of a need: one row, one column for each thing that is said.

`measure` is required; `kind`, `state`, `with`, `as_of`, `via`, `id`, every fact that a case file may state
and `tie:INSTRUMENT` for an assumed tie are optional. An empty cell says nothing; `unknown` says that it is
not known. A word is read as in a case file, each different word once; where it may mean something else beside
others, with the rest of its row. What cannot be read, or stands for several needs, makes its row a reject.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from routing.batch.cells import BAD, Cell, Cells
from routing.batch.output import WORD, grouped_by_need
from routing.case.line_names import PURPOSE
from routing.core.domain import KINDS_OF_NEED
from routing.core.errors import Problem, Problems, closest_spelling, quoted
from routing.core.printable import UNPRINTABLE, printable
from routing.core.records import Record
from routing.evaluate.columnar.codes import MOST, NUMBER, Coding, ordinal
from routing.evaluate.columnar.law_tables import LawTables
from routing.evaluate.columnar.needs import Needs, alone, bind, counted_lists
from routing.opened import Router
from routing.rulebook.measures_meant import only_offered
from routing.rulebook.parse.conditions import TIE
from routing.rulebook.words import KEY

MOST_TOLD = 50  # names of columns that are not known
WITH_OTHERS = {"kind", "measure", "as_of"}  # columns that may tell what a word in another one means
OWN = ("id", "measure", "kind", "state", "with", "as_of", "via")
LARGEST = 100_000  # the largest number that a case file may state


@dataclass
class Flat:
    """Rows read into columns. kept: places of the good rows. rejected: (place, reason) of the others. ids: as
    words. read_as: of each good row what was read differently from what was written."""

    needs: Needs
    kept: Any
    rejected: list[tuple[int, str]]
    ids: Any
    read_as: pa.ListArray


class ReadColumn(Record):
    """What stands in a column: its different words, read, and which of them each row holds."""

    words: list[str]
    cells: list[Cell]
    places: Any

    def rows(self, of: Callable[[str, Cell], bool]) -> Any:
        """The rows that hold a word of some kind."""
        some = [at for at, word in enumerate(self.words) if of(word, self.cells[at])]
        return np.flatnonzero(np.isin(self.places, some)) if some else np.zeros(0, np.int64)

    def at(self, row: int) -> str:
        place = int(self.places[row])
        return self.words[place] if place < len(self.words) else ""


class Remarks:
    """What was read differently from what was written, row by row, each sentence held once."""

    def __init__(self) -> None:
        self._words: dict[str, int] = {}
        self._rows: list[Any] = []
        self._notes: list[Any] = []

    def of_column(self, column: ReadColumn) -> None:
        """What the words of a column were read as, each by itself."""
        most = max((len(cell.read_as) for cell in column.cells), default=0)
        for place in range(most):
            notes = [self._place(cell.read_as[place : place + 1]) for cell in column.cells]
            notes_here = np.array([*notes, -1], np.int32)[column.places]
            rows = np.flatnonzero(notes_here >= 0)
            self._rows.append(rows)
            self._notes.append(notes_here[rows])

    def of_row(self, row: int, read_as: tuple[str, ...]) -> None:
        """What the words of one row were read as, beside each other."""
        if read_as:
            self._rows.append(np.full(len(read_as), row))
            self._notes.append(np.array([self._place((each,)) for each in read_as], np.int32))

    def _place(self, read_as: tuple[str, ...]) -> int:
        return self._words.setdefault(read_as[0], len(self._words)) if read_as else -1

    def of_rows(self, kept: Any, size: int) -> pa.ListArray:
        """The sentences of the rows that are kept, in their order."""
        if not self._rows:
            return grouped_by_need([], [], pa.array([], WORD), len(kept))
        places = np.full(size, -1, np.int64)
        places[kept] = np.arange(len(kept))
        rows, notes = places[np.concatenate(self._rows)], np.concatenate(self._notes)
        # Each once: a word may be read by itself and beside others.
        pairs = np.unique(rows[rows >= 0] * len(self._words) + notes[rows >= 0])
        rows, notes = np.divmod(pairs, max(len(self._words), 1))
        return grouped_by_need([rows], [notes], pa.array(list(self._words), WORD), len(kept))


def _ids(column: pa.Array, reasons: dict[int, list[str]]) -> pa.Array:
    """What the rows are called. A name with a sign that cannot be seen makes its row a reject, as a case file
    with one cannot be read; there the sign is written out."""
    with _column_faults("id", column):
        ids = column.cast(pa.string())
    options = pc.MatchSubstringOptions("[^ -~]")
    unusual = pc.call_function("match_substring_regex", [ids], options).fill_null(False)
    shown: dict[int, str] = {}
    for row in map(int, np.flatnonzero(unusual.to_numpy(zero_copy_only=False))):
        name = ids[row].as_py()
        if bad := UNPRINTABLE.search(name):
            shown[row] = printable(name)
            sign = f"`id`: character U+{ord(bad.group()):04X} cannot be seen and is not allowed (delete it)"
            reasons.setdefault(row, []).append(sign)
    if not shown:
        return ids
    return pa.array([shown.get(row, name) for row, name in enumerate(ids.to_pylist())], pa.string())


@dataclass
class FlatReader:
    """Reads flat tables for one rulebook; remembers every word it has read."""

    router: Router
    tables: LawTables
    day: date | None = None  # the day of rows that name none

    def __post_init__(self) -> None:
        self._cells = Cells(self.router, self.tables, self.day)
        self._words: dict[str, dict[str, Cell]] = {}

    def _meant(self, name: str, columns: list[str]) -> str | None:
        """The column that somebody means by another name: by what people call it, else by its letters."""
        called = self.router.rulebook.words.whole(KEY, name.replace("_", " "))
        return next((column for column in called if column in columns), None) or closest_spelling(
            name, columns
        )

    def check_columns(self, names: list[str]) -> None:
        """Raises Problems naming every column that says nothing the rules know, with the nearest one that
        does."""
        columns = [*OWN, *self._facts(), *(TIE + name for name in self.router.rulebook.instruments)]
        unknown = [name for name in names if name not in set(columns)]
        problems = [
            Problem(
                f"`{name}` is not a column of the flat form",
                fix=(f"did you mean `{near}`? " if (near := self._meant(name, columns)) else "")
                + "`routing schema batch` lists them",
            )
            for name in unknown[:MOST_TOLD]
        ]
        problems += [
            Problem(f"the column `{name}` stands twice", fix="keep one of them")
            for name, count in sorted(Counter(names).items())
            if count > 1
        ]
        if "measure" not in names:
            problems.append(
                Problem(
                    "there is no column `measure`",
                    fix="it says what is sought; `routing schema batch` lists the columns",
                )
            )
        if problems:
            raise Problems(problems)

    def read(self, batch: pa.RecordBatch) -> Flat:
        """The needs of a batch. The columns must have been checked."""
        size = batch.num_rows
        columns = dict(zip(batch.schema.names, batch.columns, strict=True))
        reasons: dict[int, list[str]] = {}
        written: dict[str, ReadColumn] = {}
        plain = {
            name: self._numbers(name, columns.get(name), size, reasons, default, written)
            for name, default in (
                ("measure", BAD),
                ("kind", 0),
                ("state", 0),
                ("with", 0),
                ("as_of", ordinal(self.day) if self.day else BAD),
                ("via", 0),
            )
        }
        of_one = np.zeros(size, bool)
        for number, kind in enumerate(KINDS_OF_NEED):
            only = only_offered(self.router.rulebook, kind)
            if only is not None:
                of_one |= plain["kind"] == number
                plain["measure"][plain["kind"] == number] = list(self.router.rulebook.measures).index(only)
        for name, reason in (
            ("measure", "the row does not say what is sought (give a `measure`)"),
            ("as_of", "no day is given to answer for (fill in `as_of`, or give --as-of)"),
        ):
            for place in np.flatnonzero(plain[name] == BAD):
                reasons.setdefault(int(place), [reason])
        same = (plain["state"] > 0) & (plain["state"] == plain["with"])
        for place in np.flatnonzero(same):
            reasons.setdefault(int(place), []).append(
                "the requesting and the requested State are the same (name the other State in `with`)"
            )
        stated, ties, days, bonds = {}, {}, {}, dict[str, Any]()
        for name, column in columns.items():
            if name in OWN or column.null_count == size:
                continue
            read = self._numbers(name, column, size, reasons, None, written)
            if name.startswith(TIE):
                ties[name.removeprefix(TIE)] = read.astype(np.uint8)
            elif name in self.tables.codings:
                stated[name] = read.astype(self.tables.codings[name].dtype)
            elif name in self.router.rulebook.naming_instruments:
                for code in np.unique(read[read > 0]):
                    bind(bonds, self.tables, size, read == code, self._cells.bound[code - 1])
            elif self.router.rulebook.facts[name].type == "date":
                days[name] = np.maximum(read, 0).astype(np.int32)
        ids = _ids(columns["id"], reasons) if "id" in columns else None
        remarks = Remarks()
        for column_read in written.values():
            remarks.of_column(column_read)
        self._read_together(written, np.flatnonzero(of_one), reasons, plain, stated, days, remarks)
        bad = sorted(reasons)
        kept = np.setdiff1d(np.arange(size), bad) if bad else np.arange(size)
        via = plain["via"]
        needs = Needs(
            plain["measure"].astype(np.int32),
            plain["kind"].astype(np.int32),
            plain["state"].astype(np.int32),
            plain["with"].astype(np.int32),
            plain["as_of"].astype(np.int32),
            np.array([0, 1, 2, 3], np.int32)[via % 4] if via.any() else np.zeros(size, np.int32),
            stated,
            ties,
            days,
            bonds=bonds,
        )
        if bad:
            needs = needs.take(kept)
        if via.any():
            needs = self._counted(needs, via[kept])
        rejected = [(place, "; ".join(reasons[place])) for place in bad]
        return Flat(needs, kept, rejected, ids, remarks.of_rows(kept, size))

    def _counted(self, needs: Needs, via: Any) -> Needs:
        """The same needs with the States counted, where some cross others."""
        from routing.core.records import replace

        in_case = np.zeros(len(needs), np.int32)
        asked = np.zeros(len(needs), np.int32)
        members = {name: np.zeros(len(needs), np.int32) for name in counted_lists(self.tables)}
        for day in np.unique(needs.day):
            rows = np.flatnonzero(needs.day == day)
            on = date.fromordinal(int(day))
            in_case[rows], asked[rows], some = alone(needs, self.tables, rows, on)
            for name, numbers in some.items():
                members[name][rows] = numbers
        for row in np.flatnonzero(via):
            crossed = self._cells.crossed[int(via[row])][1]
            states = {int(needs.own[row]), int(needs.partner[row]), *crossed} - {0}
            in_case[row] = len(states)
            on = date.fromordinal(int(needs.day[row]))
            for name in members:
                standing = [int(self.tables.standing(name, on)[state]) for state in states]
                members[name][row] = -1 if -1 in standing else sum(standing)
        return replace(needs, in_case=in_case, asked=asked, members=members)

    def _numbers(
        self,
        name: str,
        column: Any,
        size: int,
        reasons: dict[int, list[str]],
        default: int | None,
        written: dict[str, ReadColumn],
    ) -> Any:
        """A column as numbers: codes, places or ordinals. Words that cannot be read are noted as reasons."""
        coding = self.tables.codings.get(name)
        silent = default if default is not None else coding.silent if coding else 0
        if column is None:
            return np.full(size, silent, np.int64)
        if isinstance(column, pa.ChunkedArray):
            column = column.combine_chunks()
        whole = pa.types.is_integer(column.type)
        if whole and coding is not None and coding.type == NUMBER:
            return self._whole(name, coding, column, reasons)
        with _column_faults(name, column):
            if pa.types.is_list(column.type) or pa.types.is_large_list(column.type):
                # A list is read as its words with commas between them.
                column = pc.call_function("binary_join", [column.cast(pa.list_(pa.string())), ","])
            if not pa.types.is_dictionary(column.type):
                if pa.types.is_boolean(column.type):
                    column = pc.call_function("if_else", [column, "yes", "no"])
                elif pa.types.is_timestamp(column.type):
                    column = column.cast(pa.date32())
                if not (pa.types.is_string(column.type) or pa.types.is_large_string(column.type)):
                    column = column.cast(pa.string())
                column = column.dictionary_encode()
        cells_of = self._words.setdefault(name, {})
        words = ["" if word is None else str(word).strip() for word in column.dictionary.to_pylist()]
        for word in words:
            if word not in cells_of:
                cells_of[word] = self._cells.read(name, word, coding, silent)
        cells = [cells_of[word] for word in words]
        codes = np.array([*(cell.code for cell in cells), silent], np.int64)
        wrong = {place: cell.wrong for place, cell in enumerate(cells) if cell.wrong and cell.alone}
        indices = column.indices.cast(pa.int64()).fill_null(len(words)).to_numpy(zero_copy_only=False)
        written[name] = ReadColumn(words, cells, indices)
        if wrong:
            for row in np.flatnonzero(np.isin(indices, list(wrong))):
                reasons.setdefault(int(row), []).append(wrong[int(indices[row])])
        return codes[indices]

    def _whole(self, name: str, coding: Coding, column: Any, reasons: dict[int, list[str]]) -> Any:
        numbers = column.cast(pa.int64()).fill_null(coding.silent).to_numpy(zero_copy_only=False)
        out = (numbers != coding.silent) & ((numbers < 0) | (numbers > LARGEST))
        for place in np.flatnonzero(out):
            reasons.setdefault(int(place), []).append(
                f"`{numbers[place]}` is not a number for `{name}` (write a whole number from 0 to {LARGEST})"
            )
        return np.clip(numbers, coding.silent, MOST)

    def _read_together(
        self,
        written: dict[str, ReadColumn],
        of_one: Any,
        reasons: dict[int, list[str]],
        plain: dict[str, Any],
        stated: dict[str, Any],
        days: dict[str, Any],
        remarks: Remarks,
    ) -> None:
        """Read the rows in which a word may mean something else beside others, and put the numbers in their
        places. of_one: the rows whose kind has one measure, so that the word for it may tell a fact."""
        beside: dict[int, list[str]] = {}
        for name, column in written.items():
            rows = column.rows(lambda word, cell: not cell.alone)
            if name in ("measure", PURPOSE) and len(of_one):
                rows = np.union1d(rows, np.intersect1d(column.rows(lambda word, _: bool(word)), of_one))
            for row in rows:
                beside.setdefault(int(row), []).append(name)
        codings = self.tables.codings
        for row, names in beside.items():
            named = sorted({*names, *(WITH_OTHERS & written.keys())})
            read = self._cells.together(tuple((name, written[name].at(row)) for name in named))
            if read.wrong:
                reasons.setdefault(row, []).append(read.wrong)
                continue
            if plain["measure"][row] != BAD:
                plain["measure"][row], plain["kind"][row] = read.measure, read.kind
            remarks.of_row(row, read.read_as)
            for name, code in read.facts.items():
                if name not in stated:
                    stated[name] = np.full(len(plain["measure"]), codings[name].silent, codings[name].dtype)
                if name in names or stated[name][row] == codings[name].silent:
                    stated[name][row] = code
            for name, day in read.days.items():
                days[name][row] = day

    def _facts(self) -> Iterator[str]:
        for fact in self.router.rulebook.facts.values():
            if fact.statable and "from" not in (fact.looked_up or {}):
                yield fact.id


@contextmanager
def _column_faults(name: str, column: Any) -> Iterator[None]:
    """Turn the error of a column whose type has no words, or whose bytes are none, into Problems."""
    try:
        yield
    except pa.ArrowException:
        message = f"the column {quoted(name)} holds what cannot be read as words ({quoted(str(column.type))})"
        raise Problems.of(message, fix="write words, numbers, days, or lists of words") from None
