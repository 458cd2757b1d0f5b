"""Reading a file of a user's: once, so far and no further, and never waiting for what is not a file."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path

from routing.core.errors import Problem, Problems
from routing.core.snapshot import Location, SourcePath

LARGEST = 1_000_000
AT_ONCE = 1 << 16  # bytes that are asked for where it is not known how many there are
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
    if isinstance(path, SourcePath):
        if len(data := _of_snapshot(path)) > largest:
            raise Problems([too_large(str(path), len(data), largest)])
        return data
    return read_named(str(path), largest)


def read_named(name: str, largest: int) -> bytes:
    """The same of a file by its name as text: of hundreds of them, making paths takes longer than reading."""
    try:
        # What the system shows as a file may have nothing to read yet, and is not waited for.
        handle = os.open(name, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY)
        try:
            status = os.fstat(handle)
            if not stat.S_ISREG(status.st_mode):
                if stat.S_ISFIFO(status.st_mode) and name.startswith(OPEN_PIPES):
                    os.set_blocking(handle, True)
                else:
                    _refuse_special(status.st_mode, name)
            if status.st_size > largest:
                raise Problems([too_large(name, status.st_size, largest)])
            data = _all(handle, largest + 1, status.st_size)
        finally:
            os.close(handle)
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


def _all(handle: int, most: int, size: int) -> bytes:
    """What there is to read, up to so many bytes. size: how many are expected."""
    parts, left, at_once = [], most, size + 1
    while left and (part := os.read(handle, min(left, at_once))):
        parts.append(part)
        left -= len(part)
        at_once = AT_ONCE
    return b"".join(parts) if len(parts) != 1 else parts[0]


def too_large(name: str, size: int, largest: int) -> Problem:
    return Problem(
        f"the file has {size:,} bytes; at most {largest:,} are read",
        name,
        None,
        "split it or remove what is not needed",
    )
