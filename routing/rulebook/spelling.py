"""How words are written: what makes no difference in a text, and which known word a slip of the pen means."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

WORD = re.compile(r"[^\W_]+(?:/[^\W_]+)*")
LIKENESS = 0.84
"""The least likeness (of 1) at which a word is suggested: below it a suggestion misleads more often than it
helps."""
RARE, MORE_USUAL = 9, 10
"""A word that may be another one mis-spelt stands in so many phrases at most, and that one in so many times
more."""
SHORTEST_MENDED = 5  # letters of a word in which a slip is looked for
MOST_KEPT = 16_384  # texts whose words are remembered: those of the rules, and what was read last
PLURALS = (("sses", "ss"), ("ches", "ch"), ("shes", "sh"), ("xes", "x"), ("ies", "y"))
APART_OR_NOT = re.compile(r"\b(?:e(?=-mail)|on(?=-line)|web(?=-(?:site|page))|cyber(?=-(?:crime|attack)))-")
"""Where a hyphen makes no difference: `e-mail` is `email`."""
NO_ACCENT = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe"})
"""Letters that are no other letter with an accent, as people write them who have no such key."""
WRITTEN = {
    f"{stem}{ending}": f"{stem}{compared}"
    for ending, compared, stems in (
        ("or", "our", ("lab", "harb", "neighb", "col", "hon", "behavi", "rum", "arm")),
        ("er", "re", ("cent", "theat", "calib")),
        ("nse", "nce", ("defe", "offe", "lice", "prete")),
    )
    for stem in stems
}
WRITTEN |= {"judgement": "judgment", "gaol": "jail", "program": "programme", "gray": "grey", "tyre": "tire"}
WRITTEN |= {"jewelry": "jewellery", "jeweler": "jeweller", "traveler": "traveller", "counselor": "counsellor"}
WRITTEN |= {
    "pedophile": "paedophile",
    "pedophilia": "paedophilia",
    "inquiry": "enquiry",
    "adviser": "advisor",
}
WRITTEN |= {"installment": "instalment", "artefact": "artifact", "kidnaping": "kidnapping"}
"""Words that are written in more ways than one, and the way in which they are compared."""
ISED = re.compile(r"(?<=[a-z]{3})(?<!se)(?:iz|yz)(?=(?:e[ds]?|er|ing|ation)$)")
"""`organize` is `organise`, `analyze` is `analyse`."""
LITTLE = frozenset(
    {"a", "an", "the", "of", "his", "her", "their", "its", "some", "any", "please", "all", "s"}
)


def as_id(word: str) -> str:
    """A word as ids are written: small letters, with `_` for a blank or a hyphen."""
    return word.strip().lower().replace(" ", "_").replace("-", "_")


@lru_cache(maxsize=MOST_KEPT)
def tidy(text: str) -> str:
    """A text without what makes no difference: capitals, accents, punctuation, plural, little words."""
    plain = text.casefold()
    if not plain.isascii():
        decomposed = unicodedata.normalize("NFKD", plain.translate(NO_ACCENT))
        plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    plain = APART_OR_NOT.sub(_joined, plain.replace("'", " ").replace("\u2019", " "))
    words = WORD.findall(plain)
    kept = [_compared(word) for word in words if word not in LITTLE] or words
    return " ".join(kept)


def _joined(match: re.Match[str]) -> str:
    return match[0][:-1]


@lru_cache(maxsize=MOST_KEPT)
def _compared(word: str) -> str:
    """A word as words are compared: one of many, in one of its spellings."""
    singular = _singular(word)
    return WRITTEN.get(singular) or (ISED.sub(_with_s, singular) if "z" in singular else singular)


def _with_s(match: re.Match[str]) -> str:
    return match[0].replace("z", "s")


def _singular(word: str) -> str:
    if len(word) < 4:
        return word
    for plural, singular in PLURALS:
        if word.endswith(plural):
            return word[: -len(plural)] + singular
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def alike(wanted: str, table: Mapping[str, str]) -> str | None:
    """The entry whose key is most like a text; None where none is like enough, or two with different meanings
    are as like. Of a single word only one letter may be wrong: `translation` is not `transaction`."""
    if len(wanted) < 3:
        return None
    scored = sorted(
        (
            (ratio, table[key])
            for key in table
            if " " in wanted or one_slip(wanted, key)
            if (ratio := _likeness(wanted, key)) >= LIKENESS
        ),
        reverse=True,
    )
    if not scored or (len(scored) > 1 and scored[0][0] == scored[1][0] and scored[0][1] != scored[1][1]):
        return None
    return scored[0][1]


def mended(text: str, vocabulary: Mapping[str, int]) -> str:
    """A text with each word that is not known as the known word that is one slip of the pen from it: the only
    one, or one that is far more usual than each other, and than the word as it is written.

    vocabulary: the known words, each with the number of phrases it stands in.
    """

    def right(word: str) -> str:
        own = vocabulary.get(word, 0)
        if len(word) < SHORTEST_MENDED or own > RARE:
            return word
        near = sorted((-phrases, it) for it, phrases in vocabulary.items() if one_slip(word, it))
        if not near or (own and -near[0][0] < MORE_USUAL * own):
            return word
        alone = len(near) == 1 or near[0][0] <= MORE_USUAL * near[1][0]
        return near[0][1] if alone else word

    return " ".join(map(right, text.split()))


def one_slip(first: str, second: str) -> bool:
    """Whether one letter after the first is left out, added, replaced, or swapped with the next."""
    if first[0] != second[0]:
        return False
    pairs = enumerate(zip(first, second, strict=False))
    at = next((place for place, (left, right) in pairs if left != right), min(len(first), len(second)))
    left, right = first[at:], second[at:]
    swapped = left[:2] == right[:2][::-1] and left[2:] == right[2:]
    return swapped or left[1:] in (right, right[1:]) or left == right[1:]


def _likeness(first: str, second: str) -> float:
    from difflib import SequenceMatcher  # only a word that is not known needs it

    matcher = SequenceMatcher(None, first, second)
    if matcher.real_quick_ratio() < LIKENESS or matcher.quick_ratio() < LIKENESS:
        return 0.0
    return matcher.ratio()


NO_ENDING = frozenset({"accounting", "banking"})
ENDING = re.compile(r"(?<=...)(?:ing|ed|e)$")


def stem(word: str) -> str:
    """A word without the ending that its place in a sentence gives it: `freezing` and `freeze` are alike."""
    if word in NO_ENDING:
        return word
    short = ENDING.sub("", word)
    return short[:-1] if short != word and len(short) > 4 and short[-1] == short[-2] else short
