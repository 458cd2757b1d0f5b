"""The one module that touches durable_rules.

It uses a small part that was found safe: one fact asserted per rule set, explicit booleans,
no negation, no events, no timers, the state deleted each time. A sentinel rule in every
rule set proves that the fact arrived and that every action ran.
"""

from __future__ import annotations

import itertools
import json
import os
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from weakref import ReferenceType, ref

import durable_rules_engine as native

from routing.case.facts import Facts
from routing.core import conclusion
from routing.core.errors import EngineFailure
from routing.core.limits import check_room
from routing.core.truth import Truth
from routing.evaluate.engine.compiler import POSSIBLY, SENTINEL, SURELY, KeptRuleSet, Network, RuleSet

_counter = itertools.count(1)
_running = (
    threading.Lock()
)  # held while the engine runs; nobody forks meanwhile, so that no child finds it held
os.register_at_fork(
    before=_running.acquire, after_in_parent=_running.release, after_in_child=_running.release
)


class _Conclusions:
    """A rule set in the engine itself, without the host that durable_rules puts around it.

    The host would start two threads that run actions at odd moments, and what goes wrong in an
    action is swallowed. The rules that fired are walked here instead.
    """

    def __init__(self, name: str, heads: Mapping[str, str], ruleset: RuleSet | KeptRuleSet) -> None:
        self._handle: object | None = native.create_ruleset(name, ruleset.definition)
        self._heads = heads
        # Each boolean as it stands in the fact, written once.
        self._reads = tuple(
            [
                (key, value, f",{json.dumps(key, ensure_ascii=False)}:{'true' if value else 'false'}")
                for key, value in ruleset.reads
            ]
        )

    def __del__(self) -> None:
        # A rule set holds most of a megabyte outside Python, which only this gives back.
        if getattr(self, "_handle", None) is not None and native is not None:
            native.delete_ruleset(self._handle)

    def conclusions(self, message: Mapping[str, bool]) -> set[str]:
        """What the rules conclude from one fact: those booleans of the message that are as some rule expects
        them."""
        number = next(_counter)
        said = "".join([text for key, value, text in self._reads if message.get(key, False) is value])
        fact = f'{{"id":{number},"sid":"{number}","{SENTINEL}":true{said}}}'
        conclusions: set[str] = set()
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
                    conclusions.add(self._heads[action[2 : action.index('"', 2)]])
                    action = native.complete_and_start_action(self._handle, state)
            finally:
                native.delete_state(self._handle, str(number))
        return conclusions


MOST_NETWORKS = 24  # in this process; about 40 MB each
_last_used: dict[tuple[int, str], ReferenceType[Engine]] = {}  # every engine's networks, the last used last


@dataclass
class Engine:
    """Networks built in this process; the last used are kept, `most` of them, and MOST_NETWORKS of all
    engines together. Safe to use from several threads, one at a time."""

    most: int = MOST_NETWORKS
    _networks: dict[str, dict[str, _Conclusions]] = field(default_factory=dict)

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
            rulesets = self._rulesets_of(network)
            for layer in network.layers:
                concluded: set[str] = set()
                for ruleset in layer:
                    concluded |= self._run(rulesets, ruleset, known)
                for head in concluded:
                    known[head] = True
                conclusions |= concluded
        return conclusions

    def _rulesets_of(self, network: Network) -> dict[str, _Conclusions]:
        """The rule sets of a network, which becomes the last used; the one unused longest gives way."""
        rulesets = self._networks.pop(network.name, {})
        self._networks[network.name] = rulesets
        if len(self._networks) > self.most:
            del self._networks[next(iter(self._networks))]
        key = (id(self), network.name)
        _last_used.pop(key, None)
        _last_used[key] = ref(self)
        if len(_last_used) > MOST_NETWORKS:
            longest_ago = next(iter(_last_used))
            engine = _last_used.pop(longest_ago)()
            if engine is not None:
                engine._networks.pop(longest_ago[1], None)
        return rulesets

    def _run(
        self, rulesets: dict[str, _Conclusions], ruleset: RuleSet | KeptRuleSet, message: Mapping[str, bool]
    ) -> set[str]:
        check_room()  # the C code takes what it is not given
        if ruleset.name not in rulesets:
            rulesets[ruleset.name] = self._compiled(ruleset)
        # What fails is not used again.
        compiled = rulesets.pop(ruleset.name)
        try:
            conclusions = compiled.conclusions(message)
        except MemoryError:
            raise
        except Exception as error:
            raise EngineFailure(f"rule set {ruleset.name}: {error}") from error
        if SENTINEL not in conclusions:
            raise EngineFailure(f"rule set {ruleset.name} did not finish")
        rulesets[ruleset.name] = compiled
        conclusions.discard(SENTINEL)
        return conclusions

    def _compiled(self, ruleset: RuleSet | KeptRuleSet) -> _Conclusions:
        heads = {f"r{number}": head for number, head in enumerate(ruleset.heads)}
        try:
            return _Conclusions(f"n{next(_counter)}", {**heads, SENTINEL: SENTINEL}, ruleset)
        except MemoryError:
            raise
        except Exception as error:
            raise EngineFailure(f"rule set {ruleset.name} was refused: {error}") from error
