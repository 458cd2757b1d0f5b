"""Plain rules into layers of small rule sets that the engine runs safely.

The engine is given only flat messages of explicit booleans. Each test and each conclusion
becomes two of them, one a rail: `name+s` (surely) and `name+p` (possibly). A negation reads
the other rail's boolean as false, so the engine never negates. A layer reads what earlier
layers concluded; the driver carries it over.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from hashlib import blake2b
from itertools import product
from json.encoder import encode_basestring as quoted

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
    leaf_tests,
    specialise,
    with_leaves,
)
from routing.core.dependencies import atoms_tested, conclusions_tested, reached
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


MOST_KNOWN = 100_000
_known: dict[Implicant, Implicant] = {}


def same(clause: Implicant) -> Implicant:
    """The one object in this process for all equal clauses; networks have most of theirs in common."""
    if len(_known) > MOST_KNOWN:
        _known.clear()
    return _known.setdefault(clause, clause)


class RuleSet(Record):
    """What one engine rule set holds."""

    name: str
    clauses: tuple[Implicant, ...]

    @property
    def definition(self) -> str:
        """The rule set in the engine's own form; the rules are named by their place, `r0` and so on."""
        rules = [
            f'"r{place}":{{"all":[{{"m":{_expected(clause.when)}}}],"pri":1}}'
            for place, clause in enumerate(self.clauses)
        ]
        rules.append(f'"{SENTINEL}":{{"all":[{{"m":{{"{SENTINEL}":true}}}}],"pri":2}}')
        return "{" + ",".join(rules) + "}"


def _expected(when: Term) -> str:
    tests = [f"{{{quoted(key)}:{'true' if value else 'false'}}}" for key, value in when]
    if not tests:
        return f'{{"{SENTINEL}":true}}'
    return f'{{"$and":[{",".join(tests)}]}}' if len(tests) > 1 else tests[0]


class Network(Record):
    """Everything that can still matter once the measure and the kind of need are known.

    layers: the clauses, each in a layer after all that it reads. No two keys of a network look alike to the
    engine, so that its clauses may stand together in any rule set.
    """

    name: str
    tests: Mapping[str, Is | AtLeast]
    layers: tuple[tuple[Implicant, ...], ...]
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
    salt = 0
    while True:
        network = _network(f"{measure}.{kind}", rules, salt)
        alike = _look_alike(network)
        if alike is None:
            return network
        if not any(conclusion.kind_of(key) == conclusion.PART for key in alike):
            raise EngineFailure("`{}` and `{}` look alike to the engine; rename one".format(*alike))
        salt += 1


def _network(name: str, rules: list[Clause], salt: int) -> Network:
    concluded = tuple(dict.fromkeys(rule.head for rule in rules))
    whole = _split(rules, salt)
    tests: dict[str, Is | AtLeast] = {}
    clauses = grouped(
        (rule.head, Implicant(rule.head + rail, term))
        for rule in whole
        for rail in (SURELY, POSSIBLY)
        for term in _terms(rule.when, rail, tests)
    )
    layers = tuple(
        tuple(dict.fromkeys(same(clause) for head in heads for clause in clauses.get(head, ())))
        for heads in _levels(conclusions_tested(whole))
    )
    return Network(name, tests, layers, frozenset(rule.rule for rule in whole), concluded)


def _settled(plain: Iterable[Clause], known: Mapping[str, str]) -> list[Clause]:
    """Rules that can still fire, without tests that are settled and conclusions that cannot come."""
    testing = []
    for rule, facts, atoms in _outline(plain):
        if facts.isdisjoint(known):
            testing.append((rule, atoms))
        else:
            when = specialise(rule.when, known)
            testing.append((Clause(rule.head, when, rule.rule), frozenset(atoms_tested(when))))
    unreachable: set[str] = set()

    def reachable(test: Is | AtLeast | AtomRef) -> Condition:
        return NEVER if isinstance(test, AtomRef) and test.atom in unreachable else test

    while True:
        testing = [(rule, atoms) for rule, atoms in testing if rule.when != NEVER]
        lost = frozenset().union(*(atoms for _, atoms in testing)) - {rule.head for rule, _ in testing}
        lost -= unreachable
        if not lost:
            return [rule for rule, _ in testing]
        unreachable |= lost
        testing = [
            (rule, atoms)
            if atoms.isdisjoint(lost)
            else (Clause(rule.head, with_leaves(rule.when, reachable), rule.rule), atoms)
            for rule, atoms in testing
        ]


Outline = list[tuple[Clause, frozenset[str], frozenset[str]]]
_outlined: list[tuple[Iterable[Clause], Outline]] = []  # of the rules that were compiled last


def _outline(plain: Iterable[Clause]) -> Outline:
    """Each plain rule with the facts and the conclusions that it tests."""
    for earlier, outline in _outlined:
        if earlier is plain:
            return outline
    outline = [(rule, *_tested(rule.when)) for rule in plain]
    _outlined[:] = [(plain, outline)]
    return outline


def _tested(condition: Condition) -> tuple[frozenset[str], frozenset[str]]:
    facts = frozenset(leaf.fact for leaf in leaf_tests(condition) if not isinstance(leaf, AtomRef))
    return facts, frozenset(atoms_tested(condition))


def _needed(rules: list[Clause]) -> list[Clause]:
    """The rules that a plan for this measure can come to read: of a channel that it can take also whether it
    is open."""
    reads = conclusions_tested(rules)
    read = (*GOALS, conclusion.FIRED)
    goals = [head for head in reads if conclusion.kind_of(head) in read]
    taken = (conclusion.name_of(head) for head in goals if conclusion.kind_of(head) == conclusion.CHOSEN)
    opened = (conclusion.available(pathway) for pathway in taken)
    wanted = set(reached((*goals, *(head for head in opened if head in reads)), reads))
    return [rule for rule in rules if rule.head in wanted]


def _split(rules: list[Clause], salt: int) -> list[Clause]:
    """Name the parts that rules share, and those that would grow a rule into too many alternatives.

    A part is named by what it says, so that networks which share it share the clauses that speak of it.
    """
    pushed = [Clause(rule.head, _pushed(rule.when), rule.rule) for rule in rules]
    uses: Counter[Condition] = Counter()
    for rule in pushed:
        _count(rule.when, uses)
    done: list[Clause] = []
    names: dict[Condition, AtomRef] = {}

    def named(part: Condition, rule: str) -> AtomRef:
        if part not in names:
            body = fitting(part, rule)
            names[part] = AtomRef(conclusion.part(_digest(body, salt)))
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


def rule_sets(name: str, clauses: Iterable[Implicant]) -> Iterable[RuleSet]:
    """Clauses of one layer in rule sets that the engine runs safely."""
    shard: list[Implicant] = []
    keys: set[str] = set()
    number = 0
    for clause in clauses:
        more = {key for key, _ in clause.when}
        if shard and (len(shard) >= MOST_RULES or len(keys | more) > MOST_KEYS):
            yield RuleSet(f"{name}.{number}", tuple(shard))
            shard, keys, number = [], set(), number + 1
        shard.append(clause)
        keys |= more
    if shard:
        yield RuleSet(f"{name}.{number}", tuple(shard))


def _digest(condition: Condition, salt: int) -> str:
    return blake2b(f"{salt}{_written(condition)}".encode(), digest_size=8).hexdigest()


def _written(condition: Condition) -> str:
    """A condition as text that is the same wherever it is written."""
    if isinstance(condition, (All, Any)):
        return f"{type(condition).__name__}({','.join(sorted(map(_written, condition.parts)))})"
    if isinstance(condition, Not):
        return f"Not({_written(condition.part)})"
    return _key(condition, {})


def _look_alike(network: Network) -> tuple[str, str] | None:
    """Two keys that are the same to the engine, which tells properties apart by a 32-bit hash of their
    name."""
    hashes: dict[int, str] = {}
    keys = dict.fromkeys(key for layer in network.layers for clause in layer for key, _ in clause.when)
    for key in (SENTINEL, "sid", "id", *keys):
        earlier = hashes.setdefault(_fnv(key), key)
        if earlier != key:
            return key, earlier
    return None


def _fnv(text: str) -> int:
    if not text.isascii():
        raise EngineFailure(
            f"`{text}` has a letter that the engine reads differently from machine to machine; use a to z"
        )
    value = 0x811C9DC5
    for byte in text.encode():
        value = ((value ^ byte) * 0x01000193) & 0xFFFFFFFF
    return value
