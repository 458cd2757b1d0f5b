"""Compiled networks kept beside the cached rulebook, so that a start compiles nothing."""

from __future__ import annotations

from pathlib import Path

import msgspec

from routing.core.cache_entries import read_entry, write_entry
from routing.core.conditions import AtLeast, Is
from routing.core.limits import check_room
from routing.core.paths import cache_folder
from routing.evaluate.engine.compiler import Implicant, Literal, Network, same
from routing.rulebook.cache import dumped
from routing.version import build


def network_entry(content: str, measure: str, kind: str, cache: Path | None = None) -> Path:
    """Where the network that this copy of the program makes of a rulebook, by the hash of its content, is
    kept."""
    return (cache or cache_folder()) / f"network-{build()}-{content[:32]}-{measure}.{kind}.json"


def keep_network(entry: Path, network: Network) -> None:
    """Keep a network: each clause as what it concludes and what it expects, by number."""
    heads: dict[str, int] = {}
    literals: dict[Literal, int] = {}
    layers = [
        [
            [
                heads.setdefault(clause.head, len(heads)),
                *[literals.setdefault(literal, len(literals)) for literal in clause.when],
            ]
            for clause in layer
        ]
        for layer in network.layers
    ]
    tests = [
        [key, test.fact, *sorted(test.values)] if isinstance(test, Is) else [key, test.fact, test.bound]
        for key, test in network.tests.items()
    ]
    rules, concluded = sorted(network.rules), list(network.heads)
    write_entry(entry, dumped([network.name, tests, layers, rules, concluded, list(heads), list(literals)]))


def kept_network(entry: Path) -> Network | None:
    """The network that was kept, or None when there is none or it is damaged."""
    check_room()
    body = read_entry(entry)
    if body is None:
        return None
    try:
        name, tests, layers, rules, concluded, heads, pairs = msgspec.json.decode(body)
        literals = [(key, value) for key, value in pairs]
        return Network(
            name,
            {
                key: AtLeast(fact, rest[0]) if isinstance(rest[0], int) else Is(fact, frozenset(rest))
                for key, fact, *rest in tests
            },
            tuple(
                [
                    tuple(
                        [
                            same(
                                Implicant(
                                    heads[numbers[0]], tuple([literals[number] for number in numbers[1:]])
                                )
                            )
                            for numbers in layer
                        ]
                    )
                    for layer in layers
                ]
            ),
            frozenset(rules),
            tuple(concluded),
        )
    except Exception:  # damage of any kind: it is compiled anew
        return None
