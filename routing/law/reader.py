"""The law data of a folder that was not found right before: every file is read, and every fault told
together."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from routing.core.errors import Problem, Problems, RulebookProblems
from routing.core.snapshot import Location
from routing.law.instrument_reader import read_groups, read_instruments
from routing.law.objections import read_objections
from routing.law.registry import Law
from routing.law.states import States
from routing.law.territories import by_territory, read_extensions


def read_law(folder: Location) -> Law:
    """The law data in a folder. Raises RulebookProblems for what cannot be read, every file together."""
    readers: dict[str, Callable[[], Any]] = {
        "states": lambda: States.load(folder),
        "instruments": lambda: read_instruments(folder / "instruments.yaml"),
        "groups": lambda: read_groups(folder / "states" / "groups.yaml"),
        "extensions": lambda: by_territory(read_extensions(folder / "territories.csv")),
        "objections": lambda: read_objections(folder / "objections.csv"),
    }
    parts: dict[str, Any] = {}
    faults: list[Problem] = []
    for part, read in readers.items():
        try:
            parts[part] = read()
        except Problems as error:
            faults += error.problems
    if faults:
        raise RulebookProblems(faults)
    return Law(folder, **parts)
