"""The bits of tests: what is told, looked up and presumed of the needs of one block, as machine words.

The order is that of the live path: what the case states, what the law data say, what the measure and the fact
itself let one presume. A fact that is the same for every need costs no column.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np

from routing.case.facts import BOUND, bound_side
from routing.core.cached import cached_property
from routing.core.conditions import All, AtLeast, Condition, Is, Not
from routing.core.conditions import Any as AnyOf
from routing.core.domain import KINDS_OF_NEED, NO, YES, Fact
from routing.evaluate.columnar.codes import MANY, MOST, NO_NUMBER, NUMBER, OPEN, Coding
from routing.evaluate.columnar.law_tables import ColumnTest, LawTables
from routing.evaluate.columnar.machine import as_words
from routing.evaluate.columnar.needs import VIA_NO, VIA_UNKNOWN, VIA_YES, Needs, alone
from routing.rulebook.parse.conditions import TIE

Code = int | None
Column = Any
"""An array of codes, or one code (a Python int) that holds for every need."""
Truth = Any
"""The bits of many needs as machine words, or one truth (a bool) that holds for every need."""
NEED = ("measure", "kind")
"""What a block has in common."""


@dataclass
class FactBits:
    """Tests of the needs in one chunk of a block."""

    tables: LawTables
    needs: Needs
    measure: str
    kind: str
    day: date
    words: int = 0
    _columns: dict[str, Column] = field(default_factory=dict)
    _planes: dict[tuple[str, Code], Any] = field(default_factory=dict)
    _pairs: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.words = rounded_up(-(-len(self.needs) // 64))
        self._none = np.zeros(self.words, np.uint64)
        self._every = ~self._none
        self._counts: tuple[Any, Any, Mapping[str, Any]] | None = None
        self._properties = self.tables.rulebook.properties(self.measure)

    def surely(self, test: Is | AtLeast) -> Any:
        """The needs in which the test holds whatever is still unknown."""
        reading = self.tables.reading(test)
        if reading.settled is None:
            return self._certain(reading)
        return self._possible(reading) if reading.settled else self._certain(reading)

    def possibly(self, test: Is | AtLeast) -> Any:
        """The needs in which the test can still hold."""
        reading = self.tables.reading(test)
        return self._possible(reading) if reading.settled is None else self.surely(test)

    def _certain(self, reading: ColumnTest) -> Any:
        """The needs whose value passes the test."""
        bits = self._none
        for code in reading.codes:
            plane = self._plane(reading, code)
            bits = plane if bits is self._none else bits | plane
        return bits

    def _possible(self, reading: ColumnTest) -> Any:
        """Those, and the needs whose value is not known."""
        if reading.coding is None:
            return self._every
        return self._certain(reading) | self._plane(reading, None)

    def with_value(self, fact: str) -> Any:
        """The needs in which something is known of a fact."""
        if fact not in self.tables.codings:
            return self._every if fact in ("measure", "kind") else self._none
        coding = self.tables.codings[fact]
        if coding.type != MANY:
            return ~self._plane(ColumnTest(fact, coding), None)
        column = self.column(fact)
        if isinstance(column, int):
            return self._none if column == coding.unknown else self._every
        return as_words(column != coding.unknown, self.words)

    def _plane(self, reading: ColumnTest, code: Code) -> Any:
        key = (reading.fact, code)
        plane = self._planes.get(key)
        if plane is None:
            assert reading.coding is not None
            flags = self._flags(reading.coding, self.column(reading.fact), code)
            if isinstance(flags, (bool, np.bool_)):
                plane = self._every if flags else self._none
            else:
                plane = as_words(flags, self.words)
            self._planes[key] = plane
        return plane

    @staticmethod
    def _flags(coding: Coding, column: Column, code: Code) -> Any:
        """code: None for what is left open; else as `Coding.codes_of` gives it."""
        if coding.type == MANY:
            return (column & np.uint64(OPEN if code is None else code)) != 0
        if code is None:
            return column == coding.unknown
        return column >= code if coding.type == NUMBER else column == code

    def column(self, fact: str) -> Column:
        """The codes of a fact or tie once everything is said, looked up and presumed."""
        column = self._columns.get(fact)
        if column is None:
            if fact.startswith(BOUND):
                column = self._bound(fact)
            elif fact.startswith(TIE):
                column = self._over(
                    self.tables.codings[fact],
                    self.needs.ties.get(fact.removeprefix(TIE)),
                    lambda: self._tie(fact),
                )
            else:
                coding = self.tables.codings[fact]
                column = self._over(coding, self.needs.stated.get(fact), lambda: self._not_told(coding))
            self._columns[fact] = column
        return column

    def _over(self, coding: Coding, stated: Any, rest: Any) -> Column:
        if stated is None:
            return rest()
        silent = stated == coding.silent
        if silent.all():
            return rest()
        return _picked(silent, rest(), stated, coding) if silent.any() else stated

    def _tie(self, fact: str) -> Column:
        table = self.tables.of_pair(fact.removeprefix(TIE), self.day)
        return self._over(
            self.tables.codings[fact],
            self.needs.bonds.get(fact),
            lambda: table.take(self._pair("requesting", "requested")),
        )

    def _bound(self, fact: str) -> Column:
        """What one side alone is bound by; an assumed tie goes first, unless it is assumed to be unknown."""
        who, instrument = bound_side(fact)
        coding = self.tables.codings[TIE + instrument]
        alone = self.tables.of_one(instrument, self.day).take(self._state(who))
        assumed = self.needs.ties.get(instrument)
        if assumed is None:
            return alone
        return np.where((assumed == coding.silent) | (assumed == coding.unknown), alone, assumed)

    def named(self, who: str, state: str) -> Any:
        """The needs in which one side (own, other) is this State."""
        return as_words(self._state(who) == self.tables.place.get(state, -1), self.words)

    def _state(self, who: str) -> Any:
        """The places of one side, as numpy takes them fastest."""
        answering = self.kind == KINDS_OF_NEED[1]
        ours = who == "own" or who == ("requested" if answering else "requesting")
        return self._own if ours else self._partner

    @cached_property
    def _own(self) -> Any:
        return self.needs.own.astype(np.intp)

    @cached_property
    def _partner(self) -> Any:
        return self.needs.partner.astype(np.intp)

    def _pair(self, first: str, second: str) -> Any:
        """The places of both sides in a table of all pairs, read row by row."""
        pair = self._pairs.get(first)
        if pair is None:
            size = len(self.tables.states) + 1
            pair = self._pairs[first] = self._state(first) * size + self._state(second)
        return pair

    def _not_told(self, coding: Coding) -> Column:
        fact = self.tables.rulebook.facts[coding.fact]
        looked_up: Column = coding.unknown
        if fact.looked_up:
            looked_up = self._looked_up(coding, dict(fact.looked_up))
        presumed = self._presumed(coding, fact)
        if isinstance(looked_up, int):
            return presumed if looked_up == coding.unknown else looked_up
        open_still = looked_up == coding.unknown
        if (isinstance(presumed, int) and presumed == coding.unknown) or not open_still.any():
            return looked_up
        return _picked(open_still, presumed, looked_up, coding)

    def _presumed(self, coding: Coding, fact: Fact) -> Column:
        """What is presumed where nothing is said: by the measure, in the usual case that fits first, or
        always."""
        measure = self.tables.rulebook.measures[self.measure]
        if coding.fact in measure.presumes:
            return self._word(coding, measure.presumes[coding.fact])
        presumed: Column = coding.unknown
        if fact.presumed is not None:
            presumed = self._word(coding, fact.presumed.value)
            if fact.presumed.unless:
                doubted = self._can_hold(fact.presumed.unless[0])
                presumed = self._where(doubted, coding.unknown, presumed, coding)
        for usual in reversed(fact.usual):
            word = self._word(coding, usual.value)
            fits = [self._holds(condition) for condition in usual.when]
            presumed = self._where(_joined(True, fits), word, presumed, coding)
        return presumed

    @staticmethod
    def _word(coding: Coding, word: str) -> int:
        return int(word) if coding.type == NUMBER else coding.of_words((word,))

    def _looked_up(self, coding: Coding, how: Mapping[str, Any]) -> Column:
        if "from" in how:
            word = self._properties.get(coding.fact)
            return self._word(coding, word) if word else coding.unknown
        if "states" in how:
            both = (self.needs.own > 0) & (self.needs.partner > 0)
            return np.where(both, self._word(coding, YES), self._word(coding, NO)).astype(coding.dtype)
        if "bilateral" in how:
            table = self.tables.of_treaties(coding.fact, self.day)
            bonds = self.needs.bonds.get(coding.fact)
            return self._over(coding, bonds, lambda: table.take(self._pair("own", "partner")))
        who = how.get("who") or how.get("state")
        if who:
            return self.tables.of_state(coding.fact, self.day).take(self._state(who))
        if "count" in how:
            return self._count(coding, how["count"])
        if "via" in how:
            if how["via"] == "missing":
                words = np.full(4, self._word(coding, NO), coding.dtype)
                words[[VIA_NO, VIA_UNKNOWN]] = self._word(coding, YES)
                return words[self.needs.via]
            words = np.full(4, coding.unknown, coding.dtype)
            words[VIA_YES], words[VIA_NO] = self._word(coding, YES), self._word(coding, NO)
            return words[self.needs.via]
        for key, sign in (("days_until", 1), ("days_since", -1)):
            if key in how:
                stated = self.needs.days.get(how[key])
                if stated is None:
                    return coding.unknown
                days = np.clip(sign * (stated.astype(np.int64) - self.day.toordinal()), NO_NUMBER + 1, MOST)
                return np.where(stated == 0, NO_NUMBER, days).astype(coding.dtype)
        return coding.unknown

    def _count(self, coding: Coding, what: str) -> Column:
        needs = self.needs
        if self._counts is None:
            self._counts = (
                alone(needs, self.tables, slice(None), self.day)
                if needs.in_case is None
                else (needs.in_case, needs.asked, needs.members)
            )
        in_case, asked, members = self._counts
        number = in_case if what == "states" else asked if what == "asked" else members[what]
        return np.where(number < 0, NO_NUMBER, number).astype(coding.dtype)

    def _holds(self, condition: Condition) -> Truth:
        """The needs in which a condition over facts surely holds; see `case.facts`."""
        if isinstance(condition, (All, AnyOf)):
            return _joined(isinstance(condition, All), [self._holds(part) for part in condition.parts])
        if isinstance(condition, Not):
            return _not(self._can_hold(condition.part))
        if isinstance(condition, (Is, AtLeast)):
            return self._settled(condition, self.surely)
        return False

    def _can_hold(self, condition: Condition) -> Truth:
        """The needs in which a condition over looked-up facts can still hold."""
        if isinstance(condition, (All, AnyOf)):
            return _joined(isinstance(condition, All), [self._can_hold(part) for part in condition.parts])
        if isinstance(condition, Not):
            inner = condition.part
            return _not(self._settled(inner, self.surely)) if isinstance(inner, (Is, AtLeast)) else True
        if isinstance(condition, (Is, AtLeast)):
            return self._settled(condition, self.possibly)
        return False

    def _settled(self, test: Is | AtLeast, read: Callable[[Is | AtLeast], Any]) -> Truth:
        """A test of the measure or the kind, which all needs here share; or the bits of a fact."""
        if test.fact in NEED:
            word = self.measure if test.fact == "measure" else self.kind
            return isinstance(test, Is) and word in test.values
        bits = read(test)
        return True if bits is self._every else False if bits is self._none else bits

    def _where(self, truth: Truth, then: Column, otherwise: Column, coding: Coding) -> Column:
        """One column where it holds, the other elsewhere."""
        if isinstance(truth, bool):
            return then if truth else otherwise
        flags = np.unpackbits(truth.view(np.uint8), count=len(self.needs), bitorder="little")
        return _picked(flags, then, otherwise, coding)


def rounded_up(words: int) -> int:
    """A few more words, so that blocks of nearly one size share their machine: to the next sixteenth of a
    power of two."""
    step = max(1, (1 << words.bit_length()) // 32)
    return -(-words // step) * step


def _not(truth: Truth) -> Truth:
    return not truth if isinstance(truth, bool) else ~truth


def _joined(every: bool, parts: list[Truth]) -> Truth:
    """All, or any, of some truths; one truth for all needs where that is enough."""
    joined: Truth = every
    for part in parts:
        if isinstance(part, bool):
            if part is not every:
                return part
        elif isinstance(joined, bool):
            joined = part
        else:
            joined = joined & part if every else joined | part
    return joined


def _picked(flags: Any, then: Column, otherwise: Column, coding: Coding) -> Column:
    """One column where a flag is set, the other elsewhere: by bits, so that no branch slows it down."""
    mask = np.negative(flags.astype(coding.dtype))  # every bit, or none
    left, right = (np.asarray(column, coding.dtype) for column in (then, otherwise))
    return ((left ^ right) & mask) ^ right
