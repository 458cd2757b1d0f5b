"""The strategies that users draw cases from, and the comparison of both evaluators on many cases."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from when_changed import WHOLE_PROGRAM

from routing.case.facts import Facts, facts_for
from routing.case.model import Case
from routing.cli import main
from routing.core.errors import EvaluatorsDisagree
from routing.evaluate.findings import CrossCheckedEvaluator, Findings
from routing.opened import Router
from routing.testing import cases, facts
from routing.verify.case_generator import BLOCK, CaseGenerator
from routing.verify.cross_check import Progress, Reached, compare_evaluators, drawer_for
from routing.verify.solver.witness import written

DAY = date(2026, 1, 1)
DRAWN = settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])


@DRAWN
@given(data=st.data())
def test_every_drawn_case_has_a_plan(small_router: Router, data: st.DataObject) -> None:
    case = data.draw(cases(small_router, most_needs=3))
    plan = small_router.route(case, DAY)
    assert [need.id for need in plan.needs] == [need.id for need in case.needs]


@DRAWN
@given(data=st.data())
def test_a_drawn_case_is_the_case_of_its_file(small_router: Router, data: st.DataObject) -> None:
    case = data.draw(cases(small_router).filter(lambda case: not case.needs[0].via))
    read = small_router.read(written(case, small_router.rulebook))
    assert (read.state, read.facts, read.assume) == (case.state, case.facts, case.assume)
    assert [(n.kind, n.measure, n.partner, n.facts) for n in read.needs] == [
        (n.kind, n.measure, n.partner, n.facts) for n in case.needs
    ]


@DRAWN
@given(data=st.data())
def test_the_worked_example_of_the_documentation(small_router: Router, data: st.DataObject) -> None:
    case = data.draw(cases(small_router, kinds=["request"], measures=["find_person"]))
    for need in small_router.route(case, DAY).needs:
        if need.primary.pathway == "police" and need.primary.certainty == "confirmed":
            assert case.needs[0].facts.get("coercive") != "yes"


@given(data=st.data())
def test_facts_can_be_narrowed(small_router: Router, data: st.DataObject) -> None:
    drawn = data.draw(facts(small_router.rulebook, only=["coercive", "grave"]))
    assert set(drawn) <= {"coercive"}  # what is derived is never told


def test_a_case_can_be_drawn_again_from_its_number(small_router: Router) -> None:
    first, second = (CaseGenerator(small_router.rulebook, ["KEN", "FRA", "DEU"], 3) for _ in range(2))
    drawn = [first.case(number) for number in range(300)]
    assert drawn[7] == second.case(7) and drawn[299] == second.case(299)
    assert drawn[7] != CaseGenerator(small_router.rulebook, ["KEN", "FRA", "DEU"], 4).case(7)
    assert len({case.needs[0].measure for case in drawn}) > 1


def test_the_comparison_reaches_every_rule_and_pathway(small_router: Router) -> None:
    blocks = 4 * len(small_router.rulebook.measures)
    reached = compare_evaluators(small_router, blocks * BLOCK, 5)
    assert reached.cases == blocks * BLOCK and not reached.differ
    never_sure = {"warn.by-route/2"}  # its route is curably closed whenever it would fire
    assert (
        set(reached.fired)
        == {rule.id for rule in small_router.rulebook.rules if rule.form != "never"} - never_sure
    )
    assert reached.chosen == set(small_router.rulebook.pathways) and reached.pairs > 20


def test_a_difference_is_counted_and_shown_by_its_number(
    small_router: Router, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = CrossCheckedEvaluator.findings

    def failing(self: CrossCheckedEvaluator, found: Facts) -> Findings:
        if found.need.facts.get("coercive") == "no":
            raise EvaluatorsDisagree("planted")
        return whole(self, found)

    monkeypatch.setattr(CrossCheckedEvaluator, "findings", failing)
    reached = compare_evaluators(small_router, BLOCK, 5)
    assert reached.differ
    for number in reached.differ:
        assert drawer_for(small_router, 5).case(number).needs[0].facts["coercive"] == "no"


def test_work_is_taken_up_where_it_stopped(
    small_router: Router, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tmp_path / "work.json"
    first = compare_evaluators(small_router, 2 * BLOCK, 5, kept=kept)
    again = compare_evaluators(small_router, 3 * BLOCK, 5, kept=kept)
    whole = compare_evaluators(small_router, 3 * BLOCK, 5)
    assert first.cases == 2 * BLOCK and again == whole
    monkeypatch.setattr("routing.verify.cross_check._block", lambda *_: pytest.fail("nothing is left to do"))
    assert compare_evaluators(small_router, 3 * BLOCK, 5, kept=kept) == whole
    monkeypatch.setattr("routing.verify.cross_check.build_id", lambda: "another copy of the program")
    with pytest.raises(pytest.fail.Exception):
        compare_evaluators(small_router, 3 * BLOCK, 5, kept=kept)
    other = Progress.read(kept, "other rules", 5)
    assert not other.done and other.reached == Reached()
    kept.write_text("{damaged")
    assert not Progress.read(kept, small_router.rulebook.hash, 5).done


def test_the_command_reports_coverage(small_rules: Path) -> None:
    arguments = [
        "--rules",
        str(small_rules),
        "rules",
        "compare",
        "--cases",
        "150",
        "--jobs",
        "1",
        "--format",
        "json",
    ]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.output
    data = json.loads(result.stdout)
    assert data["cases"] == 150 and data["differ"] == [] and data["rules_fired"] > 5


def test_the_columnar_evaluator_is_compared_by_the_same_command(small_rules: Path) -> None:
    command = ["--rules", str(small_rules), "rules", "compare", "--columnar", "--cases", "300"]
    ran = CliRunner().invoke(main, [*command, "--format", "json"])
    told = json.loads(ran.stdout)
    assert ran.exit_code == 0 and told["needs"] == 300 and told["differ"] == {} and told["fired"]
    assert CliRunner().invoke(main, [*command, "--jobs", "2"]).exit_code == 2


@WHOLE_PROGRAM
def test_both_evaluators_agree_on_the_rules_that_ship() -> None:
    """A few cases at each run; the command runs as many as one likes."""
    router = Router.open()
    reached = compare_evaluators(router, 2 * BLOCK, 11)
    assert reached.cases == 2 * BLOCK and not reached.differ


def test_drawn_cases_are_cases(small_router: Router) -> None:
    drawer = CaseGenerator(small_router.rulebook, ["KEN", "FRA"], 1)
    for number in range(50):
        case = drawer.case(number)
        assert isinstance(case, Case) and facts_for(
            case, case.needs[0], small_router.rulebook, small_router.law, DAY
        )


def test_random_cases_lean_only_towards_rules_that_the_measure_leaves_open() -> None:
    router = Router.open()
    drawer = drawer_for(router, 1)
    rules = {rule.id for rule in router.rulebook.rules if rule.form != "never"}
    for measure in ("surrender", "bank_records"):
        left = {rule.id for rule in drawer.left_open(measure, "request")}
        heads = router.judge.network(measure, "request").heads
        assert {rule for rule in rules if f"fired:{rule}" in heads} <= left < rules
