"""What turns a meaning round: `no`, `without`, `won't`. A phrase is not read from words that deny it.

Which words deny something in a story, the rules say (`denies` in `words/stories.yaml`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from routing.rulebook.mentions import matches

DENIALS = frozenset(
    {"no", "not", "never", "without", "nobody", "nothing", "cannot", "refuse"}
    | {f"{verb}n" for verb in ("do", "does", "did", "is", "was", "would", "could", "should", "has")}
)
"""Words that deny, as words are compared: `don't` is `don t` there."""
WITH_ITS_VERB = re.compile(r"(?:not|never|cannot|\w+n['\u2019]t)", re.IGNORECASE)
"""A word as it is written that denies a verb; its apostrophe tells `won't` from `won`."""
NEAR = 2  # words between a denial and what it denies: `no real danger`


def denies(words: Iterable[str]) -> bool:
    """Whether one of these words denies."""
    return not DENIALS.isdisjoint(words)


def denials_in(words: Sequence[str], harmless: Iterable[str] = ()) -> frozenset[str]:
    """The words that deny, but for those in a harmless phrase, as in `without delay`."""
    if not denies(words):
        return frozenset()
    passed_over = {place for _, start, end in matches(words, harmless) for place in range(start, end)}
    return DENIALS.intersection(word for place, word in enumerate(words) if place not in passed_over)


def denied_at(words: Sequence[str], start: int) -> bool:
    """Whether a denial stands right before the word with this number."""
    return denies(words[max(0, start - NEAR - 1) : start])


def without_denials(text: str) -> str:
    """A text as it is written, without the words that deny its verbs."""
    return " ".join(word for word in text.split() if not WITH_ITS_VERB.fullmatch(word))
