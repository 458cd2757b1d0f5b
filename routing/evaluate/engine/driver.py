"""The one module that touches durable_rules.

It uses a small part that was found safe: one fact asserted per rule set, explicit booleans,
no negation, no events, no timers, the state deleted each time. A sentinel rule in every
rule set proves that the fact arrived and that every action ran.
"""

from __future__ import annotations

import itertools
import os
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from itertools import chain
from operator import or_

import durable_rules_engine as native

from routing.case.facts import Facts
from routing.core.errors import EngineFailure
from routing.core.limits import check_room
from routing.core.remembered import Remembered
from routing.core.truth import BY_RAILS, Truth
from routing.evaluate.engine.compiler import Network, NetworkPart
from routing.evaluate.engine.rule_sets import LITERALS, OWN, SENTINEL, RuleSet, named
from routing.evaluate.engine.sharing import SharedRuleSets

_counter = itertools.count(1)
_running = (
    threading.Lock()
)  # held while the engine runs; nobody forks meanwhile, so that no child finds it held
os.register_at_fork(
    before=_running.acquire, after_in_parent=_running.release, after_in_child=_running.release
)


Fired = tuple[str, int]
"""What a rule concludes, and its bit among those that a network can ask for."""
RAN: Fired = (SENTINEL, 0)  # which shows that every action ran
MOST_ANSWERED = 256  # facts of each rule set whose answer is remembered; some 300 bytes each, 30 MB in all
MOST_TESTED = 256
"""The selections of rules of which it is remembered what they test; each sort of needs has one."""

Held = tuple[set[str], set[str]]
"""What surely holds and what possibly holds, of tests by their keys or of conclusions."""


class _Read:
    """What a rule set reads on one rail, as bits. bits: the bit of each boolean, by what it is about."""

    def __init__(self, bits: dict[str, int]) -> None:
        self._bits, self._names = bits, frozenset(bits)

    def of(self, held: set[str]) -> int:
        """The bits of what holds."""
        return sum(map(self._bits.__getitem__, self._names & held))


class CompiledRuleSet:
    """A rule set in the engine itself, without the host that durable_rules puts around it.

    The host would start two threads that run actions at odd moments, and what goes wrong in an
    action is swallowed. The rules that fired are walked here instead.
    """

    _handle: object | None = None  # also of one whose making failed

    def __init__(self, ruleset: RuleSet) -> None:
        numbered = ruleset.numbered
        self.name, self.size = ruleset.name, len(numbered.heads)
        self._rules = {f"r{place}": (head, 1 << place) for place, head in enumerate(numbered.heads)}
        self._rules[SENTINEL] = RAN
        self._unless = numbered.unless
        bits = {key: 1 << place for place, key in enumerate(numbered.keys)}
        self._own = _Read({named(key): bit for key, bit in bits.items() if key.endswith(OWN)})
        self._opposite = _Read({named(key): bit for key, bit in bits.items() if not key.endswith(OWN)})
        # Each boolean by its bit as it stands in the fact, where it is true and where it is false, as far as
        # some clause expects it so.
        texts = {each: f",{LITERALS[each]}" for each in set(chain.from_iterable(numbered.whens))}
        self._texts = [
            (bit, texts.get(2 * place + 1, ""), texts.get(2 * place, ""))
            for place, bit in enumerate(bits.values())
        ]
        self._tested = [reduce(or_, [1 << (each >> 1) for each in when], 0) for when in numbered.whens]
        self._tested_of: dict[int, int] = {}
        self._answered: Remembered[int, list[Fired]] = Remembered(MOST_ANSWERED)
        check_room()  # the C code takes what it is not given
        try:
            self._handle = native.create_ruleset(f"n{next(_counter)}", numbered.definition)
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

    def conclusions(self, own: set[str], opposite: set[str], asked: int) -> set[str] | None:
        """What those of the rules that a network asks for conclude on one rail; None where not every action
        ran.

        own, opposite: what holds on this rail and on the opposite one. asked: the bits of the rules. What
        holds is said as far as one of these rules tests it, and of the booleans those that are as some clause
        expects them. What the engine made of the same booleans before is not asked again: a rule set has no
        other input.
        """
        tested = self._tested_of.get(asked)
        if tested is None:
            tested = self._tested_by(asked)
        read = (self._own.of(own) + self._opposite.of(opposite)) & tested
        fired = self._answered.get(read)
        if fired is None:
            fired = self.fired("".join([true if read & bit else false for bit, true, false in self._texts]))
            if RAN not in fired:
                return None
            fired = self._answered.keep(read, self._concluding(fired))
        return {head for head, bit in fired if asked & bit}

    def _tested_by(self, asked: int) -> int:
        """The bits of the booleans that some of the rules test."""
        if len(self._tested_of) >= MOST_TESTED:
            self._tested_of.clear()
        tests = [bits for place, bits in enumerate(self._tested) if asked >> place & 1]
        tested = self._tested_of[asked] = reduce(or_, tests, 0)
        return tested

    def _concluding(self, fired: Iterable[Fired]) -> list[Fired]:
        """The rules that conclude something: those that fired, and of those that say `unless` those that did
        not."""
        bits = reduce(or_, [bit for _, bit in fired]) ^ self._unless
        return [rule for rule in self._rules.values() if rule[1] & bits]

    def fired(self, booleans: str) -> list[Fired]:
        """What the rules that one fact fires conclude, each with its bit. booleans: its own as JSON, each
        after a comma."""
        check_room()  # the C code takes what it is not given
        number = next(_counter)
        fact = f'{{"id":{number},"sid":"{number}","{SENTINEL}":true{booleans}}}'
        fired: list[Fired] = []
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
                    fired.append(self._rules[action[2 : action.index('"', 2)]])
                    action = native.complete_and_start_action(self._handle, state)
            finally:
                native.delete_state(self._handle, str(number))
        return fired


_shared = SharedRuleSets(
    CompiledRuleSet
)  # the rule sets of every engine in this process; used while it is its turn


@dataclass
class Engine:
    """Runs networks. The rule sets that it makes are shared by all engines of the process. Safe to use from
    several threads, one at a time."""

    def evaluate(self, network: Network, facts: Facts) -> dict[str, Truth]:
        """Every conclusion of the network that holds at least possibly.

        Raises EngineFailure when the engine did not do all of its work.
        """
        truths = {key: facts.truth(test) for key, test in network.tests.items()}
        tested = [{key for key, truth in truths.items() if truth[rail]} for rail in (0, 1)]
        surely, possibly = self.concluded(network, (tested[0], tested[1]))
        either = surely | possibly
        return {head: BY_RAILS[head in surely][head in possibly] for head in network.heads if head in either}

    def concluded(self, network: Network, tested: Held) -> Held:
        """Every conclusion from the tests that hold. Raises EngineFailure."""
        surely, possibly = map(set, tested)
        with _running:
            for layer in network.layers:
                # A layer reads nothing that it concludes itself.
                both = [(_run(part, surely, possibly), _run(part, possibly, surely)) for part in layer]
                for sure, possible in both:
                    surely |= sure
                    possibly |= possible
            _shared.trim(part.ruleset.name for layer in network.layers for part in layer)
        return surely - tested[0], possibly - tested[1]


def _run(part: NetworkPart, own: set[str], opposite: set[str]) -> set[str]:
    ruleset = _shared.compiled(part.ruleset)
    try:
        conclusions = ruleset.conclusions(own, opposite, part.own)
    except MemoryError:
        _shared.drop(ruleset)
        raise
    except Exception as error:
        _shared.drop(ruleset)  # what failed is not used again
        raise EngineFailure(f"rule set {ruleset.name}: {error}") from error
    if conclusions is None:
        _shared.drop(ruleset)
        raise EngineFailure(f"rule set {ruleset.name} did not finish")
    return conclusions
