"""The rules of a folder without its law data, for tests that look at the rules alone."""

from __future__ import annotations

from pathlib import Path

from routing.core.errors import RulebookProblems
from routing.rulebook.files import snapshot
from routing.rulebook.load import rules_in
from routing.rulebook.model import Rulebook


def read_rulebook(folder: Path) -> Rulebook:
    """Read, check and expand the rules. Raises RulebookProblems naming every fault with file and line."""
    rulebook, faults = rules_in(snapshot(folder))
    if faults:
        raise RulebookProblems(faults)
    return rulebook
