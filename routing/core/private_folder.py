"""A folder for temporary files that only the user can enter, and that goes when the process ends."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from routing.core.at_end import at_end, do_now

STARTING = 60  # seconds in which a new folder may not be locked yet
_removals: dict[Path, Callable[[], None]] = {}


def private_folder(place: Path | None = None) -> Path:
    """A new private folder. What a killed process of the same user left behind is removed on the way.

    place: the folder to make it in; the system's folder for temporary files by default.
    """
    if place is not None:
        place.mkdir(parents=True, exist_ok=True)
    within = Path(tempfile.gettempdir() if place is None else place)
    begins = f"routing-{os.geteuid()}-"
    _sweep(within, begins)
    folder = Path(tempfile.mkdtemp(prefix=begins, dir=within))
    # The lock is held by the open folder, until the process ends in whatever way.
    lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    with suppress(OSError):
        fcntl.flock(lock, fcntl.LOCK_SH)

    def remove() -> None:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(lock)

    _removals[folder] = remove
    at_end(remove)
    return folder


def remove_private(folder: Path) -> None:
    """Let a private folder go before the process ends, with the open file that holds its lock."""
    if remove := _removals.pop(folder, None):
        do_now(remove)


@contextmanager
def passing_folder() -> Iterator[Path]:
    """A private folder that goes when the block ends, and with the process whatever ends it."""
    folder = private_folder()
    try:
        yield folder
    finally:
        remove_private(folder)


def _sweep(within: Path, begins: str) -> None:
    with suppress(OSError), os.scandir(within) as entries:
        for entry in entries:
            if entry.name.startswith(begins):
                with suppress(OSError):
                    _remove_abandoned(entry.path)


def _remove_abandoned(path: str) -> None:
    folder = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        status = os.fstat(folder)
        if status.st_uid == os.geteuid() and time.time() - status.st_mtime > STARTING:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(path, ignore_errors=True)
    finally:
        os.close(folder)
