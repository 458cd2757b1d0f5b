"""How the invariants are held: a rulebook with its law, what it makes of a case, and planted faults."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from typing import Any

from shipped import router
from strategies import DAY, Theme, Tree

from routing.case.facts import Facts, facts_for
from routing.case.model import Case
from routing.core.conditions import Condition
from routing.core.errors import CaseProblems
from routing.core.records import replace
from routing.core.truth import Truth
from routing.evaluate.findings import CrossCheckedEvaluator, Findings
from routing.law import Law
from routing.plan.build import findings_of
from routing.plan.late import late
from routing.plan.model import NeedAnswer, Step
from routing.plan.need import NeedPlan, plan_need
from routing.plan.steps import join
from routing.rulebook.lower import expand
from routing.rulebook.model import Rule, Rulebook

Faults = list[str] | None
"""None: the property does not speak of this case. Else what is wrong, if anything."""


class ReferenceJudge(CrossCheckedEvaluator):
    """The reference alone, asked as far as needed. That the engine agrees is tested elsewhere, and on every live decision."""

    def findings(self, facts: Facts, first: Findings | None = None) -> Findings:
        return Findings.by_reference(self.rulebook, facts)


@dataclass(frozen=True)
class Seen:
    """What a rulebook makes of a case with one need."""

    world: World
    case: Case
    as_of: date
    plan: NeedPlan
    steps: tuple[Step, ...]

    @property
    def findings(self) -> Findings:
        return self.plan.findings

    @property
    def facts(self) -> Facts:
        return self.plan.findings.facts

    @property
    def answer(self) -> NeedAnswer:
        return self.plan.answer

    @property
    def kind(self) -> str:
        return self.answer.kind

    @property
    def measure(self) -> str:
        return self.answer.measure

    @property
    def primary(self) -> str:
        return self.answer.primary.pathway

    @property
    def confirmed(self) -> bool:
        return self.answer.primary.certainty == "confirmed"

    @cached_property
    def warned(self) -> set[str]:
        codes = {warning.code for warning in self.plan.warnings}
        behind = late(self.plan, self.as_of)
        return codes | ({behind.code} if behind else set())

    @cached_property
    def owed(self) -> set[str]:
        return {duty.code for duty in self.plan.duties}

    def step(self, *pathways: str) -> list[Step]:
        return [step for step in self.steps if step.pathway in pathways]

    def surely(self, name: str, *values: str) -> bool:
        """Whether a fact surely has one of the values."""
        value = self.facts.get(name)
        return value is not None and bool(value.words & set(values))

    def known(self, name: str) -> str:
        """The value of a fact, or an empty word while it is unknown or incomplete."""
        value = self.facts.get(name)
        return value.text() if value is not None and value.closed else ""

    def number(self, name: str) -> int | None:
        value = self.facts.get(name)
        return value.number if value is not None else None

    def bound(self, *instruments: str) -> bool:
        """Whether one of these instruments is surely in force between the two States."""
        return any(
            (tie := self.facts.get(f"tie:{name}")) is not None and tie.words == {"in_force"}
            for name in instruments
        )

    def holds(self, condition: Condition) -> Truth:
        return self.findings.reference.truth(condition)


class World:
    """A rulebook, as it stands or with a planted fault, and the law data."""

    def __init__(self, rulebook: Rulebook, law: Law) -> None:
        self.rulebook = rulebook
        self.law = law
        self.judge = ReferenceJudge(rulebook)

    def read(self, tree: Tree) -> Case:
        return router().read(tree)

    def see(self, tree: Tree) -> Seen:
        """The answer to a case with one need."""
        case = self.read(tree)
        day = case.as_of or DAY
        plan = self.need_plans(case, day)[0]
        return Seen(self, case, day, plan, join((plan,), self.rulebook, self.law, day))

    def steps(self, tree: Tree) -> tuple[Step, ...]:
        """The steps of a case with several needs."""
        case = self.read(tree)
        day = case.as_of or DAY
        return join(self.need_plans(case, day), self.rulebook, self.law, day)

    def need_plans(self, case: Case, day: date) -> tuple[NeedPlan, ...]:
        plans = []
        for need in case.needs:
            findings, primary, status = findings_of(case, need, self.judge, self.law, day)
            plans.append(plan_need(findings, status, primary))
        return tuple(plans)

    def findings(self, tree: Tree) -> Findings:
        """The bare conclusions for a case with one need, nothing taken as its main step."""
        case = self.read(tree)
        return self.judge.findings(facts_for(case, case.needs[0], self.rulebook, self.law, case.as_of or DAY))


@cache
def world() -> World:
    """The rulebook as it stands."""
    return World(router().rulebook, router().law)


Change = Callable[[Rulebook], Rulebook]


def planted(*changes: Change) -> World:
    """The rulebook with faults put into it."""
    book = world().rulebook
    for change in changes:
        book = change(book)
    plain = expand(book.rules, book.pathways, book.measures, book.last_resort, book.reach)
    return World(replace(book, plain=plain, hash=""), world().law)


def without(*ids: str) -> Change:
    """Take rules away, by the id of a rule, of a whole table or of a row."""

    def change(book: Rulebook) -> Rulebook:
        kept = tuple(rule for rule in book.rules if rule.id not in ids and rule.parent not in ids)
        assert len(kept) < len(book.rules), f"there is no rule {ids}"
        return replace(book, rules=kept)

    return change


def altered(rule_id: str, **fields: Any) -> Change:
    """Change rules of an id, or the rows of a table."""

    def change(book: Rulebook) -> Rulebook:
        hit = [rule for rule in book.rules if rule_id in (rule.id, rule.parent)]
        assert hit, f"there is no rule {rule_id}"
        return replace(
            book, rules=tuple(replace(rule, **fields) if rule in hit else rule for rule in book.rules)
        )

    return change


def added(
    form: str,
    when: Condition,
    targets: Iterable[str] = (),
    values: Iterable[str] = (),
    like: str = "",
    **fields: Any,
) -> Change:
    """Put a rule in that should not be there."""

    def change(book: Rulebook) -> Rulebook:
        rule = Rule(
            id="planted.fault",
            parent="planted.fault",
            says="A planted fault.",
            form=form,
            when=when,
            targets=tuple(targets),
            values=tuple(values),
            standing="design",
            **fields,
        )
        return replace(book, rules=(*book.rules, rule))

    return change


def pathway(
    name: str,
    routes: Callable[[Any], Any] | None = None,
    card: dict[str, object] | None = None,
    **fields: Any,
) -> Change:
    """Change a pathway: its fields, lines of its card, or each of its routes."""

    def change(book: Rulebook) -> Rulebook:
        old = book.pathways[name]
        new = replace(old, **fields)
        if card:
            new = replace(new, card={**old.card, **card})
        if routes:
            new = replace(new, routes=tuple(routes(route) for route in old.routes))
        return replace(book, pathways={**book.pathways, name: new})

    return change


@dataclass(frozen=True)
class Invariant:
    """One invariant as a property.

    check: of what was seen of a case, or of the world and a case. theme: where what it speaks of
    comes up often. fault: what turns it red, and on which case; spoil: instead, what turns the plan itself red, where
    no rule could.
    """

    id: str
    says: str
    check: Callable[..., Faults]
    fault: tuple[Change, ...] = ()
    on: Callable[[], Tree] | None = None
    theme: Theme | None = None
    spoil: Callable[[Seen], Seen] | None = None


def shortest(tree: Tree, wrong: Callable[[Tree], bool]) -> Tree:
    """The case with every fact left out that is not needed for it to go wrong."""
    shorter = deepcopy(tree)
    for place in (lambda t: t, lambda t: t["needs"][0]):
        for name in list(place(shorter)):
            if name in ("needs", "measure"):
                continue
            trial = deepcopy(shorter)
            del place(trial)[name]
            try:
                if wrong(trial):
                    shorter = trial
            except CaseProblems:
                continue
    return shorter
