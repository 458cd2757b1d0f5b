"""Reading the smaller towns by which people name a State: `words/towns.csv`."""

from __future__ import annotations

from collections.abc import Mapping

from routing.core.errors import Problem, Problems
from routing.core.snapshot import Location
from routing.law.tables import read_table
from routing.rulebook.spelling import tidy

FILE, HEAD = "towns.csv", ("town", "state")


def read_towns(folder: Location, faults: list[Problem]) -> Mapping[str, str]:
    """The State of each smaller town, by its name as names are compared; none where there is no such table. A
    town in two rows, or not written as it is compared, is a fault."""
    path = folder / "words" / FILE
    if not path.exists():
        return {}
    try:
        lines = read_table(path, HEAD)
    except Problems as problems:
        faults += problems.problems
        return {}
    towns: dict[str, str] = {}
    for number, (town, state) in lines:
        if town in towns:
            fix = "keep none of them: towns of several States have the name"
            faults.append(Problem(f"`{town}` stands twice", str(path), number, fix, "word.twice"))
        elif town != tidy(town):
            fix = f"write `{tidy(town)}`"
            message = f"`{town}` is not written as it is compared"
            faults.append(Problem(message, str(path), number, fix, "word.town"))
        towns[town] = state
    return towns
