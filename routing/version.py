"""The version of the program."""

import os

VERSION = "0.1.0"
SHAPE_THE_CACHE = ("core", "evaluate", "law", "rulebook", "yaml")  # the rooms whose code decides what is kept


_build: list[str] = []


def build_id() -> str:
    """The version, with a mark of this very copy of the program's files.

    What is kept in the cache is named after it, so that nothing made by another copy is read.
    """
    if _build:
        return _build[0]
    import hashlib

    package = os.path.dirname(os.path.abspath(__file__))
    marks = []
    for room in SHAPE_THE_CACHE:
        for folder, _, names in os.walk(os.path.join(package, room)):
            for name in names:
                if name.endswith(".py"):
                    seen = os.stat(os.path.join(folder, name))
                    marks.append((os.path.relpath(folder, package), name, seen.st_size, seen.st_mtime_ns))
    _build.append(
        f"{VERSION.replace('.', '_')}-{hashlib.sha256(repr(sorted(marks)).encode()).hexdigest()[:12]}"
    )
    return _build[0]
