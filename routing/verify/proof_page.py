"""The table of the proof that ships with the rules, and whether it is of the rules as they are."""

from __future__ import annotations

import hashlib
from itertools import chain
from pathlib import Path

from routing.core.snapshot import inside, listed
from routing.rulebook.model import Rulebook

NAME = "PROOF.md"
REFRESH = "routing rules prove --write"

NOT_PROVED = "words/"
"""What no claim rests on: the words that people have for what the rules name."""


def proved_hash(rulebook: Rulebook) -> str:
    """The hash, 64 hexadecimal digits, of those files of the rules on which the proof rests. Whoever adds a
    word for a measure need prove nothing anew."""
    folder, digest = rulebook.source, hashlib.sha256()
    for path in sorted(chain.from_iterable(listed(folder, f"**/*.{kind}") for kind in ("yaml", "csv"))):
        name = inside(path, folder)
        if not name.startswith(NOT_PROVED):
            digest.update(name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def stale(rulebook: Rulebook) -> str | None:
    """What is wrong with the page beside the rules, with the command that puts it right; None where it is
    current."""
    path = Path(rulebook.folder) / NAME
    if not path.is_file():
        return f"there is no {NAME} beside the rules; write it with `{REFRESH}`"
    text = path.read_text(encoding="utf-8")
    if f"hash `{proved_hash(rulebook)}`" not in text:
        return f"{NAME} speaks of other rules; refresh it with `{REFRESH}` and commit it"
    if "| NO |" in text:
        return (
            f"{NAME} shows a claim that falls; see `routing rules prove`, mend the rules, and refresh it with"
            f" `{REFRESH}`"
        )
    return None
