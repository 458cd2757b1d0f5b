"""Entries of the user's cache folder: whole or not at all, damaged ones as good as none."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path


def read_entry(path: Path) -> bytes | None:
    """The body of a cache entry, or None when it is absent or damaged."""
    try:
        digest, _, body = path.read_bytes().partition(b"\n")
    except OSError:
        return None
    return body if hashlib.sha256(body).hexdigest().encode() == digest else None


def write_entry(path: Path, body: bytes) -> None:
    """Keep a cache entry whole or not at all."""
    trial = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        trial.write_bytes(hashlib.sha256(body).hexdigest().encode() + b"\n" + body)
        os.replace(trial, path)
    except OSError:
        try:
            trial.unlink(missing_ok=True)
        except OSError:
            return
