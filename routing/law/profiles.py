"""What is publicly known of one State and changes a route: `states/CODE.yaml`."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from routing.reading import load_plain


@lru_cache(maxsize=512)
def profile(folder: Path, state: str) -> dict[str, dict[str, Any]]:
    """The entries of a State's profile by key, each with value, source, mark and date; empty where none is kept."""
    path = folder / "states" / f"{state}.yaml"
    if not path.is_file():
        return {}
    return dict(load_plain(path).get("facts") or {})
