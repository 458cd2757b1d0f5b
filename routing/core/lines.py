"""Words over several lines, and how wide the terminal is."""

from __future__ import annotations

import os
import sys
import textwrap
from contextlib import suppress

NARROWEST, WIDEST = 40, 110
USUAL = 100
"""The columns where there is no terminal."""


def terminal_width(widest: int = WIDEST) -> int:
    """The columns to fill: those of the terminal, within what reads well."""
    return min(max(_columns() or min(USUAL, widest), NARROWEST), widest)


def _columns() -> int:
    """The columns that the surroundings name (`COLUMNS`), else those of the terminal; 0 where there is none.
    As `shutil` finds them, which brings the readers of three kinds of archives with it."""
    with suppress(ValueError):
        if (named := int(os.environ.get("COLUMNS", ""))) > 0:
            return named
    with suppress(ValueError, OSError):  # no terminal, or a stream that is closed
        if sys.__stdout__ is not None:
            return os.get_terminal_size(sys.__stdout__.fileno()).columns
    return 0


def shortened(words: str, width: int) -> str:
    """The words on one line; what is too long for it ends in ` ...`."""
    return textwrap.shorten(words, width, placeholder=" ...")


def lines_of(
    words: str,
    width: int,
    lead: str = "",
    under: str | int = 0,
    *,
    cut: bool = False,
    most: int | None = None,
) -> list[str]:
    """Words over as many lines as they need; no line for no words, but where something leads.

    lead: what the first line begins with. under: what the others begin with, or by how many columns they
    stand further in than the lead. cut: whether a word longer than a line is cut; else it stays whole, as an
    address must to be followed. most: so many lines at most; what is left out is told by ` ...`.
    """
    wrapped = textwrap.wrap(
        words,
        width,
        initial_indent=lead,
        subsequent_indent=under if isinstance(under, str) else " " * (len(lead) + under),
        break_long_words=cut,
        break_on_hyphens=False,
        max_lines=most,
        placeholder=" ...",
    )
    return wrapped or ([lead.rstrip()] if lead.strip() else [])
