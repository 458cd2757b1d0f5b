"""Where needs come from: Parquet, CSV, JSON Lines or a folder of case files, in pieces of bounded size.

A source gives the same pieces in the same order each time it is read, so that work can be taken up again.
"""

from __future__ import annotations

import csv
import json
import os
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from routing.core.errors import Problems, quoted
from routing.core.files import check_plain
from routing.core.records import Record, field

PARQUET, CSV, JSONL, FOLDER = "parquet", "csv", "jsonl", "folder"
ENDINGS = {".parquet": PARQUET, ".pq": PARQUET, ".csv": CSV, ".jsonl": JSONL, ".ndjson": JSONL}
CASE_FILES = (".yaml", ".yml", ".json")
PIECE = 65_536  # rows in a piece of a table
FILES = 200  # case files in a piece
BLOCK = 8 << 20  # bytes of text that are read at once
LONGEST = 1_000_000  # bytes of a line of JSON

Check = Callable[[list[str]], None]


class Piece(Record):
    """Some rows. number: its place. rows: what each is called. data: an Arrow stream, or paths of case files.

    rejects: rows that could not even be told apart into columns: (row, reason). read: how far the source is
    read, 0 to 1.
    """

    number: int
    rows: Any
    data: bytes | tuple[str, ...]
    rejects: tuple[tuple[int, str], ...] = ()
    read: float = 0.0


class BatchSource(Record):
    """A file or a folder. kind: one of PARQUET, CSV, JSONL, FOLDER."""

    path: Path
    kind: str
    files: tuple[Path, ...] = field(default_factory=tuple)

    @classmethod
    def of(cls, path: Path, kind: str | None = None) -> BatchSource:
        """The source at a path. Raises Problems for a device, a pipe, and an ending that tells nothing."""
        check_plain(path)
        if path.is_dir():
            files = tuple(
                sorted(file for file in path.rglob("*") if file.suffix in CASE_FILES and file.is_file())
            )
            return cls(path, FOLDER, files)
        kind = kind or ENDINGS.get(path.suffix.lower())
        if kind is None:
            raise Problems.of(
                f"what `{path.name}` holds is not told by its ending",
                fix="name it .parquet, .csv or .jsonl, or say it with --from",
            )
        return cls(path, kind)

    @property
    def mark(self) -> list[object]:
        """What changes when the source does."""
        files = self.files or (self.path,)
        return [self.kind, [[str(file), file.stat().st_size, file.stat().st_mtime_ns] for file in files]]

    @property
    def total(self) -> int | None:
        """How many rows or files there are; None where that is only known at the end."""
        if self.kind == PARQUET:
            return int(self._parquet().metadata.num_rows)
        return len(self.files) if self.kind == FOLDER else None

    def pieces(self, check: Check, size: int | None = None) -> Iterator[Piece]:
        """The pieces. check: raises Problems for names of columns that the flat form does not have. size: the
        rows in a piece of a Parquet file, PIECE where none is given."""
        if self.kind == PARQUET:
            return self._of_parquet(check, size or PIECE)
        return {CSV: self._of_csv, JSONL: self._of_lines, FOLDER: self._of_files}[self.kind](check)

    def _parquet(self) -> pq.ParquetFile:
        try:
            plain = pq.ParquetFile(self.path)
            words = [entry.name for entry in plain.schema_arrow if pa.types.is_string(entry.type)]
            return pq.ParquetFile(self.path, read_dictionary=words)
        except (pa.ArrowException, OSError, UnicodeDecodeError):
            raise self._damaged() from None

    def _damaged(self) -> Problems:
        """The fault of a Parquet file; the library tells damage as if the disk had failed."""
        if not os.access(self.path, os.R_OK):
            return Problems.of(f"cannot read `{self.path}`: permission denied", fix="name another file")
        message = f"`{self.path}` is not a Parquet file, or a damaged one"
        return Problems.of(message, fix="write it again, name another, or say --from")

    def _of_parquet(self, check: Check, size: int) -> Iterator[Piece]:
        file = self._parquet()
        check(file.schema_arrow.names)
        first, total = 1, max(file.metadata.num_rows, 1)
        for number, batch in enumerate(self._batches(file, size)):
            rows = np.arange(first, first + batch.num_rows)
            first += batch.num_rows
            yield Piece(number, rows, _stream(batch), read=(first - 1) / total)

    def _batches(self, file: pq.ParquetFile, size: int) -> Iterator[pa.RecordBatch]:
        batches = file.iter_batches(size)
        while True:
            try:
                batch = next(batches, None)
                if batch is not None:
                    batch.validate(full=True)
            except (pa.ArrowException, OSError, UnicodeDecodeError):
                raise self._damaged() from None
            if batch is None:
                return
            yield batch

    def _of_csv(self, check: Check) -> Iterator[Piece]:
        try:
            with self.path.open(encoding="utf-8-sig", newline="") as text:
                lines = csv.reader(text)
                names, line = next(lines, []), lines.line_num + 1
                empty = next(lines, None) is None
        except (UnicodeDecodeError, csv.Error):
            message = f"the first lines of `{self.path}` cannot be read as CSV"
            raise Problems.of(message, fix="save it as UTF-8 text, with the columns first") from None
        check(names)
        if empty:  # which Arrow does not take without the end of the line
            return
        unfit: dict[int, tuple[int, str]] = {}  # by its place: the breaks in the row, and what is wrong

        def leave_out(row: pacsv.InvalidRow) -> str:
            cells = f"{row.actual_columns} cells where the first line names {row.expected_columns}"
            unfit[int(row.number)] = row.text.count("\n"), f"the row has {cells}"
            return "skip"

        size = max(self.path.stat().st_size, 1)
        with self.path.open("rb") as raw:
            try:
                reader = pacsv.open_csv(
                    raw,
                    pacsv.ReadOptions(use_threads=False, block_size=BLOCK),
                    pacsv.ParseOptions(
                        invalid_row_handler=leave_out,
                        newlines_in_values=True,
                        ignore_empty_lines=False,  # so that the others keep their numbers
                    ),
                    pacsv.ConvertOptions(
                        column_types={name: pa.string() for name in names},
                        strings_can_be_null=True,
                        null_values=[""],
                        quoted_strings_can_be_null=True,
                    ),
                )
                row, number = 2, -1  # rows are counted as lines would be, were none broken

                def left_out() -> Iterator[tuple[int, str]]:
                    """The rows next in turn that were left out, each with its line."""
                    nonlocal row, line
                    while row in unfit:
                        breaks, message = unfit.pop(row)
                        yield line, message
                        row, line = row + 1, line + 1 + breaks

                for number, batch in enumerate(reader):
                    rows: list[int] = []
                    rejects: list[tuple[int, str]] = []
                    for breaks in _breaks(batch):
                        rejects += left_out() if unfit else ()
                        rows.append(line)
                        row, line = row + 1, line + 1 + breaks
                    filled = _not_empty(batch)
                    yield Piece(
                        number,
                        np.array(rows, np.int64)[filled],
                        _stream(batch.filter(pa.array(filled))),
                        tuple(rejects),
                        min(raw.tell() / size, 1),
                    )
                if last := tuple(left_out()):
                    none = pa.RecordBatch.from_pylist([], reader.schema)
                    yield Piece(number + 1, np.zeros(0, np.int64), _stream(none), last, 1.0)
            except pa.ArrowInvalid as error:
                message = str(error).split("\n")[0]
                raise Problems.of(
                    f"`{self.path}` cannot be read as CSV: {message}", fix="save it as UTF-8 text"
                ) from None

    def _of_lines(self, check: Check) -> Iterator[Piece]:
        checked: dict[str, str] = {}  # names of keys, each with what is wrong with it
        size, seen = max(self.path.stat().st_size, 1), 0

        def fault(name: str) -> str:
            if name not in checked:
                try:
                    check([name, *(["measure"] if name != "measure" else [])])
                    checked[name] = ""
                except Problems as error:
                    problem = error.problems[0]
                    checked[name] = f"{problem.message} ({problem.fix})"
            return checked[name]

        with self.path.open("rb") as raw:
            number, lines = 0, list[tuple[int, bytes]]()
            for line, text in enumerate(_lines(raw), 1):
                seen += len(text)
                if text.strip():
                    lines.append((line, text))
                if len(lines) == PIECE:
                    yield _decoded(number, lines, fault, seen / size)
                    number, lines = number + 1, []
            if lines:
                yield _decoded(number, lines, fault, 1.0)

    def _of_files(self, check: Check) -> Iterator[Piece]:
        for number, start in enumerate(range(0, len(self.files), FILES)):
            some = self.files[start : start + FILES]
            rows = np.arange(start + 1, start + 1 + len(some))
            yield Piece(number, rows, tuple(map(str, some)), read=(start + len(some)) / len(self.files))


def _breaks(batch: pa.RecordBatch) -> list[int]:
    """How many line breaks stand inside the cells of each row."""
    breaks = np.zeros(batch.num_rows, np.int64)
    for column in batch.columns:
        broken = pc.call_function("count_substring", [column], pc.MatchSubstringOptions("\n"))
        breaks += broken.fill_null(0).to_numpy(zero_copy_only=False)
    return [int(each) for each in breaks]


def _not_empty(batch: pa.RecordBatch) -> Any:
    """Which rows say anything. An empty line of a file is read as a row that does not."""
    filled = np.zeros(batch.num_rows, bool)
    for column in batch.columns:
        filled |= column.is_valid().to_numpy(zero_copy_only=False)
    return filled


def _lines(raw: IO[bytes]) -> Iterator[bytes]:
    """The lines of a file; of one that is too long the beginning, which is not JSON."""
    while text := raw.readline(LONGEST):
        yield text
        while len(text) == LONGEST and not text.endswith(b"\n"):
            text = raw.readline(LONGEST)


def _decoded(number: int, lines: list[tuple[int, bytes]], fault: Callable[[str], str], read: float) -> Piece:
    rows, rejects, columns = list[int](), list[tuple[int, str]](), dict[str, list[str | None]]()
    for line, text in lines:
        try:
            record = msgspec.json.decode(text)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            rejects.append((line, f"the line is not JSON: {error}"))
            continue
        if not isinstance(record, dict):
            rejects.append((line, "the line is not a JSON object"))
            continue
        wrong = [message for name in record if (message := fault(name))]
        wrong += [f"{quoted(name)} is given twice (keep one of them)" for name in _twice(record, text)]
        if not wrong:
            wrong = [f"`{name}` holds an object" for name, value in record.items() if isinstance(value, dict)]
        if wrong:
            rejects.append((line, "; ".join(wrong)))
            continue
        for name, value in record.items():
            if name not in columns:
                columns[name] = [None] * len(rows)
            columns[name].append(_cell(value))
        rows.append(line)
        for cells in columns.values():
            if len(cells) < len(rows):
                cells.append(None)
    columns.setdefault("measure", [None] * len(rows))
    batch = pa.record_batch([pa.array(cells, pa.string()) for cells in columns.values()], list(columns))
    return Piece(number, np.array(rows, np.int64), _stream(batch), tuple(rejects), read)


def _twice(record: dict[str, object], text: bytes) -> list[str]:
    """The keys that a line gives twice. Most lines hold none, which is seen without reading them again."""
    if all(text.count(f'"{name}"'.encode("utf-8", "replace")) < 2 for name in record) and b"\\" not in text:
        return []
    pairs: list[list[str]] = []
    json.loads(text, object_pairs_hook=lambda entries: pairs.append([name for name, _ in entries]))
    return [name for name, count in Counter(pairs[-1]).items() if count > 1]


def _cell(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ",".join(map(str, value)) if isinstance(value, list) else str(value)


def _stream(batch: pa.RecordBatch) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, batch.schema) as writer:
        writer.write_batch(batch)
    return bytes(sink.getvalue())
