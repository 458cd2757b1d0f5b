"""Plain rules into layers of small rule sets that the engine runs safely.

The engine is given only flat messages of explicit booleans. Each test and each conclusion
becomes two of them: `name+own`, on the rail that is asked, and `name+opposite`, on the opposite one.
A negation reads the other rail's boolean as false, so the engine never negates; and the same
clauses say what surely holds and, with the rails exchanged, what possibly holds. A layer reads
what earlier layers concluded; the driver carries it over.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import reduce
from hashlib import blake2b
from itertools import compress, product
from operator import and_, itemgetter, or_

from routing.core import conclusion
from routing.core.cached import cached_property
from routing.core.conditions import All, Any, AtLeast, AtomRef, Clause, Condition, Is, Not, all_of, any_of
from routing.core.dependencies import conclusions_tested
from routing.core.grouping import grouped
from routing.core.records import Record
from routing.evaluate.engine.relevance import Settled, Sort, Sorts, levels, relevance
from routing.evaluate.engine.rule_sets import OPPOSITE, OWN, Implicant, RuleSet, Term, named, rule_sets

MOST_TURNED = 60  # alternatives of one test each that are put together as one clause
MOST_TERMS = 4  # alternatives of one rule before its parts are named and split off
LEAST_COMMON = 3  # demands of all routes of a channel, to be worked out once for them


class NetworkPart(Record):
    """What a network takes from a rule set. own: a whole number, with a bit for each of its clauses that the
    network asks for."""

    ruleset: RuleSet
    own: int

    @property
    def clauses(self) -> list[Implicant]:
        """The clauses that the network asks for."""
        return [clause for place, clause in enumerate(self.ruleset.clauses) if self.own >> place & 1]


class Network(Record):
    """Everything that can matter for one sort of needs.

    tests: those that its clauses read. layers: its clauses, each in a layer after all that it reads. heads:
    what it concludes. facts: the facts and ties (`tie:INSTRUMENT`) that bear on it. Tuples, as sets take four
    times the room and there may be a hundred networks.
    """

    name: str
    tests: Mapping[str, Is | AtLeast]
    layers: tuple[tuple[NetworkPart, ...], ...]
    rules: tuple[str, ...]
    heads: tuple[str, ...]
    facts: tuple[str, ...]


class Networks(Record, dict=True):
    """The rules compiled once for all sorts of needs, whose networks share their rule sets.

    sorts: in the order of their bits. tests, rules, heads, facts: each with the sorts for which it can
    matter.
    """

    sorts: tuple[Sort, ...]
    tests: Mapping[str, tuple[Is | AtLeast, Sorts]]
    layers: tuple[tuple[RuleSet, ...], ...]
    rules: Mapping[str, Sorts]
    heads: Mapping[str, Sorts]
    facts: Mapping[str, Sorts]

    def of(self, measure: str, kind: str) -> Network:
        """The network of one sort of needs."""
        return self._sorted.of(self.sorts.index((measure, kind)), f"{measure}.{kind}")

    @cached_property
    def _sorted(self) -> _BySorts:
        return _BySorts(self)

    def alone(self, measure: str, kind: str) -> Networks:
        """The same for one sort of needs alone, whose rule sets hold nothing else: fewer and smaller ones for
        a process that asks for no other."""
        network = self.of(measure, kind)
        asked = [tuple(clause for part in layer for clause in part.clauses) for layer in network.layers]
        return Networks(
            ((measure, kind),),
            {key: (test, 1) for key, test in network.tests.items()},
            tuple(tuple(rule_sets(layer, dict.fromkeys(layer, 1))) for layer in asked),
            *(dict.fromkeys(names, 1) for names in (network.rules, network.heads, network.facts)),
        )


class _BySorts:
    """Networks, with each set of sorts numbered: many things matter for the same sorts, and whether one of
    them is among these is asked once for each set and not once for each thing."""

    def __init__(self, networks: Networks) -> None:
        numbers: dict[Sorts, int] = {}

        def number(sorts: Sorts) -> int:
            return numbers.setdefault(sorts, len(numbers))

        tests = [(key, test) for key, (test, _) in networks.tests.items()]
        self._tests = tests, _each([number(sorts) for _, sorts in networks.tests.values()])
        self._layers = [
            [(ruleset, _clauses_by_sorts(map(number, ruleset.sorts))) for ruleset in layer]
            for layer in networks.layers
        ]
        self._tables = [
            (tuple(table), _each([number(sorts) for sorts in table.values()]))
            for table in (networks.rules, networks.heads, networks.facts)
        ]
        self._sets = (*numbers, 0)  # and none at all, so that there is a first

    def of(self, place: int, name: str) -> Network:
        """The network of the sort at a place."""
        bit = 1 << place
        among = [sorts & bit for sorts in self._sets]
        tests, of_tests = self._tests
        layers = []
        for layer in self._layers:
            parts = []
            for ruleset, clauses in layer:
                own = 0
                for number, bits in clauses:
                    if among[number]:
                        own |= bits
                if own:
                    parts.append(NetworkPart(ruleset, own))
            layers.append(tuple(parts))
        return Network(
            name,
            dict(compress(tests, of_tests(among))),
            tuple(layers),
            *(tuple(compress(names, of_names(among))) for names, of_names in self._tables),
        )


def _each(numbers: list[int]) -> Callable[[list[Sorts]], tuple[Sorts, ...]]:
    """What takes out of a list the item of each number, and two more: of less than two it would make no
    tuple."""
    return itemgetter(*numbers, 0, 0)


def _clauses_by_sorts(numbers: Iterable[int]) -> tuple[tuple[int, int], ...]:
    """The places of the clauses of a rule set, as bits, by the number of the sorts that ask for them."""
    bits: dict[int, int] = {}
    for place, number in enumerate(numbers):
        bits[number] = bits.get(number, 0) | 1 << place
    return tuple(bits.items())


def compile_network(
    plain: Iterable[Clause], measure: str, kind: str, properties: Mapping[str, str] | None = None
) -> Network:
    """The network for one measure and kind of need alone; rules that these rule out are left out.

    properties: facts that the measure fixes for good.
    """
    return compile_networks(plain, {(measure, kind): properties or {}}).of(measure, kind)


def compile_networks(plain: Iterable[Clause], sorts: Mapping[Sort, Mapping[str, str]]) -> Networks:
    """The networks for sorts of needs, each of which is given with the facts that its measure fixes."""
    plain = tuple(plain)
    settled = Settled.by(sorts)
    matters = relevance(plain, settled)
    rules = [rule for rule in plain if rule.head in matters.heads]
    layers, tests = _clauses(rules)
    uses, reads = clauses_used(layers, tests, matters.heads, settled)
    return Networks(
        tuple(sorts),
        {key: (test, reads[key]) for key, test in tests.items() if key in reads},
        tuple(tuple(rule_sets(layer, uses)) for layer in layers),
        matters.rules,
        matters.heads,
        matters.facts,
    )


Layers = tuple[tuple[Implicant, ...], ...]


def _clauses(rules: list[Clause]) -> tuple[Layers, dict[str, Is | AtLeast]]:
    """Rules as clauses in layers, and the tests that they read by key."""
    whole = _split(rules)
    tests: dict[str, Is | AtLeast] = {}
    terms = grouped((rule.head, term) for rule in whole for term in _terms(rule.when, tests))
    layers = tuple(
        tuple(clause for head in heads for clause in _written(head, terms.get(head, ())))
        for heads in levels(conclusions_tested(whole))
    )
    return layers, tests


def _written(head: str, terms: Iterable[Term]) -> Iterator[Implicant]:
    """The clauses of a conclusion from its alternatives. Those of one test each are turned round: it is
    concluded unless each of them fails. The engine takes less time and memory for one clause of many tests
    than for many of one."""
    terms = dict.fromkeys(terms)
    alone = [term for term in terms if len(term) == 1]
    if len(alone) == 1:
        alone = []
    yield from (Implicant(head, term) for term in terms if term not in alone)
    for at in range(0, len(alone), MOST_TURNED):
        turned = [(key, not value) for ((key, value),) in alone[at : at + MOST_TURNED]]
        yield Implicant(head, tuple(sorted(turned)), unless=True)


def clauses_used(
    layers: Layers, tests: Mapping[str, Is | AtLeast], heads: Mapping[str, Sorts], settled: Settled
) -> tuple[dict[Implicant, Sorts], dict[str, Sorts]]:
    """The sorts of needs for which each clause can fire and is wanted, and those for which each test is read.

    heads: the sorts for which each conclusion is wanted.
    """
    settling = {key: settled.test(test) for key, test in tests.items()}
    concluded: dict[str, Sorts] = {}
    uses: dict[Implicant, Sorts] = {}

    def can_be(key: str, value: bool) -> Sorts:
        name = named(key)
        if name in settling:
            holds, fails = settling[name]
            return settled.every & ~(fails if value else holds)
        return concluded.get(name, 0) if value else settled.every

    for layer in layers:
        for clause in layer:
            if clause.unless:
                uses[clause] = reduce(or_, [can_be(key, not value) for key, value in clause.when])
            else:
                uses[clause] = reduce(and_, [can_be(*literal) for literal in clause.when], settled.every)
        for clause in layer:
            concluded[clause.head] = concluded.get(clause.head, 0) | uses[clause]
    wanted = dict(heads)
    for layer in reversed(layers):
        for clause in layer:
            uses[clause] &= wanted.get(clause.head, 0)
            for key, _ in clause.when:
                wanted[named(key)] = wanted.get(named(key), 0) | uses[clause]
    return uses, {key: sorts for key in tests if (sorts := wanted.get(key, 0))}


def _split(rules: list[Clause]) -> list[Clause]:
    """Name the parts that rules share, and those that would grow a rule into too many alternatives.

    A part is named by what it says, so that rulebooks which share it share the clauses that speak of it.
    """
    pushed = _with_common_parts([Clause(rule.head, _pushed(rule.when), rule.rule) for rule in rules])
    uses: Counter[Condition] = Counter()
    for rule in pushed:
        _count(rule.when, uses)
    done: list[Clause] = []
    names: dict[Condition, AtomRef] = {}

    def named(part: Condition, rule: str) -> AtomRef:
        if part not in names:
            body = fitting(part, rule)
            names[part] = AtomRef(conclusion.part(_digest(body)))
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


def _with_common_parts(rules: list[Clause]) -> list[Clause]:
    """The rules with what all routes of a channel demand, such as that no rule closes the channel, put
    together as one part of each: every test of every rule costs the engine time and memory."""
    routes = grouped((rule.head.partition("/")[0], rule.when) for rule in rules if isinstance(rule.when, All))
    common: dict[str, All] = {}
    for channel, conditions in routes.items():
        demanded = [
            part for part in conditions[0].parts if all(part in condition.parts for condition in conditions)
        ]
        if len(conditions) > 1 and len(demanded) >= LEAST_COMMON:
            common[channel] = All(tuple(demanded))
    return [_put_together(rule, common.get(rule.head.partition("/")[0])) for rule in rules]


def _put_together(rule: Clause, common: All | None) -> Clause:
    if common is None or not isinstance(rule.when, All):
        return rule
    apart = [part for part in rule.when.parts if part not in common.parts]
    return Clause(rule.head, All((*apart, common)), rule.rule)


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


def _terms(condition: Condition, tests: dict[str, Is | AtLeast]) -> list[Term]:
    """The alternatives under which a condition holds on the rail that is asked."""
    if isinstance(condition, Any):
        return list(dict.fromkeys(term for part in condition.parts for term in _terms(part, tests)))
    if isinstance(condition, All):
        combinations = product(*(_terms(part, tests) for part in condition.parts))
        return list(
            dict.fromkeys(
                tuple(sorted({literal for term in combination for literal in term}))
                for combination in combinations
            )
        )
    if isinstance(condition, Not):
        return [((_key(condition.part, tests) + OPPOSITE, False),)]
    return [((_key(condition, tests) + OWN, True),)]


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


def _digest(condition: Condition) -> str:
    return blake2b(_as_text(condition).encode(), digest_size=8).hexdigest()


def _as_text(condition: Condition) -> str:
    """A condition as text that is the same wherever it is written."""
    if isinstance(condition, (All, Any)):
        return f"{type(condition).__name__}({','.join(sorted(map(_as_text, condition.parts)))})"
    if isinstance(condition, Not):
        return f"Not({_as_text(condition.part)})"
    return _key(condition, {})
