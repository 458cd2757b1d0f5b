"""A batch as a function over Arrow data: what a program, a worker process or another engine calls."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from routing.batch.flat import FlatReader
from routing.batch.output import (
    CERTAINTIES,
    READ_AS,
    SCHEMA,
    SCHEMA_MAIN,
    WORKED_OUT,
    main_step,
    whole_answer,
)
from routing.core.errors import Problem, Problems
from routing.core.limits import Limits
from routing.evaluate.columnar.evaluator import MAIN, WHOLE, ColumnarEvaluator
from routing.evaluate.columnar.needs import Needs
from routing.opened import Router, shared_router
from routing.plan.columnar.answers import ColumnarAnswers
from routing.plan.model import STATUSES

REJECTS = pa.schema([("row", pa.int64()), ("id", pa.string()), ("reason", pa.string())])
CHUNK = 65_536  # rows of a table that are worked on at once


@dataclass
class Batch:
    """A router with its columnar evaluator, ready for many tables. Make one in each process and keep it.

    router: the opened rules. day: the day of rows that name none. what: MAIN for status, primary and
    certainty alone, WHOLE for everything.
    """

    router: Router
    day: date | None = None
    what: str = WHOLE

    def __post_init__(self) -> None:
        self.evaluator = ColumnarEvaluator(self.router.rulebook, self.router.law)
        self.reader = FlatReader(self.router, self.evaluator.tables, self.day)

    @classmethod
    def open(
        cls,
        rules: Path | None = None,
        day: date | None = None,
        what: str = WHOLE,
        limits: Limits | None = None,
    ) -> Batch:
        """A batch over a rules folder, or over the rules that come with the program.

        rules: the folder. day, what: as above. limits: `needs` is how many a case file may have. Raises
        RulebookProblems.
        """
        router = shared_router(rules)
        return cls(router if limits is None else replace(router, limits=limits), day, what)

    @property
    def schema(self) -> pa.Schema:
        """The columns of the answers."""
        return SCHEMA_MAIN if self.what == MAIN else SCHEMA

    def evaluate(self, table: Any) -> pa.Table:
        """The answers to a table in the flat form, one row for each row that can be read, in the same order.

        table: an Arrow table or record batch, or a data frame of pandas or polars. `row` counts from 1.
        Raises Problems naming every row that cannot be read; `evaluate_with_rejects` gives these back
        instead.
        """
        answers, rejects = self.evaluate_with_rejects(table)
        if rejects.num_rows:
            raise Problems(
                Problem(row["reason"], line=row["row"], file="row")
                for row in rejects.slice(0, 50).to_pylist()
            )
        return answers

    def evaluate_with_rejects(self, table: Any) -> tuple[pa.Table, pa.Table]:
        """The answers, and the rows that could not be read: row, id, reason. table: as for `evaluate`."""
        given = as_table(table)
        self.reader.check_columns(given.schema.names)
        answers, rejects = [], []
        first = 1
        for batch in given.to_batches(max_chunksize=CHUNK):
            good, bad = self.batch(batch, np.arange(first, first + batch.num_rows))
            answers.append(good)
            rejects.append(bad)
            first += batch.num_rows
        return pa.Table.from_batches(answers, self.schema), pa.Table.from_batches(rejects, REJECTS)

    def batch(self, batch: pa.RecordBatch, rows: Any) -> tuple[pa.RecordBatch, pa.RecordBatch]:
        """The answers to one record batch in the flat form, and its rejects. rows: what each row is called in
        the answers, whole numbers."""
        flat = self.reader.read(batch)
        ids = pa.nulls(batch.num_rows, pa.string()) if flat.ids is None else flat.ids
        good = self.needs(flat.needs, rows[flat.kept], ids.take(pa.array(flat.kept)), flat.read_as)
        places = [place for place, _ in flat.rejected]
        bad = pa.record_batch(
            [
                pa.array([int(rows[place]) for place in places], pa.int64()),
                ids.take(pa.array(places, pa.int64())),
                pa.array([reason for _, reason in flat.rejected], pa.string()),
            ],
            schema=REJECTS,
        )
        return good, bad

    def needs(self, needs: Needs, rows: Any, ids: pa.Array, read_as: pa.ListArray) -> pa.RecordBatch:
        """The answers to needs in columns of codes, in their order.

        rows, ids: what each is called in the answers, by number and by text. read_as: of each what was read
        differently from what was written.
        """
        places, parts = [], []
        count = len(needs)
        plain = {name: np.zeros(count, np.int16) for name in ("status", "primary", "certainty", "route")}
        for result in self.evaluator.run(needs, self.what):
            answers = ColumnarAnswers(result)
            answered = main_step(answers)
            if self.what != MAIN:
                answered.update(whole_answer(answers))
                parts.append(pa.record_batch([answered[name] for name in WORKED_OUT], list(WORKED_OUT)))
                places.append(result.rows)
            for name, column in plain.items():
                if name in answered:
                    column[result.rows] = answered[name]
        rulebook = self.router.rulebook
        columns: dict[str, Any] = {
            "row": pa.array(np.asarray(rows, np.int64)),
            "id": ids,
            "status": _words(plain["status"].astype(np.int8), STATUSES),
            "primary": _words(plain["primary"], rulebook.pathways),
            "certainty": _words(plain["certainty"].astype(np.int8), CERTAINTIES),
        }
        if self.what != MAIN:
            columns["route"] = _words(plain["route"], rulebook.routes)
            lists = pa.Table.from_batches(parts) if parts else SCHEMA.empty_table()
            order = np.argsort(np.concatenate(places)) if places else np.zeros(0, np.int64)
            straight = bool((order == np.arange(len(order))).all())
            lists = lists.combine_chunks() if straight else lists.combine_chunks().take(pa.array(order))
            columns[READ_AS] = read_as
            for name in WORKED_OUT:
                columns[name] = (
                    lists.column(name).combine_chunks() if parts else pa.array([], SCHEMA.field(name).type)
                )
        return pa.record_batch([columns[name] for name in self.schema.names], schema=self.schema)


def _words(places: Any, words: Iterable[str]) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(pa.array(places), pa.array(list(words), pa.string()))


def as_table(table: Any) -> pa.Table:
    """An Arrow table of what is one, or of a data frame."""
    if isinstance(table, pa.Table):
        return table
    if isinstance(table, pa.RecordBatch):
        return pa.Table.from_batches([table])
    if hasattr(table, "__arrow_c_stream__"):
        return pa.table(table)
    if hasattr(table, "to_arrow"):
        arrow = table.to_arrow()
        assert isinstance(arrow, pa.Table)
        return arrow
    if hasattr(table, "columns") and hasattr(table, "dtypes"):
        return pa.Table.from_pandas(table, preserve_index=False)
    raise TypeError(f"an Arrow table or a data frame is expected, not {type(table).__name__}")


_kept: dict[tuple[Path | None, date | None, str], Batch] = {}


def evaluate_batches(
    batches: Iterable[pa.RecordBatch],
    rules: Path | None = None,
    day: date | None = None,
    what: str = WHOLE,
    first: int = 1,
    on_reject: Callable[[pa.RecordBatch], None] = lambda rejects: None,
) -> Iterator[pa.RecordBatch]:
    """The answers to record batches in the flat form, one batch for each.

    A function of its arguments alone, for engines that share work out over machines: it opens the rulebook
    once in a process. rules, day, what: as for `Batch.open`. first: what the first row is called.
    on_reject: given the rows that cannot be read, batch by batch. Raises RulebookProblems, and Problems for
    columns that are not known.
    """
    key = (rules, day, what)
    batch = _kept.get(key) or _kept.setdefault(key, Batch.open(rules, day, what))
    for given in batches:
        batch.reader.check_columns(given.schema.names)
        good, bad = batch.batch(given, np.arange(first, first + given.num_rows))
        first += given.num_rows
        if bad.num_rows:
            on_reject(bad)
        yield good
