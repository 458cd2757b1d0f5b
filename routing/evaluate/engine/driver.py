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
from routing.evaluate.engine.compiler import Network
from routing.evaluate.engine.rule_sets import LITERALS, SENTINEL, RuleSet
from routing.evaluate.engine.sharing import Flags, Places, SharedRuleSets

_counter = itertools.count(1)
_running = (
    threading.Lock()
)  # held while the engine runs; nobody forks meanwhile, so that no child finds it held
os.register_at_fork(
    before=_running.acquire, after_in_parent=_running.release, after_in_child=_running.release
)


Concluded = tuple[str, int]
"""A conclusion, and its place."""
Fired = tuple[int, Concluded]
"""The bit of a rule among those that a network can ask for, and what it concludes."""
RAN: Fired = (0, (SENTINEL, 0))  # which shows that every action ran
MOST_ANSWERED = 256  # facts of each rule set whose answer is remembered; some 400 bytes each, 35 MB in all
MOST_TESTED = 256
"""The selections of rules of which it is remembered what they test; each sort of needs has one."""

Held = tuple[set[str], set[str]]
"""What surely holds and what possibly holds, of tests by their keys or of conclusions."""


class CompiledRuleSet:
    """A rule set in the engine itself, without the host that durable_rules puts around it.

    The host would start two threads that run actions at odd moments, and what goes wrong in an
    action is swallowed. The rules that fired are walked here instead.
    """

    _handle: object | None = None  # also of one whose making failed

    def __init__(self, ruleset: RuleSet, places: Places) -> None:
        """places: where what is read and what is concluded stands among all that the rule sets of this
        process read and conclude."""
        numbered = ruleset.numbered
        self.name, self.size = ruleset.name, len(numbered.heads)
        self._rules = {
            f"r{number}": (1 << number, (head, places[head])) for number, head in enumerate(numbered.heads)
        }
        self._rules[SENTINEL] = RAN
        self._unless = numbered.unless
        self._reading = places.reading(numbered.keys)
        # What is read is a whole number with a byte for each boolean. Each of these as it stands in the fact
        # where it is false and where it is true, as far as some clause expects it so.
        texts = {each: f",{LITERALS[each]}" for each in set(chain.from_iterable(numbered.whens))}
        self._texts = [
            (texts.get(2 * place, ""), texts.get(2 * place + 1, "")) for place in range(len(numbered.keys))
        ]
        self._tested = [reduce(or_, [1 << 8 * (each >> 1) for each in when], 0) for when in numbered.whens]
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

    def conclusions(self, rail: Flags, asked: int) -> list[Concluded] | None:
        """What those of the rules that a network asks for conclude on a rail; None where not every action
        ran.

        asked: the bits of the rules. What
        holds is said as far as one of these rules tests it, and of the booleans those that are as some clause
        expects them. What the engine made of the same booleans before is not asked again: a rule set has no
        other input.
        """
        tested = self._tested_of.get(asked)
        if tested is None:
            tested = self._tested_by(asked)
        read = int.from_bytes(self._reading(rail), "little") & tested
        fired = self._answered.get(read)
        if fired is None:
            by_boolean = zip(self._texts, read.to_bytes(len(self._texts), "little"), strict=True)
            fired = self.fired("".join([texts[holds] for texts, holds in by_boolean]))
            if RAN not in fired:
                return None
            fired = self._answered.keep(read, self._concluding(fired))
        return [concluded for bit, concluded in fired if asked & bit]

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
        bits = reduce(or_, [bit for bit, _ in fired]) ^ self._unless
        return [rule for rule in self._rules.values() if rule[0] & bits]

    def fired(self, booleans: str) -> list[Fired]:
        """What the rules that one fact fires conclude, each with its bit. booleans: its own as JSON, each
        after a comma."""
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
        tested: Held = (set(), set())
        for key, test in network.tests.items():
            surely_holds, possibly_holds = facts.truth(test)
            if surely_holds:
                tested[0].add(key)
            if possibly_holds:
                tested[1].add(key)
        surely, possibly = self.concluded(network, tested)
        either = surely | possibly
        return {head: BY_RAILS[head in surely][head in possibly] for head in network.heads if head in either}

    def concluded(self, network: Network, tested: Held) -> Held:
        """Every conclusion from the tests that hold. Raises EngineFailure."""
        heads: Held = (set(), set())
        with _running:
            check_room()  # the C code takes what it is not given; for one need it wants a small part of that
            parts = [part for layer in network.layers for part in layer]
            asked = [(_shared.compiled(part.ruleset), part.own) for part in parts]
            surely, possibly = _shared.places.rails(*tested)
            rails = ((surely, possibly, heads[0]), (possibly, surely, heads[1]))
            # A layer reads nothing that it concludes itself, so that what it concludes is noted at once.
            for ruleset, rules in asked:
                for own, opposite, of_rail in rails:
                    for head, place in _run(ruleset, own, rules):
                        own[place] = opposite[place + 1] = 1
                        of_rail.add(head)
            _shared.trim(part.ruleset.name for part in parts)
        return heads


def _run(ruleset: CompiledRuleSet, rail: Flags, asked: int) -> list[Concluded]:
    try:
        conclusions = ruleset.conclusions(rail, asked)
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
