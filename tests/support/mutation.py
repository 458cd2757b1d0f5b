"""Which tests notice a mutant of a rule: the kept cases with what is expected of them, then the boundary tables."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

import blind_cases
import paper_rows
import published_cases
from boundary_tables import Table, effect, tables, trials
from example_cases import EXAMPLES, STORIES
from invariant_tools import ReferenceJudge
from scenario_check import HERE as SCENARIOS
from scenario_check import Comparison, complete, read, scenarios

from devtools.changed_rulebook import rewritten, with_lines
from devtools.distinguish import Apart, Lines, told_apart
from devtools.mutants import CODES, Mutant
from routing.case.facts import Facts, facts_for
from routing.case.model import Case
from routing.core.dependencies import reached, readers
from routing.core.records import Record
from routing.evaluate.findings import CrossCheckedEvaluator, Findings
from routing.evaluate.reference import Reference
from routing.opened import shared_router
from routing.plan.build import build_plan, findings_of
from routing.plan.model import Plan
from routing.plan.primary import primary_of
from routing.rulebook.model import Rulebook
from routing.rulebook.validate.whole import check
from routing.verify.solver.session import GaveUp
from routing.verify.statements import load_statements

DAY = date(2026, 11, 24)
OUTCOMES = NOTICED, BOUNDARY, PINNED, EQUIVALENT, SURVIVES = (
    "kept case",
    "boundary table",
    "pinned text",
    "equivalent",
    "survives",
)

PlanOf = Callable[[str], Plan]
"""The plan of a kept case under the mutant."""


@dataclass
class Suite:
    """Kept cases with what their tests assert. fails: the first of some cases of which an assertion no longer holds."""

    name: str
    cases: Mapping[str, Case]
    fails: Callable[[list[str], PlanOf], str | None]
    seen: dict[str, Mapping[tuple[str, str], Reference]] = field(default_factory=dict)


def suites() -> tuple[Suite, ...]:
    router = shared_router()
    return tuple(
        make(router.read)
        for make in (
            suite_of_scenarios,
            suite_of_examples,
            suite_of_paper,
            suite_of_published,
            suite_of_blind,
        )
    )


Read = Callable[[Any], Case]


def suite_of_scenarios(reader: Read) -> Suite:
    expected = {
        f"{folder}/{name}": read(SCENARIOS / folder / "expected.yaml")[name] for folder, name in scenarios()
    }
    waiting = read(SCENARIOS / "waiting.yaml") or {}
    cases = {name: reader(complete(read(SCENARIOS / f"{name}.yaml"))) for name in expected}

    def fails(names: list[str], plan_of: PlanOf) -> str | None:
        return next(
            (
                name
                for name in names
                if set(Comparison(plan_of(name), expected[name]).differences()) != set(waiting.get(name, {}))
            ),
            None,
        )

    return Suite("scenarios", cases, fails)


def suite_of_examples(reader: Read) -> Suite:
    # What is assumed, only signed or not weighed is read off all facts; a trial works out those that a slip reaches.
    def decided(plan: dict[str, Any]) -> dict[str, Any]:
        return {
            key: value for key, value in plan.items() if key not in ("assumptions", "future", "unweighed")
        }

    golden = {story: decided(json.loads((EXAMPLES / story / "plan.json").read_text())) for story in STORIES}

    def fails(names: list[str], plan_of: PlanOf) -> str | None:
        def differs(name: str) -> bool:
            plan = decided(json.loads(plan_of(name).json_text()))
            plan["rulebook"]["hash"] = golden[name]["rulebook"]["hash"]
            return bool(plan != golden[name])

        return next((name for name in names if differs(name)), None)

    return Suite("examples", {story: reader(EXAMPLES / story / "case.yaml") for story in STORIES}, fails)


def suite_of_paper(reader: Read) -> Suite:
    cases = {
        f"{row} {side}": reader(case)
        for row in paper_rows.ACTS
        for side, case in zip(("with", "without"), paper_rows.both_cases(row), strict=False)
    }

    def fails(names: list[str], plan_of: PlanOf) -> str | None:
        rows = dict.fromkeys(name.split(" ")[0] for name in names)
        return next(
            (
                row
                for row in rows
                if any(paper_rows.differences(row, plan_of(f"{row} with"), plan_of(f"{row} without")))
            ),
            None,
        )

    return Suite("paper", cases, fails)


def suite_of_published(reader: Read) -> Suite:
    marks = {name: published_cases.marks(name) for name in published_cases.EXPECTED}

    def fails(names: list[str], plan_of: PlanOf) -> str | None:
        now = {name: published_cases.marked(name, plan_of(name)) for name in names}
        wrong = next((name for name, marked in now.items() if marked.wrong), None)
        return wrong or next(iter(published_cases.missed(list({**marks, **now}.values()))), None)

    cases = {name: reader(published_cases.HERE / "cases" / f"{name}.yaml") for name in marks}
    return Suite("published", cases, fails)


def suite_of_blind(reader: Read) -> Suite:
    marks = {name: blind_cases.marks(name) for name in blind_cases.CASES}

    def fails(names: list[str], plan_of: PlanOf) -> str | None:
        now = {name: blind_cases.marked(name, plan_of(name)) for name in names}
        wrong = next((name for name, marked in now.items() if marked.wrong), None)
        return wrong or next(
            (
                floor
                for chosen, cases in blind_cases.SETS.items()
                for floor in blind_cases.missed(chosen, [{**marks, **now}[name] for name in cases])
            ),
            None,
        )

    return Suite("blind", {name: reader(blind_cases.case_of(name)) for name in marks}, fails)


@dataclass
class SeededJudge(CrossCheckedEvaluator):
    """The reference alone under changed rules, with what the change cannot reach taken over from before."""

    before: Mapping[tuple[str, str], Reference] = field(default_factory=dict)
    reached: frozenset[str] = frozenset()

    def findings(self, facts: Facts, first: Findings | None = None) -> Findings:
        old = self.before.get(_asked(facts))
        if old is None:
            return Findings.by_reference(self.rulebook, facts)
        findings = Findings.by_reference(self.rulebook, old.facts)
        findings.reference._truths.update(
            (head, truth) for head, truth in old._truths.items() if head not in self.reached
        )
        return findings


def _asked(facts: Facts) -> tuple[str, str]:
    """The need, and the pathway taken as its main step."""
    assumed = facts.get("taken")
    return facts.need.id, assumed.text() if assumed else ""


class Verdict(Record):
    """What became of a mutant, and what noticed it."""

    mutant: Mutant
    became: str
    by: str = ""


@dataclass
class Examiner:
    """Puts mutants to the tests. kept_first: try the kept cases before the tables, to see what they notice by themselves."""

    kept_first: bool = False
    with_kept: bool = True
    tables: dict[str, Table] = field(default_factory=tables)
    boundary: dict[str, list[Reference]] = field(default_factory=dict)
    users: dict[str, set[str]] = field(default_factory=dict)

    @property
    def rulebook(self) -> Rulebook:
        return trials().rulebook

    @cached_property
    def apart(self) -> Apart:
        return Apart(self.rulebook, load_statements(self.rulebook))

    @cached_property
    def suites(self) -> tuple[Suite, ...]:
        return suites() if self.with_kept else ()

    def put(self, mutant: Mutant) -> Verdict:
        """Try everything, until something notices. The kept cases cost most and go last, unless they are to go first."""
        lines = rewritten(self.rulebook, mutant.old, mutant.new)
        noticed = self._noticed(mutant, lines) if self.kept_first else ""
        if noticed:
            return Verdict(mutant, NOTICED, noticed)
        if self._across_the_boundary(mutant, lines):
            return Verdict(mutant, BOUNDARY)
        if lines and self._equivalent(lines):
            return Verdict(mutant, EQUIVALENT)
        if self._pinned(mutant):
            return Verdict(mutant, PINNED)
        noticed = "" if self.kept_first else self._noticed(mutant, lines)
        return Verdict(mutant, NOTICED, noticed) if noticed else Verdict(mutant, SURVIVES)

    def _equivalent(self, lines: Lines) -> bool:
        """Whether the solver proves that nothing differs; no answer in time is not a proof."""
        try:
            return self.apart.said(self.apart.at_all(lines)) is None
        except GaveUp:
            return False

    def _noticed(self, mutant: Mutant, lines: Lines) -> str:
        """The first kept case of which a test would fail."""
        told, reached = _told_of(mutant), self.reached(lines)
        spoilt: list[Rulebook] = []
        plans: dict[tuple[str, str], Plan] = {}
        for suite in self.suites:
            near = [
                name
                for name in suite.cases
                if any(
                    told_apart(reference, lines) or (told and reference.atom(f"fired:{mutant.old.id}")[1])
                    for reference in self.before(suite, name).values()
                )
            ]

            def plan_of(name: str, suite: Suite = suite) -> Plan:
                if not spoilt:
                    spoilt.append(with_lines(self.rulebook, mutant.old, mutant.new, lines))
                if (suite.name, name) not in plans:
                    case = suite.cases[name]
                    judge = SeededJudge(spoilt[0], before=self.before(suite, name), reached=reached)
                    plans[suite.name, name] = build_plan(case, judge, trials().law, case.as_of or DAY)
                return plans[suite.name, name]

            try:
                failed = suite.fails(near, plan_of) if near else None
            except (ValueError, KeyError, IndexError, RecursionError) as error:
                failed = f"{type(error).__name__}"
            if failed:
                return f"{suite.name}: {failed}"
        return ""

    def reached(self, heads: Iterable[str]) -> frozenset[str]:
        """Some conclusions, and all that they can lead to."""
        if not self.users:
            self.users = readers(line for lines in self.rulebook.heads.values() for line in lines)
        return frozenset(reached(heads, self.users))

    def before(self, suite: Suite, name: str) -> Mapping[tuple[str, str], Reference]:
        """What the rules as they stand conclude of each need of a kept case."""
        if name not in suite.seen:
            suite.seen[name] = {
                _asked(reference.facts): reference for reference in _concluded(suite.cases[name])
            }
        return suite.seen[name]

    def _across_the_boundary(self, mutant: Mutant, lines: Lines) -> bool:
        table = self.tables.get(mutant.old.id)
        if table is None or not lines:
            return False
        if table.rule not in self.boundary:
            self.boundary[table.rule] = [trials().reference(entry.said) for entry in table.entries]
        return any(
            entry.kills(reference, lines)
            for entry, reference in zip(table.entries, self.boundary[table.rule], strict=False)
        )

    def _pinned(self, mutant: Mutant) -> bool:
        """Whether the text of the table, or the check of all rules together, tells the mutant from the rule."""
        table, new = self.tables.get(mutant.old.id), mutant.new
        if table is not None and (table.does, table.rests_on) != (effect(new, self.rulebook), new.basis):
            return True
        return new.form == "never" and any(check(with_lines(self.rulebook, mutant.old, new, {})))


def _concluded(case: Case) -> Iterator[Reference]:
    rulebook, law = trials().rulebook, trials().law
    judge, day = ReferenceJudge(rulebook), case.as_of or DAY
    for need in case.needs:
        findings = judge.findings(facts_for(case, need, rulebook, law, day))
        primary, _ = primary_of(findings)
        yield findings.reference
        if not findings.surely(f"primary:{primary}"):
            yield findings_of(case, need, judge, law, day)[0].reference


def _told_of(mutant: Mutant) -> bool:
    """Whether a plan can tell of the change beside what is concluded: what a rule says, where, and on what it rests."""
    old, new = mutant.old, mutant.new
    parts = ("targets", "values", "role", "over", "form", "how", "if_none")
    shown = any(getattr(old, name) != getattr(new, name) for name in parts)
    return shown or (old.basis != new.basis and (old.form in CODES or bool(old.if_none)))
