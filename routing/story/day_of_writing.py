"""The day on which somebody writes, beside who writes a story: `Police of this town, 1.12.2026.`"""

from __future__ import annotations

import re
from collections.abc import Mapping

from routing.case.months import ENGLISH
from routing.rulebook.spelling import LITTLE

DAY = rf"\d{{1,2}}[./-]\d{{1,2}}[./-](?:20)?\d\d|20\d\d-\d\d-\d\d|\d{{1,2}}\.? (?:{'|'.join(ENGLISH)}) 20\d\d"
HEAD = re.compile(rf"\A(?P<who>[^.!?:\n]{{3,80}}),\s*(?:{DAY})(?=\.?\s|[:;])", re.IGNORECASE)
OFFICES = ("signs", "signs_too", "units", "authorities", "opens")
"""The lists of words for offices, and for what is said before one."""
PLACED = frozenset({"in", "at", "of", "from", "for", "we", "i", "am"})


def without_day_of_writing(story: Mapping[str, tuple[str, ...]], text: str) -> str:
    """The text without that day, which is neither when something happened nor by when it is needed. It is
    one where before it stand names and words for an office, and nothing that anybody does."""
    head = HEAD.match(text.lstrip())
    if head is None:
        return text
    offices = {word for key in OFFICES for word in story.get(key, ())}
    names = (word.strip(",") for word in head["who"].split())
    if all(word[:1].isupper() or word.lower() in offices | LITTLE | PLACED for word in names if word):
        return head["who"] + text.lstrip()[head.end() :]
    return text
