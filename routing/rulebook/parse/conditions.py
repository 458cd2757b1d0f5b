"""Reading conditions and targets: from a tree of text to tests, collecting every fault."""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Mapping as AbstractMapping

from routing.core import conclusion
from routing.core.conditions import (
    ALWAYS,
    All,
    Any,
    AtLeast,
    AtomRef,
    Condition,
    Is,
    all_of,
    any_of,
    leaf_tests,
    negate,
)
from routing.core.domain import BUILT_IN, NO, UNKNOWN, YES, Fact
from routing.core.errors import Problem, one_of
from routing.law.standing import IN_FORCE, MAY_BIND, NONE, SIGNED
from routing.yaml.tree import Items, Mapping, Node, Text

TIE = "tie:"
TIE_VALUES = (IN_FORCE, SIGNED, NONE)
COUNT = "write `count: {at_least: 2, of: [{...}, {...}]}`"
MOST_COUNTED = 12
RULE_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)+")


class Reader:
    """Turns nodes into conditions; keeps every problem it meets."""

    empty_any = False  # whether an empty list of alternatives may be written, for what never holds

    def __init__(
        self,
        facts: AbstractMapping[str, Fact],
        measures: Iterable[str],
        kinds: Iterable[str],
        instruments: Iterable[str],
        pathways: Iterable[str],
        routes: Iterable[str],
        groups: AbstractMapping[str, tuple[str, ...]],
        roles: Iterable[str],
        problems: list[Problem],
    ) -> None:
        self.facts = facts
        self.values = {"measure": set(measures), "kind": set(kinds)}
        self.instruments = set(instruments)
        self.pathways = set(pathways)
        self.routes = set(routes)
        self.groups = groups
        self.roles = set(roles)
        self.problems = problems
        self.file = ""

    def problem(self, id: str, message: str, line: int, fix: str | None = None) -> None:
        self.problems.append(Problem(message, self.file, line, fix, id))

    # Words and lists of words

    def word(self, node: Node | None) -> str:
        if isinstance(node, Text):
            return node.value.strip()
        if node is not None:
            self.problem("shape.word", "a single word is expected here", node.line, "write one value")
        return ""

    def words(self, node: Node | None) -> tuple[str, ...]:
        if node is None:
            return ()
        if isinstance(node, Text):
            return (node.value.strip(),) if not node.absent else ()
        if isinstance(node, Items):
            return tuple(word for item in node.values if (word := self.word(item)))
        self.problem(
            "shape.words", "a word or a list of words is expected here", node.line, "write `[one, two]`"
        )
        return ()

    # Conditions

    def condition(self, node: Node | None) -> Condition:
        """A mapping holds when all its lines hold; a list when any of its members holds."""
        if node is None:
            return ALWAYS
        if isinstance(node, Items):
            return any_of(*(self.asked(item) for item in self._some(node)))
        if isinstance(node, Text):
            self.problem(
                "condition.shape", f"`{node.value}` is not a condition", node.line, "write `fact: value`"
            )
            return ALWAYS
        return all_of(*(self._line(key, value) for key, value in node.entries))

    def asked(self, node: Node) -> Condition:
        """A condition that asks something: an empty block is a fault."""
        if isinstance(node, Mapping) and not node.entries:
            self._empty("this condition", node.line)
        return self.condition(node)

    def line_of_card(self, key: Text, value: Node) -> None:
        """A line of a card, which is read without the rules: it asks for what is told, looked up,
        `in_force` or `may_bind`; what rules conclude is a fault."""
        if key.value == MAY_BIND:
            for word in self.given(key, value):
                self._tie(word, IN_FORCE, key.line)
            return
        if any(isinstance(leaf, AtomRef) for leaf in leaf_tests(self._line(key, value))):
            self.problem(
                "pathway.concluded",
                f"`{key.value}` is concluded by rules, and a card asks only for what is told",
                key.line,
                "ask for the facts behind it, or for `in_force`",
            )

    def given(self, key: Text, value: Node) -> tuple[str, ...]:
        """The words that a line gives; none is a fault."""
        before = len(self.problems)
        words = self.words(value)
        if not words and len(self.problems) == before:
            self._empty(f"`{key.value}`", key.line)
        return words

    def _empty(self, what: str, line: int) -> None:
        self.problem(
            "condition.empty", f"{what} asks nothing", line, "say what must be true, or take the line out"
        )

    def _some(self, node: Items) -> tuple[Node, ...]:
        if not node.values and not self.empty_any:
            self._empty("this list of conditions", node.line)
        return node.values

    def _line(self, key: Text, value: Node) -> Condition:
        name = key.value
        if name == "any":
            if not isinstance(value, Items):
                self.problem(
                    "condition.shape", "`any` takes a list of conditions", key.line, "start each with `- `"
                )
                return ALWAYS
            return any_of(*(self.asked(item) for item in self._some(value)))
        if name == "all":
            parts = self._some(value) if isinstance(value, Items) else (value,)
            return all_of(*(self.asked(item) for item in parts))
        if name == "not":
            return negate(self.asked(value))
        if name in ("in_force", "signed"):
            return any_of(*(self._tie(word, name, key.line) for word in self.given(key, value)))
        if name in ("open", "chosen", "primary"):
            kind = conclusion.STATES[name]
            return any_of(*(self._route_state(kind, word, key.line) for word in self.given(key, value)))
        if name == "count":
            return self._count(key, value)
        return self.tested(name, value, key.line)

    def _tie(self, word: str, status: str, line: int) -> Condition:
        if word not in self.instruments:
            self.problem(
                "condition.unknown-instrument",
                f"`{word}` is not an instrument",
                line,
                one_of(word, self.instruments),
            )
        return Is(TIE + word, frozenset({status}))

    def _route_state(self, kind: str, word: str, line: int) -> Condition:
        if word in self.groups:
            return any_of(*(AtomRef(conclusion.of(kind, member)) for member in self.groups[word]))
        if word in self.routes and kind != conclusion.MAIN:
            return AtomRef(conclusion.lead(word) if kind == conclusion.CHOSEN else conclusion.of(kind, word))
        if word not in self.pathways:
            self.problem(
                "condition.unknown-pathway", f"`{word}` is not a pathway", line, one_of(word, self.pathways)
            )
        return AtomRef(conclusion.of(kind, word))

    def _count(self, key: Text, value: Node) -> Condition:
        of = value.get("of") if isinstance(value, Mapping) else None
        least = value.get("at_least") if isinstance(value, Mapping) else None
        if (
            not isinstance(of, Items)
            or not isinstance(least, Text)
            or not re.fullmatch(r"\d{1,3}", least.value)
        ):
            self.problem(
                "condition.count",
                "`count` takes a number `at_least` and a list `of` conditions",
                key.line,
                COUNT,
            )
            return ALWAYS
        parts = [self.asked(item) for item in of.values]
        if not 1 <= int(least.value) <= len(parts) <= MOST_COUNTED:
            self.problem(
                "condition.count",
                f"`count` asks for {int(least.value)} of {len(parts)} conditions",
                key.line,
                f"{COUNT}; at least 1, at most as many as there are, of {MOST_COUNTED} at most",
            )
            return ALWAYS
        return _at_least(int(least.value), parts)

    def tested(self, name: str, value: Node, line: int) -> Condition:
        """The test that a fact has one of the values, or a number within the bounds."""
        fact = self.facts.get(name)
        if fact is None and name not in BUILT_IN:
            self.problem(
                "condition.unknown-fact",
                f"`{name}` is not a fact",
                line,
                one_of(name, [*self.facts, *BUILT_IN, "in_force", "open", "chosen", "any", "not"]),
            )
            return ALWAYS
        if isinstance(value, Mapping):
            return self._number(name, fact, value)
        if fact is not None and fact.type not in ("choice", "many"):
            self.problem(
                "condition.untestable",
                f"`{name}` is a {fact.type} and has no values to test for",
                line,
                "write `{at_least: 48}` or `{below: 48}`"
                if fact.type == "number"
                else "let a looked-up fact count its days, or ask for another fact",
            )
            return ALWAYS
        allowed = self.values[name] if fact is None else set(fact.values)
        if not allowed:
            return ALWAYS  # that nothing is declared here was told
        values = [_tri(word, allowed) for word in self.given(Text(name, line), value)]
        for word in values:
            if word == UNKNOWN:
                self.problem(
                    "condition.tests-unknown",
                    f"`{name}` may not be tested for `unknown`",
                    line,
                    "write what must be true; what is unknown leaves the rule undecided",
                )
            elif word not in allowed:
                self.problem(
                    "condition.unknown-value",
                    f"`{word}` is not a value of `{name}`",
                    line,
                    one_of(word, allowed),
                )
        if fact is not None and fact.derived:
            held: Condition = AtomRef(conclusion.fact(name))
            return any_of(*(held if word == YES else negate(held) for word in values))
        return Is(name, frozenset(values))

    def _number(self, name: str, fact: Fact | None, value: Mapping) -> Condition:
        if fact is None or fact.type != "number":
            self.problem(
                "condition.not-a-number", f"`{name}` is not a number", value.line, "give one of its values"
            )
            return ALWAYS
        if not value.entries:
            self._empty(f"`{name}`", value.line)
        parts: list[Condition] = []
        for key, bound in value.entries:
            word = self.word(bound)
            if key.value not in ("at_least", "below") or not re.fullmatch(r"-?\d{1,6}", word):
                self.problem(
                    "condition.no-bound",
                    f"`{key.value}: {word}` is not a bound",
                    key.line,
                    "write `at_least: 48` or `below: 48`",
                )
                continue
            test = AtLeast(name, int(word))
            parts.append(test if key.value == "at_least" else negate(test))
        return all_of(*parts)

    # Targets

    def targets(self, node: Node | None, routes: bool = True) -> tuple[str, ...]:
        """Pathways and routes, with groups written out."""
        targets: list[str] = []
        for word in self.words(node):
            if word in self.groups:
                targets.extend(member for member in self.groups[word] if member in self.pathways)
            elif word in self.pathways or (routes and word in self.routes):
                targets.append(word)
            else:
                allowed = [*self.pathways, *self.groups, *(self.routes if routes else ())]
                self.problem(
                    "rule.unknown-target",
                    f"`{word}` is not a pathway{' or route' if routes else ''}",
                    node.line if node else 0,
                    one_of(word, allowed),
                )
        return tuple(dict.fromkeys(targets))


def _tri(word: str, allowed: set[str]) -> str:
    """Accept true and false where a fact has yes and no."""
    if {YES, NO} <= allowed:
        return {
            "true": YES,
            "false": NO,
            "True": YES,
            "False": NO,
            "Yes": YES,
            "No": NO,
            "YES": YES,
            "NO": NO,
        }.get(word, word)
    return word


def _at_least(count: int, parts: list[Condition]) -> Condition:
    if count <= 0:
        return All(())
    if count > len(parts):
        return Any(())
    first, rest = parts[0], parts[1:]
    return any_of(all_of(first, _at_least(count - 1, rest)), _at_least(count, rest))
