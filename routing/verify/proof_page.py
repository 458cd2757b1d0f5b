"""The table of the proof that ships with the rules, and whether it is of the rules as they are."""

from __future__ import annotations

from pathlib import Path

from routing.rulebook.model import Rulebook

NAME = "PROOF.md"
REFRESH = "routing rules prove --write"


def stale(rulebook: Rulebook) -> str | None:
    """What is wrong with the page beside the rules, with the command that puts it right; None where it is
    current."""
    path = Path(rulebook.folder) / NAME
    if not path.is_file():
        return f"there is no {NAME} beside the rules; write it with `{REFRESH}`"
    text = path.read_text(encoding="utf-8")
    if f"hash `{rulebook.hash}`" not in text:
        return f"{NAME} speaks of other rules; refresh it with `{REFRESH}` and commit it"
    if "| NO |" in text:
        return (
            f"{NAME} shows a claim that falls; see `routing rules prove`, mend the rules, and refresh it with"
            f" `{REFRESH}`"
        )
    return None
