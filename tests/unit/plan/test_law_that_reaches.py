"""What a plan cites reaches the help sought, in the words that bind the two States, and is the law of a State of the case."""

from __future__ import annotations

from typing import Any

import pytest

from routing.opened import shared_router
from routing.plan.model import Plan
from routing.rulebook.provision_ranges import within

ROUTER = shared_router()


def plan(
    state: str,
    other: str,
    kind: str,
    measure: str,
    *,
    offence: str = "fraud",
    actor: str = "prosecutor",
    group: str = "unknown",
    **need: Any,
) -> Plan:
    case = {
        "state": state,
        "as_of": "2026-11-30",
        "actor": actor,
        "stage": "investigation",
        "offence": [offence],
        "organised_group": group,
        "needs": [{"id": "a", "kind": kind, "measure": measure, "with": other, **need}],
    }
    return ROUTER.route(ROUTER.read(case))


def lead(found: Plan, pathway: str) -> str:
    """What the step of a pathway leads with."""
    (step,) = [step for step in found.steps if step.pathway == pathway]
    return step.basis[0].provision


def told(found: Plan, code: str) -> tuple[str, ...] | None:
    """What a duty or a warning is told with; None where it is not told."""
    duties = {item.code: item.basis for item in found.obligations}
    warnings = {item.code: item.basis for item in found.warnings}
    return (warnings | duties).get(code)


def every_provision(found: Plan) -> set[str]:
    steps = {item.provision for step in found.steps for item in step.basis}
    duties = {ref for item in found.obligations for ref in item.basis}
    return steps | duties | {ref for item in found.warnings for ref in item.basis}


@pytest.mark.parametrize(
    ("measure", "leads"),
    [
        ("search", "ets30 18"),
        ("service_of_documents", "ets30 18"),
        ("sentence_transfer", "paper 4"),  # the enforcement of verdicts is outside (1(2))
        ("fine_enforcement", "paper 4"),
        ("surrender_consent", "paper 4"),
        ("financial_intelligence", "paper 4"),
        ("police_database_check", "paper 4"),
    ],
)
def test_a_request_is_passed_on_under_a_treaty_on_assistance_only_where_it_is_one(
    measure: str, leads: str
) -> None:
    found = plan("TUR", "ARM", "answer", measure, wrong_channel="yes", request_came_by="central_authority")
    assert lead(found, "passing_on") == leads


@pytest.mark.parametrize("measure", ["witness_protection", "vessel_registry_check", "asset_sharing"])
def test_reasons_are_owed_under_it_only_where_it_is_one(measure: str) -> None:
    assert (
        lead(plan("TUR", "ARM", "answer", measure, refusal_reason_raised="other"), "reasoned_reply")
        == "paper 4"
    )


def test_the_torture_convention_speaks_for_its_parties_alone() -> None:
    asked: dict[str, Any] = {"kind": "answer", "measure": "surrender", "ill_treatment_risk": "substantial"}
    outside = plan("IND", "SAU", **asked)
    assert lead(outside, "refer") == "own-law grounds against an extradition"
    assert "cat 3(1)" not in every_provision(outside)
    assert "cat 3(1)" in every_provision(plan("DEU", "SAU", **asked))


def test_fair_treatment_and_leave_to_refuse_make_no_ground_mandatory() -> None:
    found = plan("IND", "SAU", "answer", "surrender", persecution_risk="substantial")
    basis = told(found, "mandatory_ground")
    assert basis is not None
    assert not {"untoc 16(13)", "untoc 16(14)"} & set(basis)


@pytest.mark.parametrize(("other", "is_told"), [("CHE", True), ("PAN", False)])
def test_an_agreement_of_one_state_is_cited_to_that_state(other: str, is_told: bool) -> None:
    found = plan(
        "DEU",
        other,
        "request",
        "bank_records",
        offence="fiscal",
        fiscal_only="yes",
        must_refuse_fiscal="yes",
        tax_offence="goods",
    )
    assert (told(found, "cite_the_agreement_on_indirect_taxes") is not None) == is_told


def test_an_article_is_cited_as_it_reads_between_the_two_states() -> None:
    newer = every_provision(plan("ITA", "TUR", "request", "criminal_record"))
    assert "ets30 15(5)" in newer and "ets30 15(3) of 1959" not in newer
    older = every_provision(plan("ITA", "KOR", "request", "criminal_record"))
    assert "ets30 15(3) of 1959" in older and "ets30 15(5)" not in older


def test_an_article_as_it_read_in_another_year_lies_in_no_run_of_the_paragraphs_of_today() -> None:
    assert not within("ets30 15(1) of 1959", "ets30 15(1)-(10)")
    assert within("ets30 15(1) of 1959", "ets30 15")
    assert within("ets30 15(1)", "ets30 15(1)-(10)")


def test_a_sheet_on_one_state_is_told_of_that_state() -> None:
    sheet = "practice-records sheet on the United Kingdom"
    assert sheet not in every_provision(plan("ITA", "TUR", "request", "criminal_record"))
    assert sheet in every_provision(plan("ITA", "GBR", "request", "criminal_record"))


def test_a_conviction_that_is_told_answers_no_request() -> None:
    assert lead(plan("HRV", "TUR", "share", "criminal_record"), "criminal_record_exchange") == "ets30 22(1)"
    assert lead(plan("HRV", "TUR", "request", "criminal_record"), "criminal_record_exchange") == "ets30 13(1)"


def test_the_law_of_the_sea_convention_leads_between_its_parties_alone() -> None:
    drifting: dict[str, Any] = {
        "kind": "request",
        "measure": "vessel_boarding",
        "vessel_status": "no_nationality",
        "vessel_waters": "high_seas",
    }
    outside = plan("USA", "TUR", offence="drugs", actor="customs", **drifting)
    assert not any(ref.startswith("unclos ") for ref in every_provision(outside))
    assert lead(plan("ESP", "FRA", offence="drugs", **drifting), "vessel_boarding") == "unclos 110(1)(d)"


def test_goods_cross_a_state_under_a_convention_that_binds_it() -> None:
    found = plan("IRN", "PNG", "request", "controlled_delivery", offence="customs", via={"FJI": "requested"})
    assert lead(found, "transit_leave") == "national-law covert techniques"


def test_a_rule_of_the_union_on_orders_is_no_rule_on_requests_to_others() -> None:
    assert told(plan("POL", "ALB", "request", "search"), "write_the_three_part_statement") == ("paper 73",)
    within_the_union = told(plan("POL", "FRA", "request", "search"), "write_the_three_part_statement")
    assert within_the_union is not None and "eio 6(1)(a)" in within_the_union


def test_what_one_state_does_is_told_of_no_other() -> None:
    found = plan(
        "KEN",
        "MUS",
        "request",
        "police_database_check",
        offence="customs",
        actor="police",
        group="none",
        purpose="intelligence",
    )
    assert "practice-nz page" not in every_provision(found)
