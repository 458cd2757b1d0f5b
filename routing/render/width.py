"""How wide the terminal is."""

from __future__ import annotations

import shutil

NARROWEST, WIDEST = 40, 110
USUAL = 100
"""The columns where there is no terminal."""


def terminal_width(widest: int = WIDEST) -> int:
    """The columns to fill: those of the terminal, within what reads well."""
    return min(max(shutil.get_terminal_size((min(USUAL, widest), 24)).columns, NARROWEST), widest)
