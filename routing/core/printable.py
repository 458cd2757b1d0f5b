"""Text that may be shown: days, lists and sentences as people write them, and no character that moves the
cursor, reorders or hides."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

# Control characters, marks that reorder or hide text on a screen, what Unicode gives no form of its own
# (Default_Ignorable_Code_Point), and what is not a character. The two marks that choose between the text and
# the picture of a sign stand by themselves; in a row they hide words.
UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufdd0-\ufdef\ufe00-\ufe0d\ufeff\uffa0"
    "\ufff0-\ufffb\ufffe\uffff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
    "|[\ufe0e\ufe0f](?=[\ufe0e\ufe0f])"
)
_BREAKS, _BACK = re.compile("[\n\r\x85]"), re.compile("[\r\x85]")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def printable(text: str, one_line: bool = True) -> str:
    """The text with each character that is not to reach a terminal written out as an escape.

    one_line: whether breaks of lines are written out too, beside those that go back to the beginning of one.
    """
    text = UNPRINTABLE.sub(_escaped, text)
    return (_BREAKS if one_line else _BACK).sub(_escaped, text)


LONGEST = 60
"""Letters of what somebody wrote that are said back: enough to find it by."""
LONGEST_SAID = 4000
_WORDS = {"`": re.compile("`([^`]*)`"), "'": re.compile(r"(?<![^\s(])'([^']*)'(?!\w)")}
_ISO = re.compile(r"(?<![\w./-])(\d{4}-\d\d-\d\d)(?![\w/-])")
_ENDLESS = re.compile(r"\S{301,}")


def said_back(text: str, marks: str = "`") -> str:
    """A sentence whose words between marks, which are the writer's, have a length that can be read.

    A path, by which a file is found, stays whole as long as it can be one.
    """
    for mark in marks:
        text = _WORDS[mark].sub(_short, text)
    return _ENDLESS.sub(lambda word: word[0][:LONGEST], text)[:LONGEST_SAID]


def _short(word: re.Match[str]) -> str:
    mark = word[0][0]
    return word[0] if "/" in word[1] else f"{mark}{word[1][:LONGEST]}{mark}"


def _escaped(match: re.Match[str]) -> str:
    return match[0].encode("unicode_escape").decode("ascii")


def day(value: date) -> str:
    """A date as `24 Nov 2026`."""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def with_written_days(text: str) -> str:
    """A text with its days as people write them; those in an address stay as they are."""
    return _ISO.sub(lambda match: day(date.fromisoformat(match[1])), text)


def capital_first(words: str) -> str:
    """The words with a capital at their beginning, as at that of a sentence."""
    return words[:1].upper() + words[1:]


def small_first(words: str) -> str:
    """The words with a small letter at their beginning."""
    return words[:1].lower() + words[1:]


def inside_sentence(words: str) -> str:
    """The words as they stand inside a sentence: an abbreviation at their beginning keeps its capitals."""
    return small_first(words) if words[1:2].islower() else words


def ended(words: str) -> str:
    """The words with the sign that ends a sentence; of none, none."""
    return words if not words or words.endswith((".", "!", "?")) else f"{words}."


def sentences(words: str) -> list[str]:
    """The sentences of a text."""
    return re.split(r"(?<=[.!?]) (?=[A-Z])", words)


def listing(items: Iterable[str], last: str = "and") -> str:
    """`A, b and c`. last: the word before the last of several."""
    every = list(items)
    return f"{', '.join(every[:-1])} {last} {every[-1]}" if len(every) > 1 else "".join(every)


def shortened_list(items: Sequence[str], most: int) -> str:
    """`A, b and 3 more`: the first of some items, and how many are left."""
    left = len(items) - most
    return ", ".join(items[:most]) + (f" and {left} more" if left > 0 else "")


def either_of(names: Iterable[str]) -> str:
    """The names of which one may be meant."""
    return _in_ticks(names, "or")


def every_of(names: Iterable[str]) -> str:
    """The names, all of which are meant."""
    return _in_ticks(names, "and")


def _in_ticks(names: Iterable[str], word: str) -> str:
    return f" {word} ".join(f"`{name}`" for name in names)


def in_quotes(words: str) -> str:
    """Somebody's own words in the marks of a quotation."""
    return f"\u201c{words}\u201d"
