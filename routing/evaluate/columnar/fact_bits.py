"""The bits of tests: what is told, looked up and presumed of the needs of one block, as machine words.

The order is that of the live path: what the case states, what the law data say, what the measure and the fact
itself let one presume. A fact that is the same for every need costs no column.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np

from routing.case.facts import BOUND, bound_side
from routing.core.conditions import All, AtLeast, Condition, Is, Not
from routing.core.conditions import Any as AnyOf
from routing.core.domain import KINDS_OF_NEED, NO, YES, Fact
from routing.evaluate.columnar.codes import MANY, MOST, NO_NUMBER, NUMBER, OPEN, Coding
from routing.evaluate.columnar.law_tables import LawTables
from routing.evaluate.columnar.machine import words_of
from routing.evaluate.columnar.needs import VIA_NO, VIA_UNKNOWN, VIA_YES, Needs, alone
from routing.evaluate.stated_ties import SETTLED, settled_as
from routing.rulebook.parse.conditions import TIE

Column = Any
"""An array of codes, or one code (a Python int) that holds for every need."""
Flags = Any
"""An array of truths, or one truth (a bool) that holds for every need."""
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
    _planes: dict[tuple[str, object], Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.words = -(-len(self.needs) // 64)
        self._none = np.zeros(self.words, np.uint64)
        self._every = ~self._none
        self._counts: tuple[Any, Any, Mapping[str, Any]] | None = None
        self._properties = self.tables.rulebook.properties(self.measure)

    def surely(self, test: Is | AtLeast) -> Any:
        """The needs in which the test holds whatever is still unknown."""
        if isinstance(test, Is) and test.fact.startswith(SETTLED):
            tie, rail = settled_as(test)
            return self.possibly(tie) if rail else self.surely(tie)
        coding = self._coding(test.fact)
        if coding is None:
            return self._none
        if isinstance(test, AtLeast):
            if coding.type != NUMBER:
                return self._none
            return self._plane(test.fact, test.bound)
        if coding.type == NUMBER:
            return self._none
        if coding.type == MANY:
            mask = coding.of_words(test.values)
            return self._plane(test.fact, (mask,))
        bits = None
        for word in test.values:
            place = coding.place.get(word)
            if place is not None:
                plane = self._plane(test.fact, 1 + place)
                bits = plane if bits is None else bits | plane
        return self._none if bits is None else bits

    def possibly(self, test: Is | AtLeast) -> Any:
        """The needs in which the test can still hold."""
        if test.fact.startswith(SETTLED):
            return self.surely(test)
        if self._coding(test.fact) is None:
            return self._every
        return self.surely(test) | self._plane(test.fact, None)

    def known(self, fact: str) -> Any:
        """The needs in which something is known of a fact."""
        if fact not in self.tables.codings:
            return self._every if fact in ("measure", "kind") else self._none
        coding = self.tables.codings[fact]
        if coding.type != MANY:
            return ~self._plane(fact, None)
        column = self.column(fact)
        if isinstance(column, int):
            return self._none if column == coding.unknown else self._every
        return words_of(column != coding.unknown, self.words)

    def _plane(self, fact: str, what: object) -> Any:
        key = (fact, what)
        plane = self._planes.get(key)
        if plane is None:
            coding = self._coding(fact)
            assert coding is not None
            flags = self._flags(coding, self.column(fact), what)
            if isinstance(flags, (bool, np.bool_)):
                plane = self._every if flags else self._none
            else:
                plane = words_of(flags, self.words)
            self._planes[key] = plane
        return plane

    @staticmethod
    def _flags(coding: Coding, column: Column, what: object) -> Any:
        """what: a code, the least number, the bits of some values as (mask,), or None for what is left
        open."""
        if what is None:
            return (column & np.uint64(OPEN)) != 0 if coding.type == MANY else column == coding.unknown
        if isinstance(what, tuple):
            return (column & np.uint64(what[0])) != 0
        return column >= what if coding.type == NUMBER else column == what

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
                column = self._over(coding, self.needs.told.get(fact), lambda: self._not_told(coding))
            self._columns[fact] = column
        return column

    def _over(self, coding: Coding, stated: Any, rest: Any) -> Column:
        if stated is None:
            return rest()
        silent = stated == coding.silent
        if silent.all():
            return rest()
        return np.where(silent, rest(), stated).astype(coding.dtype) if silent.any() else stated

    def _tie(self, fact: str) -> Column:
        table = self.tables.of_pair(fact.removeprefix(TIE), self.day)
        return self._over(
            self.tables.codings[fact],
            self.needs.bonds.get(fact),
            lambda: table[self._state("requesting"), self._state("requested")],
        )

    def _bound(self, fact: str) -> Column:
        """What one side alone is bound by; an assumed tie goes first, unless it is assumed to be unknown."""
        who, instrument = bound_side(fact)
        coding = self.tables.codings[TIE + instrument]
        alone = self.tables.of_one(instrument, self.day)[self._state(who)]
        assumed = self.needs.ties.get(instrument)
        if assumed is None:
            return alone
        return np.where((assumed == coding.silent) | (assumed == coding.unknown), alone, assumed)

    def named(self, who: str, state: str) -> Any:
        """The needs in which one side (own, other) is this State."""
        return words_of(self._state(who) == self.tables.place.get(state, -1), self.words)

    def _coding(self, fact: str) -> Coding | None:
        if fact.startswith(BOUND):
            fact = TIE + bound_side(fact)[1]
        return self.tables.codings.get(fact)

    def _state(self, who: str) -> Any:
        answering = self.kind == KINDS_OF_NEED[1]
        ours = who == "own" or who == ("requested" if answering else "requesting")
        return self.needs.own if ours else self.needs.partner

    def _not_told(self, coding: Coding) -> Column:
        fact = self.tables.rulebook.facts[coding.fact]
        told: Column = coding.unknown
        if fact.looked_up:
            told = self._looked_up(coding, dict(fact.looked_up))
        presumed = self._presumed(coding, fact)
        if isinstance(told, int):
            return presumed if told == coding.unknown else told
        open_still = told == coding.unknown
        if (isinstance(presumed, int) and presumed == coding.unknown) or not open_still.any():
            return told
        return np.asarray(np.where(open_still, presumed, told), coding.dtype)

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
                presumed = _where(doubted, coding.unknown, presumed, coding)
        for usual in reversed(fact.usual):
            word = self._word(coding, usual.value)
            fits = [self._holds(condition) for condition in usual.when]
            presumed = _where(_joined(True, fits), word, presumed, coding)
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
            told = self.needs.bonds.get(coding.fact)
            return self._over(coding, told, lambda: table[self.needs.own, self.needs.partner])
        who = how.get("who") or how.get("state")
        if who:
            return self.tables.of_state(coding.fact, self.day)[self._state(who)]
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

    def _holds(self, condition: Condition) -> Flags:
        """The needs in which a condition over facts surely holds, as flags; see `case.facts`."""
        if isinstance(condition, (All, AnyOf)):
            return _joined(isinstance(condition, All), [self._holds(part) for part in condition.parts])
        if isinstance(condition, Not):
            return _not(self._can_hold(condition.part))
        if isinstance(condition, (Is, AtLeast)):
            return (
                self._settled(condition) if condition.fact in NEED else self._as_flags(self.surely(condition))
            )
        return False

    def _can_hold(self, condition: Condition) -> Flags:
        """The needs in which a condition over looked-up facts can still hold, as flags."""
        if isinstance(condition, (All, AnyOf)):
            return _joined(isinstance(condition, All), [self._can_hold(part) for part in condition.parts])
        if isinstance(condition, Not):
            inner = condition.part
            if not isinstance(inner, (Is, AtLeast)):
                return True
            return _not(self._settled(inner) if inner.fact in NEED else self._as_flags(self.surely(inner)))
        if isinstance(condition, (Is, AtLeast)):
            return (
                self._settled(condition)
                if condition.fact in NEED
                else self._as_flags(self.possibly(condition))
            )
        return False

    def _settled(self, test: Is | AtLeast) -> bool:
        word = self.measure if test.fact == "measure" else self.kind
        return isinstance(test, Is) and word in test.values

    def _as_flags(self, words: Any) -> Any:
        return np.unpackbits(words.view(np.uint8), count=len(self.needs), bitorder="little").view(np.bool_)


def _not(flags: Flags) -> Flags:
    return not flags if isinstance(flags, bool) else ~flags


def _joined(every: bool, parts: list[Flags]) -> Flags:
    """All, or any, of some flags; one truth for all needs where that is enough."""
    settled = [flags for flags in parts if isinstance(flags, bool)]
    if (not every) in settled:
        return not every
    rest = [flags for flags in parts if not isinstance(flags, bool)]
    if not rest:
        return every
    return (np.logical_and if every else np.logical_or).reduce(rest)


def _where(flags: Flags, then: Column, otherwise: Column, coding: Coding) -> Column:
    if isinstance(flags, bool):
        return then if flags else otherwise
    return np.asarray(np.where(flags, then, otherwise), coding.dtype)
