"""A batch from a source to a file: resumable, with workers, bad rows set aside."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from datetime import date
from functools import partial
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import pyarrow as pa

from routing.batch.function import Batch
from routing.batch.parts import Joined, Parts
from routing.batch.sources import PIECE, BatchSource, Piece
from routing.case.model import Case, Need
from routing.core.errors import EngineFailure, Problems
from routing.core.limits import Limits, check_limits, limited
from routing.core.printable import printable
from routing.core.records import Record
from routing.evaluate.columnar.evaluator import MAIN
from routing.evaluate.columnar.needs import needs_of
from routing.opened import check_same_rules
from routing.version import build_id

AHEAD = 2  # pieces for each worker that are read before they are worked on
WIDE_PIECE = 8 * PIECE  # rows in a piece where only the main step is asked for, which takes little room
MOST_BREAKS = 5  # workers in a row that may die before a piece is given up
Counts = tuple[int, int]
"""(answers, rejects)"""


class Done(Record):
    """What a batch came to."""

    answers: int = 0
    rejects: int = 0
    taken_up: int = 0  # pieces that were done before


def run(
    source: BatchSource,
    out: Path,
    rejected: Path,
    form: str,
    *,
    rules: Path,
    day: date | None,
    what: str,
    workers: int = 1,
    limits: Limits | None = None,
    folder: Path | None = None,
    replace: bool = True,
    progress: Callable[[Done, float], None] = lambda done, read: None,
) -> Done:
    """Evaluate a source into a file, going on where an earlier run with the same source and rules was
    stopped.

    rejected: the file of the rows that cannot be read, written only where there are any. folder: where the
    pieces are kept until all are done. replace: whether files that are there may go. progress: told what is
    done, and how far the source is read, 0 to 1. limits: how many needs a case file may have, how long the
    whole may take, how much memory each process. Raises Problems for columns that are not known, where
    another process writes the same file, FileExistsError for a file that came meanwhile, and LimitReached;
    what was done by then is kept.
    """
    limits = limits or Limits.of_a_batch()
    batch = Batch.open(rules, day, what, limits)
    parts = parts_of(out, form, folder)
    mark = [source.mark, batch.router.rulebook.hash, build_id(), day.isoformat() if day else None, what, form]
    with parts.held(mark), limited(limits):
        with parts.joined(batch.schema) as joined:
            tally = _Tally(joined, progress)
            pieces = source.pieces(batch.reader.check_columns, WIDE_PIECE if what == MAIN else None)
            fresh = _fresh(pieces, parts, tally)
            here = partial(work, batch, parts=parts)
            given = (rules, day, what, limits)
            worked = (
                _shared(fresh, here, parts, workers - 1, given, batch.router.rulebook.hash)
                if workers > 1
                else ((piece, here(piece)) for piece in fresh)
            )
            for piece, counts in worked:
                tally.add(piece, counts)
            assert joined.count == tally.pieces
        parts.finish(out, rejected, replace)
    return tally.done


def parts_of(out: Path, form: str, folder: Path | None = None) -> Parts:
    """Where the pieces of a batch are kept until all are done."""
    return Parts(folder or out.with_name(f".{out.name}.parts"), form)


class _Tally:
    """What a run has come to so far, told as it grows. pieces: how many were read."""

    def __init__(self, joined: Joined, progress: Callable[[Done, float], None]) -> None:
        self._joined, self._progress = joined, progress
        self.done = Done()
        self.pieces = 0

    def add(self, piece: Piece, counts: Counts, before: bool = False) -> None:
        """Count a piece in that is done. before: by an earlier run."""
        answers, rejects = counts
        done = self.done
        self.done = Done(done.answers + answers, done.rejects + rejects, done.taken_up + before)
        self._joined.add(piece.number)
        self._progress(self.done, piece.read)


def _fresh(pieces: Iterable[Piece], parts: Parts, tally: _Tally) -> Iterator[Piece]:
    """The pieces that are still to be done; the others are counted in."""
    for piece in pieces:
        check_limits()
        tally.pieces += 1
        if parts.done(piece.number):
            tally.add(piece, parts.count(piece.number), before=True)
        else:
            yield piece


def work(batch: Batch, piece: Piece, parts: Parts) -> Counts:
    """Evaluate a piece and keep what comes of it."""
    rejects: list[dict[str, object]] = [{"row": row, "reason": reason} for row, reason in piece.rejects]
    if isinstance(piece.data, bytes):
        with pa.ipc.open_stream(piece.data) as stream:
            good, bad = batch.batch(stream.read_next_batch(), piece.rows)
        rejects += [
            {name: value for name, value in row.items() if value is not None} for row in bad.to_pylist()
        ]
    else:
        good = _of_files(batch, piece, rejects)
    rejects.sort(key=lambda row: int(str(row["row"])))
    parts.write(piece.number, good, rejects)
    return good.num_rows, len(rejects)


def _of_files(batch: Batch, piece: Piece, rejects: list[dict[str, object]]) -> pa.RecordBatch:
    assert isinstance(piece.data, tuple)
    needs: list[tuple[Case, Need]] = []
    rows, ids, read_as = [], [], []
    for row, path in zip(piece.rows, piece.data, strict=True):
        name = printable(path)  # a name on the disk need not be text
        try:
            case = batch.router.read(Path(path))
            if case.as_of is None and batch.day is None:
                raise Problems([])
        except Problems as error:
            reason = (
                "; ".join(map(str, error.problems))
                or f"{name}: no day is given to answer for (add `as_of`, or give --as-of)"
            )
            rejects.append({"row": int(row), "id": name, "reason": reason})
            continue
        for need in case.needs:
            needs.append((case, need))
            rows.append(int(row))
            ids.append(f"{name}#{need.id}")
            read_as.append(case.notes)
    columns = needs_of(needs, batch.evaluator.tables, batch.day or date.min)
    notes = pa.array(read_as, pa.list_(pa.string()))
    return batch.needs(columns, np.array(rows, np.int64), pa.array(ids, pa.string()), notes)


_worker: list[Batch] = []


def _begin(rules: Path, day: date | None, what: str, limits: Limits) -> None:
    _worker[:] = [Batch.open(rules, day, what, limits)]


def _work_here(piece: Piece, parts: Parts, content: str) -> Counts:
    check_same_rules(_worker[0].router.rulebook, content)
    with limited(_worker[0].router.limits):
        check_limits()
        return work(_worker[0], piece, parts)


def _shared(
    pieces: Iterator[Piece],
    here: Callable[[Piece], Counts],
    parts: Parts,
    others: int,
    given: tuple[Path, date | None, str, Limits],
    content: str,
) -> Iterator[tuple[Piece, Counts]]:
    """The pieces by this process and others, which start meanwhile. When one dies its pieces are given out
    again. here: what this process does with a piece while the others have enough."""
    again: list[Piece] = []
    breaks = 0
    while True:
        running: dict[Future[Counts], Piece] = {}
        with ProcessPoolExecutor(others, get_context("spawn"), _begin, given) as pool:
            try:
                while True:
                    while (again := again or list(islice(pieces, 1))) and len(running) < AHEAD * others:
                        running[pool.submit(_work_here, again[-1], parts, content)] = again[-1]
                        again.pop()
                    finished = [future for future in running if future.done()]
                    if not finished and again:
                        yield again[-1], here(again[-1])
                        again.pop()
                    elif not running:
                        return
                    for future in finished or (
                        [] if again else wait(running, return_when=FIRST_COMPLETED)[0]
                    ):
                        counts = future.result()
                        breaks = 0
                        yield running.pop(future), counts
            except BrokenProcessPool:
                breaks += 1
                if breaks > MOST_BREAKS:
                    raise EngineFailure(f"{MOST_BREAKS} worker processes in a row died") from None
                again += running.values()
