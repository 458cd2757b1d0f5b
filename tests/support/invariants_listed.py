"""The table of invariants."""

from __future__ import annotations

from functools import cache
from typing import Any

import yaml
from places import TESTS


@cache
def table() -> dict[str, dict[str, Any]]:
    return {
        entry["id"]: entry
        for entry in yaml.load((TESTS / "invariants.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)
    }


def reviewed() -> set[str]:
    """The closing rules that may speak of one side only."""
    return set(table()["direction-symmetry"]["one_sided"])
