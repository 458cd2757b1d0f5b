"""What the rules folder says about the rules as a whole: constraints, expectations and invariants.

They are conditions like those of rules, with a few more lines that only a statement about plans
can use: `warned`, `owed`, `limited` (codes that the plan carries), `closed`, `curable`, `barred`
(by a rule that fires), `delivers`, and `step_for` (a role that some step plays).
"""

from __future__ import annotations

from collections.abc import Iterator

from routing.core import conclusion
from routing.core.conditions import ALWAYS, NEVER, AtomRef, Condition, any_of
from routing.core.domain import KINDS_OF_NEED
from routing.core.errors import Problem, Problems, RulebookProblems, one_of
from routing.core.records import Record
from routing.rulebook.model import CLOSING_FORMS, STEP_FORMS, Rule, Rulebook
from routing.rulebook.parse.conditions import RULE_ID, TIE, TIE_VALUES, Reader
from routing.verify.statement_schemas import CONSTRAINTS, EXPECTATIONS, INVARIANTS
from routing.yaml.schema import Schema, Validator
from routing.yaml.tree import Items, Mapping, Node, Text, read_file


class Constraint(Record):
    """What is true of every possible case. excludes: an example of what it rules out."""

    id: str
    says: str
    holds: Condition
    excludes: Condition
    basis: tuple[str, ...] = ()
    standing: str = "settled"
    line: int = 0


class Expectation(Record):
    """Something a proof meets that is as it should be.

    claim: the claim it answers to. when: the cases it speaks of. items: the rules, facts or
    pathways it speaks of. because: why.
    """

    id: str
    claim: str
    because: str
    when: Condition = NEVER
    items: frozenset[str] = frozenset()
    basis: tuple[str, ...] = ()
    line: int = 0


class FactChange(Record):
    """A fact, or every tie, that goes from one of some values to one of others; empty: any."""

    fact: str
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    rises: bool = False


class Invariant(Record):
    """Something that holds of every case, or whenever one thing in a case changes.

    surely, possibly: what is given. then_surely, then_possibly: what follows. change: what
    changes; keeps: conditions that, once they surely hold, surely hold after it; keeps_possible:
    that may hold after it; never_gains: conditions that do not come to hold by it; same:
    conditions it does not touch. unless: lawful exceptions. in_order: two roles; what plays the
    first never waits for, nor starts together with, what plays the second.
    """

    id: str
    says: str
    surely: Condition = ALWAYS
    possibly: Condition = ALWAYS
    then_surely: Condition = ALWAYS
    then_possibly: Condition = ALWAYS
    change: FactChange | None = None
    keeps: tuple[Condition, ...] = ()
    keeps_possible: tuple[Condition, ...] = ()
    never_gains: tuple[Condition, ...] = ()
    same: tuple[Condition, ...] = ()
    unless: Condition = NEVER
    measures: tuple[str, ...] = ()
    in_order: tuple[str, ...] = ()
    line: int = 0


class Statements(Record):
    constraints: tuple[Constraint, ...] = ()
    expectations: tuple[Expectation, ...] = ()
    invariants: tuple[Invariant, ...] = ()

    def conditions(self) -> Iterator[Condition]:
        """Every condition that a statement asks."""
        for constraint in self.constraints:
            yield from (constraint.holds, constraint.excludes)
        yield from (entry.when for entry in self.expectations)
        for entry in self.invariants:
            yield from (entry.surely, entry.possibly, entry.then_surely, entry.then_possibly, entry.unless)
            yield from (*entry.keeps, *entry.keeps_possible, *entry.never_gains, *entry.same)

    def expected(self, claim: str) -> tuple[Expectation, ...]:
        return tuple(entry for entry in self.expectations if entry.claim == claim)


class _PlanReader(Reader):
    """Reads conditions that may also speak of what a plan carries."""

    empty_any = True

    def __init__(self, rulebook: Rulebook, problems: list[Problem], file: str) -> None:
        super().__init__(
            rulebook.facts,
            rulebook.measures,
            KINDS_OF_NEED,
            rulebook.instruments,
            rulebook.pathways,
            rulebook.routes,
            rulebook.groups,
            rulebook.roles,
            problems,
        )
        self.rulebook = rulebook
        self.file = file

    def _line(self, key: Text, value: Node) -> Condition:
        name = key.value
        if name in ("warned", "owed", "limited"):
            return any_of(*(self._code(name, word, key.line) for word in self.given(key, value)))
        if name in ("closed", "curable", "barred"):
            return any_of(*(self._against(name, target) for target in self.targets(value)))
        if name == "delivers":
            return any_of(*(AtomRef(conclusion.delivers(way)) for way in self.targets(value, routes=False)))
        if name == "step_for":
            return any_of(*(self._role(word, key.line) for word in self.given(key, value)))
        return super()._line(key, value)

    def _code(self, name: str, code: str, line: int) -> Condition:
        form = {"warned": "warn", "owed": "duty", "limited": "limit"}[name]
        codes = {"warn": self.rulebook.warnings, "duty": self.rulebook.duties, "limit": self.rulebook.limits}[
            form
        ]
        if code not in codes:
            self.problem("rule.unknown-code", f"`{code}` is not a {form} code", line, one_of(code, codes))
        return any_of(*code_atoms(self.rulebook, form, code))

    def _against(self, name: str, target: str) -> Condition:
        form = "bar" if name == "barred" else "close"
        targets = {target, target.split("/")[0]}
        return any_of(
            *(
                AtomRef(conclusion.fired(rule.id))
                for rule in self.rulebook.rules
                if rule.form == form
                and targets & set(rule.targets)
                and (name != "curable" or rule.how == "curable")
            )
        )

    def _role(self, role: str, line: int) -> Condition:
        if role not in self.roles:
            self.problem("rule.unknown-role", f"`{role}` is not a role", line, one_of(role, self.roles))
        return any_of(
            *(
                AtomRef(conclusion.step(rule.id, way))
                for rule in self.rulebook.rules
                if rule.form in STEP_FORMS and rule.role == role
                for way in rule.values
            )
        )


def code_atoms(rulebook: Rulebook, form: str, code: str) -> list[Condition]:
    """The conclusions that put a code into the plan."""
    atoms: list[Condition] = [
        AtomRef(conclusion.fired(rule.id))
        for rule in rulebook.rules
        if rule.form == form and code in rule.values
    ]
    if form == "warn":
        atoms += [AtomRef(conclusion.no_step(rule.id)) for rule in rulebook.rules if rule.if_none == code]
    return atoms


def load_statements(rulebook: Rulebook) -> Statements:
    """The constraints, expectations and invariants in the rulebook's folder.

    Raises RulebookProblems naming every fault with file and line.
    """
    statements, problems = read_statements(rulebook)
    if problems:
        raise RulebookProblems(problems)
    return statements


def read_statements(rulebook: Rulebook) -> tuple[Statements, list[Problem]]:
    """The constraints, expectations and invariants in the rulebook's folder, and every fault in them."""
    problems: list[Problem] = []
    seen: set[str] = set()

    def entries(name: str, schema: Schema) -> Iterator[tuple[Mapping, _PlanReader]]:
        return _entries(name, schema, rulebook, problems, seen)

    statements = Statements(
        tuple(_constraint(node, reader) for node, reader in entries("constraints", CONSTRAINTS)),
        tuple(_expectation(node, reader) for node, reader in entries("expectations", EXPECTATIONS)),
        tuple(_invariant(node, reader) for node, reader in entries("invariants", INVARIANTS)),
    )
    return statements, problems


def _entries(
    name: str, shape: Schema, rulebook: Rulebook, problems: list[Problem], seen: set[str]
) -> Iterator[tuple[Mapping, _PlanReader]]:
    folder = rulebook.source
    path, fitting = folder / f"{name}.yaml", Validator(f"{folder.name}/{name}.yaml")
    if not path.exists():
        return
    try:
        tree = fitting.fit(read_file(path), shape)
    except Problems as error:
        problems.extend(
            Problem(p.message, fitting.file, p.line or 1, p.fix, "file.unreadable") for p in error.problems
        )
        return
    problems += fitting.faults
    reader = _PlanReader(rulebook, problems, fitting.file)
    for node in tree.values if isinstance(tree, Items) else ():
        if not isinstance(node, Mapping) or node.get("id") is None:
            continue
        id = reader.word(node.get("id"))
        if id in seen or not RULE_ID.fullmatch(id):
            reader.problem(
                "statement.id",
                f"`{id}` is not an id of its own",
                node.line,
                "write `topic.what-it-says`, each id once",
            )
        seen.add(id)
        for ref in reader.words(node.get("basis")):
            if ref not in rulebook.provisions:
                reader.problem(
                    "provision.unresolved",
                    f"`{ref}` is not a provision",
                    node.line,
                    one_of(ref, rulebook.provisions),
                )
        yield node, reader


def _constraint(node: Mapping, reader: _PlanReader) -> Constraint:
    basis, standing = reader.words(node.get("basis")), reader.word(node.get("standing")) or "settled"
    if not basis and standing != "design":
        reader.problem(
            "statement.no-basis",
            "a constraint has no basis",
            node.line,
            "cite a provision, or say `standing: design`",
        )
    return Constraint(
        reader.word(node.get("id")),
        reader.word(node.get("says")),
        reader.condition(node.get("holds")),
        reader.condition(node.get("excludes")),
        basis,
        standing,
        node.line,
    )


def _expectation(node: Mapping, reader: _PlanReader) -> Expectation:
    when = node.get("when")
    return Expectation(
        reader.word(node.get("id")),
        reader.word(node.get("claim")),
        reader.word(node.get("because")),
        NEVER if when is None else reader.asked(when),
        frozenset(reader.words(node.get("items"))),
        reader.words(node.get("basis")),
        node.line,
    )


def _invariant(node: Mapping, reader: _PlanReader) -> Invariant:
    _cited(reader.words(node.get("basis")), reader, node.line)
    unless, measures = node.get("unless"), reader.words(node.get("measures"))
    for measure in measures:
        if measure not in reader.rulebook.measures:
            reader.problem(
                "condition.unknown-value",
                f"`{measure}` is not a measure",
                node.line,
                one_of(measure, reader.rulebook.measures),
            )
    return Invariant(
        reader.word(node.get("id")),
        reader.word(node.get("says")),
        reader.condition(node.get("surely")),
        reader.condition(node.get("possibly")),
        reader.condition(node.get("then_surely")),
        reader.condition(node.get("then_possibly")),
        _change(node.get("change"), reader),
        _each(node.get("keeps"), reader),
        _each(node.get("keeps_possible"), reader),
        _each(node.get("never_gains"), reader),
        _each(node.get("same"), reader),
        NEVER if unless is None else reader.asked(unless),
        measures,
        _in_order(node, reader),
        node.line,
    )


def _in_order(node: Mapping, reader: _PlanReader) -> tuple[str, ...]:
    """Two roles, of which the order of roles puts the first before the second."""
    roles = reader.words(node.get("in_order"))
    if roles and roles not in reader.rulebook.role_order:
        pairs = [f"[{', '.join(pair)}]" for pair in reader.rulebook.role_order]
        reader.problem(
            "statement.order",
            f"`in_order: [{', '.join(roles)}]` is not a row of `role_order`",
            node.line,
            f"write one of {' '.join(pairs)}",
        )
        return ()
    return roles


def _cited(refs: tuple[str, ...], reader: _PlanReader, line: int) -> None:
    for ref in refs:
        if ref not in reader.rulebook.provisions:
            reader.problem(
                "provision.unresolved",
                f"`{ref}` is not a provision",
                line,
                one_of(ref, reader.rulebook.provisions),
            )


def _each(node: Node | None, reader: _PlanReader) -> tuple[Condition, ...]:
    """Each member of a list of pathways, or each condition of a list, apart."""
    if node is None:
        return ()
    if isinstance(node, Items):
        return tuple(reader.asked(item) for item in node.values)
    if not isinstance(node, Mapping):
        reader.problem("condition.shape", "a condition is expected here", node.line, "write `{open: [...]}`")
        return ()
    conditions: list[Condition] = []
    for key, value in node.entries:
        kind = conclusion.STATES.get(key.value)
        if kind is not None:
            conditions += [AtomRef(conclusion.of(kind, target)) for target in reader.targets(value)]
        else:
            conditions.append(reader._line(key, value))
    return tuple(conditions)


def _change(node: Node | None, reader: _PlanReader) -> FactChange | None:
    if not isinstance(node, Mapping) or node.get("fact") is None:
        return None
    fact, before, after = (
        reader.word(node.get("fact")),
        reader.words(node.get("from")),
        reader.words(node.get("to")),
    )
    described = reader.facts.get(fact)
    values = {"kind": KINDS_OF_NEED, "every_tie": TIE_VALUES}.get(
        fact, () if described is None else tuple(described.values)
    )
    if described is None and not values:
        reader.problem(
            "condition.unknown-fact", f"`{fact}` is not a fact", node.line, one_of(fact, reader.facts)
        )
    for word in (*before, *after):
        if values and word not in values:
            reader.problem(
                "condition.unknown-value",
                f"`{word}` is not a value of `{fact}`",
                node.line,
                one_of(word, values),
            )
    return FactChange(
        TIE if fact == "every_tie" else fact, before, after, reader.word(node.get("rises")) == "yes"
    )


def rules_on(rulebook: Rulebook, target: str, forms: tuple[str, ...] = CLOSING_FORMS) -> tuple[Rule, ...]:
    """The rules that act on a pathway or route."""
    targets = {target, target.split("/")[0]}
    return tuple(rule for rule in rulebook.rules if rule.form in forms and targets & set(rule.targets))
