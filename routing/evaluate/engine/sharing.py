"""Compiled rule sets that all networks of a process share, by what they say."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Generic, Protocol, TypeVar

from routing.evaluate.engine.rule_sets import RuleSet

MOST_CLAUSES = 10_000
"""So many are kept: the 7,563 of our rules and the 1,962 at most of a first need alone. Each takes 16
kilobytes outside Python."""


class Compiled(Protocol):
    """A rule set that was compiled, which holds memory until it is closed. size: how many clauses it has."""

    name: str
    size: int

    def close(self) -> None: ...


CompiledSet = TypeVar("CompiledSet", bound=Compiled)


class SharedRuleSets(Generic[CompiledSet]):
    """Compiled rule sets by name, the last used last. compiling: what compiles one."""

    def __init__(self, compiling: Callable[[RuleSet], CompiledSet]) -> None:
        self._compiling = compiling
        self._kept: dict[str, CompiledSet] = {}
        self._clauses = 0

    def __len__(self) -> int:
        return len(self._kept)

    def compiled(self, ruleset: RuleSet) -> CompiledSet:
        """A rule set compiled, which is the last used then."""
        compiled = self._kept.pop(ruleset.name, None)
        if compiled is None:
            compiled = self._compiling(ruleset)
            self._clauses += compiled.size
        self._kept[ruleset.name] = compiled
        return compiled

    def trim(self, used: Iterable[str]) -> None:
        """Let what was unused longest give way, but not what is used now."""
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
