"""Where the tests keep compiled rules: made once for all workers of a run, and for the next run of the same code."""

from __future__ import annotations

import hashlib
import shutil
import sys
from importlib.metadata import version
from pathlib import Path

from places import ROOT

KEPT = ROOT / ".pytest_cache" / "compiled"


def compiled(kept: Path = KEPT, code: Path = ROOT / "routing") -> Path:
    """A cache folder for this very code. What other code made is removed, so that none can answer for it."""
    digest = hashlib.sha256(f"{sys.version} {version('durable_rules')}".encode())
    for path in sorted(code.rglob("*.py")):
        digest.update(path.relative_to(code).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    folder = kept / digest.hexdigest()[:32]
    folder.mkdir(parents=True, exist_ok=True)
    for other in kept.iterdir():
        if other != folder:
            shutil.rmtree(other, ignore_errors=True)
    return folder
