"""Wishes that are told without a word for wishing, read as `we want`: `it would be good to know`, `we are
short of his prints`, `his address would help`; and what comes to us so, read as `ask us`: `they are on to me
about it`.

A frame stands for the same words wherever it stands; what a person reads are the words of the story.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from routing.core.records import Record
from routing.rulebook.mentions import matches
from routing.rulebook.pronouns import OTHERS, PERSON, SPEAKERS

BEFORE, AFTER, ASKED = "wish_frames", "wish_frames_after", "asked_frames"
WHO_MAY = SPEAKERS | PERSON | {"they", "you", "somebody", "someone"}
MAY = frozenset(
    {"could", "can", "would", "may", "might", "had", "have", "gave", "give", "sent", "send", "got", "get"}
)
"""Who would do what is wished under an `if`, and the verb that says no more than that."""
IF, IF_SO = "if", "wish_if_ends"
WE_WANT, ASK_US = ("we", "want"), ("ask", "us")
OPENS = ("joins", "goes_on", "fill", "adverbs", "greetings")
"""Words after which a clause begins."""
POINTS = OTHERS | {"this", "that", "which", "what", "who"}


class Token(Record):
    """A word of a sentence: as it is compared, as it was written, which word of the text it is, and in which
    part of the sentence it stands."""

    word: str
    written: str
    raw: int
    part: int


def with_frames(tokens: Sequence[Token], cues: Mapping[str, tuple[str, ...]]) -> list[Token]:
    """The words of a sentence with each frame as the words for which it stands. cues: the words by which a
    story is read."""
    plain = list(tokens)
    opens = frozenset(word for key in OPENS for word in cues.get(key, ()))
    for key, instead in ((BEFORE, WE_WANT), (ASKED, ASK_US)):
        for start, end in sorted(_matches(plain, cues.get(key, ())), reverse=True):
            if key == ASKED or _begins(plain, start, opens):
                plain[start:end] = _instead(plain, start, end, instead)
    plain = _wish_if(plain, cues.get(IF_SO, ()))
    for start, end in sorted(_matches(plain, cues.get(AFTER, ())), reverse=True):
        first = next(at for at, token in enumerate(plain) if token.part == plain[start].part)
        ends = end == len(plain) or plain[end].part != plain[start].part
        named = [token.word for token in plain[first:start]]
        if ends and named and POINTS.isdisjoint(named):
            wish = _instead(plain, first, first + 1, WE_WANT)
            plain = [*plain[:first], *wish, *plain[first:start], *plain[end:]]
    return plain


def _wish_if(tokens: list[Token], ends: tuple[str, ...]) -> list[Token]:
    """The words of a sentence that wishes by a condition: `if they are sent back, it is very helpful`."""
    if not tokens or tokens[0].word != IF:
        return tokens
    for start, end in _matches(tokens, ends):
        begins = tokens[start - 1].part != tokens[start].part
        if begins and (end == len(tokens) or tokens[end].part != tokens[end - 1].part):
            then = 1 + (tokens[1].word in WHO_MAY)
            then += then > 1 and tokens[then].word in MAY
            return [*_instead(tokens, 0, 1, WE_WANT), *tokens[then:start], *tokens[end:]]
    return tokens


def _begins(tokens: Sequence[Token], start: int, opens: frozenset[str]) -> bool:
    """Whether a frame begins a part of a sentence, or a clause: not in `the man we are after`."""
    before = tokens[start - 1] if start else None
    return before is None or before.part != tokens[start].part or before.word in opens


def _matches(tokens: Sequence[Token], frames: tuple[str, ...]) -> list[tuple[int, int]]:
    """Where frames stand in a sentence, the longest of those that overlap."""
    words = [token.word for token in tokens]
    chosen: list[tuple[int, int]] = []
    for _, start, end in sorted(matches(words, frames), key=lambda it: it[1] - it[2]):
        if tokens[start].part == tokens[end - 1].part and all(
            end <= first or last <= start for first, last in chosen
        ):
            chosen.append((start, end))
    return chosen


def _instead(tokens: Sequence[Token], start: int, end: int, words: tuple[str, ...]) -> list[Token]:
    """Other words in the place of some, each at one of them."""
    places = (tokens[start], *(tokens[end - 1] for _ in words[1:]))
    return [Token(word, at.written, at.raw, at.part) for word, at in zip(words, places, strict=True)]
