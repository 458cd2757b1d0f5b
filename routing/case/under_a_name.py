"""A case file that holds only sentences under the name for what happened, as `story: |`: they are read as a
story that stands in a file alone, by every command and page."""

from __future__ import annotations

import re
from textwrap import dedent

from routing.case.line_names import NOTE
from routing.rulebook.words import Words

UNDER_ONE_NAME = re.compile(
    r"\A(?:[ \t]*(?:#.*)?\n)*(?P<name>[^\s.,:#][^.,:\n]{0,40}):"
    r"[ \t]*(?:[|>][+-]?(?=[ \t]*\n))?(?P<told>.*(?:\n[ \t]+.*|\n)*)\Z"
)
"""A file in which all stands under one name: `story: |`, and sentences in the lines below."""


def told_under_a_name(words: Words, text: str) -> str:
    """The sentences of a file in which they alone stand, under a name for what happened, as `story:`, each at
    its line; the text itself where it is no such file."""
    whole = UNDER_ONE_NAME.match(text)
    if whole is None or words.line(whole["name"]) != (NOTE,):
        return text
    return "\n" * text.count("\n", 0, whole.start("told")) + dedent(whole["told"]).strip(" ")
