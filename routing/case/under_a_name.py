"""A file that tells a story otherwise than in sentences alone: under the name for what happened (`story: |`),
or as a chat that was copied (`Ana: are you there`). It is read as the story that it tells, by every command
and page."""

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

OF_A_CHAT = re.compile(
    r"[ \t]*(?P<time>\[[^\]\n]{0,40}\][ \t]*)?(?P<name>[^\s:#\[][^:\n]{0,24}):[ \t]+(?P<says>\S.*)"
)
HEAD_OF_A_CHAT = re.compile(r"[ \t]*\[[^\]\n]{0,40}\][ \t]*")
"""A line of a chat, with its time in brackets or without; and one in brackets alone, which may head one."""
WHO_COPIES = frozenset({"me", "i"})
"""The names of whoever copies a chat."""
FEWEST_LINES, MOST_NAMES = 3, 4


def told_under_a_name(words: Words, text: str) -> str:
    """The sentences of a file in which they alone stand, under a name for what happened, as `story:`, or as
    the lines of a chat, each at its line; the text itself where it is no such file."""
    if chat := _chat(words, text):
        return chat
    whole = UNDER_ONE_NAME.match(text)
    if whole is None or words.line(whole["name"]) != (NOTE,):
        return text
    return "\n" * text.count("\n", 0, whole.start("told")) + dedent(whole["told"]).strip(" ")


def _chat(words: Words, text: str) -> str:
    """What is said in a chat, each line a sentence; empty where a text is none: each line has the name of
    who writes, or several have that and the time and stand among sentences; a few people write, one of them
    more than once, and no name is one of a line of a case."""
    lines = ["" if HEAD_OF_A_CHAT.fullmatch(line) else line for line in text.splitlines()]
    written = [OF_A_CHAT.fullmatch(line) for line in lines]
    if any(line.strip() and not it for line, it in zip(lines, written, strict=True)):
        written = [it if it and it["time"] else None for it in written]
    names = [it["name"].strip().casefold() for it in written if it]
    if len(names) < FEWEST_LINES or not len(set(names)) <= min(MOST_NAMES, len(names) - 1):
        return ""
    if any(words.line(name) for name in {*names} - WHO_COPIES):
        return ""
    return "\n".join(_as_sentence(it) if it else line for line, it in zip(lines, written, strict=True))


def _as_sentence(line: re.Match[str]) -> str:
    """What a line of a chat says, as a sentence."""
    says = line["says"]
    return f"{says.rstrip('.')}{'' if says[-1] in '?!' else '.'}"
