"""The files of a rules folder that decide an answer, and their digest."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from routing.core.errors import Problems, RulebookProblems
from routing.core.files import read_bounded
from routing.core.records import Record
from routing.core.snapshot import SourcePath

DECIDING = (".yaml", ".csv", ".docx")  # a template of a paper is text that a plan is printed with
LARGEST = 20_000_000
BESIDE = ("overlays.json",)  # where the users' own files stand: wanted for messages, decides nothing


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
            yield name, read_bounded(folder / name, LARGEST)
    except Problems as error:
        raise RulebookProblems(error.problems) from None
    except OSError as error:
        said = f"cannot read `{error.filename or folder}`: {(error.strerror or 'unreadable').lower()}"
        raise RulebookProblems.of(said, str(folder)) from None


def source_hash(folder: Path) -> str:
    """A digest of every file that decides an answer. Raises RulebookProblems for what is not a plain file."""
    return snapshot(folder).digest


def snapshot(folder: Path) -> Snapshot:
    """The folder as it is now. Raises RulebookProblems for what is not a plain file."""
    digest, files = hashlib.sha256(), {}
    for name, data in read_sources(folder):
        digest.update(f"{name}\0{len(data)}\0".encode())
        digest.update(data)
        files[name] = data
    for name in BESIDE:
        if (folder / name).is_file():
            files[name] = read_bounded(folder / name, LARGEST)
    return Snapshot(SourcePath(folder, files), digest.hexdigest())


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
