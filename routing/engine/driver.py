"""The one module that touches durable_rules.

It uses a small part that was found safe: one fact asserted per rule set, explicit booleans,
no negation, no events, no timers, the state deleted each time. A sentinel rule in every
rule set proves that the fact arrived and that every action ran.
"""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from durable import engine as durable

from routing.engine.compiler import POSSIBLY, SURELY, Network, RuleSet
from routing.errors import EngineFailure
from routing.facts import Facts
from routing.reference import Truth

SENTINEL = "sentinel"
_counter = itertools.count(1)


class _QuietHost(durable.Host):
    """A host without the two background threads that would run actions at odd moments."""

    def _run(self) -> None:
        pass


@dataclass
class Engine:
    """Compiled networks, registered once in this process. Safe to use from several threads, one at a time."""

    _host: _QuietHost = field(default_factory=_QuietHost)
    _registered: set[str] = field(default_factory=set)
    _concluded: set[str] = field(default_factory=set)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _prefix: str = field(default_factory=lambda: f"n{next(_counter)}")

    def evaluate(self, network: Network, facts: Facts) -> dict[str, Truth]:
        """Every conclusion that holds at least possibly.

        Raises EngineFailure when the engine did not do all of its work.
        """
        message: dict[str, bool] = {}
        for key, test in network.tests.items():
            value = facts.get(test.fact)
            message[key + SURELY] = facts.surely(test)
            message[key + POSSIBLY] = value is None or facts.possibly(test)
        found: set[str] = set()
        with self._lock:
            for layer in network.layers:
                concluded: set[str] = set()
                for ruleset in layer:
                    concluded |= self._run(network, ruleset, message)
                for head in concluded:
                    message[head] = True
                found |= concluded
        surely = {head.removesuffix(SURELY) for head in found if head.endswith(SURELY)}
        possibly = {head.removesuffix(POSSIBLY) for head in found if head.endswith(POSSIBLY)}
        return {head: (head in surely, head in possibly) for head in surely | possibly if not head.startswith("part:")}

    def _run(self, network: Network, ruleset: RuleSet, message: Mapping[str, bool]) -> set[str]:
        name = f"{self._prefix}.{ruleset.name}"
        if name not in self._registered:
            self._register(name, ruleset)
        self._concluded.clear()
        number = next(_counter)
        sid = str(number)
        try:
            state = self._host.assert_fact(
                name, {"id": number, "sid": sid, SENTINEL: True, **{key: message.get(key, False) for key in ruleset.reads}})
        except Exception as error:
            raise EngineFailure(f"rule set {ruleset.name}: {error}") from error
        finally:
            self._delete(name, sid)
        if not state or state.get("exception") or SENTINEL not in self._concluded:
            raise EngineFailure(f"rule set {ruleset.name} did not finish")
        return self._concluded - {SENTINEL}

    def _delete(self, name: str, sid: str) -> None:
        try:
            self._host.delete_state(name, sid)
        except Exception as error:
            raise EngineFailure(f"rule set {name} kept its state: {error}") from error

    def _register(self, name: str, ruleset: RuleSet) -> None:
        definition: dict[str, dict[str, object]] = {}
        for number, clause in enumerate(ruleset.clauses):
            tests = [{key: value} for key, value in clause.when] or [{SENTINEL: True}]
            condition = {"$and": tests} if len(tests) > 1 else tests[0]
            definition[f"r{number}"] = {"all": [{"m": condition}], "pri": 1, "run": self._concluding(clause.head)}
        definition["sentinel"] = {"all": [{"m": {SENTINEL: True}}], "pri": 2, "run": self._concluding(SENTINEL)}
        try:
            self._host.register_rulesets({name: definition})
        except Exception as error:
            raise EngineFailure(f"rule set {ruleset.name} was refused: {error}") from error
        self._registered.add(name)

    def _concluding(self, head: str) -> Callable[[object], None]:
        concluded = self._concluded

        def conclude(_: object) -> None:
            concluded.add(head)

        return conclude
