"""Feed the rule engine with networks and facts, for a build of it that looks for faults of memory.

python devtools/feed_engine.py ours|random|forged [SECONDS] [SEED]. `make sanitize` makes that build.

ours: the networks of the rules that come with the program, with truths drawn at random. random: networks of
any shape that the compiler may write. forged: rule sets as a cache holds them, changed byte by byte.
The engine's own text is never damaged, since it is written from what was decoded; given damaged text, the
engine's parser reads memory that is not its own.

Held by `make sanitize`, which is run by hand.
"""

from __future__ import annotations

import random
import string
import sys
import time
from collections.abc import Iterator, Set
from contextlib import suppress
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import durable_rules_engine as native
import msgspec

from routing.core.errors import EngineFailure
from routing.evaluate.engine import Engine, Network
from routing.evaluate.engine.compiler import Networks
from routing.evaluate.engine.driver import CompiledRuleSet, Held
from routing.evaluate.engine.rule_sets import (
    MOST_KEYS,
    MOST_RULES,
    OPPOSITE,
    OWN,
    Implicant,
    RuleSet,
    named,
    rule_sets,
)
from routing.evaluate.engine.sharing import Places
from routing.opened import Router

LETTERS = string.ascii_lowercase + string.digits + "_:=|>/. -+"
FACTS_EACH = 8  # facts that each network is given


def ours(draw: random.Random) -> Iterator[Network]:
    """The networks of the rules, in any order, again and again."""
    router = Router.open(cached=False)
    while True:
        measure = draw.choice(list(router.rulebook.measures))
        yield router.judge.network(measure, draw.choice(("request", "answer", "share")))


def randomly(draw: random.Random) -> Iterator[Network]:
    """Networks of any shape that the compiler may write: flat messages of booleans, few rules in a set."""
    number = 0
    while True:
        number += 1
        keys = ["".join(draw.choices(LETTERS, k=draw.randint(1, 60))) for _ in range(draw.randint(1, 400))]
        layers = []
        for depth in range(draw.randint(1, 6)):
            clauses = []
            for place in range(draw.randint(1, 4)):
                pool = [(key + draw.choice((OWN, OPPOSITE)), draw.random() < 0.5) for key in keys]
                pool = draw.sample(pool, min(len(pool), draw.choice((1, 5, 50, MOST_KEYS))))
                clauses += [
                    Implicant(
                        f"h{depth}.{place}.{rule}",
                        tuple(draw.choices(pool, k=draw.choice((0, 1, 2, 3, 4, 12)))),
                        draw.random() < 0.1,
                    )
                    for rule in range(draw.choice((1, 2, 30, MOST_RULES)))
                ]
            layers.append(tuple(dict.fromkeys(clauses)))
            keys += [clause.head for clause in clauses]
        everywhere = {clause: 1 for layer in layers for clause in layer}
        sets = tuple(tuple(rule_sets(layer, everywhere)) for layer in layers)
        yield Networks((("random", str(number)),), {}, sets, {}, {}, {}).of("random", str(number))


def forged(ruleset: RuleSet, draw: random.Random) -> RuleSet:
    """A rule set whose bytes were changed in a few places."""
    written = bytearray(ruleset.written)
    for _ in range(draw.randint(1, 3)):
        at = draw.randrange(len(written))
        if draw.random() < 0.3:
            del written[at : at + draw.randint(1, 30)]
        else:
            written[at] = draw.choice(b'{}[]":,$abm\\0123456789 tf-')
    return RuleSet(ruleset.name, bytes(written), ruleset.sorts)


class EngineOfForged(Engine):
    """An engine that is given each rule set with its bytes changed."""

    def __init__(self, draw: random.Random) -> None:
        super().__init__()
        self._draw = draw

    def concluded(self, network: Network, tested: Held) -> Held:
        for layer in network.layers:
            for ruleset in (part.ruleset for part in layer):
                places = Places()
                forgery = CompiledRuleSet(forged(ruleset, self._draw), places)
                forgery.conclusions(places.rails(*tested)[0], -1)
        return set(), set()


def expected(network: Network, tested: Held) -> Held:
    """What a network should conclude, worked out here."""
    surely, possibly = map(set, tested)
    for layer in network.layers:
        clauses = [clause for part in layer for clause in part.clauses]
        rails = [
            {clause.head for clause in clauses if holds(clause, own, other)}
            for own, other in ((surely, possibly), (possibly, surely))
        ]
        surely |= rails[0]
        possibly |= rails[1]
    return surely - tested[0], possibly - tested[1]


def holds(clause: Implicant, own: Set[str], other: Set[str]) -> bool:
    """Whether a clause concludes something on a rail. own, other: what holds on this and on the other one."""
    literals = [(named(key) in (own if key.endswith(OWN) else other)) is value for key, value in clause.when]
    return all(literals) is not clause.unless


FEEDS = {"ours": ours, "random": randomly, "forged": randomly}


def main(feed: str, seconds: float = 60, seed: int = 1) -> None:
    print(native.__file__)
    draw = random.Random(seed)
    engine = EngineOfForged(draw) if feed == "forged" else Engine()
    networks = facts = refused = 0
    until = time.monotonic() + seconds
    for network in FEEDS[feed](draw):
        networks += 1
        parts = [part for layer in network.layers for part in layer]
        heads = {clause.head for part in parts for clause in part.clauses}
        keys = {named(key) for part in parts for clause in part.clauses for key, _ in clause.when}
        known = sorted(keys - heads)
        for _ in range(FACTS_EACH):
            share = draw.random()
            surely, possibly = ({key for key in known if draw.random() < share} for _ in range(2))
            facts += 1
            try:
                concluded = engine.concluded(network, (surely, possibly))
                if feed != "forged" and concluded != expected(network, (surely, possibly)):
                    sys.exit(f"{network.name}: the engine concludes otherwise than it should")
            except EngineFailure:
                refused += 1
                break
            except (IndexError, KeyError, ValueError, msgspec.DecodeError):
                if feed != "forged":
                    raise
                refused += 1
                break
        if time.monotonic() > until:
            break
    with suppress(BrokenPipeError):
        print(f"{feed}: {networks} networks, {facts} facts, {refused} refused", flush=True)


if __name__ == "__main__":
    feed, *numbers = sys.argv[1:]
    seconds, seed = (*numbers, *("60", "1")[len(numbers) :])
    main(feed, float(seconds), int(seed))
