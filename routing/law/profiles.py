"""What is publicly known of one State and changes a route: `states/CODE.yaml`.

`facts:` holds the keys that facts look up, `known:` what is only for the reader, and `cites:` the
provisions of the State's own law that a step under a pathway may rest on.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from routing.core.snapshot import Location, listed
from routing.yaml.tree import load_plain

if TYPE_CHECKING:
    from routing.law.registry import Law

FOLDER = "states"
LARGEST = 20_000_000

CODE = re.compile(r"[A-Z]{3}")


def read_profile(law: Law, state: str) -> dict[str, Any]:
    """The profile of a State: ours, with what was laid over it, by block."""
    blocks: dict[str, Any] = {}
    for path in profile_files(law.folder, state):
        for block, entries in (load_plain(path, LARGEST) or {}).items():
            if isinstance(entries, list):
                blocks[block] = [*blocks.get(block, ()), *entries]
            elif entries:
                blocks[block] = {**blocks.get(block, {}), **entries}
    return blocks


def profile_files(folder: Location, state: str) -> list[Location]:
    """The files that make the profile of a State: ours, then those laid over it."""
    return [
        path
        for path in (
            folder / "states" / f"{state}.yaml",
            *listed(folder / "states", f"{state}.*.yaml"),
        )
        if path.is_file()
    ]


def profile(law: Law, state: str) -> dict[str, dict[str, Any]]:
    """The facts of a State's profile by key, each with value, source, mark and date; empty where none is
    kept."""
    return dict(law.profile(state).get("facts") or {})


def profile_notes(law: Law, state: str) -> dict[str, dict[str, Any]]:
    """What the profile says beyond the facts, by key."""
    return dict(law.profile(state).get("known") or {})


def national_law(law: Law, state: str, pathway: str, measure: str = "") -> tuple[str, ...]:
    """The provisions of a State's own law that its profile names for a measure on a pathway, in the order of
    the file; those named for the measure itself stand in place of those for every measure."""
    cites = [cite for cite in law.profile(state).get("cites") or [] if cite["pathway"] == pathway]
    named = [cite for cite in cites if measure in cite.get("measures", ())]
    return tuple(cite["provision"] for cite in named or cites if named or "measures" not in cite)


def cited(law: Law, state: str) -> tuple[tuple[str, str], ...]:
    """Every pathway that the profile names a provision for, with the provision."""
    return tuple((cite["pathway"], cite["provision"]) for cite in law.profile(state).get("cites") or [])


def profile_keys(folder: Location) -> dict[str, str]:
    """The keys that `known:` may hold, with what each is."""
    path = folder / "states" / "keys.yaml"
    return dict(load_plain(path).get("keys") or {}) if path.is_file() else {}


OF_ALL = ("groups", "keys")
"""The files beside the profiles that are of no State."""


def profiles(folder: Location) -> tuple[str, ...]:
    """The codes of the States that have a profile."""
    codes = {_name(path) for path in listed(folder / "states", "*.yaml")}
    return tuple(sorted(filter(CODE.fullmatch, codes)))


def misnamed(folder: Location) -> tuple[Location, ...]:
    """The files among the profiles that are called by no code, of which nothing is read: `ken.yaml`."""
    files = listed(folder / "states", "*.yaml")
    return tuple(path for path in files if _name(path) not in OF_ALL and not CODE.fullmatch(_name(path)))


def _name(path: Location) -> str:
    """What a profile is called, without what an overlay adds: `KEN` of `KEN.with-ours.yaml`."""
    return path.name.split(".")[0]
