"""Which unknown facts the main step of each need hangs on: the reading of `facts_behind`, for many needs at
once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from routing.core import conclusion
from routing.core.conditions import All, AtLeast, AtomRef, Condition, Is, Not, negate
from routing.core.conditions import Any as AnyOf
from routing.core.domain import ASSUMED_MAIN_STEP
from routing.evaluate.bits import Rails
from routing.evaluate.columnar.evaluator import Result
from routing.rulebook.lower import CURED

Names = dict[str, Any]
"""By fact, the needs for which it is named."""


@dataclass
class Hinges:
    """Walks the rules for one chunk."""

    result: Result
    _atoms: dict[str, Rails] = field(default_factory=dict)
    _rails: dict[int, tuple[Condition, Rails]] = field(default_factory=dict)
    _opened: dict[int | str, tuple[Condition, Names]] = field(default_factory=dict)

    def of_main_step(self) -> Names:
        """The unknown facts that the main step hangs on, for the needs where it is not confirmed."""
        result, names = self.result, Names()
        for way in result.ways:
            _put(names, self._open(AtomRef(conclusion.primary(way))), ~result.sure)
        return {name: bits for name, bits in names.items() if bits.any()}

    def rails(self, condition: Condition) -> Rails:
        """The needs in which a condition holds, surely and possibly."""
        kept = self._rails.get(id(condition))
        if kept is None:
            kept = self._rails[id(condition)] = (condition, self._work_out(condition))
        return kept[1]

    def _work_out(self, condition: Condition) -> Rails:
        none = self.result.none
        if isinstance(condition, (Is, AtLeast)):
            facts = self.result.facts
            if condition.fact in ("measure", "kind"):
                word = self.result.measure if condition.fact == "measure" else self.result.kind
                holds = isinstance(condition, Is) and word in condition.values
                return (~none, ~none) if holds else (none, none)
            return facts.surely(condition), facts.possibly(condition)
        if isinstance(condition, AtomRef):
            return self._atom(condition.atom)
        if isinstance(condition, Not):
            surely, possibly = self.rails(condition.part)
            return ~possibly, ~surely
        surely = possibly = ~none if isinstance(condition, All) else none
        for part in condition.parts:
            s, p = self.rails(part)
            if isinstance(condition, All):
                surely, possibly = surely & s, possibly & p
            else:
                surely, possibly = surely | s, possibly | p
        return surely, possibly

    def _atom(self, name: str) -> Rails:
        rails = self._atoms.get(name)
        if rails is None:
            if name in self.result.places:
                rails = self.result.surely(name), self.result.possibly(name)
            else:
                surely = possibly = self.result.none
                for line in self.result.rulebook.heads.get(name, ()):
                    s, p = self.rails(line.when)
                    surely, possibly = surely | s, possibly | p
                rails = (surely, possibly)
            self._atoms[name] = rails
        return rails

    def _open(self, condition: Condition) -> Names:
        """The facts on which a condition hangs, for the needs in which it is undecided."""
        key = condition.atom if isinstance(condition, AtomRef) else id(condition)
        kept = self._opened.get(key)
        if kept is None:
            surely, possibly = self.rails(condition)
            undecided = possibly & ~surely
            names = Names()
            if undecided.any():
                _put(names, self._find_open(condition), undecided)
            kept = self._opened[key] = (condition, names)
        return kept[1]

    def _find_open(self, condition: Condition) -> Names:
        if isinstance(condition, (Is, AtLeast)):
            return {condition.fact: ~self.result.none}
        if isinstance(condition, Not):
            return self._open(condition.part)
        names, every = Names(), ~self.result.none
        if isinstance(condition, AtomRef):
            lines = self.result.rulebook.heads.get(condition.atom, ())
            return self._fewest([self._open(line.when) for line in lines])
        if isinstance(condition, AnyOf) and CURED in condition.parts:
            for part in condition.parts:
                if part != CURED:
                    self._add_cures(part, names)
            return names
        opened = [self._open(part) for part in condition.parts]
        if isinstance(condition, AnyOf):
            return self._fewest(opened)
        for way in opened:
            _put(names, way, every)
        return names

    def _fewest(self, ways: list[Names]) -> Names:
        """The open facts of several ways, any of which is enough; for each need without those of a way that
        hangs on all that another hangs on, and on more."""
        names, ways = Names(), [way for way in ways if way]
        some = [self._some(way) for way in ways]
        for place, way in enumerate(ways):
            kept = ~self.result.none
            for rival, hinges in enumerate(ways):
                if rival != place:
                    kept = kept & ~(some[rival] & self._less(hinges, way))
            _put(names, way, kept)
        return names

    def _some(self, names: Names) -> Any:
        bits = self.result.none
        for named in names.values():
            bits = bits | named
        return bits

    def _less(self, fewer: Names, more: Names) -> Any:
        """The needs in which one names all that the other names, and not everything."""
        within, beyond, none = ~self.result.none, self.result.none, self.result.none
        for name, bits in fewer.items():
            within = within & (~bits | more.get(name, none))
        for name, bits in more.items():
            beyond = beyond | (bits & ~fewer.get(name, none))
        return within & beyond

    def _add_cures(self, condition: Condition, names: Names) -> None:
        """Add to the names what would lift a closing that can be cured: the facts that can be had, or those
        still open."""
        facts = self.result.rulebook.facts
        opening = dict(self._open(condition))
        self._making(negate(condition), True, ~self._some(opening), opening, {})
        asked = {name: bits for name, bits in opening.items() if name in facts}
        obtainable = self.result.none
        for name, bits in asked.items():
            if facts[name].nature == "obtainable":
                obtainable = obtainable | bits
        for name, bits in asked.items():
            hinging = bits if facts[name].nature == "obtainable" else bits & ~obtainable
            names[name] = names.get(name, self.result.none) | hinging

    def _making(
        self, condition: Condition, wanted: bool, among: Any, names: Names, seen: dict[tuple[str, bool], Any]
    ) -> None:
        """Name the known facts that make a condition surely hold, or surely fail where that is wanted."""
        if not among.any():
            return
        if isinstance(condition, (Is, AtLeast)):
            with_value = (
                self.result.facts.with_value(condition.fact)
                if condition.fact != ASSUMED_MAIN_STEP
                else ~self.result.none
            )
            names[condition.fact] = names.get(condition.fact, self.result.none) | among & with_value
        elif isinstance(condition, Not):
            self._making(condition.part, not wanted, among, names, seen)
        elif isinstance(condition, AtomRef):
            key = (condition.atom, wanted)
            before = seen.get(key, self.result.none)
            among = among & ~before
            seen[key] = before | among
            lines = self.result.rulebook.heads.get(condition.atom, ())
            for line in lines:
                mine = among & self.rails(line.when)[0] if wanted else among
                self._making(line.when, wanted, mine, names, seen)
                if wanted:
                    among = among & ~mine
        else:
            every = isinstance(condition, All) == wanted
            for part in condition.parts:
                surely, possibly = self.rails(part)
                mine = among if every else among & (surely if wanted else ~possibly)
                self._making(part, wanted, mine, names, seen)
                if not every:
                    among = among & ~mine


def _put(names: Names, more: Names, among: Any) -> None:
    """Name more facts, for some needs."""
    for name, bits in more.items():
        mine = bits & among
        names[name] = names[name] | mine if name in names else mine
