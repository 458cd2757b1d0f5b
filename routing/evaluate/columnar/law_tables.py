"""What the law data say of every State and of every pair of States on a day, as tables of codes.

A tie is worked out once for each pair of classes of States: States of one class are alike in all that a tie
of the instrument can rest on, so that thousands of pairs cost as much as a few.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np

from routing.case.facts import BOUND, bound_side, facts_for
from routing.case.model import Case, Need
from routing.core.cached import cached_property
from routing.core.conditions import AtLeast, Is
from routing.core.domain import UNKNOWN
from routing.core.grouping import grouped
from routing.core.records import Record, replace
from routing.evaluate.columnar.codes import Coding, codings_of
from routing.evaluate.stated_ties import is_settled, settled_as
from routing.law import Law
from routing.rulebook.model import Rulebook
from routing.rulebook.parse.conditions import TIE

MOST_DAYS = 64  # for which tables are kept


class ColumnTest(Record):
    """How a test is read from a column. coding: that of the fact; none where the fact is no column. codes: as
    `Coding.codes_of`. settled: which rail of a tie answers, 0 surely and 1 possibly, where a tie that is not
    known is read as one that does not bind."""

    fact: str
    coding: Coding | None
    codes: tuple[int, ...] = ()
    settled: int | None = None


@dataclass
class LawTables:
    """Tables by day. A State stands at its place in `states`, from 1; 0 is a State that is not named."""

    rulebook: Rulebook
    law: Law
    _ties: dict[date, dict[str, Any]] = field(default_factory=dict)
    _states: dict[date, dict[str, Any]] = field(default_factory=dict)
    _readings: dict[Is | AtLeast, ColumnTest] = field(default_factory=dict)

    @cached_property
    def states(self) -> tuple[str, ...]:
        """The codes of all States and territories."""
        return tuple(sorted(place.alpha3 for place in self.law.states))

    @cached_property
    def place(self) -> dict[str, int]:
        return {code: number for number, code in enumerate(self.states, 1)}

    @cached_property
    def codings(self) -> dict[str, Coding]:
        return codings_of(self.rulebook)

    def reading(self, test: Is | AtLeast) -> ColumnTest:
        """How a test is read; worked out once."""
        reading = self._readings.get(test)
        if reading is None:
            meant, rail = settled_as(test) if is_settled(test) else (test, None)
            fact = meant.fact
            coding = self.codings.get(TIE + bound_side(fact)[1] if fact.startswith(BOUND) else fact)
            codes = () if coding is None else coding.codes_of(meant)
            reading = self._readings[test] = ColumnTest(fact, coding, codes, rail)
        return reading

    def of_pair(self, instrument: str, day: date) -> Any:
        """The codes of a tie by requesting and requested State, shape (states + 1, states + 1)."""
        tables = _kept(self._ties, day)
        if instrument not in tables:
            tables[instrument] = self._pairs(instrument, day)
        return tables[instrument]

    def of_treaties(self, fact: str, day: date) -> Any:
        """The codes of a fact that is looked up among the treaties of two States, shape (states + 1, states +
        1)."""
        tables = _kept(self._ties, day)
        if fact not in tables:
            coding = self.codings[fact]
            kind = str((self.rulebook.facts[fact].looked_up or {})["bilateral"])
            table = np.full((len(self.states) + 1,) * 2, coding.unknown, coding.dtype)
            for state, partner in self.law.bilateral().pairs:
                own = self.law.own_treaty(kind, state, partner, day)
                if own is not None and state in self.place and partner in self.place:
                    places = self.place[state], self.place[partner]
                    table[places] = table[places[::-1]] = coding.of_words((own.answer,))
            tables[fact] = table
        return tables[fact]

    def of_state(self, fact: str, day: date) -> Any:
        """The codes of a fact that is looked up for one State (a profile, a membership), shape (states +
        1,)."""
        tables = _kept(self._states, day)
        if fact not in tables:
            coding = self.codings[fact]
            need = Need(id="need", kind="request", measure=next(iter(self.rulebook.measures)))
            how = dict(self.rulebook.facts[fact].looked_up or {})
            who = how.get("who") or how["state"]
            codes = [coding.unknown]
            for state in self.states:
                ours = who in ("own", "requesting")
                partner = None if ours else state
                case = Case(needs=(replace(need, partner=partner),), state=state if ours else None)
                facts = facts_for(case, case.needs[0], self.rulebook, self.law, day)
                value = facts.get(fact)
                looked_up = value is not None and value.origin == "looked_up"
                codes.append(coding.of_value(value) if looked_up else coding.unknown)
            tables[fact] = np.array(codes, coding.dtype)
        return tables[fact]

    def of_one(self, instrument: str, day: date) -> Any:
        """The codes, as of a tie, of what an instrument is to each State alone, shape (states + 1,)."""
        tables = _kept(self._states, day)
        key = f"code of {instrument}"
        if key not in tables:
            coding = self.codings[TIE + instrument]
            listed = instrument in self.law.instruments
            words = [
                self.law.standing(instrument, state, day).status if listed else UNKNOWN
                for state in self.states
            ]
            codes = [0 if word == UNKNOWN else coding.of_words((word,)) for word in words]
            tables[key] = np.array([0, *codes], coding.dtype)
        return tables[key]

    def standing(self, instrument: str, day: date) -> Any:
        """Per State: 1 where an instrument is in force for it, 0 where it surely is not, -1 where that is not
        known."""
        tables = _kept(self._states, day)
        key = f"standing of {instrument}"
        if key not in tables:
            status = [self.law.standing(instrument, state, day).status for state in self.states]
            words = [-1 if word == UNKNOWN else int(word == "in_force") for word in status]
            tables[key] = np.array([0, *words], np.int8)
        return tables[key]

    def _pairs(self, instrument: str, day: date) -> Any:
        coding, size = self.codings[TIE + instrument], len(self.states) + 1
        table = np.zeros((size, size), coding.dtype)
        if instrument not in self.law.instruments:
            return table
        numbered = enumerate(self.states, 1)
        classes = list(grouped((self._class(instrument, state, day), n) for n, state in numbered).values())
        for first in classes:
            for second in classes:
                pair = next(
                    ((a, b) for a in first for b in second if not self._by_itself(instrument, a, b)),
                    None,
                )
                if pair is not None:
                    table[np.ix_(first, second)] = self._tie(coding, instrument, *pair, day)
        for objecting, objected in self._objections(instrument):
            for a in objecting:
                for b in objected:
                    table[a, b] = self._tie(coding, instrument, a, b, day)
                    table[b, a] = self._tie(coding, instrument, b, a, day)
        diagonal = np.arange(1, size)
        table[diagonal, diagonal] = self._tie(coding, instrument, 1, 1, day)
        for family in self._families:
            for a in family:
                for b in family:
                    table[a, b] = self._tie(coding, instrument, a, b, day)
        # One State, or both, still open: what surely binds nobody, or not this State, binds no pair.
        dormant = coding.of_words(("none",)) if self.law.dormant(instrument, day) else 0
        table[0, 0] = dormant
        for place, state in enumerate(self.states, 1):
            status = self.law.standing(instrument, state, day).status
            table[place, 0] = table[0, place] = (
                coding.of_words((status,)) if status in ("none", "signed") else 0
            )
        return table

    def _tie(self, coding: Coding, instrument: str, a: int, b: int, day: date) -> int:
        status = self.law.between(instrument, self.states[a - 1], self.states[b - 1], day).status
        return 0 if status == UNKNOWN else coding.of_words((status,))

    def _class(self, instrument: str, state: str, day: date) -> tuple[object, ...]:
        """All of a State on which the status of a tie can rest."""
        entry = self.law.instruments[instrument]
        own = self.law.standing(instrument, state, day).status
        hub = entry.hub
        if hub is None:
            return (own,)
        listed = self.law.members(instrument)
        inner = self.law.standing(hub.side, state, day).status if hub.outside is None else None
        outside = hub.outside is not None and state in hub.outside
        return (own, inner, outside, bool(listed and listed.rows(state)))

    def _objections(self, instrument: str) -> list[tuple[list[int], list[int]]]:
        pairs = []
        for objection in self.law.objections:
            if objection.instrument == instrument:
                sides = [
                    [self.place[code]] if code in self.place else list(self.place.values())
                    for code in (objection.state, objection.partner)
                ]
                pairs.append((sides[0], sides[1]))
        return pairs

    @cached_property
    def _families(self) -> list[list[int]]:
        """Each State that has territories, with them, by place."""
        own = self.law.states
        families = grouped((own[state].parent or state, n) for n, state in enumerate(self.states, 1))
        return [family for family in families.values() if len(family) > 1]

    def _by_itself(self, instrument: str, a: int, b: int) -> bool:
        """Whether the tie of two States rests on more than the class of each: of one State and its parts,
        and of those that objected."""
        first, second = self.states[a - 1], self.states[b - 1]
        return self.law.of_one_state(first, second) or any(
            objection.concerns(instrument, first, second) for objection in self.law.objections
        )


def _kept(tables: dict[date, dict[str, Any]], day: date) -> dict[str, Any]:
    if day not in tables and len(tables) >= MOST_DAYS:
        del tables[next(iter(tables))]
    return tables.setdefault(day, {})
