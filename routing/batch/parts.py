"""The pieces of a batch that are done, each in a file of its own, so that a batch goes on where it was
stopped.

A piece is done when its answers have their name; they get it last and at once. The pieces are joined in their
order while others are still worked on; a run that was stopped joins them anew. Nothing is lost or doubled
whenever the work is stopped. What stands in a folder in which others could write is not gone on from: an
answer of theirs would be taken for one of ours.
"""

from __future__ import annotations

import errno
import fcntl
import json
import os
import shutil
import stat
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
JOB, JOINED, REPORT, GIVEN = "job.json", "joined", "told", "given"
DONE = (".arrow", ".jsonl")  # how the names of answers end
ELSEWHERE = "delete it if you do not need it, or write elsewhere"


class Parts(Record):
    """The folder of a batch under way. form: what the answers are written as, PARQUET or JSONL."""

    folder: Path
    form: str

    @contextmanager
    def held(self, mark: object) -> Iterator[None]:
        """Hold the folder for one process. mark: what is evaluated, and by what; parts of anything else are
        dropped. Raises Problems where another process holds it, or where it is not the user's alone."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not self._own():
            raise Problems.of(f"`{self.folder}` is not a folder that only you can write in", fix=ELSEWHERE)
        with _locked(self.folder) as lock:
            job, mark_written = self.folder / JOB, json.dumps(mark, sort_keys=True).encode()
            try:
                if not job.is_file() or job.read_bytes() != mark_written:
                    shutil.rmtree(self.folder)
                    self.folder.mkdir(mode=0o700)
                    _put(job, mark_written)
                yield
            except BaseException:
                if not any(file.suffix in DONE for file in self.folder.glob("*")):
                    shutil.rmtree(self.folder, ignore_errors=True)
                    lock.unlink(missing_ok=True)
                raise
            lock.unlink(missing_ok=True)

    def _own(self) -> bool:
        """Whether the folder is there, and the user's, and closed to the writing of others."""
        try:
            seen = os.lstat(self.folder)
        except OSError:
            return False
        return stat.S_ISDIR(seen.st_mode) and seen.st_uid == os.geteuid() and not seen.st_mode & 0o022

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

    @contextmanager
    def joined(self, schema: pa.Schema) -> Iterator[Joined]:
        """The pieces in their order, joined while others are still worked on. schema: of the answers."""
        with _written(self.folder / JOINED) as answers, _written(self.folder / REPORT) as rejects:
            if self.form == JSONL:
                yield Joined(self, answers, rejects, None)
            else:
                with pq.ParquetWriter(answers, schema, compression="zstd") as writer:
                    yield Joined(self, answers, rejects, writer)

    def finish(self, out: Path, rejected: Path, replace: bool) -> None:
        """Give the joined files their names, and drop the folder. The answers get theirs last: until then the
        folder tells that the rejects are of this work.

        replace: whether files that are there may go. Raises FileExistsError for one that came meanwhile; the
        pieces stay.
        """
        for target in (out,) if self.gave_rejects() else (out, rejected):
            if not replace and os.path.lexists(target):
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
        report = self.folder / REPORT
        if report.stat().st_size:
            _put(self.folder / GIVEN, b"")
            _move(report, rejected)
        else:
            rejected.unlink(missing_ok=True)
        _move(self.folder / JOINED, out)
        shutil.rmtree(self.folder, ignore_errors=True)

    def gave_rejects(self) -> bool:
        """Whether the rejects had their name when the work was stopped, and the answers had not."""
        return self._own() and (self.folder / GIVEN).is_file()


class Joined:
    """What is joined so far. writer: of Parquet, None for lines of JSON."""

    def __init__(
        self, parts: Parts, answers: IO[bytes], rejects: IO[bytes], writer: pq.ParquetWriter | None
    ) -> None:
        self.count = 0  # pieces that are joined
        self._parts, self._answers, self._rejects, self._writer = parts, answers, rejects, writer
        self._waiting: set[int] = set()

    def add(self, number: int) -> None:
        """A piece is done; it is joined as soon as all before it are."""
        self._waiting.add(number)
        while self.count in self._waiting:
            self._waiting.remove(self.count)
            self._append(self.count)
            self.count += 1

    def _append(self, number: int) -> None:
        answers = self._parts.answers(number)
        if self._writer is None:
            with answers.open("rb") as part:
                shutil.copyfileobj(part, self._answers)
        else:
            with pa.memory_map(str(answers)) as source:
                for batch in _batches(source):
                    self._writer.write_batch(batch)
        self._rejects.write(self._parts.rejects(number).read_bytes())


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


def _move(source: Path, target: Path) -> None:
    """Give a file its name, whole or not at all, also on another disk."""
    try:
        os.replace(source, target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        beside = target.with_name(f".{target.name[:100]}.{os.urandom(6).hex()}")
        try:
            with source.open("rb") as file, _written(beside) as copy:
                shutil.copyfileobj(file, copy)
            os.replace(beside, target)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise


@contextmanager
def _written(path: Path) -> Iterator[IO[bytes]]:
    """A file of the user's alone, to be written and brought to the disk. Raises OSError with its path."""
    try:
        with open(path, "wb", opener=_private) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        if error.filename is not None:
            raise
        raise OSError(error.errno, os.strerror(error.errno or 0), str(path)) from None  # a full disk has none


@contextmanager
def _locked(folder: Path) -> Iterator[Path]:
    """Hold the lock beside a folder, a file that holds nothing.

    Raises Problems where another process holds it, and for what somebody put in its place, which is not
    followed, waited for or written to.
    """
    path = folder.with_name(f"{folder.name}.lock")
    lock = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, 0o600)
    try:
        if not stat.S_ISREG(os.fstat(lock).st_mode):
            raise Problems.of(f"`{path}` is not a file", fix=ELSEWHERE)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            held = os.path.samestat(os.fstat(lock), os.lstat(path))  # it goes with the work that ends
        except OSError:
            held = False
        if not held:
            message = f"another process works on `{folder}`"
            raise Problems.of(message, fix="wait for it, or write elsewhere")
        yield path
    finally:
        os.close(lock)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_CLOEXEC, 0o600)
