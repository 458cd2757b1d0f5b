"""Entries of the user's cache folder: whole or not at all, and nobody's but the user's.

The folder is used only if it belongs to the user and is closed to everybody else. An entry is a
plain file of the user's with a digest over its name and its body, made with a key that is kept
beside it and that no other user can read or replace. Whatever is not such a file is as good as
absent: it is made again. File names are digests too, so that they do not tell what was worked on.

A cache is a convenience. Nothing here raises: what cannot be read is None, what cannot be written
is left, and a failed write leaves nothing behind.
"""

from __future__ import annotations

import hashlib
import os
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from routing.core.records import Record

KEY = "key"
KEY_BYTES = 32
DIGEST_BYTES = 32
ENDING = ".entry"
LARGEST = 64_000_000  # bytes of one entry
MOST_BYTES = 256_000_000  # bytes of all entries together
UNUSED_DAYS = 60  # an entry that nobody has read for so long goes
EARLIER = ("rulebook-", "network-", "with-")  # how earlier versions named what they kept
DAY = 86_400
SAFE = os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


class Contents(Record):
    """What a cache folder holds. size: in bytes. usable: whether it is the user's own and closed to
    others."""

    entries: int
    size: int
    usable: bool


def read_entry(path: Path) -> bytes | None:
    """The body of a cache entry, or None when it is absent, damaged, or not the user's own."""
    try:
        with _own_folder(path.parent) as folder:
            _, key = _read_own(folder, KEY, KEY_BYTES)
            if key is None or len(key) != KEY_BYTES:
                return None
            name = _file_name(path.name, key)
            digest, body = _read_own(folder, name, LARGEST, DIGEST_BYTES)
            if body is None or digest != _digest(path.name, body, key):
                return None
            _mark_used(folder, name)
            return body
    except (OSError, ValueError):
        return None


def write_entry(path: Path, body: bytes) -> None:
    """Keep a cache entry, for the user alone, if that can be done."""
    if len(body) + DIGEST_BYTES > LARGEST:
        return
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _own_folder(path.parent) as folder:
            _, key = _read_own(folder, KEY, KEY_BYTES)
            if key is None or len(key) != KEY_BYTES:
                key = os.urandom(KEY_BYTES)
                _replace(folder, KEY, key)
            _replace(folder, _file_name(path.name, key), _digest(path.name, body, key) + body)
            _evict(folder)
    except (OSError, ValueError):
        return


def contents(folder: Path) -> Contents:
    """What a cache folder holds, entries of earlier versions included."""
    try:
        with _own_folder(folder, mend=False) as handle:
            sizes = [entry.st_size for name, entry in _listed(handle) if name != KEY]
            return Contents(len(sizes), sum(sizes), True)
    except (OSError, ValueError):
        return Contents(0, 0, False)


def clear(folder: Path) -> Contents:
    """Remove everything that the program keeps in its cache folder; what else stands there is left.

    Returns what was removed. Raises OSError where something cannot be removed.
    """
    removed = contents(folder)
    if removed.usable:
        with _own_folder(folder) as handle:
            for name, seen in list(_listed(handle)):
                with suppress(FileNotFoundError):  # another process was quicker
                    _remove(handle, name, seen)
    return removed


@contextmanager
def _own_folder(path: Path, mend: bool = True) -> Iterator[int]:
    """A handle on a folder that is the user's own, closed to others. Raises OSError for any other."""
    folder = os.open(path, os.O_RDONLY | os.O_DIRECTORY | SAFE)
    try:
        status = os.fstat(folder)
        if status.st_uid != os.geteuid():
            raise PermissionError("the cache folder belongs to another user")
        if status.st_mode & 0o077 and mend:
            os.fchmod(folder, 0o700)
        yield folder
    finally:
        os.close(folder)


def _read_own(folder: int, name: str, largest: int, first: int = 0) -> tuple[bytes, bytes | None]:
    """The bytes of a plain file of the user's that nobody else can write, in two parts, so that millions of
    them are not copied; None for anything else. first: how many bytes the first part has."""
    try:
        handle = os.open(name, os.O_RDONLY | SAFE, dir_fd=folder)
    except OSError:
        return b"", None
    try:
        status = os.fstat(handle)
        own = stat.S_ISREG(status.st_mode) and status.st_uid == os.geteuid() and status.st_nlink == 1
        if not own or status.st_mode & 0o022 or status.st_size > largest:
            return b"", None
        head, rest = os.read(handle, first), os.read(handle, status.st_size)
    finally:
        os.close(handle)
    return head, rest if len(head) + len(rest) == status.st_size else None


def _replace(folder: int, name: str, data: bytes) -> None:
    """Put a file in place whole, or leave nothing behind."""
    trial = f".{os.urandom(8).hex()}"
    handle = os.open(trial, os.O_WRONLY | os.O_CREAT | os.O_EXCL | SAFE, 0o600, dir_fd=folder)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        with suppress(OSError):  # a folder under the name cannot be replaced by a file
            if stat.S_ISDIR((status := os.lstat(name, dir_fd=folder)).st_mode):
                _remove(folder, name, status)
        os.rename(trial, name, src_dir_fd=folder, dst_dir_fd=folder)
    except BaseException:
        with suppress(OSError):
            os.unlink(trial, dir_fd=folder)
        raise


def _evict(folder: int) -> None:
    """Remove what was not read for long and, beyond the size that is kept, what was read longest ago."""
    now, total = time.time(), 0
    for name, status in sorted(_listed(folder), key=lambda each: -each[1].st_mtime):
        if name == KEY:
            continue
        total += status.st_size
        trial = name.startswith(".") and now - status.st_mtime < DAY  # perhaps somebody is writing it
        if not trial and (
            total > MOST_BYTES or now - status.st_mtime > UNUSED_DAYS * DAY or not name.endswith(ENDING)
        ):
            with suppress(OSError):
                _remove(folder, name, status)


def _remove(folder: int, name: str, seen: os.stat_result) -> None:
    if stat.S_ISDIR(seen.st_mode):
        import shutil

        shutil.rmtree(name, dir_fd=folder)
    else:
        os.unlink(name, dir_fd=folder)


def _listed(folder: int) -> Iterator[tuple[str, os.stat_result]]:
    """What the program keeps in its folder, earlier versions included."""
    for name in os.listdir(folder):
        if name == KEY or name.endswith(ENDING) or name.startswith((".", *EARLIER)):
            with suppress(OSError):
                yield name, os.lstat(name, dir_fd=folder)


def _mark_used(folder: int, name: str) -> None:
    """Remember, to the day, that an entry was read."""
    if time.time() - os.stat(name, dir_fd=folder).st_mtime > DAY:
        with suppress(OSError):
            os.utime(name, dir_fd=folder)


def _file_name(name: str, key: bytes) -> str:
    return hashlib.blake2b(name.encode(), key=key, digest_size=16, person=b"name").hexdigest() + ENDING


def _digest(name: str, body: bytes, key: bytes) -> bytes:
    mark = hashlib.blake2b(name.encode() + b"\0", key=key, digest_size=DIGEST_BYTES, person=b"body")
    mark.update(body)
    return mark.digest()
