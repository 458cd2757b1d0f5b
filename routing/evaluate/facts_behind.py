"""Which facts stand behind a conclusion: those that make it what it is, and those on which it hangs.

What is found of a condition is kept, so that every question about one need walks each condition once. The one
walk to what is open takes a step by `open_conditions`; batches have their own, by columns
(`columnar/hinges.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from routing.core.conditions import All, Any, AtLeast, AtomRef, Condition, Is, Not, negate
from routing.core.records import Record, field
from routing.core.truth import UNDECIDED
from routing.evaluate.reference import Reference
from routing.rulebook.lower import CURED
from routing.rulebook.model import Rulebook

Names = tuple[str, ...]
Leaf = Is | AtLeast | AtomRef


class FactsBehind(Record):
    """The facts behind conditions and conclusions of one need, each named once, in order of first use."""

    rulebook: Rulebook
    reference: Reference
    _holding: dict[int | str, Names] = field(default_factory=dict)
    _failing: dict[int | str, Names] = field(default_factory=dict)
    _hinges: dict[int | str, Names] = field(default_factory=dict)
    _conditions: list[Condition] = field(default_factory=list)  # that were read: kept, so that their ids are

    def making(self, condition: Condition, wanted: bool = True) -> Names:
        """The known facts that make a condition surely hold, or surely fail where that is wanted."""
        while type(condition) is Not:
            condition, wanted = condition.part, not wanted
        if type(condition) is Is or type(condition) is AtLeast:
            return (condition.fact,) if self.reference.facts.get(condition.fact) is not None else ()
        kept, key = self._holding if wanted else self._failing, _key(condition)
        names = kept.get(key)
        if names is None:
            names = kept[key] = self._find_making(condition, wanted)
            self._conditions.append(condition)
        return names

    def open(self, condition: Condition) -> Names:
        """The unknown facts on which a condition hangs; none where it is decided."""
        key = _key(condition)
        names = self._hinges.get(key)
        if names is None:
            names = self._find_open(condition) if self.reference.truth(condition) == UNDECIDED else ()
            self._hinges[key] = names
            self._conditions.append(condition)
        return names

    def _find_making(self, condition: All | Any | AtomRef, wanted: bool) -> Names:
        truth = self.reference.truth
        if type(condition) is AtomRef:
            lines = self.rulebook.heads.get(condition.atom, ())
            ways, one_is_enough = tuple([line.when for line in lines]), wanted
        else:
            ways, one_is_enough = condition.parts, (type(condition) is All) is not wanted
        if one_is_enough:
            for way in ways:
                surely, possibly = truth(way)
                if surely if wanted else not possibly:
                    return self.making(way, wanted)
            return ()
        return _joined([self.making(way, wanted) for way in ways])

    def _find_open(self, condition: Condition) -> Names:
        if type(condition) is Is or type(condition) is AtLeast:
            return (condition.fact,)
        if type(condition) is Any and CURED in condition.parts:
            return _joined(self._cures(part) for part in condition.parts if part != CURED)
        every = [self.open(part) for part, _ in open_conditions(self.reference, condition)]
        return _joined(_fewest(every) if type(condition) is Any or type(condition) is AtomRef else every)

    def _cures(self, condition: Condition) -> Names:
        """What would lift a closing that can be cured: the facts that can be had, or those still open."""
        names = self.open(condition) or self.making(negate(condition))
        asked = tuple(name for name in names if name in self.rulebook.facts)
        return tuple(name for name in asked if self.rulebook.facts[name].nature == "obtainable") or asked


def justification(
    reference: Reference, condition: Condition, wanted: bool = True
) -> Iterator[tuple[Leaf, bool]]:
    """The tests that make a condition surely hold, or surely fail where that is wanted; each with whether it
    holds.

    Where one part is enough, one that rests on facts alone goes before one that rests on rules.
    """
    left = [(condition, wanted)]
    while left:
        condition, wanted = left.pop()
        if type(condition) is Not:
            left.append((condition.part, not wanted))
        elif type(condition) is All or type(condition) is Any:
            parts = condition.parts
            if (type(condition) is All) is not wanted:
                parts = _first_on_facts(reference, parts, wanted)
            left += [(part, wanted) for part in reversed(parts)]
        else:
            yield condition, wanted


def is_open(reference: Reference, condition: Condition, wanted: bool | None = None) -> bool:
    """Whether a condition is undecided; where something is wanted of it, whether it does not yet surely hold
    (True), or does not yet surely fail (False)."""
    if wanted is None:
        return reference.truth(condition) == UNDECIDED
    return not reference.settled(condition, wanted)


def open_conditions(
    reference: Reference, condition: Condition, wanted: bool | None = None
) -> list[tuple[Condition, bool | None]]:
    """One step of the walk from a condition to what it hangs on: those of its parts, or of the rules for a
    conclusion, that are open, in order, each with what is wanted of it. A test of a fact has none."""
    parts: Iterable[Condition]
    if type(condition) is Is or type(condition) is AtLeast:
        return []
    if type(condition) is Not:
        parts, wanted = (condition.part,), None if wanted is None else not wanted
    elif type(condition) is AtomRef:
        parts = [line.when for line in reference.heads.get(condition.atom, ())]
    else:
        parts = condition.parts
    return [(part, wanted) for part in parts if is_open(reference, part, wanted)]


def open_leaves(
    reference: Reference, conditions: Iterable[Condition], wanted: bool | None = None, *, through: bool = True
) -> Iterator[Leaf]:
    """The tests of facts on which open conditions hang, as often as they are met, in order.

    wanted: None for what decides them; True or False for what keeps them from surely holding, or failing.
    through: whether conclusions are looked into, each once; else they are given as they are met.
    """
    seen: set[tuple[str, bool | None]] = set()
    left = [(part, wanted) for part in reversed(tuple(conditions)) if is_open(reference, part, wanted)]
    while left:
        condition, wanted = left.pop()
        if type(condition) is Is or type(condition) is AtLeast:
            yield condition
            continue
        if type(condition) is AtomRef:
            if not through:
                yield condition
                continue
            if (condition.atom, wanted) in seen:
                continue
            seen.add((condition.atom, wanted))
        left += reversed(open_conditions(reference, condition, wanted))


def facts_open(
    reference: Reference, conditions: Iterable[Condition], wanted: bool | None = None
) -> tuple[str, ...]:
    """The facts of `open_leaves`, each once."""
    leaves = open_leaves(reference, conditions, wanted)
    return tuple(dict.fromkeys(leaf.fact for leaf in leaves if type(leaf) is not AtomRef))


def _key(condition: Condition) -> int | str:
    return condition.atom if type(condition) is AtomRef else id(condition)


def _first_on_facts(reference: Reference, parts: Iterable[Condition], wanted: bool) -> tuple[Condition, ...]:
    """The first part that is settled as wanted and rests on facts alone, else the first that is settled."""
    first: tuple[Condition, ...] = ()
    for part in parts:
        if reference.settled(part, wanted):
            if not _rests_on_rules(part):
                return (part,)
            first = first or (part,)
    return first


def _rests_on_rules(condition: Condition) -> bool:
    if type(condition) is All or type(condition) is Any:
        return any(map(_rests_on_rules, condition.parts))
    return _rests_on_rules(condition.part) if type(condition) is Not else type(condition) is AtomRef


def _fewest(ways: list[Names]) -> list[Names]:
    """The open facts of each of several ways, any of which is enough, without a way that hangs on all that
    another hangs on, and on more."""
    hinges = [frozenset(way) for way in ways if way]
    return [way for way in ways if way and not any(fewer < frozenset(way) for fewer in hinges)]


def _joined(parts: Iterable[Names]) -> Names:
    return tuple(dict.fromkeys(chain.from_iterable(parts)))
