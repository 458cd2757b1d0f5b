"""Text that may be shown: days in words, and no character that moves the cursor, reorders or hides."""

from __future__ import annotations

import re
from datetime import date

# Control characters, the marks that reorder or hide text on a screen, and what is not a character.
UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069"
    "\ud800-\udfff\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)
_BREAKS = re.compile("[\n\r\x85]")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def printable(text: str, one_line: bool = True) -> str:
    """The text with each character that is not to reach a terminal written out as an escape.

    one_line: whether breaks of lines are written out too.
    """
    text = UNPRINTABLE.sub(_escaped, text)
    return _BREAKS.sub(_escaped, text) if one_line else text


def _escaped(match: re.Match[str]) -> str:
    return match[0].encode("unicode_escape").decode("ascii")


def day(value: date) -> str:
    """A date as `24 Nov 2026`."""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"
