"""Compiled rule sets that all networks of a process share, by what they say."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from operator import itemgetter
from typing import Generic, Protocol, TypeVar

from routing.evaluate.engine.rule_sets import OWN, RuleSet, named

MOST_CLAUSES = 10_500
"""So many are kept: the 8,010 of our rules and the 2,011 at most of a first need alone. Each takes 16
kilobytes outside Python."""


MOST_PLACES = 50_000
"""So many things are numbered before they are numbered anew; our rules read and conclude some 9,000."""

Flags = bytearray
"""What holds as one rail sees it, 1 for each thing that holds: at its place on this rail, and right after it
on the opposite one."""


class Places(dict[str, int]):
    """The place of each thing that rule sets read or conclude; what is new gets the next one."""

    def __missing__(self, name: str) -> int:
        place = self[name] = 2 * len(self)
        return place

    def rails(self, surely: set[str], possibly: set[str]) -> tuple[Flags, Flags]:
        """Both rails, with what surely and what possibly holds of all that has a place."""
        rails = Flags(2 * len(self)), Flags(2 * len(self))
        for held, (own, opposite) in ((surely, rails), (possibly, rails[::-1])):
            for name in self.keys() & held:
                own[self[name]] = opposite[self[name] + 1] = 1
        return rails

    def reading(self, keys: Iterable[str]) -> Callable[[Flags], tuple[int, ...]]:
        """What reads booleans of a rail, in the order of their keys, and two more: of less than two it would
        make no tuple."""
        return itemgetter(*[self[named(key)] + (not key.endswith(OWN)) for key in keys], 0, 0)


class Compiled(Protocol):
    """A rule set that was compiled, which holds memory until it is closed. size: how many clauses it has."""

    name: str
    size: int

    def close(self) -> None: ...


CompiledSet = TypeVar("CompiledSet", bound=Compiled)


class SharedRuleSets(Generic[CompiledSet]):
    """Compiled rule sets by name, the last used last. compiling: what compiles one. places: of what they read
    and conclude."""

    def __init__(self, compiling: Callable[[RuleSet, Places], CompiledSet]) -> None:
        self._compiling = compiling
        self.places = Places()
        self._kept: dict[str, CompiledSet] = {}
        self._clauses = 0

    def __len__(self) -> int:
        return len(self._kept)

    def compiled(self, ruleset: RuleSet) -> CompiledSet:
        """A rule set compiled, which is the last used then."""
        compiled = self._kept.pop(ruleset.name, None)
        if compiled is None:
            compiled = self._compiling(ruleset, self.places)
            self._clauses += compiled.size
        self._kept[ruleset.name] = compiled
        return compiled

    def trim(self, used: Iterable[str]) -> None:
        """Let what was unused longest give way, but not what is used now; all of it where too much has been
        numbered, as after many rulebooks."""
        if len(self.places) > MOST_PLACES:
            for compiled in tuple(self._kept.values()):
                self.drop(compiled)
            self.places.clear()
        if self._clauses <= MOST_CLAUSES:
            return
        used = set(used)
        for name in [name for name in self._kept if name not in used]:
            if self._clauses > MOST_CLAUSES:
                self.drop(self._kept[name])

    def drop(self, compiled: CompiledSet) -> None:
        """Keep a rule set no longer."""
        if self._kept.pop(compiled.name, None) is not None:
            self._clauses -= compiled.size
            compiled.close()
