"""Needs as columns of codes: what a flat table, a case file or a program says of thousands of needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np

from routing.case.model import Case, Need
from routing.core.domain import KINDS_OF_NEED, NO, YES
from routing.core.records import Record, field
from routing.evaluate.columnar.codes import SILENT_CHOICE, Coding, ordinal
from routing.evaluate.columnar.law_tables import LawTables
from routing.law.bilateral import BILATERAL
from routing.law.standing import IN_FORCE, NONE
from routing.rulebook.parse.conditions import TIE

VIA_SILENT, VIA_UNKNOWN, VIA_NO, VIA_YES = 0, 1, 2, 3


class Needs(Record):
    """One row for each need; every array has the same length.

    measure, kind: places in the rulebook's measures and in KINDS_OF_NEED. own, partner: places of States, 0
    where not named. day: ordinals of dates. via: what the States crossed answer (VIA_...). stated: by fact,
    what is stated. ties: by instrument, what is assumed. days: by date fact, the ordinal, 0 where not stated.
    bonds: by tie, and by fact that is looked up among treaties of two States, what follows from the treaties
    that are told to bind both.
    in_case, asked: how many States the case names, and asks for this measure. members: by list, how many of
    them it binds, -1 while unknown; where `in_case`, `asked` or a list is missing, the need stands alone and
    they follow from its own States.
    """

    measure: Any
    kind: Any
    own: Any
    partner: Any
    day: Any
    via: Any
    stated: Mapping[str, Any] = field(default_factory=dict)
    ties: Mapping[str, Any] = field(default_factory=dict)
    days: Mapping[str, Any] = field(default_factory=dict)
    in_case: Any = None
    asked: Any = None
    members: Mapping[str, Any] = field(default_factory=dict)
    bonds: Mapping[str, Any] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.measure)

    def take(self, rows: Any) -> Needs:
        """Some of the rows, by their places or by a slice."""

        def some(columns: Mapping[str, Any]) -> dict[str, Any]:
            return {name: column[rows] for name, column in columns.items()}

        return Needs(
            self.measure[rows],
            self.kind[rows],
            self.own[rows],
            self.partner[rows],
            self.day[rows],
            self.via[rows],
            some(self.stated),
            some(self.ties),
            some(self.days),
            None if self.in_case is None else self.in_case[rows],
            None if self.asked is None else self.asked[rows],
            some(self.members),
            some(self.bonds),
        )

    def blocks(self) -> Iterable[tuple[tuple[int, int, int], Any]]:
        """The rows of each measure, kind and day: (measure, kind, day), places of the rows in order."""
        if not len(self):
            return
        key = (self.measure.astype(np.int64) * len(KINDS_OF_NEED) + self.kind) << 24 | self.day.astype(
            np.int64
        )
        order = np.argsort(key, kind="stable")
        starts = np.flatnonzero(np.diff(key[order])) + 1
        for rows in np.split(order, starts):
            first = rows[0]
            yield (int(self.measure[first]), int(self.kind[first]), int(self.day[first])), rows


def via_code(answers: Iterable[str]) -> int:
    """What the consents of the States crossed come to."""
    words = set(answers)
    if NO in words:
        return VIA_NO
    return VIA_SILENT if not words else VIA_YES if words <= {YES} else VIA_UNKNOWN


def needs_of(cases: Sequence[tuple[Case, Need]], tables: LawTables, day: date) -> Needs:
    """Needs of cases as columns. day: the day of those cases that fix none."""
    rulebook, codings = tables.rulebook, tables.codings
    measures = {name: number for number, name in enumerate(rulebook.measures)}
    kinds = {name: number for number, name in enumerate(KINDS_OF_NEED)}
    counted = counted_lists(tables)
    by_fact: dict[str, Any] = {}
    ties: dict[str, Any] = {}
    days: dict[str, Any] = {}
    bonds: dict[str, Any] = {}
    size = len(cases)
    plain = np.zeros((6, size), np.int32)
    counts = np.zeros((2, size), np.int32)
    members = {name: np.zeros(size, np.int32) for name in counted}

    def put(columns: dict[str, Any], name: str, coding: Coding, row: int, stated: Any) -> None:
        if name not in columns:
            columns[name] = np.full(size, coding.silent, coding.dtype)
        columns[name][row] = coding.of_stated(stated)

    for row, (case, need) in enumerate(cases):
        on = case.as_of or day
        states = case.states()
        plain[:, row] = (
            measures[need.measure],
            kinds[need.kind],
            tables.place.get(case.state or "", 0),
            tables.place.get(need.partner or "", 0),
            ordinal(on),
            via_code(need.via.values()),
        )
        counts[:, row] = len(states), len(case.partners(need.kind, need.measure))
        for name in counted:
            standings = [int(tables.standing(name, on)[tables.place[state]]) for state in states]
            members[name][row] = -1 if -1 in standings else sum(standings)
        for name, stated in {**case.facts, **need.facts}.items():
            if name in codings:
                put(by_fact, name, codings[name], row, stated)
            elif name in rulebook.naming_instruments and isinstance(stated, tuple):
                bind(bonds, tables, size, row, stated)
            elif isinstance(stated, date):
                days.setdefault(name, np.zeros(size, np.int32))[row] = ordinal(stated)
        for instrument, word in case.assume.ties.items():
            if TIE + instrument in codings:
                put(ties, instrument, codings[TIE + instrument], row, word)
    measure, kind, own, partner, on_day, via = plain
    return Needs(
        measure, kind, own, partner, on_day, via, by_fact, ties, days, counts[0], counts[1], members, bonds
    )


def bind(bonds: dict[str, Any], tables: LawTables, size: int, rows: Any, words: tuple[str, ...]) -> None:
    """Put into the columns of `Needs.bonds` what follows where these instruments are told to bind both.

    rows: the place of one row, or of several. words: instruments, or `none` alone for no treaty at all.
    """
    for name, word in told_to_bind(tables, words):
        coding = tables.codings[name]
        if name not in bonds:
            bonds[name] = np.full(size, coding.silent, coding.dtype)
        bonds[name][rows] = coding.of_words((word,))


def told_to_bind(tables: LawTables, words: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Ties, and facts looked up among treaties of two States, with what follows of each; see `case.facts`."""
    instruments = tables.law.instruments
    if words == (NONE,):
        following = ((TIE + name, NONE) for name in instruments if instruments[name].binding)
    else:
        following = ((TIE + name, IN_FORCE) for name in words if name in instruments)
    yield from ((tie, word) for tie, word in following if tie in tables.codings)
    if words == (NONE,) or BILATERAL in words:
        for fact in tables.rulebook.facts.values():
            if "bilateral" in (fact.looked_up or {}) and fact.id in tables.codings:
                yield fact.id, YES if BILATERAL in words else NO


def alone(needs: Needs, tables: LawTables, rows: Any, day: date) -> tuple[Any, Any, dict[str, Any]]:
    """The counts of States for needs that are each a case of their own: in the case, asked, and by list."""
    own, partner = needs.own[rows], needs.partner[rows]
    two = (own > 0) & (partner > 0) & (own != partner)
    named = np.maximum(own, partner)
    in_case = (named > 0).astype(np.int32) + two
    members = {}
    for name in counted_lists(tables):
        standing = tables.standing(name, day)
        first, second = standing[own], np.where(two | (own == 0), standing[partner], 0)
        members[name] = np.where((first < 0) | (second < 0), -1, first + second).astype(np.int32)
    return in_case, (partner > 0).astype(np.int32), members


def counted_lists(tables: LawTables) -> tuple[str, ...]:
    """The lists whose members some fact counts among the States of a case."""
    counts = ((fact.looked_up or {}).get("count") for fact in tables.rulebook.facts.values())
    return tuple(name for name in counts if name and name not in ("states", "asked"))


def nothing_stated(coding: Coding, size: int) -> Any:
    """A column in which nothing is stated."""
    return np.full(size, coding.silent if coding.type != "choice" else SILENT_CHOICE, coding.dtype)
