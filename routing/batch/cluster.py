"""A batch on several machines, by Dask: the same function over Arrow batches, given to workers that may come
and go.

Dask was chosen over Ray and Spark because it is Python alone: no Java, no service of its own to run, some 25
MB installed where the others take hundreds, and a local cluster starts in a second or two. It gives the work
of a worker that dies to another. Needs the extra `cluster`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from routing.batch.function import Batch
from routing.core.errors import Problems
from routing.evaluate.columnar.evaluator import WHOLE
from routing.opened import check_same_rules

__all__ = ["on_cluster"]

AHEAD = 2  # batches for each thread of the cluster that are given out at once
Piece = tuple[pa.RecordBatch, pa.RecordBatch]
_kept: dict[tuple[Path | None, date | None, str], Batch] = {}


def evaluate_piece(
    data: pa.RecordBatch, first: int, rules: Path | None, day: date | None, what: str, content: str
) -> Piece:
    """The answers and the rejects of one record batch whose first row is called `first`.

    Depends on its arguments and on the rules alone, so that it may be run again wherever it was lost.
    content: the id of the rules that are meant. Raises RulebookProblems where the worker's are others.
    """
    key = (rules, day, what)
    batch = _kept.get(key) or _kept.setdefault(key, Batch.open(rules, day, what))
    check_same_rules(batch.router.rulebook, content)
    return batch.batch(data, np.arange(first, first + data.num_rows))


def on_cluster(
    batches: Iterable[pa.RecordBatch],
    client: Any,
    rules: Path | None = None,
    day: date | None = None,
    what: str = WHOLE,
) -> Iterator[Piece]:
    """The answers and rejects of record batches in the flat form, in their order, worked out by a Dask
    cluster.

    batches: in the flat form. client: of the cluster; every worker needs this program and the same rules.
    rules, day, what: as for `Batch.open`. Memory stays bounded: a few batches for each thread are under way
    at once. Raises RulebookProblems, also where the rules of a worker are others, and Problems for columns
    that are not known and where the extra `cluster` is missing.
    """
    need_dask()
    local = Batch.open(rules, day, what)
    content = local.router.rulebook.hash
    running: list[Any] = []
    first = 1
    for data in batches:
        local.reader.check_columns(data.schema.names)
        running.append(
            client.submit(evaluate_piece, data, first, rules, day, what, content, pure=False, retries=3)
        )
        first += data.num_rows
        threads: dict[str, int] = client.nthreads()
        if len(running) >= AHEAD * max(sum(threads.values()), 1):
            yield running.pop(0).result()
    for future in running:
        yield future.result()


def need_dask() -> None:
    """Raises Problems where Dask is not installed."""
    if find_spec("distributed") is None:
        raise Problems.of(
            "Dask is not installed",
            fix="install the extra `cluster`: pip install 'cooperation-routing[cluster]'",
        )
