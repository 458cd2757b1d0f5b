"""The files of a rules folder that decide an answer, and their digest."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

DECIDING = (".yaml", ".csv")


def source_files(folder: Path) -> list[Path]:
    """Every file that decides an answer, in a fixed order."""
    found = []
    for where, _, names in os.walk(folder):
        found += [Path(where, name) for name in names if name.endswith(DECIDING) and not name.startswith(".")]
    return sorted(found, key=lambda path: path.relative_to(folder).as_posix())


def source_hash(folder: Path) -> str:
    """A digest of every file that decides an answer."""
    digest = hashlib.sha256()
    for path in source_files(folder):
        data = path.read_bytes()
        digest.update(f"{path.relative_to(folder).as_posix()}\0{len(data)}\0".encode())
        digest.update(data)
    return digest.hexdigest()
