"""What guards an act stands on the page beside the act, not in the full plan or at a later step."""

from __future__ import annotations

import pytest
from pages import page

from routing.opened import Router


@pytest.mark.parametrize("measure", ["asset_freezing", "transaction_suspension"])
def test_whoever_has_the_bank_warned_reads_that_the_customer_is_not(measure: str, router: Router) -> None:
    need = {
        "measure": measure,
        "with": "ARE",
        "purpose": "restrain_assets",
        "data_holder": "bank",
        "emergency": "imminent_dissipation",
    }
    shown = page(
        router,
        state="NGA",
        actor="police",
        stage="investigation",
        offence=["fraud", "money_laundering"],
        needs=[need],
    )
    steps = "(also steps 2, 3)" if measure == "asset_freezing" else "(also steps 2, 3, 4)"
    warning = "Nobody may warn the customer; agree what the bank or exchange tells him."
    assert f"{warning} {steps}" in shown.replace(f"{warning} (practice)", warning)
    assert "intelligence, not evidence" in shown or "a lead, not evidence" in shown


def test_the_penalty_is_told_at_the_first_step_whose_help_may_lead_there(router: Router) -> None:
    need = {
        "measure": "controlled_delivery",
        "with": "NZL",
        "dangerous_goods": "yes",
        "death_penalty_risk": "possible",
        "dual_criminality": "yes",
    }
    case = {"actor": "police", "stage": "investigation", "offence": ["drugs"], "needs": [need]}
    asks = page(router, state="MYS", **case)
    police, delivery = asks.index(" Ask the foreign police"), asks.index(" Arrange controlled delivery")
    assert police < asks.index("Tell their police that a death sentence is possible here") < delivery
    assert delivery < asks.index("written assurance that this evidence leads to no death sentence")
    need |= {"death_penalty_risk": "none", "via": {"SGP": "not_asked"}}
    gives = page(router, state="AUS", **case)
    assert gives.index("get the approval that our law wants") < gives.index(" Ask the foreign police")


def test_nothing_brakes_the_call_for_a_child_in_danger(router: Router) -> None:
    need = {
        "kind": "share",
        "measure": "information_sharing",
        "with": "PHL",
        "emergency": "threat_to_life",
        "danger_place": "abroad",
        "days_until_needed": "tonight",
    }
    shown = page(
        router,
        state="NOR",
        actor="police",
        stage="investigation",
        offence=["child_sexual_abuse"],
        needs=[need],
    )
    assert "Ask the provider now, on its emergency form, who uses the account and from where" in shown
    assert "Check first" not in shown
    assert (
        "Against a crime or harm that is coming tell at once what is needed to prevent it. Else check"
        in shown
    )


def test_embezzled_public_money_is_asked_for_in_full(router: Router) -> None:
    need = {"measure": "confiscation", "with": "PRT", "purpose": "confiscate", "dual_criminality": "yes"}
    case = {"actor": "central_authority", "stage": "enforcement", "offence": ["corruption"]}
    for final in ("yes", "no"):
        shown = page(
            router, full=True, state="AGO", needs=[need | {"confiscation_order_final": final}], **case
        )
        assert "propose to share" not in shown and "return or sharing" not in shown
        assert "in full, less reasonable expenses" in shown


def test_the_direct_way_of_portuguese_speaking_states_is_cited(router: Router) -> None:
    need = {"measure": "bank_records", "with": "PRT", "purpose": "evidence", "dual_criminality": "yes"}
    shown = page(router, state="AGO", actor="prosecutor", stage="trial", offence=["corruption"], needs=[need])
    assert "as Portugal did. (CPLP Assistance Convention 20(1), 7(2)(b))" in shown


@pytest.mark.parametrize(
    ("measure", "actor"), [("compelled_testimony", "police"), ("detainee_transfer", "prosecutor")]
)
def test_police_ask_of_a_person_not_who_holds_it(measure: str, actor: str, router: Router) -> None:
    need = {"measure": measure, "with": "CIV", "purpose": "evidence", "coercive": "yes"}
    case = {"actor": actor, "stage": "trial", "offence": ["trafficking_in_persons"]}
    shown = page(router, full=True, state="GHA", needs=[need], **case)
    assert "no compulsion: who holds it" not in shown
    assert "would the person come" in shown


def test_a_production_order_says_nothing_to_the_user_and_names_the_grounds_apart(router: Router) -> None:
    need = {
        "measure": "stored_content",
        "with": "IRL",
        "purpose": "evidence",
        "data_holder": "foreign_provider",
        "days_until_needed": 30,
    }
    case = {"actor": "prosecutor", "stage": "investigation", "offence": ["fraud"], "max_penalty_months": 72}
    shown = page(router, state="SWE", needs=[need], **case)
    assert "issues or validates the order if it is necessary, proportionate and possible" in shown
    assert "Say nothing to the user now, and neither may the provider." in shown
    told = page(router, full=True, state="SWE", needs=[need], **case)
    assert "Only where the law of a third country forbids disclosure may the provider object" in told


def test_a_text_that_may_reach_the_case_gives_way_to_one_that_does(router: Router) -> None:
    need = {
        "kind": "answer",
        "measure": "arrest",
        "with": "CHE",
        "person_role": "accused",
        "own_national": "yes",
    }
    shown = page(router, state="DEU", stage="charged", offence=["murder"], needs=[need])
    assert "(ETS 24 6(1); Our own law)" in shown and "UNTOC 16" not in shown


def test_what_is_said_of_a_language_reads_as_a_sentence(router: Router) -> None:
    need = {"measure": "video_hearing", "with": "CIV", "purpose": "evidence", "person_role": "witness"}
    case: dict[str, object] = {"organised_group": "established", "transnational": ["several_states"]}
    case |= {"state": "GHA", "stage": "trial", "offence": ["trafficking_in_persons"], "needs": [need]}
    shown = page(router, full=True, **case)  # the page tells the language alone
    asks = "This is what its law on money laundering and terrorist financing asks for."
    assert f"{asks} For other offences ask which language it wants." in shown


def test_what_the_case_tells_is_not_asked_again(router: Router) -> None:
    need = {"measure": "sentence_transfer", "with": "MEX", "judgment_final": "no"}
    plan = router.route({"as_of": "2026-11-27", "state": "JPN", "offence": ["drugs"], "needs": [need]})
    assert "judgment_final" in plan.needs[0].waits_for
    assert plan.questions and "judgment_final" not in {question.fact for question in plan.questions}


def test_a_notice_of_an_interception_says_its_language_and_where_the_addressee_is_found(
    router: Router,
) -> None:
    need = {"measure": "interception_without_help", "with": "HRV"}
    case = {"state": "BEL", "stage": "investigation", "offence": ["drugs"], "needs": [need]}
    assert "Language Croatian; translation due." in page(router, **case)
    told = page(router, full=True, **case)
    assert "The Atlas of the European Judicial Network names who receives such notices there" in told


def test_a_treaty_that_binds_and_does_not_serve_is_named_where_the_way_still_waits(router: Router) -> None:
    need = {
        "measure": "sentence_transfer",
        "with": "CHL",
        "sentenced_in": "ours",
        "national_where_served": "yes",
        "judgment_final": "yes",
        "sentence_left": "six_months_or_more",
        "prisoner_agrees": "no",
        "expulsion_order": "yes",
        "offence_where_served": "yes",
    }
    told = page(router, state="AUS", stage="enforcement", offence=["drugs"], needs=[need])
    assert "ETS 112 does not serve here as things are." in told
    told = page(
        router,
        state="AUS",
        stage="enforcement",
        offence=["drugs"],
        needs=[need | {"national_where_served": "no", "prisoner_agrees": "yes"}],
    )
    assert told.count("who is not a national") == 1 and "does not serve here" not in told  # told once


def test_the_atlas_is_named_only_for_a_state_that_is_in_it(router: Router) -> None:
    need = {"measure": "video_hearing", "person_role": "witness", "purpose": "evidence"}
    case = {"state": "NOR", "stage": "trial", "offence": ["fraud"]}
    assert "Atlas" not in page(router, full=True, needs=[need | {"with": "ISR"}], **case)
    assert "Atlas" in page(router, full=True, needs=[need | {"with": "PRT"}], **case)


def test_what_a_court_orders_is_not_told_of_the_units(router: Router) -> None:
    shown = page(
        router,
        state="SVN",
        actor="prosecutor",
        stage="investigation",
        offence=["firearms"],
        needs=[
            {"measure": "asset_freezing", "with": "SRB", "data_holder": "bank", "own_freezing_order": "no"}
        ],
    )
    assert shown.index(" Request the freeze") < shown.index("A court or judicial authority must order it.")
