"""Text that may be shown: without characters that move the cursor, reorder or hide what is read."""

from __future__ import annotations

import re

# Control characters, the marks that reorder or hide text on a screen, and what is not a character.
UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069"
    "\ud800-\udfff\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)
_BREAKS = re.compile("[\n\r\x85]")


def printable(text: str, one_line: bool = True) -> str:
    """The text with each character that is not to reach a terminal written out as an escape.

    one_line: whether breaks of lines are written out too.
    """
    text = UNPRINTABLE.sub(_escaped, text)
    return _BREAKS.sub(_escaped, text) if one_line else text


def _escaped(match: re.Match[str]) -> str:
    return match[0].encode("unicode_escape").decode("ascii")
