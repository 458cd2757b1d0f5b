"""The files of a rules folder that decide an answer, and their digest."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

DECIDING = (".yaml", ".csv")


def source_files(folder: Path) -> list[Path]:
    """Every file that decides an answer, in a fixed order."""
    return [folder / name for name in _names(str(folder))]


def source_hash(folder: Path) -> str:
    """A digest of every file that decides an answer."""
    digest = hashlib.sha256()
    for name in _names(str(folder)):
        with open(os.path.join(folder, name), "rb", buffering=0) as file:
            data = file.read()
        digest.update(f"{name}\0{len(data)}\0".encode())
        digest.update(data)
    return digest.hexdigest()


def _names(folder: str) -> list[str]:
    """The names inside a folder, as text: making paths would cost more than reading the files."""
    found, left = [], [""]
    while left:
        inside = left.pop()
        with os.scandir(os.path.join(folder, inside)) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    left.append(f"{inside}{entry.name}/")
                elif entry.name.endswith(DECIDING) and not entry.name.startswith("."):
                    found.append(inside + entry.name)
    return sorted(found)
