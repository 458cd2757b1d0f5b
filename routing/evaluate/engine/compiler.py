"""Plain rules into layers of small rule sets that the engine runs safely.

The engine is given only flat messages of explicit booleans. Each test and each conclusion
becomes two of them, one a rail: `name+s` (surely) and `name+p` (possibly). A negation reads
the other rail's boolean as false, so the engine never negates. A layer reads what earlier
layers concluded; the driver carries it over.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import product

from routing.core import conclusion
from routing.core.conditions import (
    NEVER,
    All,
    Any,
    AtLeast,
    AtomRef,
    Clause,
    Condition,
    Is,
    Not,
    all_of,
    any_of,
    negate,
    specialise,
)
from routing.core.dependencies import conclusions_tested, reached
from routing.core.errors import EngineFailure
from routing.core.grouping import grouped
from routing.core.records import Record

MOST_RULES = 60  # in one rule set; the engine loses rules past 64 that match one message
MOST_KEYS = 200  # in one message; the engine's limit is 252
MOST_TERMS = 4  # alternatives of one rule before its parts are named and split off
SURELY, POSSIBLY = "+s", "+p"
SENTINEL = "sentinel"

GOALS = (
    conclusion.PRIMARY,
    conclusion.DELIVERS,
    conclusion.STEP,
    conclusion.NO_STEP,
    conclusion.CHOSEN,
    conclusion.REACH,
)

Literal = tuple[str, bool]  # message key, expected value
Term = tuple[Literal, ...]


class Implicant(Record):
    """If every literal is in the message as expected, `head` is concluded."""

    head: str
    when: Term


class RuleSet(Record):
    """What one engine rule set holds, and the booleans its message carries where they are as expected."""

    name: str
    clauses: tuple[Implicant, ...]
    reads: tuple[Literal, ...]

    @property
    def heads(self) -> tuple[str, ...]:
        """What each rule concludes, in the order of their numbers."""
        return tuple(clause.head for clause in self.clauses)

    @property
    def definition(self) -> str:
        """The rule set in the engine's own form."""
        rules: dict[str, object] = {}
        for number, clause in enumerate(self.clauses):
            tests = [{key: value} for key, value in clause.when] or [{SENTINEL: True}]
            rules[f"r{number}"] = {"all": [{"m": {"$and": tests} if len(tests) > 1 else tests[0]}], "pri": 1}
        rules[SENTINEL] = {"all": [{"m": {SENTINEL: True}}], "pri": 2}
        return json.dumps(rules, ensure_ascii=False)


class KeptRuleSet(Record):
    """A rule set in the engine's own form, as it was kept."""

    name: str
    heads: tuple[str, ...]
    reads: tuple[Literal, ...]
    definition: str


class Network(Record):
    """Everything that can still matter once the measure and the kind of need are known."""

    name: str
    tests: Mapping[str, Is | AtLeast]
    layers: tuple[tuple[RuleSet | KeptRuleSet, ...], ...]
    rules: frozenset[str]
    heads: tuple[str, ...]

    @property
    def facts(self) -> frozenset[str]:
        """The facts and ties (`tie:INSTRUMENT`) that some rule of the network tests."""
        return frozenset(test.fact for test in self.tests.values())


def compile_network(
    plain: Iterable[Clause], measure: str, kind: str, properties: Mapping[str, str] | None = None
) -> Network:
    """The network for one measure and kind of need; rules that these rule out are left out.

    properties: facts that the measure fixes for good.
    """
    rules = _needed(_settled(plain, {**(properties or {}), "measure": measure, "kind": kind}))
    concluded = tuple(dict.fromkeys(rule.head for rule in rules))
    rules = _split(rules)
    tests: dict[str, Is | AtLeast] = {}
    clauses = grouped(
        (rule.head, Implicant(rule.head + rail, term))
        for rule in rules
        for rail in (SURELY, POSSIBLY)
        for term in _terms(rule.when, rail, tests)
    )
    layers = []
    for number, heads in enumerate(_levels(conclusions_tested(rules))):
        layer = [clause for head in heads for clause in clauses.get(head, ())]
        layers.append(tuple(_shards(f"{measure}.{kind}.{number}", layer)))
    network = Network(
        f"{measure}.{kind}", tests, tuple(layers), frozenset(rule.rule for rule in rules), concluded
    )
    _refuse_clashes(network)
    return network


def _settled(plain: Iterable[Clause], known: Mapping[str, str]) -> list[Clause]:
    """Rules that can still fire, without tests that are settled and conclusions that cannot come."""
    rules = [Clause(rule.head, specialise(rule.when, known), rule.rule) for rule in plain]
    while True:
        rules = [rule for rule in rules if rule.when != NEVER]
        reachable = {rule.head for rule in rules}
        pruned = [Clause(rule.head, _without(rule.when, reachable), rule.rule) for rule in rules]
        if pruned == rules:
            return rules
        rules = pruned


def _needed(rules: list[Clause]) -> list[Clause]:
    """The rules that a plan for this measure can come to read."""
    reads = conclusions_tested(rules)
    read = (*GOALS, conclusion.FIRED)
    wanted = set(reached((head for head in reads if conclusion.kind_of(head) in read), reads))
    return [rule for rule in rules if rule.head in wanted]


def _without(condition: Condition, reachable: set[str]) -> Condition:
    if isinstance(condition, AtomRef):
        return condition if condition.atom in reachable else NEVER
    if isinstance(condition, All):
        return all_of(*(_without(part, reachable) for part in condition.parts))
    if isinstance(condition, Any):
        return any_of(*(_without(part, reachable) for part in condition.parts))
    if isinstance(condition, Not):
        return negate(_without(condition.part, reachable))
    return condition


def _split(rules: list[Clause]) -> list[Clause]:
    """Name the parts that rules share, and those that would grow a rule into too many alternatives."""
    pushed = [Clause(rule.head, _pushed(rule.when), rule.rule) for rule in rules]
    uses: Counter[Condition] = Counter()
    for rule in pushed:
        _count(rule.when, uses)
    done: list[Clause] = []
    names: dict[Condition, AtomRef] = {}

    def named(part: Condition, rule: str) -> AtomRef:
        if part not in names:
            body = fitting(part, rule)
            names[part] = AtomRef(conclusion.part(len(names)))
            done.append(Clause(names[part].atom, body, rule))
        return names[part]

    def fitting(condition: Condition, rule: str) -> Condition:
        if not isinstance(condition, (All, Any)):
            return condition
        large = _size(condition) > MOST_TERMS
        parts = [
            named(part, rule)
            if isinstance(part, (All, Any)) and (uses[part] > 1 or (large and _size(part) > 1))
            else fitting(part, rule)
            for part in condition.parts
        ]
        return all_of(*parts) if isinstance(condition, All) else any_of(*parts)

    for rule in pushed:
        done.append(Clause(rule.head, fitting(rule.when, rule.rule), rule.rule))
    return done


def _count(condition: Condition, uses: Counter[Condition]) -> None:
    """How often each part with parts of its own occurs, those inside a part that was met before left out."""
    for part in condition.parts if isinstance(condition, (All, Any)) else ():
        if isinstance(part, (All, Any)):
            uses[part] += 1
            if uses[part] == 1:
                _count(part, uses)


def _pushed(condition: Condition, positive: bool = True) -> Condition:
    """Negations pushed down to the tests."""
    if isinstance(condition, Not):
        return _pushed(condition.part, not positive)
    if isinstance(condition, (All, Any)):
        parts = tuple(_pushed(part, positive) for part in condition.parts)
        return all_of(*parts) if isinstance(condition, All) == positive else any_of(*parts)
    return condition if positive else Not(condition)


def _size(condition: Condition) -> int:
    if isinstance(condition, Any):
        return sum(_size(part) for part in condition.parts)
    if isinstance(condition, All):
        size = 1
        for part in condition.parts:
            size *= _size(part)
        return size
    return 1


def _terms(condition: Condition, rail: str, tests: dict[str, Is | AtLeast]) -> list[Term]:
    """The alternatives under which a condition holds on a rail."""
    if isinstance(condition, Any):
        return list(dict.fromkeys(term for part in condition.parts for term in _terms(part, rail, tests)))
    if isinstance(condition, All):
        terms: list[Term] = []
        for combination in product(*(_terms(part, rail, tests) for part in condition.parts)):
            literals = tuple(sorted({literal for term in combination for literal in term}))
            if not any((key, not value) in literals for key, value in literals):
                terms.append(literals)
        return list(dict.fromkeys(terms))
    if isinstance(condition, Not):
        dual = POSSIBLY if rail == SURELY else SURELY
        return [((_key(condition.part, tests) + dual, False),)]
    return [((_key(condition, tests) + rail, True),)]


def _key(leaf: Condition, tests: dict[str, Is | AtLeast]) -> str:
    if isinstance(leaf, AtomRef):
        return leaf.atom
    assert isinstance(leaf, (Is, AtLeast))
    key = (
        f"{leaf.fact}={'|'.join(sorted(leaf.values))}"
        if isinstance(leaf, Is)
        else f"{leaf.fact}>={leaf.bound}"
    )
    tests[key] = leaf
    return key


def _levels(depends: Mapping[str, set[str]]) -> list[list[str]]:
    """Conclusions by layer: each after everything it reads."""
    level: dict[str, int] = {}

    def place(head: str) -> int:
        if head not in level:
            level[head] = 1 + max((place(below) for below in depends[head] if below in depends), default=-1)
        return level[head]

    for head in depends:
        place(head)
    layers: list[list[str]] = [[] for _ in range(1 + max(level.values(), default=-1))]
    for head, number in level.items():
        layers[number].append(head)
    return layers


def _shards(name: str, clauses: list[Implicant]) -> Iterable[RuleSet]:
    shard: list[Implicant] = []
    reads: dict[Literal, None] = {}
    number = 0
    for clause in clauses:
        keys = clause.when
        if shard and (len(shard) >= MOST_RULES or len(reads | dict.fromkeys(keys)) > MOST_KEYS):
            yield RuleSet(f"{name}.{number}", tuple(shard), tuple(reads))
            shard, reads, number = [], {}, number + 1
        shard.append(clause)
        reads |= dict.fromkeys(keys)
    if shard:
        yield RuleSet(f"{name}.{number}", tuple(shard), tuple(reads))


def _refuse_clashes(network: Network) -> None:
    """The engine tells properties apart by a 32-bit hash of their name."""
    for layer in network.layers:
        for ruleset in layer:
            hashes: dict[int, str] = {}
            for key in (*(key for key, _ in ruleset.reads), SENTINEL, "sid", "id"):
                earlier = hashes.setdefault(_fnv(key), key)
                if earlier != key:
                    raise EngineFailure(f"`{key}` and `{earlier}` look alike to the engine; rename one")


def _fnv(text: str) -> int:
    if not text.isascii():
        raise EngineFailure(
            f"`{text}` has a letter that the engine reads differently from machine to machine; use a to z"
        )
    value = 0x811C9DC5
    for byte in text.encode():
        value = ((value ^ byte) * 0x01000193) & 0xFFFFFFFF
    return value
