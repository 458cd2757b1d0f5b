"""How people say that they do not know."""

from __future__ import annotations

import re

from routing.core.domain import UNKNOWN

NOT_KNOWN = "not known"
LEFT_OPEN = frozenset({UNKNOWN, "?", "not sure", NOT_KNOWN, "don't know", "do not know"})
"""Words for what is not known; all but the first two are said back."""
DIFFERS = frozenset({"contested", "disputed", "doubtful", "unclear"})
"""Words for that on which opinions differ."""
OPENS = re.compile(r"^(?:(?:i|we|sorry|it|that|this|is|am|are|still|really|just) )+")
CLOSES = re.compile(r"(?: (?:it|that|this|yet|now|so far|at all|sorry|here))+$")
OTHERWISE = frozenset(
    (
        *("dont know", "do not know", "dunno", "dont remember", "cannot say", "cant say", "cannot tell"),
        *(
            "cant tell",
            "no idea",
            "have no idea",
            "no clue",
            "have no clue",
            "not clear",
            "unclear",
            "unsure",
        ),
        *("not certain", "uncertain", "not known", "unknown", "not sure", "nobody knows", "no information"),
        *("have no information", "not told", "was not told", "were not told", "idk"),
    )
)
"""Other ways to say it, without who says it: `I do not know yet`, `no idea`."""


def in_doubt(word: str) -> str:
    """The words of a doubt, as the rules write them; empty where a word tells none."""
    text = " ".join(word.lower().replace("_", " ").split()).replace("\u2019", "'")
    if text in LEFT_OPEN or text in DIFFERS:
        return text
    bare = re.sub(r"[^a-z ]", "", text)
    return NOT_KNOWN if CLOSES.sub("", OPENS.sub("", bare)) in OTHERWISE else ""


def says_unknown(word: str) -> bool:
    """Whether a word leaves something open: it is empty, `unknown`, or says that it is not known."""
    return not word.strip() or in_doubt(word) in LEFT_OPEN
