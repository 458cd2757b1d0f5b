"""Reading rules: from a tree of text to conditions and rules, collecting every fault."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping as AbstractMapping

from routing.conditions import ALWAYS, All, Any, AtLeast, Condition, Holds, Is, both, either, negation
from routing.errors import Problem, one_of
from routing.reading import Items, Mapping, Node, Text
from routing.rulebook.model import FORMS, Rule
from routing.vocabulary import NO, STANDINGS, UNKNOWN, YES, Fact

TIE = "tie:"
TIE_VALUES = ("in_force", "signed", "none")
BUILT_IN = ("measure", "kind")
RULE_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)+")
SHARED_KEYS = {
    "id", "says", "when", "unless", "basis", "paper", "standing", "views", "defeats", "formerly",
    "protected", "on", "how", "as", "if_none", "over", "table", "because_of", "for", "note",
}


class Reader:
    """Turns nodes into conditions and rules; keeps every problem it meets."""

    def __init__(
        self, facts: AbstractMapping[str, Fact], measures: Iterable[str], kinds: Iterable[str],
        instruments: Iterable[str], pathways: Iterable[str], routes: Iterable[str],
        groups: AbstractMapping[str, tuple[str, ...]], roles: Iterable[str], problems: list[Problem],
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
        self.owner = ""

    def problem(self, said: str, line: int, fix: str | None = None) -> None:
        self.problems.append(Problem(said, self.file, line, fix))

    # Words and lists of words

    def word(self, node: Node | None) -> str:
        if isinstance(node, Text):
            return node.value.strip()
        if node is not None:
            self.problem("a single word is expected here", node.line, "write one value")
        return ""

    def words(self, node: Node | None) -> tuple[str, ...]:
        if node is None:
            return ()
        if isinstance(node, Text):
            return (node.value.strip(),) if not node.absent else ()
        if isinstance(node, Items):
            return tuple(self.word(item) for item in node.values)
        self.problem("a word or a list of words is expected here", node.line, "write `[one, two]`")
        return ()

    # Conditions

    def condition(self, node: Node | None) -> Condition:
        """A mapping holds when all its lines hold; a list when any of its members holds."""
        if node is None:
            return ALWAYS
        if isinstance(node, Items):
            return either(*(self.condition(item) for item in node.values))
        if isinstance(node, Text):
            self.problem(f"`{node.value}` is no condition", node.line, "write `fact: value`")
            return ALWAYS
        return both(*(self._line(key, value) for key, value in node.entries))

    def _line(self, key: Text, value: Node) -> Condition:
        name = key.value
        if name == "any":
            if not isinstance(value, Items):
                self.problem("`any` takes a list of conditions", key.line, "start each with `- `")
                return ALWAYS
            return either(*(self.condition(item) for item in value.values))
        if name == "all":
            parts = value.values if isinstance(value, Items) else (value,)
            return both(*(self.condition(item) for item in parts))
        if name == "not":
            return negation(self.condition(value))
        if name in ("in_force", "signed"):
            return either(*(self._tie(word, name, key.line) for word in self.words(value)))
        if name in ("open", "chosen", "primary"):
            atom = {"open": "available", "chosen": "chosen", "primary": "main"}[name]
            return either(*(self._route_state(atom, word, key.line) for word in self.words(value)))
        if name == "count":
            return self._count(key, value)
        return self._fact(name, value, key.line)

    def _tie(self, word: str, status: str, line: int) -> Condition:
        if word not in self.instruments:
            self.problem(f"`{word}` is no instrument", line, one_of(word, self.instruments))
        return Is(TIE + word, frozenset({status}))

    def _route_state(self, atom: str, word: str, line: int) -> Condition:
        if word in self.groups:
            return either(*(Holds(f"{atom}:{member}") for member in self.groups[word]))
        if word in self.routes and atom != "main":
            return Holds(f"{'lead' if atom == 'chosen' else atom}:{word}")
        if word not in self.pathways:
            self.problem(f"`{word}` is no pathway", line, one_of(word, self.pathways))
        return Holds(f"{atom}:{word}")

    def _count(self, key: Text, value: Node) -> Condition:
        if not isinstance(value, Mapping):
            self.problem("`count` takes `at_least` and `of`", key.line)
            return ALWAYS
        of, least = value.get("of"), self.word(value.get("at_least"))
        if not isinstance(of, Items) or not least.isdigit():
            self.problem("`count` takes a number `at_least` and a list `of` conditions", key.line)
            return ALWAYS
        parts = [self.condition(item) for item in of.values]
        return _at_least(int(least), parts)

    def _fact(self, name: str, value: Node, line: int) -> Condition:
        fact = self.facts.get(name)
        if fact is None and name not in BUILT_IN:
            self.problem(f"`{name}` is no fact", line, one_of(name, [*self.facts, *BUILT_IN, "in_force", "open", "chosen", "any", "not"]))
            return ALWAYS
        if isinstance(value, Mapping):
            return self._number(name, fact, value)
        allowed = self.values[name] if fact is None else set(fact.values)
        values = [_tri(word, allowed) for word in self.words(value)]
        for word in values:
            if word == UNKNOWN:
                self.problem(f"`{name}` may not be tested for `unknown`", line, "write what must be true; what is unknown leaves the rule undecided")
            elif word not in allowed:
                self.problem(f"`{word}` is no value of `{name}`", line, one_of(word, allowed))
        if fact is not None and fact.derived:
            held: Condition = Holds(f"is:{name}")
            return either(*(held if word == YES else negation(held) for word in values))
        return Is(name, frozenset(values))

    def _number(self, name: str, fact: Fact | None, value: Mapping) -> Condition:
        if fact is None or fact.type != "number":
            self.problem(f"`{name}` is not a number", value.line, "give one of its values")
            return ALWAYS
        parts: list[Condition] = []
        for key, bound in value.entries:
            word = self.word(bound)
            if key.value not in ("at_least", "below") or not re.fullmatch(r"-?\d+", word):
                self.problem(f"`{key.value}: {word}` is no bound", key.line, "write `at_least: 48` or `below: 48`")
                continue
            test = AtLeast(name, int(word))
            parts.append(test if key.value == "at_least" else negation(test))
        return both(*parts)

    # Rules

    def rules(self, node: Node) -> list[Rule]:
        """The rules of one file, tables and lists of needs written out row by row."""
        if not isinstance(node, Items):
            self.problem("a file of rules is a list", node.line, "start each rule with `- id: ...`")
            return []
        found: list[Rule] = []
        for item in node.values:
            if isinstance(item, Mapping):
                found.extend(self._rule(item))
            else:
                self.problem("a rule is a block of `key: value` lines", item.line)
        return found

    def _rule(self, node: Mapping) -> list[Rule]:
        rule_id = self.word(node.get("id"))
        if not RULE_ID.fullmatch(rule_id):
            self.problem(f"`{rule_id}` is no rule id", node.line, "write `topic.what-it-says` in lower case")
        table = node.get("table")
        if table is None:
            return self._forms(node, rule_id, rule_id, ALWAYS, node)
        rows: list[Rule] = []
        if not isinstance(table, Items):
            self.problem(f"`table` in `{rule_id}` takes a list of rows", table.line)
            return rows
        base = self.condition(node.get("when"))
        for number, row in enumerate(table.values, 1):
            if isinstance(row, Mapping):
                rows.extend(self._forms(row, f"{rule_id}/{number}", rule_id, base, node))
            else:
                self.problem(f"a row of `{rule_id}` is a block of `key: value`", row.line)
        return rows

    def _forms(self, node: Mapping, rule_id: str, parent: str, base: Condition, shared: Mapping) -> list[Rule]:
        def given(key: str) -> Node | None:
            own = node.get(key)
            return own if own is not None else shared.get(key)

        for key in node.keys():
            if key not in SHARED_KEYS and key not in FORMS:
                self.problem(f"`{key}` is no part of a rule", node.line, one_of(key, [*SHARED_KEYS, *FORMS]))
        forms = [form for form in FORMS if node.get(form) is not None]
        if len(forms) != 1:
            had = " and ".join(f"`{form}`" for form in forms) or "none"
            self.problem(f"`{rule_id}` must have one conclusion; it has {had}", node.line, "split the rule, one conclusion each")
            return []
        form = forms[0]
        when = both(base, self.condition(node.get("when"))) if node is not shared else self.condition(node.get("when"))
        unless = [negation(self.condition(part.get("unless"))) for part in ({id(node): node, id(shared): shared}.values()) if part.get("unless")]
        when = both(when, *unless)
        standing = self.word(given("standing")) or "settled"
        if standing not in STANDINGS:
            self.problem(f"`{standing}` is no standing", node.line, one_of(standing, STANDINGS))
        views_node = given("views")
        views = {k.value: self.word(v) for k, v in views_node.entries} if isinstance(views_node, Mapping) else {}
        common = dict(
            parent=parent, says=self.word(given("says")), basis=self.words(given("basis")), paper=self.words(given("paper")),
            standing=standing, views=views, defeats=self.words(given("defeats")), how=self.word(given("how")) or "fixed",
            role=self.word(given("as")), over=self.words(given("over")), if_none=self.word(given("if_none")),
            protected=self.word(given("protected")) == YES, scope=self.word(given("for")) or "need",
            owner=self.owner, line=node.line, file=self.file,
        )
        targets = self.targets(given("on"))
        content = node.get(form)
        if form == "needs":
            return self._needs(content, rule_id, when, targets, common)
        if form in ("close", "bar"):
            targets = self.targets(content)
            values: tuple[str, ...] = ()
        elif form in ("first_open", "include"):
            values = self.targets(content, routes=False)
            if common["role"] not in self.roles:
                self.problem(f"`{common['role']}` in `{rule_id}` is no role", node.line, f"add `as:`; {one_of(str(common['role']), self.roles)}")
        elif form in ("prefer", "before", "together"):
            values = self.targets(content, routes=False)
            common["over"] = self.targets(given("over"), routes=False)
            if not common["over"]:
                self.problem(f"`{rule_id}` does not say over or before what", node.line, "add `over: [pathway]`")
        elif form == "is":
            values = self.words(content)
            for name in values:
                if name not in self.facts or not self.facts[name].derived:
                    self.problem(f"`{name}` is no derived fact", node.line, "declare it under facts with `derived: yes`")
        elif form == "never":
            values = self.words(given("because_of"))
            targets = self.targets(content)
        else:
            values = self.words(content)
        return [Rule(id=rule_id, form=form, when=when, targets=targets, values=values, **common)]  # type: ignore[arg-type]

    def _needs(self, content: Node | None, rule_id: str, when: Condition, targets: tuple[str, ...], common: dict[str, object]) -> list[Rule]:
        if not isinstance(content, Items) or not targets:
            self.problem(f"`needs` in `{rule_id}` takes a list of conditions, and `on` the pathways", common["line"])
            return []
        rows = []
        for number, line in enumerate(content.values, 1):
            if not isinstance(line, Mapping):
                self.problem(f"a need of `{rule_id}` is a condition", line.line)
                continue
            extra = {key: line.get(key) for key in ("basis", "says", "how")}
            tests = Mapping(tuple(e for e in line.entries if e[0].value not in extra), line.line)
            own = dict(common)
            own["line"] = line.line
            own["basis"] = self.words(extra["basis"]) or common["basis"]
            own["says"] = self.word(extra["says"]) or common["says"] if extra["says"] else common["says"]
            own["how"] = self.word(extra["how"]) if extra["how"] else (common["how"] if common["how"] == "fixed" else common["how"])
            rows.append(Rule(
                id=f"{rule_id}/{number}" if "/" not in rule_id else f"{rule_id}.{number}", form="close",
                when=both(when, negation(self.condition(tests))), targets=targets, **own))  # type: ignore[arg-type]
        return rows

    def targets(self, node: Node | None, routes: bool = True) -> tuple[str, ...]:
        """Pathways and routes, with groups written out."""
        found: list[str] = []
        for word in self.words(node):
            if word in self.groups:
                found.extend(self.groups[word])
            elif word in self.pathways or (routes and word in self.routes):
                found.append(word)
            else:
                known = [*self.pathways, *self.groups, *(self.routes if routes else ())]
                self.problem(f"`{word}` is no pathway{' or route' if routes else ''}", node.line if node else 0, one_of(word, known))
        return tuple(dict.fromkeys(found))


def _tri(word: str, allowed: set[str]) -> str:
    """Accept true and false where a fact has yes and no."""
    if {YES, NO} <= allowed:
        return {"true": YES, "false": NO, "True": YES, "False": NO, "Yes": YES, "No": NO, "YES": YES, "NO": NO}.get(word, word)
    return word


def _at_least(count: int, parts: list[Condition]) -> Condition:
    if count <= 0:
        return All(())
    if count > len(parts):
        return Any(())
    first, rest = parts[0], parts[1:]
    return either(both(first, _at_least(count - 1, rest)), _at_least(count, rest))
