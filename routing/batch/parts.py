"""The pieces of a batch that are done, each in a file of its own, so that a batch goes on where it was
stopped.

A piece is done when its answers have their name; they get it last and at once. The pieces are joined when all
are done. Nothing is lost or doubled whenever the work is stopped.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from routing.core.errors import Problems
from routing.core.records import Record

PARQUET, JSONL = "parquet", "jsonl"
JOB = "job.json"
DONE = (".arrow", ".jsonl")  # how the names of answers end


class Parts(Record):
    """The folder of a batch under way. form: what the answers are written as, PARQUET or JSONL."""

    folder: Path
    form: str

    @contextmanager
    def held(self, mark: object) -> Iterator[None]:
        """Hold the folder for one process. mark: what is evaluated, and by what; parts of anything else are
        dropped."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with open(self.folder.parent / f"{self.folder.name}.lock", "w", opener=_private) as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise Problems.of(
                    f"another process works on `{self.folder}`", fix="wait for it, or write elsewhere"
                ) from None
            job, said = self.folder / JOB, json.dumps(mark, sort_keys=True)
            if not job.is_file() or job.read_text(encoding="utf-8") != said:
                shutil.rmtree(self.folder)
                self.folder.mkdir(mode=0o700)
                trial = job.with_suffix(".new")
                trial.write_text(said, encoding="utf-8")
                os.replace(trial, job)
            try:
                yield
            except BaseException:
                if not any(file.suffix in DONE for file in self.folder.glob("*")):
                    shutil.rmtree(self.folder, ignore_errors=True)
                    Path(lock.name).unlink(missing_ok=True)
                raise
            Path(lock.name).unlink(missing_ok=True)

    def answers(self, number: int) -> Path:
        return self.folder / f"{number:07}.{'arrow' if self.form == PARQUET else self.form}"

    def rejects(self, number: int) -> Path:
        return self.folder / f"{number:07}.rejects"

    def done(self, number: int) -> bool:
        return self.answers(number).is_file()

    def write(self, number: int, answers: pa.RecordBatch, rejects: list[dict[str, object]]) -> None:
        """Keep what came of a piece."""
        lines = b"".join(msgspec.json.encode(row) + b"\n" for row in rejects)
        _put(self.rejects(number), lines)
        if self.form == JSONL:
            _put(self.answers(number), json_lines(answers))
            return
        sink = pa.BufferOutputStream()
        with pa.ipc.new_file(sink, answers.schema) as writer:
            writer.write_batch(answers)
        _put(self.answers(number), sink.getvalue())

    def count(self, number: int) -> tuple[int, int]:
        """How many answers and rejects a piece gave."""
        rejects = self.rejects(number).read_bytes().count(b"\n")
        if self.form == JSONL:
            return self.answers(number).read_bytes().count(b"\n"), rejects
        with pa.memory_map(str(self.answers(number))) as source:
            return sum(batch.num_rows for batch in _batches(source)), rejects

    def join(self, count: int, schema: pa.Schema, out: Path, rejected: Path) -> None:
        """Join the pieces in their order, give both files their names at once, and drop the folder."""
        trial = self.folder / "joined"
        if self.form == JSONL:
            with _written(trial) as whole:
                for number in range(count):
                    with self.answers(number).open("rb") as part:
                        shutil.copyfileobj(part, whole)
        else:
            with _written(trial) as whole, pq.ParquetWriter(whole, schema, compression="zstd") as writer:
                for number in range(count):
                    with pa.memory_map(str(self.answers(number))) as source:
                        for batch in _batches(source):
                            writer.write_batch(batch)
        told = self.folder / "told"
        with _written(told) as whole:
            for number in range(count):
                whole.write(self.rejects(number).read_bytes())
        if told.stat().st_size:
            shutil.move(told, rejected)
        else:
            rejected.unlink(missing_ok=True)
        shutil.move(trial, out)
        shutil.rmtree(self.folder, ignore_errors=True)


def json_lines(answers: pa.RecordBatch) -> bytes:
    """Answers as JSON, a line each."""
    encoder = msgspec.json.Encoder()
    return b"".join(encoder.encode(row) + b"\n" for row in answers.to_pylist())


def _batches(source: Any) -> Iterator[pa.RecordBatch]:
    reader = pa.ipc.open_file(source)
    for place in range(reader.num_record_batches):
        yield reader.get_batch(place)


def _put(path: Path, content: Any) -> None:
    trial = path.with_name(f"{path.name}.new{os.getpid()}")
    with _written(trial) as file:
        file.write(content)
    os.replace(trial, path)


@contextmanager
def _written(path: Path) -> Iterator[IO[bytes]]:
    """A file of the user's alone, to be written and brought to the disk."""
    with open(path, "wb", opener=_private) as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


def _private(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_CLOEXEC, 0o600)
