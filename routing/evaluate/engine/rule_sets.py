"""Clauses in rule sets that the engine runs safely, together where the same needs ask for them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import reduce
from hashlib import blake2b
from json.encoder import encode_basestring as quoted
from operator import or_

import msgspec

from routing.core.cached import cached_property
from routing.core.grouping import grouped
from routing.core.records import Record
from routing.evaluate.engine.relevance import Sorts

MOST_RULES = 60  # in one rule set; the engine loses rules past 64 that match one message
MOST_KEYS = 200  # in one message; the engine's limit is 252
MOST_IDLE = 15  # clauses of a rule set that are nothing to a need which runs it, on average
SENTINEL = "sentinel"

Literal = tuple[str, bool]  # message key, expected value
Term = tuple[Literal, ...]


class Implicant(Record, array_like=True, gc=False):
    """If every literal is in the message as expected, `head` is concluded."""

    head: str
    when: Term


class RuleSet(Record, dict=True):
    """What one engine rule set holds.

    name: after what it says, so that equal ones have one name. written: its clauses, as JSON. sorts: for each
    of them, the sorts of needs for which it can matter.
    """

    name: str
    written: bytes
    sorts: tuple[Sorts, ...]

    @cached_property
    def clauses(self) -> tuple[Implicant, ...]:
        return msgspec.json.decode(self.written, type=tuple[Implicant, ...])

    @property
    def definition(self) -> str:
        """The rule set in the engine's own form; the rules are named by their place, `r0` and so on.

        What most rules test stands first in each: tests with which several rules begin are made once.
        """
        uses = Counter(literal for clause in self.clauses for literal in clause.when)
        rules = [
            f'"r{place}":{{"all":[{{"m":{_expected(clause.when, uses)}}}],"pri":1}}'
            for place, clause in enumerate(self.clauses)
        ]
        rules.append(f'"{SENTINEL}":{{"all":[{{"m":{{"{SENTINEL}":true}}}}],"pri":2}}')
        return "{" + ",".join(rules) + "}"


def _expected(when: Term, uses: Mapping[Literal, int]) -> str:
    ordered = sorted(when, key=lambda literal: -uses[literal])
    tests = [f"{{{quoted(key)}:{'true' if value else 'false'}}}" for key, value in ordered]
    if not tests:
        return f'{{"{SENTINEL}":true}}'
    return f'{{"$and":[{",".join(tests)}]}}' if len(tests) > 1 else tests[0]


def rule_sets(layer: Iterable[Implicant], uses: Mapping[Implicant, Sorts]) -> Iterator[RuleSet]:
    """The clauses of one layer in rule sets that the engine runs safely; those together for which the same
    needs ask, so that a need runs few rule sets and little in them that is nothing to it."""
    shard: list[Implicant] = []
    for clause in _by_use(layer, uses):
        if not _fits([*shard, clause], uses):
            yield _rule_set(shard, uses)
            shard = []
        shard.append(clause)
    if shard:
        yield _rule_set(shard, uses)


def _by_use(layer: Iterable[Implicant], uses: Mapping[Implicant, Sorts]) -> Iterator[Implicant]:
    """The clauses that are used, each near others that begin alike and for which much the same needs ask."""
    left = grouped((uses[clause], clause) for clause in layer if uses[clause])
    sorts = -1
    while left:
        sorts = min(left, key=lambda other: ((other ^ sorts).bit_count(), other))
        yield from sorted(left.pop(sorts), key=lambda clause: clause.when)


def _fits(clauses: list[Implicant], uses: Mapping[Implicant, Sorts]) -> bool:
    """Whether clauses may stand in one rule set."""
    if len(clauses) == 1:
        return True
    if len(clauses) > MOST_RULES or len({key for clause in clauses for key, _ in clause.when}) > MOST_KEYS:
        return False
    sorts = [uses[clause] for clause in clauses]
    asked = sum(each.bit_count() for each in sorts)
    return len(clauses) - asked / reduce(or_, sorts).bit_count() <= MOST_IDLE


def _rule_set(clauses: list[Implicant], uses: Mapping[Implicant, Sorts]) -> RuleSet:
    written = msgspec.json.encode(clauses)
    name = blake2b(written, digest_size=8).hexdigest()
    return RuleSet(name, written, tuple([uses[clause] for clause in clauses]))
