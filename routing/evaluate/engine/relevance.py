"""Which plain rules can matter for which needs, worked out for all of them in one walk.

What a need is about, its measure and its kind, is its sort. It settles some facts, and with them rules: those
that cannot fire, and those that nothing asks for any more, need not be run. A set of sorts is a whole number
with a bit for each of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from routing.core import conclusion
from routing.core.conditions import All, Any, AtLeast, AtomRef, Clause, Condition, Is, Not
from routing.core.dependencies import by_head, conclusions_tested
from routing.core.records import Record, field

Sort = tuple[str, str]  # a measure and a kind of need
Sorts = int  # a set of them

GOALS = (
    conclusion.PRIMARY,
    conclusion.DELIVERS,
    conclusion.STEP,
    conclusion.NO_STEP,
    conclusion.CHOSEN,
    conclusion.REACH,
    conclusion.FIRED,
)
"""The kinds of conclusions that a plan reads, whatever else they hang on."""


class Settled(Record):
    """What the sorts settle. every: all of them. having: by fact and value, those that have it."""

    every: Sorts
    having: Mapping[str, Mapping[str, Sorts]]

    @classmethod
    def by(cls, sorts: Mapping[Sort, Mapping[str, str]]) -> Settled:
        """sorts: each with the facts that its measure fixes for good."""
        having: dict[str, dict[str, Sorts]] = {}
        for place, ((measure, kind), properties) in enumerate(sorts.items()):
            for fact, value in {**properties, "measure": measure, "kind": kind}.items():
                values = having.setdefault(fact, {})
                values[value] = values.get(value, 0) | 1 << place
        return cls((1 << len(sorts)) - 1, having)

    def test(self, test: Is | AtLeast) -> tuple[Sorts, Sorts]:
        """The sorts for which a test surely holds, and those for which it surely fails."""
        holds = fails = 0
        if isinstance(test, Is):
            for value, sorts in self.having.get(test.fact, {}).items():
                if value in test.values:
                    holds |= sorts
                else:
                    fails |= sorts
        return holds, fails


class Relevance(Record):
    """The sorts of needs for which each conclusion, each rule and each fact can matter; none of those that
    never do."""

    heads: dict[str, Sorts] = field(default_factory=dict)
    rules: dict[str, Sorts] = field(default_factory=dict)
    facts: dict[str, Sorts] = field(default_factory=dict)


def relevance(plain: Iterable[Clause], settled: Settled) -> Relevance:
    """What can matter: what a plan can come to read, and of a channel that it can take also whether it is
    open; and all that these hang on."""
    lines = by_head(plain)
    order = [head for level in levels(conclusions_tested(plain)) for head in level]
    walk = _Walk(settled)
    for head in order:
        for line in lines[head]:
            walk.reached[head] = walk.reached.get(head, 0) | walk.settles(line.when).open
    wanted = walk.relevance.heads
    for head in order:
        kind = conclusion.kind_of(head)
        if kind in GOALS:
            _add(wanted, head, walk.reached[head])
        if kind == conclusion.CHOSEN:
            opened = conclusion.available(conclusion.name_of(head))
            _add(wanted, opened, walk.reached[head] & walk.reached.get(opened, 0))
    for head in reversed(order):
        for line in lines[head]:
            sorts = wanted.get(head, 0) & walk.settles(line.when).open
            _add(walk.relevance.rules, line.rule, sorts)
            walk.want(line.when, sorts)
    return walk.relevance


class _Outcome(Record):
    """The sorts for which a condition is settled: it always holds, or never; and those for which it is not
    settled to fail."""

    always: Sorts
    never: Sorts
    open: Sorts


class _Walk(Record):
    """A walk through conditions. reached: the sorts for which each conclusion can come."""

    settled: Settled
    reached: dict[str, Sorts] = field(default_factory=dict)
    relevance: Relevance = field(default_factory=Relevance)
    _outcomes: dict[int, _Outcome] = field(
        default_factory=dict
    )  # by the identity of conditions, which are kept

    def settles(self, condition: Condition) -> _Outcome:
        """What the sorts settle of a condition; the conclusions that it asks for were reached before."""
        outcome = self._outcomes.get(id(condition))
        if outcome is None:
            always, never = self._always_and_never(condition)
            outcome = self._outcomes[id(condition)] = _Outcome(always, never, self.settled.every & ~never)
        return outcome

    def _always_and_never(self, condition: Condition) -> tuple[Sorts, Sorts]:
        if isinstance(condition, AtomRef):
            return 0, self.settled.every & ~self.reached.get(condition.atom, 0)
        if isinstance(condition, (Is, AtLeast)):
            return self.settled.test(condition)
        if isinstance(condition, Not):
            part = self.settles(condition.part)
            return part.never, part.always
        every, some = self.settled.every, 0
        for part in map(self.settles, condition.parts):
            every &= part.always if isinstance(condition, All) else part.never
            some |= part.never if isinstance(condition, All) else part.always
        return (every, some) if isinstance(condition, All) else (some, every)

    def want(self, condition: Condition, sorts: Sorts) -> None:
        """Note what is left to ask of a condition that is wanted for some sorts."""
        outcome = self.settles(condition)
        sorts &= outcome.open & ~outcome.always
        if not sorts:
            return
        if isinstance(condition, (All, Any)):
            for part in condition.parts:
                self.want(part, sorts)
        elif isinstance(condition, Not):
            self.want(condition.part, sorts)
        elif isinstance(condition, AtomRef):
            _add(self.relevance.heads, condition.atom, sorts)
        else:
            _add(self.relevance.facts, condition.fact, sorts)


def _add(table: dict[str, Sorts], name: str, sorts: Sorts) -> None:
    if sorts:
        table[name] = table.get(name, 0) | sorts


def levels(depends: Mapping[str, set[str]]) -> Sequence[Sequence[str]]:
    """Conclusions in layers: each after everything that it reads."""
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
