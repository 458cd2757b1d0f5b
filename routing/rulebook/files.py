"""The files of a rules folder that decide an answer, and their digest."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterator
from pathlib import Path

from routing.core.errors import Problems, RulebookProblems
from routing.core.files import read_bounded, read_named
from routing.core.paths import USE_AGAIN, as_used
from routing.core.records import Record
from routing.core.remembered import Remembered
from routing.core.snapshot import Location, SourcePath

DECIDING = (".yaml", ".csv", ".docx")  # a template of a paper is text that a plan is printed with
LARGEST = 20_000_000
TICK = 2_000_000_000  # nanoseconds; the coarsest clock of a file system that is in use
BESIDE = ("overlays.json",)  # where the users' own files stand: wanted for messages, decides nothing


Stamp = tuple[str, int, int, int, int]
"""(name, size, time of change of the content, time of change of the file, place on the disk)"""


class Snapshot(Record):
    """A rules folder read once. root: its files, as bytes. digest: the content id, over every file that
    decides an answer or what a paper says."""

    root: SourcePath
    digest: str


def read_sources(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every file that decides an answer, by its name inside the folder, in a fixed order.

    Raises RulebookProblems for a pipe, a device, a link that leads nowhere, and what cannot be read.
    """
    try:
        for name in _names(str(folder)):
            yield name, read_named(f"{folder}/{name}", LARGEST)
    except Problems as error:
        raise RulebookProblems(error.problems) from None
    except OSError as error:
        message = f"cannot read `{error.filename or folder}`: {(error.strerror or 'unreadable').lower()}"
        raise RulebookProblems.of(message, str(folder)) from None


def source_hash(folder: Path) -> str:
    """A digest of every file that decides an answer. Raises RulebookProblems for what is not a plain file."""
    return snapshot(folder).digest


def still_says(folder: Path, digest: str) -> bool:
    """Whether a folder says what has this digest. Raises RulebookProblems for what is not a plain file.

    Files are read again unless every one has the size, the times and the place on the disk that it had when
    they were last read; the time of a change is the file system's own, which no program sets. What changed a
    moment before it was read may change once more within one tick of that clock, and is read again.
    """
    before = _last_read.get(folder)
    stamps = _stamps(folder)
    if before is None or before[0] != stamps:
        now = time.time_ns()
        before = (stamps, source_hash(folder))
        if stamps and all(stamp[2] < now - TICK and stamp[3] < now - TICK for stamp in stamps):
            _last_read.keep(folder, before)
    return before[1] == digest


_last_read: Remembered[Path, tuple[list[Stamp], str]] = Remembered(8)


def _stamps(folder: Path) -> list[Stamp]:
    """Of every file that decides an answer: name, size, times of change, place.

    Nothing where one cannot be looked at, which is told when it is read.
    """
    try:
        return [
            (name, seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns, seen.st_ino)
            for name in _names(str(folder))
            for seen in (os.stat(f"{folder}/{name}"),)
        ]
    except OSError:
        return []


def snapshot(folder: Path) -> Snapshot:
    """The folder as it is now.

    Raises RulebookProblems for what is not a plain file, and for signed rules that are no longer those that
    were verified.
    """
    digest, files = hashlib.sha256(), {}
    for name, data in read_sources(folder):
        digest.update(f"{name}\0{len(data)}\0".encode())
        digest.update(data)
        files[name] = data
    if not digest.hexdigest().startswith(as_used(folder)):
        message = f"the signed rules in `{folder}` are not as they were when they were verified"
        raise RulebookProblems.of(message, fix=USE_AGAIN)
    for name in BESIDE:
        if (folder / name).is_file():
            files[name] = read_bounded(folder / name, LARGEST)
    return Snapshot(SourcePath(folder, files), digest.hexdigest())


def as_verified(folder: Path) -> Location:
    """A rules folder, to be read file by file; where signed rules are in use, a snapshot of them that was
    checked. Raises RulebookProblems where they are no longer those that were verified."""
    return snapshot(folder).root if as_used(folder) else folder


def _names(folder: str) -> list[str]:
    """The names inside a folder, as text: making paths would cost more than reading the files."""
    names, left = [], [""]
    while left:
        inside = left.pop()
        with os.scandir(os.path.join(folder, inside)) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    left.append(f"{inside}{entry.name}/")
                elif entry.name.endswith(DECIDING) and not entry.name.startswith("."):
                    names.append(inside + entry.name)
    return sorted(names)
