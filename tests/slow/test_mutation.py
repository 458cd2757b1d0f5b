"""A fixed sample of slips in the rules, each of which some test notices. `python devtools/mutate.py` tries every one."""

from __future__ import annotations

import random
from functools import cache

import pytest
from boundary_tables import trials

pytest.importorskip("z3")

from mutation import (
    BOUNDARY,
    EQUIVALENT,
    NOTICED,
    PINNED,
    SURVIVES,
    Examiner,
    SeededJudge,
    Suite,
    suite_of_examples,
)

from devtools.changed_rulebook import rewritten, with_lines, with_rule
from devtools.mutants import KINDS, Mutant, mutants_of
from routing.case.model import Case
from routing.core.conditions import ALWAYS, All
from routing.core.records import replace
from routing.opened import shared_router
from routing.plan.build import build_plan
from routing.plan.model import Plan, as_json

pytestmark = pytest.mark.xdist_group("mutation")  # so that what decides without a slip is made once
SAMPLE, FEW = 25, 5  # of each kind: all, and to see that some are noticed
BOOK = trials().rulebook
COERCION = next(rule for rule in BOOK.rules if rule.parent == "informal.coercion-needs-formal")


@cache
def examiner() -> Examiner:
    return Examiner(with_kept=False)


@pytest.fixture(scope="module")
def sample() -> list[list[Mutant]]:
    """Slips of each kind."""
    found: dict[str, list[Mutant]] = {kind: [] for kind in KINDS}
    for mutant in mutants_of(BOOK, random.Random("rules").sample(BOOK.rules, 120)):
        found[mutant.kind].append(mutant)
    return [random.Random("mutants").sample(of, min(SAMPLE, len(of))) for of in found.values()]


def noticed(mutants: list[Mutant]) -> list[str]:
    """What notices each slip. Fails for those that nothing notices."""
    became = [examiner().put(mutant).became for mutant in mutants]
    survivors = [mutant.id for mutant, by in zip(mutants, became, strict=True) if by == SURVIVES]
    assert not survivors, (
        f"where a rule has changed, refresh its table with `python devtools/boundaries.py`; nothing notices {survivors}"
    )
    return became


@pytest.mark.when_changed("rules", "tests/boundaries")
def test_some_slips_are_noticed(sample: list[list[Mutant]]) -> None:
    assert len(noticed([mutant for of_kind in sample for mutant in of_kind[:FEW]])) > 4 * FEW


@pytest.mark.when_changed("rules", "tests/boundaries")
def test_a_sample_of_slips_is_noticed(sample: list[list[Mutant]]) -> None:
    became = noticed([mutant for of_kind in sample for mutant in of_kind])
    assert len(became) > 4 * SAMPLE and became.count(BOUNDARY) > len(became) / 3


@pytest.mark.when_changed("rules", "tests/boundaries")
def test_a_slip_that_nothing_notices_survives() -> None:
    mutant = next(one for one in mutants_of(BOOK, BOOK.rules) if examiner().put(one).became == BOUNDARY)
    bare = Examiner(with_kept=False, tables={})
    assert bare.put(mutant).became == SURVIVES
    assert (
        bare.put(replace(mutant, new=replace(mutant.old, when=All((mutant.old.when, ALWAYS))))).became
        == EQUIVALENT
    )


def test_another_provision_is_noticed_by_the_text_alone() -> None:
    mutant = next(one for one in mutants_of(BOOK, BOOK.rules) if one.kind == "provision")
    assert examiner().put(mutant).became == PINNED


@pytest.fixture(scope="module")
def stories() -> Suite:
    return suite_of_examples(shared_router().read)


def test_a_kept_case_notices_where_no_table_would(stories: Suite) -> None:
    examiner = Examiner(kept_first=True, tables={})
    examiner.__dict__["suites"] = (stories,)
    verdict = examiner.put(next(one for one in mutants_of(BOOK, [COERCION]) if one.says == "does nothing"))
    assert verdict.became == NOTICED and verdict.by.startswith("examples: ")


def test_no_kept_case_fails_without_a_slip_and_what_is_taken_over_changes_no_plan(stories: Suite) -> None:
    always = replace(COERCION, when=ALWAYS)
    lines = rewritten(BOOK, COERCION, always)
    slipped, full = with_lines(BOOK, COERCION, always, lines), with_rule(BOOK, always)
    changed = 0
    for name, case in stories.cases.items():
        before = examiner().before(stories, name)

        def plan(judge: SeededJudge, case: Case = case) -> Plan:
            assert case.as_of is not None
            return build_plan(case, judge, trials().law, case.as_of)

        as_it_was = plan(SeededJudge(BOOK, before=before))
        quick, afresh = (
            plan(SeededJudge(slipped, before=before, reached=examiner().reached(lines))),
            plan(SeededJudge(full)),
        )
        assert stories.fails([name], lambda _, plan=as_it_was: plan) is None  # type: ignore[misc]
        assert as_json(quick) == as_json(afresh)
        changed += as_json(quick) != as_json(as_it_was)
    assert changed
