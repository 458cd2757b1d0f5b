"""Compiled networks kept beside the cached rulebook, so that a start compiles nothing."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec

from routing.core.cache_entries import read_entry, write_entry
from routing.core.conditions import AtLeast, Is
from routing.core.limits import check_room
from routing.core.paths import cache_folder
from routing.evaluate.engine.compiler import Networks
from routing.evaluate.engine.relevance import Sort, Sorts
from routing.evaluate.engine.rule_sets import RuleSet
from routing.rulebook.cache import dumped
from routing.version import build_id


def networks_entry(content: str, sort: Sort | None = None, cache: Path | None = None) -> Path:
    """Where the networks that this copy of the program makes of a rulebook, by the hash of its content, are
    kept. sort: of the one of this sort that stands alone."""
    of = f"-{sort[0]}.{sort[1]}" if sort else ""
    return (cache or cache_folder()) / f"networks-{build_id()}-{content[:32]}{of}.json"


def keep_networks(entry: Path, networks: Networks) -> None:
    """Keep networks: on the first line everything but the clauses, then each rule set on a line, to be read
    when it is used. Sets of sorts are kept once each."""
    numbers: dict[Sorts, int] = {}

    def number(sorts: Sorts) -> int:
        return numbers.setdefault(sorts, len(numbers))

    def table(sorts: Mapping[str, Sorts]) -> list[tuple[str, int]]:
        return [(name, number(each)) for name, each in sorts.items()]

    tests = [
        [number(sorts), key, test.fact, *(sorted(test.values) if isinstance(test, Is) else [test.bound])]
        for key, (test, sorts) in networks.tests.items()
    ]
    layers = [
        [(ruleset.name, [number(sorts) for sorts in ruleset.sorts]) for ruleset in layer]
        for layer in networks.layers
    ]
    tables = [table(each) for each in (networks.rules, networks.heads, networks.facts)]
    head = [networks.sorts, tests, layers, *tables, [f"{sorts:x}" for sorts in numbers]]
    written = [ruleset.written for layer in networks.layers for ruleset in layer]
    write_entry(entry, b"\n".join([dumped(head), *written]))


def kept_networks(entry: Path) -> Networks | None:
    """The networks that were kept, or None when there are none or they are damaged."""
    check_room()
    body = read_entry(entry)
    if body is None:
        return None
    try:
        first, *written = body.split(b"\n")
        sorts, tests, layers, rules, heads, facts, numbered = msgspec.json.decode(first)
        sets = [int(each, 16) for each in numbered]
        lines = iter(written)

        def rule_set(name: str, uses: list[int]) -> RuleSet:
            return RuleSet(name, next(lines), tuple([sets[each] for each in uses]))

        return Networks(
            tuple([(measure, kind) for measure, kind in sorts]),
            {key: (_test(fact, rest), sets[number]) for number, key, fact, *rest in tests},
            tuple(tuple([rule_set(*row) for row in layer]) for layer in layers),
            *({name: sets[number] for name, number in table} for table in (rules, heads, facts)),
        )
    except Exception:  # damage of any kind: they are compiled anew
        return None


def _test(fact: str, rest: list[int] | list[str]) -> Is | AtLeast:
    first = rest[0]
    return AtLeast(fact, first) if isinstance(first, int) else Is(fact, frozenset(map(str, rest)))
