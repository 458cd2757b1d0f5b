"""A folder read once: its files as bytes, one digest of these very bytes, and places inside it that read like
paths."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath


class SourcePath:
    """A place inside a snapshot: a file, or a folder of files. Nothing is read from the disk.

    root: the folder that was read, for messages. files: every file by its name inside the folder.
    inside: this place, `` for the folder itself.
    """

    __slots__ = ("files", "inside", "root")

    def __init__(self, root: Path, files: Mapping[str, bytes], inside: str = "") -> None:
        self.root, self.files, self.inside = root, files, inside

    def __truediv__(self, name: str) -> SourcePath:
        return SourcePath(self.root, self.files, f"{self.inside}/{name}" if self.inside else name)

    def __str__(self) -> str:
        return str(self.root / self.inside) if self.inside else str(self.root)

    def __repr__(self) -> str:
        return f"SourcePath({str(self)!r})"

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, SourcePath)
            and (self.root, self.inside) == (other.root, other.inside)
            and self.files == other.files
        )

    def __hash__(self) -> int:
        return hash((self.root, self.inside, len(self.files)))

    def __lt__(self, other: SourcePath) -> bool:
        return self.inside < other.inside

    @property
    def name(self) -> str:
        return PurePosixPath(self.inside).name if self.inside else self.root.name

    @property
    def stem(self) -> str:
        return PurePosixPath(self.name).stem

    def is_file(self) -> bool:
        return self.inside in self.files

    def is_dir(self) -> bool:
        return not self.inside or any(name.startswith(f"{self.inside}/") for name in self.files)

    def exists(self) -> bool:
        return self.is_file() or self.is_dir()

    def read_bytes(self) -> bytes:
        """The bytes of the file. Raises FileNotFoundError where there is none."""
        if self.inside not in self.files:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(self))
        return self.files[self.inside]

    def glob(self, pattern: str) -> Iterator[SourcePath]:
        """The files whose names fit a pattern, in order; `**/` also looks in folders below."""
        start = f"{self.inside}/" if self.inside else ""
        deep = pattern.startswith("**/")
        wanted = pattern.removeprefix("**/")
        for name in sorted(self.files):
            if name.startswith(start):
                rest = name[len(start) :]
                if (deep or "/" not in rest) and fnmatchcase(rest.rpartition("/")[2], wanted):
                    yield SourcePath(self.root, self.files, name)

    def relative_to(self, folder: Location) -> PurePosixPath:
        """The place as seen from a folder that holds it. Raises ValueError where it does not."""
        start = folder.inside if isinstance(folder, SourcePath) else ""
        return PurePosixPath(self.inside).relative_to(start) if start else PurePosixPath(self.inside)


Location = Path | SourcePath
"""Where something is read: on the disk, or in a snapshot."""


def listed(folder: Location, pattern: str) -> list[Location]:
    """The files of a folder whose names fit a pattern, in order."""
    if isinstance(folder, SourcePath):
        return list(folder.glob(pattern))
    return [*sorted(folder.glob(pattern))]


def inside(path: Location, folder: Location) -> str:
    """The name of a file as seen from a folder that holds it, with `/` between its parts."""
    if isinstance(path, SourcePath):
        return path.relative_to(folder).as_posix()
    return path.relative_to(str(folder)).as_posix()
