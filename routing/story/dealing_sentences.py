"""Who deals with whom in a told case, in the sentences that are offered to somebody who has not said it."""

from __future__ import annotations

from routing.core.domain import ANSWER, REQUEST, SAYS_OF_KIND, SHARE, USE
from routing.rulebook.spelling import tidy
from routing.story.sentences import Sentence

CHASE = "chase"
"""We wait for what we asked for: a request that was sent already."""
DEALINGS = (REQUEST, ANSWER, SHARE, USE, CHASE)
DEALING_SENTENCES = {
    REQUEST: "We ask them.",
    ANSWER: "They ask us.",
    SHARE: "We want to tell them, nobody asked us.",
    USE: "They gave it to us and we want to use it.",
    CHASE: "We sent them the request already, and no answer came.",
}
"""A sentence that says each, whatever else a text tells."""
BY_WORDS = {tidy(says): kind for kind, says in DEALING_SENTENCES.items()}
SAYS = {**SAYS_OF_KIND, CHASE: "we sent a request, and wait for the answer"}


def kind_said(sentence: Sentence) -> str:
    """The kind that a sentence says in the words that are offered for it; empty where it says something else.
    It tells no more than that: `We ask them` hears no witness."""
    return BY_WORDS.get(" ".join(sentence.words), "")
