"""What newcomers found false or misleading in a plan: each sentence must speak to the case at hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from places import ROOT

from routing.analyse.interview import Interview
from routing.cli import main
from routing.opened import shared_router
from routing.plan.model import Plan
from routing.render.text import text
from routing.rulebook.provision_ranges import within

pytestmark = pytest.mark.when_changed("rules", "examples", "routing")

EXAMPLES = ROOT / "examples"
BRIBERY = {
    "state": "MNG",
    "as_of": "2026-11-24",
    "actor": "anticorruption_agency",
    "offence": ["corruption"],
    "organised_group": "none",
    "max_penalty_months": 36,
    "dual_criminality": "no",
}
SEARCH_ASKED = {
    "state": "NLD",
    "as_of": "2026-11-24",
    "offence": ["fraud"],
    "max_penalty_months": 96,
    "needs": [
        {
            "kind": "answer",
            "measure": "search",
            "with": "UKR",
            "purpose": "evidence",
            "dual_criminality": "yes",
        }
    ],
}


def plan(case: dict[str, object] | Path) -> Plan:
    return shared_router().route(case)


def page(case: dict[str, object] | Path, full: bool = False) -> str:
    return click.unstyle(text(plan(case), shared_router(), full=full, width=100))


def cited(found: Plan) -> set[str]:
    return {ref.split(" ")[0] for said in (*found.obligations, *found.warnings) for ref in said.basis}


@pytest.mark.parametrize(
    "beside",
    [[], [{"measure": "police_held_data", "with": "ZAF", "purpose": "both", "person_role": "suspect"}]],
)
def test_a_capture_of_public_material_waits_for_nothing(beside: list[dict[str, object]]) -> None:
    register = {"measure": "public_register_record", "with": "ZAF", "purpose": "both"}
    steps = {step.pathway: step for step in plan({**BRIBERY, "needs": [register, *beside]}).steps}
    assert steps["public_material"].after == ()
    assert steps["mla"].after, "the certified copy still follows the capture"


def test_the_states_of_other_needs_do_not_call_for_a_notice() -> None:
    sought = {"measure": "locate_person", "purpose": "locate", "whereabouts_known": "yes", "with": "MDA"}
    case = {
        "state": "SRB",
        "as_of": "2026-11-24",
        "offence": ["fraud"],
        "needs": [sought, {"measure": "bank_records", "with": "CHE"}],
    }
    found = plan(case)
    assert not {"interpol", "interpol_notice"} & {step.pathway for step in found.steps}


def test_one_person_sought_in_several_states_calls_for_a_notice() -> None:
    sought = {"measure": "locate_person", "purpose": "locate", "person_role": "suspect"}
    case = {
        "state": "SRB",
        "as_of": "2026-11-24",
        "offence": ["fraud"],
        "needs": [{**sought, "with": state} for state in ("MDA", "GEO")],
    }
    assert {"interpol", "interpol_notice"} <= {step.pathway for step in plan(case).steps}


@pytest.mark.parametrize(("offence", "says"), [("corruption", "uncac 48(1)(a)"), ("drugs", "un1988 9(1)(a)")])
def test_the_police_step_rests_its_time_on_the_basis_it_has(offence: str, says: str) -> None:
    case = {
        "state": "COL",
        "as_of": "2026-11-24",
        "offence": [offence],
        "organised_group": "none",
        "needs": [{"measure": "locate_person", "with": "NLD", "purpose": "locate", "person_role": "suspect"}],
    }
    step = next(step for step in plan(case).steps if step.pathway == "police_to_police")
    assert step.deadline is not None and step.deadline.source == says
    assert "Organized Crime" not in page(case, full=True)


def test_duties_name_no_convention_that_does_not_reach_the_case() -> None:
    bribery = plan(
        {
            **BRIBERY,
            "needs": [{"measure": "search", "with": "ZAF", "purpose": "evidence", "person_role": "suspect"}],
        }
    )
    assert "uncac" in cited(bribery) and "untoc" not in cited(bribery)
    fraud = plan(SEARCH_ASKED)
    assert "ets30" in cited(fraud) and not {"uncac", "un1988", "budapest"} & cited(fraud)


def test_paragraphs_that_yield_to_a_treaty_on_assistance_are_not_named() -> None:
    found = plan(
        EXAMPLES / "three-needs-two-states" / "case.yaml"
    )  # the European convention binds both States
    refs = {ref for said in found.obligations for ref in said.basis}
    assert not [ref for ref in refs if within(ref, "untoc 18(9)-(29)")]
    assert "ets30 14(2)" in refs


@pytest.mark.parametrize(
    ("ref", "place", "lies"),
    [
        ("untoc 18(13)", "untoc 18(9)-(29)", True),
        ("untoc 18(15)(d)", "untoc 18(9)-(29)", True),
        ("untoc 18(3)(f)", "untoc 18(9)-(29)", False),
        ("untoc 18", "untoc 18(9)-(29)", False),
        ("untoc 18", "untoc 18", True),
        ("untoc 1", "untoc 18", False),
        ("uncac 18", "untoc", False),
        ("practice-cps page", "untoc 18", False),
    ],
)
def test_a_place_holds_its_provisions(ref: str, place: str, lies: bool) -> None:
    assert within(ref, place) is lies


def test_whoever_is_asked_gets_the_duties_of_whoever_is_asked() -> None:
    found = plan(SEARCH_ASKED)
    codes = {duty.code for duty in found.obligations}
    assert (
        "describe_the_conduct" not in codes
        and {"check_that_it_is_an_offence_here", "execute_in_the_form_unless_fundamental"} <= codes
    )
    assert "dual_criminality_check" not in {warning.code for warning in found.warnings}


def run(*args: str, stdin: str | None = None):
    return CliRunner().invoke(main, list(args), input=stdin)


def test_a_case_that_is_not_filled_in_says_that_its_states_are_not_named() -> None:
    result = run("route", "-", "--as-of", "2026-11-24", stdin=run("new", "--measure", "locate_person").stdout)
    assert result.exit_code in (0, 4) and "a State not named" in result.stdout


def test_another_state_is_a_difference() -> None:
    result = run("whatif", str(EXAMPLES / "early-whereabouts" / "case.yaml"), "--set", "with=KEN")
    assert (
        "New Zealand" in result.stdout and "Kenya" in result.stdout and "Nothing differs" not in result.stdout
    )


def test_a_change_leads_where_it_says() -> None:
    result = run("change", str(EXAMPLES / "cloud-mailbox" / "case.yaml"), "--to", "police_to_police")
    ends = [line for line in result.stdout.splitlines() if "then the main step is" in line]
    assert ends and all("Direct police cooperation" in line for line in ends)
    assert "if\n    if" not in result.stdout


def test_a_request_is_not_asked_how_material_came() -> None:
    start = {"measure": "locate_person", "kind": "request", "state": "KEN", "with": "FRA"}
    interview, asked = Interview(shared_router(), as_of=date(2026, 11, 24)), []
    while (question := interview.next_question()) is not None:
        asked.append(question.fact)
        interview.answer(question.fact, start.get(question.fact, "unknown"), question.need)
    assert "material_channel" not in asked


def test_a_proposed_channel_is_called_by_its_name() -> None:
    found = page(EXAMPLES / "incoming-request" / "case.yaml")
    assert "As proposed (direct police cooperation): no." in found and "police_to_police" not in found


def test_many_states_fit_on_the_page() -> None:
    states = [place.alpha3 for place in shared_router().law.states if place.parent is None][:50]
    needs = [{"measure": "locate_person", "with": state, "purpose": "locate"} for state in states]
    head = page({"state": "KEN", "as_of": "2026-11-24", "needs": needs}).splitlines()[:3]
    assert max(map(len, head)) <= 100 and "more, as of 24 Nov 2026" in "\n".join(head)


@pytest.mark.parametrize(
    ("word", "term"),
    [("MLA", "mutual legal assistance"), ("MLAT", "mutual legal assistance"), ("LoR", "letters rogatory")],
)
def test_what_practitioners_say_is_a_term(word: str, term: str) -> None:
    assert term in run("term", word).stdout


def test_faults_come_with_a_fix_that_helps() -> None:
    assert (
        "did you mean `prosecutor`?"
        in run("route", "-", stdin="state: KEN\nactor: prosecutr\nneeds:\n  - {measure: search}\n").stderr
    )
    assert "`routing new` writes a case" in run("route", "-", stdin="").stderr


def test_a_tie_that_may_not_join_both_stands_in_the_full_plan_with_its_condition() -> None:
    router = shared_router()
    need = {"measure": "proceeds_tracing", "with": "AZE"}
    plan = router.route({"state": "NLD", "as_of": "2026-11-24", "offence": ["fraud"], "needs": [need]})
    short, full = (
        " ".join(click.unstyle(text(plan, router, full=whole, width=100)).split()) for whole in (False, True)
    )
    assert "only if both" not in short
    assert "CARIN: lead, arrangement, read: text; only if both take part" in full


@pytest.mark.parametrize(
    "story",
    [
        "cloud-mailbox",
        "corruption-without-dual-criminality",
        "early-whereabouts",
        "incoming-request",
        "no-lawful-route",
        "spontaneous-tip",
        "tip-already-requested",
    ],
)
def test_a_usual_plan_fits_sixty_lines(story: str) -> None:
    assert len(page(EXAMPLES / story / "case.yaml").splitlines()) <= 60
