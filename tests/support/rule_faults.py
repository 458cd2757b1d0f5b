"""Everything that is wrong with a rules folder."""

from __future__ import annotations

from pathlib import Path

from routing.core.errors import Problem
from routing.rulebook.load import examine
from routing.rulebook.validate.style import style_in
from routing.verify.statements import read_statements


def everything_wrong(folder: Path) -> list[Problem]:
    rulebook, _, faults = examine(folder)
    return faults + read_statements(rulebook)[1] + style_in(folder)
