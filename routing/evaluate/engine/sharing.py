"""Rule sets that several networks share, so that what the rules say for many measures is compiled once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Generic, Protocol, TypeVar

from routing.evaluate.engine.compiler import Implicant, RuleSet

MOST_CLAUSES = 10_000  # that are kept; each takes about twelve kilobytes outside Python
ENOUGH = 0.3  # the part of a rule set that a layer must want, to run it for that


class Compiled(Protocol):
    """A rule set that was compiled, which holds memory until it is closed."""

    clauses: tuple[Implicant, ...]

    def close(self) -> None: ...


CompiledSet = TypeVar("CompiledSet", bound=Compiled)


class Shared(Generic[CompiledSet]):
    """Compiled rule sets, the last used last. compiled: what compiles one."""

    def __init__(self, compiled: Callable[[RuleSet], CompiledSet]) -> None:
        self._compiled = compiled
        self._kept: dict[CompiledSet, None] = {}
        self._of: dict[Implicant, list[CompiledSet]] = {}
        self._clauses = 0

    def __len__(self) -> int:
        return len(self._kept)

    def covering(
        self, clauses: Iterable[Implicant]
    ) -> tuple[list[tuple[CompiledSet, list[Implicant]]], list[Implicant]]:
        """The rule sets that are worth running for some of the clauses, each with those that it is run for;
        and the clauses that are left."""
        wanted = dict.fromkeys(clauses)
        overlaps = Counter(ruleset for clause in wanted for ruleset in self._of.get(clause, ()))
        covering: list[tuple[CompiledSet, list[Implicant]]] = []
        for ruleset, overlap in overlaps.most_common():
            least = ENOUGH * len(ruleset.clauses)
            if overlap < least:
                continue
            own = [clause for clause in ruleset.clauses if clause in wanted]
            if len(own) >= least:
                for clause in own:
                    del wanted[clause]
                covering.append((ruleset, own))
        return covering, list(wanted)

    def hold(self, rulesets: Iterable[CompiledSet]) -> bool:
        """Take rule sets as the last used. False where one is no longer kept."""
        for ruleset in rulesets:
            if ruleset not in self._kept:
                return False
            del self._kept[ruleset]
            self._kept[ruleset] = None
        return True

    def add(self, ruleset: RuleSet) -> CompiledSet:
        """Compile a rule set and keep it."""
        compiled = self._compiled(ruleset)
        self._kept[compiled] = None
        self._clauses += len(compiled.clauses)
        for clause in compiled.clauses:
            self._of.setdefault(clause, []).append(compiled)
        return compiled

    def trim(self, used: Iterable[CompiledSet]) -> None:
        """Let what was unused longest give way to the rule sets that are used now."""
        used = list(used)
        self.hold(used)
        while self._clauses > MOST_CLAUSES and len(self._kept) > len(used):
            self.drop(next(iter(self._kept)))

    def drop(self, ruleset: CompiledSet) -> None:
        """Keep a rule set no longer."""
        if self._kept.pop(ruleset, self) is self:
            return
        self._clauses -= len(ruleset.clauses)
        for clause in ruleset.clauses:
            rulesets = self._of[clause]
            rulesets.remove(ruleset)
            if not rulesets:
                del self._of[clause]
        ruleset.close()
