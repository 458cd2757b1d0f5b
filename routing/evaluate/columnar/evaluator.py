"""Runs the rules over columns of needs, block by block, in chunks that fit the processor's cache."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np

from routing.core import conclusion
from routing.core.cached import cached_property
from routing.core.conditions import Clause
from routing.core.domain import ASSUMED_MAIN_STEP, KINDS_OF_NEED
from routing.core.grouping import grouped
from routing.core.remembered import MadeOf
from routing.evaluate.columnar.fact_bits import FactBits
from routing.evaluate.columnar.law_tables import LawTables
from routing.evaluate.columnar.machine import WordMachine
from routing.evaluate.columnar.needs import Needs
from routing.evaluate.columnar.program import Program, compile_program
from routing.evaluate.stated_ties import STATED, with_settled_ties
from routing.law import Law
from routing.rulebook.model import Rule, Rulebook

CHUNK = 65_536  # needs worked on at once
"""`based:ROUTE`: the route's own basis is there, whatever closes it."""
MAIN, WHOLE = "main", "whole"
"""What is worked out: the main step alone, or everything a plan says."""
MOST_PROGRAMS = 300
MOST_BYTES = 128 << 20  # that the registers of kept machines may take before they are dropped


class Result:
    """What the rules conclude for one chunk of one block.

    rows: places of the needs. shown: by pathway, the needs that show it as the main step. sure: the needs
    whose main step is confirmed. places: where the rails of each conclusion stand in the machine. open: those
    with a way that may be the main step; several: those with ways of several families.
    """

    def __init__(self, facts: FactBits, program: Program, machine: WordMachine, rows: Any) -> None:
        self.facts = facts
        self.rulebook = facts.tables.rulebook
        self.measure, self.kind, self.day = facts.measure, facts.kind, facts.day
        self.rows = rows
        self.count = len(rows)
        self.places = {atom: place for stage in program.outputs for atom, place in stage.items()}
        self._machine = machine
        listed = self.rulebook.measures[self.measure].ways
        last = self.rulebook.last_resort
        self.ways = (*(way for way in listed if way != last), last)
        self.none = np.zeros(facts.words, np.uint64)
        self._load(program, machine, 0)
        machine.run(0)
        self._read_primary()
        if len(program.stages) > 1:
            self._load(program, machine, 1)
            machine.run(1)

    @property
    def atoms(self) -> tuple[str, ...]:
        """The conclusions that were worked out; any other surely does not hold."""
        return tuple(self.places)

    def surely(self, atom: str) -> Any:
        place = self.places.get(atom)
        return self.none if place is None else self._machine.bits(place[0])

    def possibly(self, atom: str) -> Any:
        place = self.places.get(atom)
        return self.none if place is None else self._machine.bits(place[1])

    def _load(self, program: Program, machine: WordMachine, stage: int) -> None:
        facts = self.facts
        for test, surely, possibly in program.inputs[stage]:
            if test.fact == ASSUMED_MAIN_STEP:
                bits = self.none
                for way in getattr(test, "values", ()):
                    bits = bits | (self.shown.get(way, self.none) & ~self.sure)
                machine.load(surely, bits)
                machine.load(possibly, bits)
                continue
            if surely >= 0:
                machine.load(surely, facts.surely(test))
            if possibly >= 0:
                machine.load(possibly, facts.possibly(test))

    def _read_primary(self) -> None:
        last = self.ways[-1]
        sure, open_, several = self.none.copy(), self.none.copy(), self.none.copy()
        shown: dict[str, Any] = {}
        families: dict[str, Any] = {}
        for way in self.ways:
            shown[way] = self.surely(conclusion.primary(way)) & ~sure
            sure |= shown[way]
        for way in self.ways[:-1]:
            possibly = self.possibly(conclusion.primary(way)) & ~sure
            family = self.rulebook.pathways[way].family
            families[family] = families.get(family, self.none) | possibly
            open_ |= possibly
        seen = self.none
        for bits in families.values():
            several |= seen & bits
            seen = seen | bits
        left = open_.copy()
        rules = tuple(preferring(self.rulebook, self.ways[:-1]))
        # The first that surely delivers; else the first that may without a tie that is not known; else the
        # first. Each time the one instead that a rule surely prefers to it.
        for able in (self._delivering, self.on_stated_ties, lambda way: ~self.none):
            fit = {way: self.possibly(conclusion.primary(way)) & left & able(way) for way in self.ways[:-1]}
            first: dict[str, Any] = {}
            for way, bits in fit.items():
                first[way] = bits & left
                left &= ~bits
            for rule in rules:
                self._prefer(rule, first, fit)
            for way, bits in first.items():
                shown[way] = shown[way] | bits
        shown[last] = shown[last] | ~(sure | open_)
        self.shown, self.sure, self.open, self.several = shown, sure, open_, several

    def _prefer(self, rule: Rule, first: dict[str, Any], fit: Mapping[str, Any]) -> None:
        """Move the needs in which a rule that prefers surely fires to the first preferred way that comes into
        question. first: by pathway, the needs that show it; fit: those for which it comes into question."""
        over = [way for way in rule.over if way in first]
        moving = self.none
        for way in over:
            moving = moving | first[way]
        moving = moving & self.surely(conclusion.fired(rule.id))
        if not moving.any():
            return
        gained: dict[str, Any] = {}
        for rival in rule.values:
            if rival in fit:
                gained[rival] = moving & fit[rival]
                moving = moving & ~fit[rival]
        for bits in gained.values():
            for way in over:
                first[way] = first[way] & ~bits
        for rival, bits in gained.items():
            first[rival] = first[rival] | bits

    def _delivering(self, way: str) -> Any:
        return self.surely(conclusion.delivers(way))

    def on_stated_ties(self, pathway: str) -> Any:
        """The needs in which some route of a pathway may be open though every tie that is not known did not
        bind."""
        bits = self.none
        for route in self.rulebook.pathways[pathway].routes:
            bits = bits | self.stated(route.id)
        return bits

    def stated(self, route: str) -> Any:
        """The needs in which a route may be open though every tie that is not known did not bind."""
        return self.possibly(STATED + route) & self.possibly(conclusion.available(route))

    def bound(self, route: str) -> Any:
        """The needs in which a route may be open and its own basis is surely there."""
        return self.surely(STATED + route) & self.possibly(conclusion.available(route))


_by_form: MadeOf[Rulebook, dict[str, list[Rule]]] = MadeOf(
    4, lambda rulebook: grouped((rule.form, rule) for rule in rulebook.rules)
)


def rules_of(rulebook: Rulebook, form: str) -> Sequence[Rule]:
    """The rules of one form, in their order."""
    return _by_form(rulebook).get(form, ())


def preferring(rulebook: Rulebook, ways: Iterable[str]) -> Iterator[Rule]:
    """The rules that prefer one of some pathways to another of them."""
    ways = frozenset(ways)
    for rule in rules_of(rulebook, "prefer"):
        if not ways.isdisjoint(rule.values) and not ways.isdisjoint(rule.over):
            yield rule


@dataclass
class ColumnarEvaluator:
    """Compiled programs and tables of the law, kept for as long as this object is."""

    rulebook: Rulebook
    law: Law
    _programs: dict[tuple[str, str, str], Program] = field(default_factory=dict)
    _machines: dict[tuple[str, str, str, int], WordMachine] = field(default_factory=dict)

    @cached_property
    def tables(self) -> LawTables:
        return LawTables(self.rulebook, self.law)

    def run(self, needs: Needs, what: str = WHOLE, chunk: int = CHUNK) -> Iterator[Result]:
        """What the rules conclude, chunk by chunk; a result is good until the next one is asked for.

        what: MAIN for the main step alone, WHOLE for all that a plan says.
        """
        measures = tuple(self.rulebook.measures)
        for (measure, kind, day), rows in needs.blocks():
            for start in range(0, len(rows), chunk):
                some = rows[start : start + chunk]
                contiguous = int(some[-1]) - int(some[0]) + 1 == len(some)
                part = needs.take(slice(int(some[0]), int(some[-1]) + 1) if contiguous else some)
                yield self.result(
                    part, measures[measure], KINDS_OF_NEED[kind], date.fromordinal(day), some, what
                )

    def result(
        self, needs: Needs, measure: str, kind: str, day: date, rows: Any, what: str = WHOLE
    ) -> Result:
        """What the rules conclude for needs of one measure, kind and day."""
        program = self.program(measure, kind, what)
        facts = FactBits(self.tables, needs, measure, kind, day)
        key = (measure, kind, what, facts.words)
        machine = self._machines.get(key)
        if machine is None:
            if sum(kept.registers.nbytes for kept in self._machines.values()) > MOST_BYTES:
                self._machines.clear()
            machine = self._machines[key] = WordMachine(program, facts.words)
        return Result(facts, program, machine, rows)

    def program(self, measure: str, kind: str, what: str = WHOLE) -> Program:
        """The program for a measure and a kind of need."""
        key = (measure, kind, what)
        if key not in self._programs:
            if len(self._programs) >= MOST_PROGRAMS:
                self._programs.clear()
            fixed = {**self.rulebook.properties(measure), "measure": measure, "kind": kind}
            self._programs[key] = compile_program(self._heads, list(self._wanted(measure, what)), fixed)
        return self._programs[key]

    @cached_property
    def _heads(self) -> Mapping[str, tuple[Clause, ...]]:
        based = {
            conclusion.based(route.id): (Clause(conclusion.based(route.id), route.opens, route.id),)
            for route in self.rulebook.routes.values()
        }
        stated = {
            STATED + route.id: (Clause(STATED + route.id, with_settled_ties(route.opens), route.id),)
            for route in self.rulebook.routes.values()
        }
        return {**self.rulebook.heads, **based, **stated}

    def _wanted(self, measure: str, what: str) -> Iterable[list[str]]:
        rulebook = self.rulebook
        ways = dict.fromkeys((*rulebook.measures[measure].ways, rulebook.last_resort))
        first = [atom for way in ways for atom in (conclusion.primary(way), conclusion.delivers(way))]
        for way in ways:
            for route in rulebook.pathways[way].routes:
                first += [STATED + route.id, conclusion.available(route.id)]
        first += [conclusion.fired(rule.id) for rule in preferring(rulebook, ways)]
        if what == MAIN:
            yield first
            return
        hanging = rulebook.hanging_on_main_step
        rest = [
            atom
            for atom in self._heads
            if conclusion.kind_of(atom) not in (conclusion.FACT, conclusion.PART) or atom == conclusion.DANGER
        ]
        yield [*first, *(atom for atom in rest if atom not in hanging and atom not in first)]
        yield [atom for atom in rest if atom in hanging]
