"""The pages of the findings of a check: what each says, why it matters, and how it is avoided."""

from __future__ import annotations

from pathlib import Path

from routing.core.records import Record
from routing.yaml.tree import load_plain

FOLDER = Path(__file__).resolve().parents[1] / "findings"


class Diagnostic(Record):
    """One finding. file: the file of the rules in which the examples stand; avoid, prefer: what it may
    hold."""

    id: str
    says: str
    why: str
    file: str
    avoid: str
    prefer: str


def pages() -> dict[str, Diagnostic]:
    """Every page by the id of its finding, which is the name of its file and its own."""
    return {
        f"{path.stem}.{name}": Diagnostic(
            f"{path.stem}.{name}", **{key: text or "" for key, text in page.items()}
        )
        for path in sorted(FOLDER.glob("*.yaml"))
        for name, page in load_plain(path).items()
    }
