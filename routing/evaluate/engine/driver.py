"""The one module that touches durable_rules.

It uses a small part that was found safe: one fact asserted per rule set, explicit booleans,
no negation, no events, no timers, the state deleted each time. A sentinel rule in every
rule set proves that the fact arrived and that every action ran.
"""

from __future__ import annotations

import itertools
import os
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from json.encoder import encode_basestring as quoted

import durable_rules_engine as native

from routing.case.facts import Facts
from routing.core import conclusion
from routing.core.errors import EngineFailure
from routing.core.limits import check_room
from routing.core.remembered import Remembered
from routing.core.truth import Truth
from routing.evaluate.engine.compiler import (
    POSSIBLY,
    SENTINEL,
    SURELY,
    Implicant,
    Literal,
    Network,
    RuleSet,
    rule_sets,
)
from routing.evaluate.engine.sharing import Shared

_counter = itertools.count(1)
_running = (
    threading.Lock()
)  # held while the engine runs; nobody forks meanwhile, so that no child finds it held
os.register_at_fork(
    before=_running.acquire, after_in_parent=_running.release, after_in_child=_running.release
)


class CompiledRuleSet:
    """A rule set in the engine itself, without the host that durable_rules puts around it.

    The host would start two threads that run actions at odd moments, and what goes wrong in an
    action is swallowed. The rules that fired are walked here instead.
    """

    _handle: object | None = None  # also of one whose making failed

    def __init__(self, ruleset: RuleSet) -> None:
        self.name, self.clauses = ruleset.name, ruleset.clauses
        try:
            self._handle = native.create_ruleset(f"n{next(_counter)}", ruleset.definition)
        except MemoryError:
            raise
        except Exception as error:
            raise EngineFailure(f"rule set {ruleset.name} was refused: {error}") from error

    def close(self) -> None:
        """Give back what the rule set holds outside Python, some hundreds of kilobytes."""
        if self._handle is not None and native is not None:
            native.delete_ruleset(self._handle)
        self._handle = None

    def __del__(self) -> None:
        self.close()

    def conclusions(self, said: str, heads: Mapping[str, str | None]) -> set[str | None]:
        """What the rules that one fact fires conclude.

        said: its booleans as JSON, each after a comma. heads: what each rule concludes, by name; None where
        that is nothing to this network.
        """
        number = next(_counter)
        fact = f'{{"id":{number},"sid":"{number}","{SENTINEL}":true{said}}}'
        conclusions: set[str | None] = set()
        started = None
        try:
            refused, state = native.assert_fact(self._handle, fact)
            if refused:
                raise EngineFailure(f"the fact was refused with code {refused}")
            started = native.start_action_for_state(self._handle, state)
        finally:
            if not started:
                # Deleting a state in which nothing ran can end the process: it is left, and its rule set with
                # it.
                self._handle = None
        if started:
            try:
                action = started[1]
                while action:
                    conclusions.add(heads[action[2 : action.index('"', 2)]])
                    action = native.complete_and_start_action(self._handle, state)
            finally:
                native.delete_state(self._handle, str(number))
        return conclusions


_shared = Shared(CompiledRuleSet)  # the rule sets of every engine in this process; used while it is its turn


class _Selection:
    """What one network takes from one rule set: the conclusions of its own clauses there, by rule, and the
    booleans that these read."""

    def __init__(self, ruleset: CompiledRuleSet, clauses: Iterable[Implicant]) -> None:
        self.ruleset = ruleset
        own = frozenset(clauses)
        self._heads: dict[str, str | None] = {SENTINEL: SENTINEL}
        reads: dict[Literal, None] = {}
        for place, clause in enumerate(ruleset.clauses):
            self._heads[f"r{place}"] = clause.head if clause in own else None
            if clause in own:
                reads.update(dict.fromkeys(clause.when))
        # Each boolean as it stands in the fact, written once.
        self._reads = tuple(
            [(key, value, f",{quoted(key)}:{'true' if value else 'false'}") for key, value in reads]
        )

    def conclusions(self, message: Mapping[str, bool]) -> set[str]:
        """What the clauses conclude from a message: of its booleans those are said that are as some clause
        expects them."""
        said = "".join([text for key, value, text in self._reads if message.get(key, False) is value])
        return {head for head in self.ruleset.conclusions(said, self._heads) if head is not None}


Placed = tuple[tuple[_Selection, ...], ...]
MOST_PLACED = 256  # networks whose places an engine remembers


@dataclass
class Engine:
    """Runs networks. The rule sets that it makes are shared by all engines of the process. Safe to use from
    several threads, one at a time."""

    _placed: Remembered[str, tuple[Network, Placed]] = field(default_factory=lambda: Remembered(MOST_PLACED))

    def evaluate(self, network: Network, facts: Facts) -> dict[str, Truth]:
        """Every conclusion that holds at least possibly.

        Raises EngineFailure when the engine did not do all of its work.
        """
        message: dict[str, bool] = {}
        for key, test in network.tests.items():
            message[key + SURELY], message[key + POSSIBLY] = facts.truth(test)
        conclusions = self.concluded(network, message)
        surely = {head.removesuffix(SURELY) for head in conclusions if head.endswith(SURELY)}
        possibly = {head.removesuffix(POSSIBLY) for head in conclusions if head.endswith(POSSIBLY)}
        return {
            head: (head in surely, head in possibly)
            for head in surely | possibly
            if conclusion.kind_of(head) != conclusion.PART
        }

    def concluded(self, network: Network, message: Mapping[str, bool]) -> set[str]:
        """Every conclusion, on either rail, from the truths of the tests. Raises EngineFailure."""
        known = dict(message)
        conclusions: set[str] = set()
        with _running:
            for layer in self._parts_of(network):
                concluded: set[str] = set()
                for part in layer:
                    concluded |= _run(part, known)
                for head in concluded:
                    known[head] = True
                conclusions |= concluded
        return conclusions

    def _parts_of(self, network: Network) -> Placed:
        """Where the clauses of a network stand; what is missing there is compiled."""
        kept = self._placed.get(network.name)
        if (
            kept is None
            or kept[0] is not network
            or not _shared.hold([part.ruleset for layer in kept[1] for part in layer])
        ):
            kept = self._placed.keep(network.name, (network, _placed(network)))
            _shared.trim(part.ruleset for layer in kept[1] for part in layer)
        return kept[1]


def _placed(network: Network) -> Placed:
    layers = []
    for number, clauses in enumerate(network.layers):
        shared, rest = _shared.covering(clauses)
        parts = [_Selection(ruleset, own) for ruleset, own in shared]
        for ruleset in rule_sets(f"{network.name}.{number}", rest):
            check_room()  # the C code takes what it is not given
            parts.append(_Selection(_shared.add(ruleset), ruleset.clauses))
        layers.append(tuple(parts))
    return tuple(layers)


def _run(part: _Selection, message: Mapping[str, bool]) -> set[str]:
    check_room()
    name = part.ruleset.name
    try:
        conclusions = part.conclusions(message)
    except MemoryError:
        _shared.drop(part.ruleset)
        raise
    except Exception as error:
        _shared.drop(part.ruleset)  # what failed is not used again
        raise EngineFailure(f"rule set {name}: {error}") from error
    if SENTINEL not in conclusions:
        _shared.drop(part.ruleset)
        raise EngineFailure(f"rule set {name} did not finish")
    conclusions.discard(SENTINEL)
    return conclusions
