"""Writing a file: whole or not at all, and never over another one by mistake.

The text goes to a new file beside the target, is brought to the disk, and takes the target's name in
one step. Whoever reads the target sees the old file or the new one; a full disk, a signal or a crash
leaves the old one as it was. The new file has no name before it is whole, where the system can, so that
one that was killed leaves no half of it; what it leaves else goes when the target is written again.
"""

from __future__ import annotations

import errno
import os
import re
import stat
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from routing.core.errors import Problem, Problems

PRIVATE, PUBLIC = 0o600, 0o644
NO_LINKS = (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EXDEV, errno.EMLINK)

SAME_NAME = "give them two names, which differ in more than capitals"
NO_NAMELESS = (*NO_LINKS, errno.ENOENT, errno.EISDIR, errno.EINVAL)
ABANDONED = 60  # seconds after which a new file that did not take its name is nobody's


def check_outputs(
    outputs: Mapping[str, Path],
    inputs: Iterable[Path] = (),
    folders: Iterable[Path] = (),
    force: bool = False,
) -> None:
    """Whether every output can be written, before the work begins.

    outputs: by the option that names each. inputs: files that are read. folders: whose files are read.
    force: whether a file that is there may be replaced.
    Raises Problems, all of them: a target that is there, that cannot be written, or that is read or
    written by something else.
    """
    inputs, folders = tuple(inputs), tuple(folders)
    problems: list[Problem] = []
    earlier: dict[object, str] = {}
    for option, path in outputs.items():
        target = Path(os.path.realpath(path))
        place = _place(target)
        if place in earlier:
            problems.append(
                Problem(f"{option} and {earlier[place]} name the same file `{path}`", fix=SAME_NAME)
            )
            continue
        earlier[place] = option
        if any(same_file(target, Path(os.path.realpath(read))) for read in inputs):
            problems.append(Problem(f"{option} `{path}` is a file that is read", fix="name another file"))
        elif any(same_file(above, Path(folder)) for folder in folders for above in target.parents):
            problems.append(Problem(f"{option} `{path}` stands among the rules", fix="name another folder"))
        elif problem := _obstacle(option, path, target, force):
            problems.append(problem)
    if problems:
        raise Problems(problems)


def _place(target: Path) -> object:
    """What two targets have alike that may be one file, by whatever path their folder is reached. Some disks
    tell no capitals from small letters, nor how a letter with an accent is composed."""
    import unicodedata

    name = unicodedata.normalize("NFC", target.name.casefold())
    try:
        folder = os.stat(target.parent)
    except OSError:
        return target.parent, name
    return folder.st_dev, folder.st_ino, name


def same_file(first: Path, second: Path) -> bool:
    """Whether two paths lead to one file, that is there or not."""
    try:
        return first == second or os.path.samestat(os.stat(first), os.stat(second))
    except OSError:
        return False


def _obstacle(option: str, path: Path, target: Path, force: bool) -> Problem | None:
    """What prevents a file from being written."""
    try:
        status = os.stat(target)
    except FileNotFoundError:
        status = None
    except OSError as error:
        return Problem(
            f"{option} `{path}`: {(error.strerror or 'unusable').lower()}", fix="name another file"
        )
    if status is not None and stat.S_ISDIR(status.st_mode):
        return Problem(f"{option} `{path}` is a folder", fix="name a file in it")
    if status is not None and not stat.S_ISREG(status.st_mode):
        return None  # a device or an open pipe takes what it is given
    if not os.path.isdir(target.parent):
        return Problem(f"{option} `{path}`: there is no folder `{path.parent}`", fix="make it first")
    if not os.access(target.parent, os.W_OK | os.X_OK):
        return Problem(f"{option} `{path}`: you may not write in that folder", fix="name another one")
    if status is None:
        return None
    if status.st_uid != os.geteuid():
        return Problem(f"{option} `{path}` belongs to another user", fix="name another file")
    if not force:
        return Problem(f"{option} `{path}` is there already", fix="add --force to replace it")
    return None


def write_file(path: Path, text: str | bytes | Iterable[str], *, replace: bool, mode: int = PRIVATE) -> None:
    """Write a file whole.

    text: all of it, or what gives its pieces as often as it is asked: a system that cannot name a new file
    takes it a second time. replace: whether one that is there may go. mode: who may read it; the user alone
    by default.

    Raises OSError, with the path, where it cannot be written; FileExistsError where it is there
    and may not go. What was there before is then as it was.
    """
    target = Path(os.path.realpath(path))
    data = _Encoded(text)
    try:
        if target.exists() and not target.is_file():
            _send(target, data)
        else:
            _put(target, data, replace, mode)
    except OSError as error:
        raise type(error)(error.errno, error.strerror, str(path)) from None


class _Encoded:
    """The bytes of a text, piece by piece, from the start again each time."""

    def __init__(self, text: str | bytes | Iterable[str]) -> None:
        self._pieces = (text,) if isinstance(text, str | bytes) else text

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._pieces:
            yield piece if isinstance(piece, bytes) else piece.encode("utf-8", "backslashreplace")


def put_files(folder: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """Write files into a folder of the program's own. files: names inside the folder, with what they hold.

    Raises OSError, with the path, where one cannot be written.
    """
    for name, data in files:
        path = folder / name
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # closed, whichever file comes first
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            path.write_bytes(data)
        except OSError as error:  # that the disk is full is told without a path
            raise type(error)(error.errno, error.strerror, str(path)) from None


def _send(target: Path, data: Iterable[bytes]) -> None:
    """Give data to a device or a pipe, which is not waited for when nobody reads it."""
    handle = os.open(target, os.O_WRONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY)
    try:
        os.set_blocking(handle, True)
        _write_all(handle, data)
    finally:
        os.close(handle)


def _put(target: Path, data: Iterable[bytes], replace: bool, mode: int) -> None:
    _sweep(target)
    trial = target.with_name(f".{target.name[:100]}.{os.urandom(6).hex()}")
    try:
        _make(trial, data, mode)
        if replace:
            os.replace(trial, target)
        else:
            _name_new(trial, target)
    except BaseException:
        with suppress(OSError):
            os.unlink(trial)
        raise
    _sync_folder(target.parent)


def _make(trial: Path, data: Iterable[bytes], mode: int) -> None:
    """A new file that is whole and on the disk when it gets its name, where the system can."""
    try:
        handle = os.open(trial.parent, os.O_WRONLY | getattr(os, "O_TMPFILE", 0) | os.O_CLOEXEC, PRIVATE)
        try:
            _fill(handle, data, mode)
            os.link(f"/proc/self/fd/{handle}", trial, src_dir_fd=handle)
        finally:
            os.close(handle)
    except OSError as error:
        if error.errno not in NO_NAMELESS:
            raise
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
        handle = os.open(trial, flags, PRIVATE)
        try:
            _fill(handle, data, mode)
        finally:
            os.close(handle)


def _fill(handle: int, data: Iterable[bytes], mode: int) -> None:
    _write_all(handle, data)
    os.fchmod(handle, mode)
    os.fsync(handle)


def _sweep(target: Path) -> None:
    """Remove new files for a target which those who wrote them, killed, left behind."""
    ours = re.compile(rf"\.{re.escape(target.name[:100])}\.[0-9a-f]{{12}}")
    with suppress(OSError), os.scandir(target.parent) as entries:
        for entry in entries:
            if ours.fullmatch(entry.name):
                with suppress(OSError):
                    seen = entry.stat(follow_symlinks=False)
                    own = stat.S_ISREG(seen.st_mode) and seen.st_uid == os.geteuid()
                    if own and time.time() - seen.st_mtime > ABANDONED:
                        os.unlink(entry.path)


def _name_new(trial: Path, target: Path) -> None:
    """Give a file its name unless another has it, in one step where the file system can."""
    try:
        os.link(trial, target)
    except OSError as error:
        if error.errno not in NO_LINKS:
            raise
        if os.path.lexists(target):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST)) from None
        os.replace(trial, target)
    else:
        os.unlink(trial)


def _write_all(handle: int, data: Iterable[bytes]) -> None:
    for piece in data:
        left = memoryview(piece)
        while left:
            left = left[os.write(handle, left) :]


def _sync_folder(folder: Path) -> None:
    """Bring the new name to the disk; not every file system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
