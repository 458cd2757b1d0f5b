"""Lines as people type them, written so that YAML can read them: each with its name, its words quoted."""

from __future__ import annotations

import json
import re

WITH_COLON = re.compile(r"(\w[^:#\[{\"']{0,60}): ([^\[{\"'|>&*!#][^#]*:[ ][^#]*)")
"""A line that says something with a colon in it: `why: urgent: bomb threat`."""
NAME = re.compile(r"[^:]*:(?:\s|$)")
UNNAMED = "line"
"""How a line is called that has no name, with its number after it."""
BULLET = re.compile(r"[-*\u2022] (?=\w[^:#]{0,60}(?::(?:\s|$)| = ))")
"""What stands before a line of a list of `- key: value`."""
STAR = re.compile(r"[*\u2022]\s+(?=\S)")
"""What stands before a line of a list, and is no sign of YAML there."""
NUMBER = re.compile(r"\(?\d{1,2}[.)]\s+(?=\D)")
"""The number before the name of a line: `3. Wanted`."""
NO_BLANK = re.compile(r"([A-Za-z][\w ]{0,40}?):([^\s/:].*)")
"""A line with no blank after its colon: `we:police`."""
UNQUOTED = re.compile(r"(\w[^:#\[{\"']{0,60}): ([?\-&*!%@`>|,\]})].*?)\s*")
"""A line that says what begins with a sign that YAML keeps for itself: `danger: ?`."""
COUNTED = re.compile(r"(?:- )?\(?(\d{1,2})[.)] (\S[^:]*)")
"""A line that only counts what it says: `2) hear the driver`."""
EQUALS = re.compile(r"(\w[^:=]{0,60}?) = (\S.*)")
"""A line that says what it tells after `=`: `we = police`."""


def lines_named(text: str) -> str:
    """The text with each line named and its words quoted; a name that comes again has its count after it."""
    lines = text.split("\n")
    listed = any(BULLET.match(line) for line in lines) and not any(
        line[:1].isalpha() and line.rstrip().endswith(":") for line in lines
    )
    times: dict[str, int] = {}
    named: list[str] = []
    for number, line in enumerate(lines, 1):
        bare = STAR.sub("", line, count=1) if STAR.match(line) else line
        written = _named(number, BULLET.sub("", bare) if listed else bare)
        key, colon, rest = written.partition(":")
        if colon and written[:1].isalnum():
            times[key] = times.get(key, 0) + 1
            written = f"{key} {times[key]}:{rest}" if times[key] > 1 else written
        named.append(written)
    return "\n".join(named)


def _named(number: int, line: str) -> str:
    """A line with its name, what it says in quotes; as it is where YAML reads it so."""
    of_name = (EQUALS, COUNTED, UNQUOTED, WITH_COLON, *(() if NAME.match(line) else (NO_BLANK,)))
    match = next(filter(None, (pattern.fullmatch(line) for pattern in of_name)), None)
    if match:
        return f"{match[1]}: {json.dumps(match[2].strip())}"
    if line[:1].isalnum() and not NAME.match(line):
        return f"{UNNAMED} {number}: {json.dumps(line.strip())}"
    return line
