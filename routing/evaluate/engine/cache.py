"""Compiled networks kept beside the cached rulebook, so that a start compiles nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from routing.core.cache_entries import read_entry, write_entry
from routing.core.conditions import AtLeast, Is
from routing.core.limits import check_room
from routing.core.paths import cache_folder
from routing.evaluate.engine.compiler import KeptRuleSet, Network
from routing.rulebook.cache import dumped
from routing.version import build


def network_entry(content: str, measure: str, kind: str, cache: Path | None = None) -> Path:
    """Where the network that this copy of the program makes of a rulebook, by the hash of its content, is
    kept."""
    return (cache or cache_folder()) / f"network-{build()}-{content[:32]}-{measure}.{kind}.json"


def keep_network(entry: Path, network: Network) -> None:
    """Keep a network: its rule sets in the engine's own form."""
    keys: dict[str, int] = {}

    def number(key: str) -> int:
        return keys.setdefault(key, len(keys))

    layers = [
        [[s.name, s.heads, _flat(s.reads, number), s.definition] for s in layer] for layer in network.layers
    ]
    tests = [
        [key, test.fact, *sorted(test.values)] if isinstance(test, Is) else [key, test.fact, test.bound]
        for key, test in network.tests.items()
    ]
    write_entry(
        entry, dumped([network.name, tests, layers, sorted(network.rules), list(network.heads), list(keys)])
    )


def kept_network(entry: Path) -> Network | None:
    """The network that was kept, or None when there is none or it is damaged."""
    check_room()
    body = read_entry(entry)
    if body is None:
        return None
    try:
        name, tests, layers, rules, heads, keys = msgspec.json.decode(body)
        return Network(
            name,
            {
                key: AtLeast(fact, rest[0]) if isinstance(rest[0], int) else Is(fact, frozenset(rest))
                for key, fact, *rest in tests
            },
            tuple(
                [
                    tuple([KeptRuleSet(s[0], tuple(s[1]), _pairs(s[2], keys), s[3]) for s in layer])
                    for layer in layers
                ]
            ),
            frozenset(rules),
            tuple(heads),
        )
    except Exception:  # damage of any kind: it is compiled anew
        return None


def _flat(literals: Any, number: Any) -> list[int]:
    """Each literal as twice the number of its key, plus one where it must be true."""
    return [number(key) * 2 + value for key, value in literals]


def _pairs(flat: list[int], keys: list[str]) -> tuple[tuple[str, bool], ...]:
    return tuple([(keys[code >> 1], bool(code & 1)) for code in flat])
