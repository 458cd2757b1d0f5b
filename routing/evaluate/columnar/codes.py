"""How the values of facts stand in columns of numbers.

A choice or a tie: 0 while unknown, then its values from 1, in the order of the rulebook. A list: one bit for
each value, and OPEN where it may hold more. A number: itself, or NO_NUMBER while unknown. What a case does
not state at all is told apart from what it states as unknown, because only the first may be looked up or
presumed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np

from routing.case.facts import Value
from routing.core.cached import cached_property
from routing.core.conditions import AtLeast, Is
from routing.core.domain import ASSUMED_MAIN_STEP, NO_STEP_ASSUMED, UNKNOWN
from routing.core.records import Record
from routing.rulebook.model import Rulebook
from routing.rulebook.parse.conditions import TIE, TIE_VALUES

CHOICE, MANY, NUMBER = "choice", "many", "number"
SILENT_CHOICE = 255
OPEN, SILENT_MANY = 1 << 61, 1 << 62
NO_NUMBER, SILENT_NUMBER = -(2**31) + 1, -(2**31)
MOST = 2**31 - 1


class Coding(Record, dict=True):
    """The coding of one fact. values: its words, in order; none for a number."""

    fact: str
    type: str
    values: tuple[str, ...] = ()

    @cached_property
    def place(self) -> Mapping[str, int]:
        return {value: number for number, value in enumerate(self.values)}

    @property
    def dtype(self) -> Any:
        return {CHOICE: np.uint8, MANY: np.uint64, NUMBER: np.int32}[self.type]

    @property
    def silent(self) -> int:
        """The code of what is not stated at all."""
        return {CHOICE: SILENT_CHOICE, MANY: SILENT_MANY, NUMBER: SILENT_NUMBER}[self.type]

    @property
    def unknown(self) -> int:
        return {CHOICE: 0, MANY: OPEN, NUMBER: NO_NUMBER}[self.type]

    def of_value(self, value: Value | None) -> int:
        """The code of a value that was looked up or presumed."""
        if value is None:
            return self.unknown
        if self.type == NUMBER:
            return self.unknown if value.number is None else max(min(value.number, MOST), NO_NUMBER + 1)
        return self.of_words(value.words, value.closed)

    def of_words(self, words: Any, closed: bool = True) -> int:
        """The code of words; one that the rulebook does not know is a value that no rule names."""
        if self.type == CHOICE:
            return min((1 + self.place.get(word, len(self.values)) for word in words), default=0)
        bits = sum(1 << self.place[word] for word in set(words) if word in self.place)
        return bits if closed else bits | OPEN

    def codes_of(self, test: Is | AtLeast) -> tuple[int, ...]:
        """The codes of which one makes the test hold: places of its values; the least number that does; for a
        list one number, with the bits of all values that do. None for a test of another type."""
        if isinstance(test, AtLeast):
            return (test.bound,) if self.type == NUMBER else ()
        if self.type == NUMBER:
            return ()
        if self.type == MANY:
            return (self.of_words(test.values),)
        return tuple(1 + self.place[word] for word in test.values if word in self.place)

    def of_stated(self, stated: Any) -> int:
        """The code of what a case file states (see `Stated`); None for nothing."""
        if stated is None:
            return self.silent
        if stated == UNKNOWN:
            return self.unknown
        if isinstance(stated, tuple):
            return self.of_words(set(stated) - {UNKNOWN}, UNKNOWN not in stated)
        if self.type == NUMBER:
            return max(min(int(stated), MOST), NO_NUMBER + 1)
        return self.of_words((str(stated),))


def codings_of(rulebook: Rulebook) -> dict[str, Coding]:
    """The coding of every fact and tie that a rule can test; for a date, of the number of days it is counted
    in."""
    codings = {
        fact.id: Coding(fact.id, fact.type, tuple(fact.values))
        for fact in rulebook.facts.values()
        if not fact.derived and fact.type in (CHOICE, MANY, NUMBER)
    }
    for instrument in rulebook.instruments:
        codings[TIE + instrument] = Coding(TIE + instrument, CHOICE, TIE_VALUES)
    codings[ASSUMED_MAIN_STEP] = Coding(ASSUMED_MAIN_STEP, CHOICE, (NO_STEP_ASSUMED, *rulebook.pathways))
    return codings


def ordinal(day: date) -> int:
    return day.toordinal()
