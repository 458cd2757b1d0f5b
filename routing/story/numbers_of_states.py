"""States that a number tells: the code with which a telephone number begins (`+386 40 ...`), and the letters
with which that of a bank account does (`LT12 1000 ...`)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from routing.rulebook.mentions import Mention
from routing.rulebook.words import STATE
from routing.story.sentences import Phrase, Sentence
from routing.story.signatures import MARKS

if TYPE_CHECKING:
    from routing.law.states import States

DIALLED = re.compile(r"(?:\+|00)(\d{2,15})")
IBAN = re.compile(r"([A-Z]{2})\d{2}(?:[A-Z0-9]{4,30})?")
LONGEST_CODE = 3  # digits
BEFORE_AN_ACCOUNT = frozenset({"iban", "account", "number", "to", "is"})


def numbers_of_states(
    story: Mapping[str, tuple[str, ...]], states: States, sentence: Sentence
) -> Iterator[Phrase]:
    """The States that numbers in a sentence tell; none of a code that several States share."""
    codes = dict(row.split() for row in story.get("dialling_codes", ()))
    for place, written in enumerate(sentence.written):
        bare = written.strip(MARKS.replace("+", ""))
        code = _dialled(codes, bare) or _of_account(states, sentence, place, bare)
        if code and code in states:
            yield Phrase(STATE, Mention(sentence.words[place], (code,), place, place + 1))


def _dialled(codes: Mapping[str, str], bare: str) -> str:
    """The State of a telephone number, the longest code first; empty where there is none."""
    match = DIALLED.fullmatch(bare)
    digits = match[1] if match else ""
    begun = (digits[:length] for length in range(LONGEST_CODE, 1, -1) if len(digits) >= length)
    return next((codes[code] for code in begun if code in codes), "")


def _of_account(states: States, sentence: Sentence, place: int, bare: str) -> str:
    """The State of the number of an account; empty where it is not one."""
    match = IBAN.fullmatch(bare)
    led = sentence.before(place) in BEFORE_AN_ACCOUNT or "iban" in sentence.words
    state = states.find(match[1]) if match and led else None
    return state.place.alpha3 if state else ""
