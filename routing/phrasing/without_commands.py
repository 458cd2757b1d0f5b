"""Sentences of the program for who has no terminal: on a page, and in a paper."""

from __future__ import annotations

import re

COMMANDS = re.compile(r"[;,] `routing [^`]*`[^.;]*| \(`--[^`]*`\)")


def without_commands(text: str) -> str:
    """A sentence without the commands and options that stand beside what it says."""
    return COMMANDS.sub("", text)
