"""Reading a file of a user's: once, so far and no further, and never waiting for what is not a file."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path

from routing.core.errors import Problem, Problems
from routing.core.snapshot import Location, SourcePath

LARGEST = 1_000_000
OPEN_PIPES = ("/dev/fd/", "/dev/stdin", "/proc/self/fd/")  # where a shell puts the output of a command
KINDS = (
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISFIFO, "a pipe"),
)


def check_plain(path: Path) -> None:
    """Raise Problems for a device, a socket or a pipe, which may never end."""
    with suppress(OSError):
        _refuse_special(os.stat(path).st_mode, str(path))


def _refuse_special(mode: int, name: str) -> None:
    kind = next((word for test, word in KINDS if test(mode)), "")
    if kind:
        raise Problems.of(f"cannot read `{name}`: it is {kind}, not a file", name)


def read_bounded(path: Location, largest: int = LARGEST) -> bytes:
    """The bytes of a plain file, or of a pipe that a shell opened for this command.

    Raises Problems for a file that is too large, cannot be read, or is none: a folder, a device, a
    named pipe, links in a ring.
    """
    name = str(path)
    if isinstance(path, SourcePath):
        if len(data := _of_snapshot(path)) > largest:
            raise Problems([too_large(name, len(data), largest)])
        return data
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY)
        with os.fdopen(handle, "rb", buffering=0) as file:
            status = os.fstat(handle)
            piped = stat.S_ISFIFO(status.st_mode) and name.startswith(OPEN_PIPES)
            if not piped:
                _refuse_special(status.st_mode, name)
            if status.st_size > largest:
                raise Problems([too_large(name, status.st_size, largest)])
            os.set_blocking(handle, piped)  # what the system shows as a file may have nothing to read yet
            data = _all(file.fileno(), largest + 1)
    except (OSError, ValueError) as error:
        why = (getattr(error, "strerror", None) or "unreadable").lower()
        raise Problems.of(f"cannot read `{name}`: {why}", name) from None
    if len(data) > largest:
        raise Problems([too_large(name, len(data), largest)])
    return data


def _of_snapshot(path: SourcePath) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Problems.of(
            f"cannot read `{path}`: {(error.strerror or 'unreadable').lower()}", str(path)
        ) from None


def _all(handle: int, most: int) -> bytes:
    parts, left = [], most
    while left and (part := os.read(handle, min(left, 1 << 20))):
        parts.append(part)
        left -= len(part)
    return b"".join(parts)


def too_large(name: str, size: int, largest: int) -> Problem:
    return Problem(
        f"the file has {size:,} bytes; at most {largest:,} are read",
        name,
        None,
        "split it or remove what is not needed",
    )
