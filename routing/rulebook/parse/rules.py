"""Reading rules: from a fitted tree to rules, tables and lists of needs written out row by row."""

from __future__ import annotations

from typing import Any

from routing.core.conditions import ALWAYS, Condition, all_of, negate
from routing.core.domain import BUILT_IN, YES
from routing.core.errors import one_of
from routing.core.printable import every_of
from routing.core.records import Record
from routing.rulebook.model import CLOSING_FORMS, FORMS, STEP_FORMS, Rule
from routing.rulebook.parse.conditions import RULE_ID, Reader
from routing.rulebook.schemas import HOW
from routing.yaml.tree import Items, Mapping, Node, Text

OWN = ("basis", "says", "how")  # what a line of `needs` may give for itself


def read_rules(tree: Node, reader: Reader) -> list[Rule]:
    """The rules of one file, which has the shape of a file of rules."""
    items = tree.values if isinstance(tree, Items) else ()
    return [rule for item in items if isinstance(item, Mapping) for rule in _rule(item, reader)]


class _Written(Record):
    """A rule or a row as written. shared: the rule that a row belongs to, or the rule itself."""

    id: str
    parent: str
    node: Mapping
    shared: Mapping
    reader: Reader

    def given(self, key: str) -> Node | None:
        own = self.node.get(key)
        return own if own is not None else self.shared.get(key)

    def word(self, key: str) -> str:
        return self.reader.word(self.given(key))

    def words(self, key: str) -> tuple[str, ...]:
        return self.reader.words(self.given(key))

    def tell(self, id: str, message: str, fix: str) -> None:
        self.reader.problem(id, message, self.node.line, fix)


def _rule(node: Mapping, reader: Reader) -> list[Rule]:
    id_node = node.get("id")
    if id_node is None:
        return []  # told already
    rule_id = reader.word(id_node)
    if not RULE_ID.fullmatch(rule_id):
        reader.problem(
            "rule.id",
            f"`{rule_id}` is not a rule id",
            id_node.line,
            "write `topic.what-it-says` in lower case",
        )
    table = node.get("table")
    if table is None:
        return _concluded(
            _Written(rule_id, rule_id, node, node, reader),
            _asked(node, "when", reader),
            _excepted(node, reader),
        )
    own = [form for form in FORMS if node.get(form) is not None]
    if own:
        reader.problem(
            "rule.conclusion",
            f"`{rule_id}` has rows and `{own[0]}`",
            node.line,
            "give the conclusion in each row",
        )
    when, unless = _asked(node, "when", reader), _excepted(node, reader)
    rows = table.values if isinstance(table, Items) else ()
    return [
        rule
        for number, row in enumerate(rows, 1)
        if isinstance(row, Mapping)
        for rule in _concluded(
            _Written(f"{rule_id}/{number}", rule_id, row, node, reader),
            all_of(when, _asked(row, "when", reader)),
            all_of(_excepted(row, reader), unless),
        )
    ]


def _asked(node: Mapping, key: str, reader: Reader) -> Condition:
    given = node.get(key)
    return ALWAYS if given is None else reader.asked(given)


def _excepted(node: Mapping, reader: Reader) -> Condition:
    return ALWAYS if node.get("unless") is None else negate(_asked(node, "unless", reader))


def _concluded(written: _Written, asked: Condition, excepted: Condition) -> list[Rule]:
    node, reader, rule_id = written.node, written.reader, written.id
    forms = [form for form in FORMS if node.get(form) is not None]
    if len(forms) != 1:
        had = every_of(forms) or "none"
        written.tell(
            "rule.conclusion",
            f"`{rule_id}` must have one conclusion; it has {had}",
            "split the rule, one conclusion each",
        )
        return []
    form, content = forms[0], node.get(forms[0])
    when = all_of(asked, excepted)
    views = written.given("views")
    common: dict[str, Any] = {
        "parent": written.parent,
        "says": written.word("says"),
        "basis": written.words("basis"),
        "paper": written.words("paper"),
        "standing": written.word("standing") or "settled",
        "defeats": written.words("defeats"),
        "how": written.word("how") or HOW[0],
        "views": {k.value: v.value for k, v in views.entries if isinstance(v, Text)}
        if isinstance(views, Mapping)
        else {},
        "role": written.word("as"),
        "over": written.words("over"),
        "if_none": written.word("if_none"),
        "protected": written.word("protected") == YES,
        "stays": written.word("stays") == YES,
        "checked": written.word("checked"),
        "line": node.line,
        "file": reader.file,
    }
    targets = reader.targets(written.given("on"))
    values: tuple[str, ...] = ()
    if form == "needs":
        return _needs(content, written, when, targets, common)
    if form in (*CLOSING_FORMS, "never"):
        targets = reader.targets(content)
        values = _because_of(written) if form == "never" else ()
    elif form in STEP_FORMS:
        values = reader.targets(content, routes=False)
        if common["role"] not in reader.roles:
            written.tell(
                "rule.unknown-role",
                f"`{common['role']}` in `{rule_id}` is not a role",
                f"add `as:`; {one_of(common['role'], reader.roles)}",
            )
    elif form == "at_once":
        values = reader.targets(content, routes=False)
    elif form in ("prefer", "before", "together"):
        values = reader.targets(content, routes=False)
        common["over"] = reader.targets(written.given("over"), routes=False)
        if written.given("over") is None:
            written.tell(
                "rule.no-over", f"`{rule_id}` does not say over or before what", "add `over: [pathway]`"
            )
    else:
        values = reader.words(content)
        for name in values if form == "is" else ():
            if name not in reader.facts or not reader.facts[name].derived:
                written.tell(
                    "rule.not-derived",
                    f"`{name}` is not a derived fact",
                    "declare it under facts with `derived: yes`",
                )
    return [Rule(id=rule_id, form=form, when=when, targets=targets, values=values, **common)]


def _because_of(written: _Written) -> tuple[str, ...]:
    """The facts of a guard."""
    facts = written.words("because_of")
    if not facts:
        written.tell(
            "rule.guard-without-facts",
            f"guard `{written.id}` does not say because of what",
            "add `because_of: [fact]`",
        )
    for name in facts:
        if name not in written.reader.facts and name not in BUILT_IN:
            written.tell(
                "condition.unknown-fact", f"`{name}` is not a fact", one_of(name, written.reader.facts)
            )
    return facts


def _needs(
    content: Node | None, written: _Written, when: Condition, targets: tuple[str, ...], common: dict[str, Any]
) -> list[Rule]:
    reader, rule_id = written.reader, written.id
    if written.given("on") is None:
        written.tell(
            "rule.needs-without-on", f"`{rule_id}` does not say what needs this", "add `on: [pathway]`"
        )
    rows = []
    for number, line in enumerate(content.values if isinstance(content, Items) else (), 1):
        if not isinstance(line, Mapping):
            continue
        tests = Mapping(tuple(entry for entry in line.entries if entry[0].value not in OWN), line.line)
        how = reader.word(line.get("how")) or common["how"]
        if how not in HOW:
            reader.problem("shape.choice", f"`{how}` is not a `how`", line.line, one_of(how, HOW))
        own = {
            **common,
            "line": line.line,
            "basis": reader.words(line.get("basis")) or common["basis"],
            "says": reader.word(line.get("says")) or common["says"],
            "how": how,
        }
        rows.append(
            Rule(
                id=f"{rule_id}/{number}" if "/" not in rule_id else f"{rule_id}.{number}",
                form="close",
                when=all_of(when, negate(reader.asked(tests))),
                targets=targets,
                **own,
            )
        )
    return rows
