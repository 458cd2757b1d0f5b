"""A file of rules is read into its tree once in a test process: hundreds of tests open the shipped rules with a little
laid over them, and reading the same bytes again takes most of that time."""

from __future__ import annotations

from hashlib import sha256

from routing.core.remembered import Remembered
from routing.yaml import tree

MOST = 2_000  # files, some editions of the shipped rules
_kept: Remembered[tuple[bytes, int, bool], tree.Node] = Remembered(MOST)
_read = tree.read_bytes


def read_bytes(data: bytes, name: str, largest: int = tree.LARGEST, free: bool = False) -> tree.Node:
    """As `routing.yaml.tree.read_bytes`, whose trees nothing changes and do not know the name; a fault is told anew."""
    key = (sha256(data).digest(), largest, free)
    return _kept.get(key) or _kept.keep(key, _read(data, name, largest, free))


def read_once() -> None:
    """Let everything in this process read trees so."""
    vars(tree)["read_bytes"] = read_bytes
