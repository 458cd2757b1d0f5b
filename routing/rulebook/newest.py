"""The newest signed rules of each signer that were in use; older ones do not come back without a word.

What is signed once stays signed: whoever hands over an old file hands over a true one. The first file of a
key is trusted; from then on its version and the day of its law data are remembered beside the rules in use,
also when somebody goes back to the rules of the program.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

from routing.core.errors import Problems, quoted
from routing.core.files import read_bounded
from routing.core.strict_json import read_json
from routing.core.writing import write_file

FILE = "newest.json"
LARGEST = 1_000_000
SAYS = ("version", "data_date")
Remembered = dict[str, dict[str, str]]
"""By the name of a key, what its newest rules say of themselves."""


def goes_back(home: Path, body: dict[str, Any], older: bool) -> bool:
    """Whether newer rules of the same key were in use than those that are to be. older: whether that may be.

    Raises Problems where it may not.
    """
    before = _remembered(home).get(body["key"])
    if before is None or all(_order(body[name]) >= _order(before[name]) for name in SAYS):
        return False
    if not older:
        had, has = (f"version {quoted(it['version'])} of {quoted(it['data_date'])}" for it in (before, body))
        raise Problems.of(
            f"these rules are older than those of the same key that were used before: {has}, after {had}",
            fix="ask for the newest file, or add --older to use this one all the same",
        )
    return True


def remember(home: Path, body: dict[str, Any]) -> None:
    """Remember signed rules as the newest of their key."""
    remembered, entry = _remembered(home), {name: body[name] for name in SAYS}
    if remembered.get(body["key"]) != entry:
        text = json.dumps({**remembered, body["key"]: entry}, ensure_ascii=False, indent=1) + "\n"
        write_file(home / FILE, text, replace=True)


def _remembered(home: Path) -> Remembered:
    path = home / FILE
    if not os.path.lexists(path):
        return {}
    try:
        data = read_json(read_bounded(path, LARGEST).decode("utf-8"), str(path))
    except (ValueError, RecursionError):
        data = None
    if isinstance(data, dict) and all(
        isinstance(entry, dict) and all(isinstance(entry.get(name), str) for name in SAYS)
        for entry in data.values()
    ):
        return data
    fix = "delete it, if you trust the next file you use"
    raise Problems.of("what is remembered of signed rules cannot be read", str(path), fix=fix)


def _order(written: str) -> list[tuple[int, int, str]]:
    """A version or a day as something to compare: numbers as numbers, however long, words as words."""
    parts = re.findall(r"[0-9]+|[^\W\d_]+", written)
    return [
        (1, len(part.lstrip("0")), part.lstrip("0")) if part.isascii() and part.isdigit() else (0, 0, part)
        for part in parts
    ]
