"""Clauses in rule sets that the engine runs safely, together where the same needs ask for them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import reduce
from hashlib import blake2b
from operator import or_

import msgspec

from routing.core.errors import EngineFailure
from routing.core.grouping import grouped
from routing.core.records import Record
from routing.evaluate.engine.relevance import Sorts

MOST_RULES = 60  # in one rule set; the engine loses rules past 64 that match one message
MOST_KEYS = 200  # in one message; the engine's limit is 252
MOST_IDLE = 15  # clauses of a rule set that are nothing to a need which runs it, on average
SENTINEL = "sentinel"
OWN, OPPOSITE = "+own", "+opposite"
"""End the key of a boolean: on the rail that is asked, and on the opposite one."""

Literal = tuple[str, bool]  # message key, expected value
Term = tuple[Literal, ...]


def named(key: str) -> str:
    """What the key of a boolean is about, a test or a conclusion."""
    return key.removesuffix(OWN).removesuffix(OPPOSITE)


class Implicant(Record, gc=False):
    """If every literal is in the message as expected, `head` is concluded; or, of one that says `unless`, if
    not every one is."""

    head: str
    when: Term
    unless: bool = False


class Numbered(Record, array_like=True, gc=False):
    """Clauses whose keys are numbered, as they are kept and given to the engine.

    keys: by their numbers. heads: what each clause concludes. whens: the literals of each, as whole numbers:
    twice that of the key, and one more where it is expected to be true. unless: those that say so, as bits.
    """

    keys: tuple[str, ...]
    heads: tuple[str, ...]
    whens: tuple[tuple[int, ...], ...]
    unless: int

    @classmethod
    def of(cls, clauses: Iterable[Implicant]) -> Numbered:
        """The clauses; what most of them test stands first in each: tests with which several begin are made
        once by the engine."""
        clauses = tuple(clauses)
        uses = Counter(literal for clause in clauses for literal in clause.when)
        whens = [sorted(clause.when, key=lambda literal: -uses[literal]) for clause in clauses]
        keys = tuple(dict.fromkeys(key for when in whens for key, _ in when))
        numbers = {key: 2 * place for place, key in enumerate(keys)}
        return cls(
            keys,
            tuple([clause.head for clause in clauses]),
            tuple([tuple([numbers[key] + value for key, value in when]) for when in whens]),
            sum([1 << place for place, clause in enumerate(clauses) if clause.unless]),
        )

    @property
    def definition(self) -> str:
        """The rule set in the engine's own form; the rules are named by their place, `r0` and so on."""
        rules = [
            f'"r{place}":{{"all":[{{"m":{_expected(when)}}}],"pri":1}}'
            for place, when in enumerate(self.whens)
        ]
        rules.append(f'"{SENTINEL}":{{"all":[{{"m":{{"{SENTINEL}":true}}}}],"pri":2}}')
        return "{" + ",".join(rules) + "}"


class RuleSet(Record):
    """What one engine rule set holds.

    name: after what it says, so that equal ones have one name. written: its clauses, numbered, as JSON.
    sorts: for each of them, the sorts of needs for which it can matter.
    """

    name: str
    written: bytes
    sorts: tuple[Sorts, ...]

    @property
    def numbered(self) -> Numbered:
        """The clauses, read anew: what is made of them is kept, and they are not."""
        return msgspec.json.decode(self.written, type=Numbered)

    @property
    def clauses(self) -> list[Implicant]:
        """The clauses as they were before their keys were numbered."""
        numbered, keys = self.numbered, self.numbered.keys
        return [
            Implicant(
                head,
                tuple([(keys[literal >> 1], bool(literal & 1)) for literal in when]),
                bool(numbered.unless >> place & 1),
            )
            for place, (head, when) in enumerate(zip(numbered.heads, numbered.whens, strict=True))
        ]


def written(literal: int) -> str:
    """A literal as a property of a message. The engine is not told the key itself: a number is shorter, and
    it takes properties for one another whose names have the same 32-bit hash."""
    return f'"k{literal >> 1}":{"true" if literal & 1 else "false"}'


LITERALS = tuple([written(literal) for literal in range(2 * MOST_KEYS)])


def _expected(when: tuple[int, ...]) -> str:
    if not when:
        return f'{{"{SENTINEL}":true}}'
    if len(when) == 1:
        return f"{{{LITERALS[when[0]]}}}"
    return f'{{"$and":[{{{"},{".join([LITERALS[literal] for literal in when])}}}]}}'


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
        sorts = min(left, key=lambda uses: ((uses ^ sorts).bit_count(), uses))
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
    numbered = Numbered.of(clauses)
    if len(numbered.keys) > MOST_KEYS:
        raise EngineFailure(f"`{clauses[0].head}` tests more than {MOST_KEYS} things at once; split the rule")
    written = msgspec.json.encode(numbered)
    name = blake2b(written, digest_size=8).hexdigest()
    return RuleSet(name, written, tuple([uses[clause] for clause in clauses]))
