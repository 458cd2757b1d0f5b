"""What is publicly known of one State and changes a route: `states/CODE.yaml`.

`facts:` holds the keys that facts look up, `known:` what is only for the reader, and `cites:` the
provisions of the State's own law that a step under a pathway may rest on.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from routing.yaml.tree import load_plain

CODE = re.compile(r"[A-Z]{3}")


@lru_cache(maxsize=512)
def _read(folder: Path, state: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for path in profile_files(folder, state):
        for block, entries in (load_plain(path) or {}).items():
            if isinstance(entries, list):
                found[block] = [*found.get(block, ()), *entries]
            elif entries:
                found[block] = {**found.get(block, {}), **entries}
    return found


def profile_files(folder: Path, state: str) -> list[Path]:
    """The files that make the profile of a State: ours, then those laid over it."""
    return [
        path
        for path in (
            folder / "states" / f"{state}.yaml",
            *sorted((folder / "states").glob(f"{state}.*.yaml")),
        )
        if path.is_file()
    ]


def profile(folder: Path, state: str) -> dict[str, dict[str, Any]]:
    """The facts of a State's profile by key, each with value, source, mark and date; empty where none is kept."""
    return dict(_read(folder, state).get("facts") or {})


def known(folder: Path, state: str) -> dict[str, dict[str, Any]]:
    """What the profile says beyond the facts, by key."""
    return dict(_read(folder, state).get("known") or {})


def national_law(folder: Path, state: str, pathway: str) -> tuple[str, ...]:
    """The provisions of a State's own law that its profile names for a pathway, in the order of the file."""
    cites = _read(folder, state).get("cites") or []
    return tuple(cite["provision"] for cite in cites if cite["pathway"] == pathway)


def cited(folder: Path, state: str) -> tuple[tuple[str, str], ...]:
    """Every pathway that the profile names a provision for, with the provision."""
    return tuple((cite["pathway"], cite["provision"]) for cite in _read(folder, state).get("cites") or [])


def profile_keys(folder: Path) -> dict[str, str]:
    """The keys that `known:` may hold, with what each is."""
    path = folder / "states" / "keys.yaml"
    return dict(load_plain(path).get("keys") or {}) if path.is_file() else {}


def profiles(folder: Path) -> tuple[str, ...]:
    """The codes of the States that have a profile."""
    stems = {path.name.split(".")[0] for path in (folder / "states").glob("*.yaml")}
    return tuple(sorted(stem for stem in stems if CODE.fullmatch(stem)))
