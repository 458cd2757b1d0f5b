"""A term of imprisonment as people write it: `up to ten years`, `one and a half years`."""

from __future__ import annotations

import re

from routing.rulebook.spans import NUMBERS

TERM = re.compile(r"(\d{1,6})\s*(months?|m|years?|yrs?|y|days?|d)?")
MOST = re.compile(r"^(?:(?:up to|at most|(?:not|no) more than|max(?:imum|\.)?|of) )+")
"""What stands before a term and does not change the number."""
SERVED = re.compile(r" (?:(?:in|of) )?(?:prison|jail|gaol|custody|imprisonment|detention)$")
"""What stands after a term and does not change it: `five years in prison`."""
RANGE = re.compile(
    r"^(?:(?:from )?\w+(?: (?:months?|years?))?(?: ?[-\u2013] ?| (?:up )?to )"
    r"|between \w+(?: (?:months?|years?))? and )(?=\w+ \w+$)"
)
"""The lower end of `six months to five years`: the upper one is the highest term."""
WITH_HALF = re.compile(r"^(\w+)(?: and a half (?:years?|yrs?)| (?:years?|yrs?) and a half)$")
WITH_MONTHS = re.compile(r"^(\w+) (?:years?|yrs?)(?: and|,)? (\w+) months?$")
ARTICLE = re.compile(r"\ban? (?=months?|years?)")
COUNTED = frozenset(word for word, number in NUMBERS.items() if number >= 1)


def term_of(word: str) -> re.Match[str] | None:
    """A term in words as its number and unit: `up to ten years`, the upper end of a range, `one and a half
    years`, `two years and six months`; None where it is none."""
    bare = RANGE.sub("", MOST.sub("", ARTICLE.sub("one ", SERVED.sub("", word))))
    parts = WITH_HALF.match(bare) or WITH_MONTHS.match(bare)
    if parts:
        years, months = _digits(parts[1]), _digits(parts[2]) if parts.re is WITH_MONTHS else "6"
        whole = years.isdigit() and months.isdigit()
        return TERM.fullmatch(f"{12 * int(years) + int(months)} months") if whole else None
    first, _, rest = bare.partition(" ")
    return TERM.fullmatch(f"{_digits(first)} {rest}") if rest else None


def _digits(word: str) -> str:
    return f"{NUMBERS[word]:.0f}" if word in COUNTED else word
