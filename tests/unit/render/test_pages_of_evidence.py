"""What a practitioner looks for on pages about bank records, money, hearings, data, teams and information."""

from __future__ import annotations

from collections.abc import Mapping

import click
import pytest

from routing.opened import Router
from routing.render.text import text

BANK = {"measure": "bank_records", "purpose": "evidence"}
MOST_LINES = 45


def shown(
    router: Router,
    state: str,
    need: Mapping[str, object],
    most: int = MOST_LINES,
    full: bool = False,
    **case: object,
) -> str:
    """The page of one need, with its lines joined, which takes no more lines than `most` unless it is full."""
    told = {"as_of": "2026-11-29", "state": state, "stage": "investigation", **case, "needs": [need]}
    page = click.unstyle(text(router.route(told), router, width=100, full=full))
    assert full or page.count("\n") <= most
    return " ".join(page.split())


@pytest.mark.parametrize(("state", "other"), [("PRY", "URY"), ("PHL", "JPN"), ("KEN", "ZAF"), ("GHA", "NGA")])
def test_a_request_for_bank_records_keeps_the_bank_silent_and_links_the_account(
    router: Router, state: str, other: str
) -> None:
    page = shown(router, state, {**BANK, "with": other}, offence=["corruption"], actor="prosecutor")
    assert "Ask that the bank be told to say nothing to its customer" in page
    assert "say what links the account with the offence" in page


@pytest.mark.parametrize(
    ("state", "other", "helper"),
    [("PRY", "URY", "IberRed"), ("FIN", "DNK", "European Judicial Network"), ("GEO", "LTU", "ask Eurojust")],
)
def test_who_helps_where_a_request_stalls_is_named_where_the_states_belong(
    router: Router, state: str, other: str, helper: str
) -> None:
    page = shown(router, state, {**BANK, "with": other}, offence=["corruption"], actor="prosecutor")
    assert "If it stalls" in page and helper in page


def test_nobody_is_named_for_a_stalled_request_where_no_network_joins_the_two(router: Router) -> None:
    assert "If it stalls" not in shown(router, "PHL", {**BANK, "with": "JPN"}, offence=["fraud"])


@pytest.mark.parametrize(
    ("state", "other", "offence", "law"),
    [
        ("SVN", "DNK", "fraud", "EU MLA Convention 2000 10(1)"),
        ("FRA", "ITA", "fraud", "EIO 24(1)"),
        ("KEN", "MUS", "corruption", "UNCAC 46(18)"),
    ],
)
def test_where_the_treaty_has_a_hearing_by_video_the_page_says_so(
    router: Router, state: str, other: str, offence: str, law: str
) -> None:
    need = {"measure": "witness_hearing", "with": other, "person_role": "witness", "purpose": "evidence"}
    page = shown(router, state, need, offence=[offence], actor="prosecutor")
    assert "A hearing by video comes on a request alone" in page and law in page
    assert "unless a treaty or that State allows it" not in page
    assert "whether our prosecutor and the defence may attend" in page
    assert "right to refuse an answer and to a lawyer" in page


def test_a_suspect_heard_abroad_is_cautioned_and_no_text_gives_a_call(router: Router) -> None:
    need = {"measure": "suspect_interview", "with": "NGA", "person_role": "suspect", "purpose": "evidence"}
    page = shown(router, "GHA", need, offence=["corruption"], actor="prosecutor")
    assert "told of the charge, of silence and of a lawyer" in page
    assert "an act on their soil, which needs their leave" in page


@pytest.mark.parametrize(
    ("measure", "role", "told"),
    [
        ("witness_hearing", "witness", "the right to refuse an answer and to a lawyer"),
        ("suspect_interview", "suspect", "the right to be silent and to a lawyer"),
    ],
)
def test_who_is_heard_here_is_told_of_rights(router: Router, measure: str, role: str, told: str) -> None:
    need = {"kind": "answer", "measure": measure, "with": "UZB", "person_role": role, "purpose": "evidence"}
    assert told in shown(router, "LIE", need, offence=["corruption"], actor="central_authority")


def test_tax_beside_a_bribe_is_no_reason_to_refuse_and_may_be_kept_apart(router: Router) -> None:
    need = {**BANK, "kind": "answer", "with": "UZB"}
    page = shown(router, "LIE", need, offence=["corruption", "fiscal"], actor="central_authority")
    assert "That the offence is also about tax is not by itself a reason to refuse" in page
    assert "not used for the tax part without our consent" in page and "46(22)" in page


def test_a_hold_is_short_and_the_day_on_which_it_ends_is_asked(router: Router) -> None:
    need = {
        "measure": "asset_freezing",
        "with": "ARE",
        "purpose": "restrain_assets",
        "days_until_needed": 0,
        "data_holder": "bank",
    }
    page = shown(router, "GHA", need, offence=["fraud"], actor="police", organised_group="suspected")
    assert "to hold the money, to say until which day" in page
    assert "stop-payment request (I-GRIP)" in page
    assert "Ask in the same request for the account papers as evidence" in page


def test_whoever_freezes_for_another_state_says_until_when(router: Router) -> None:
    need = {"kind": "answer", "measure": "asset_freezing", "with": "SGP", "purpose": "restrain_assets"}
    page = shown(router, "MYS", need, offence=["fraud"], actor="central_authority")
    assert "what is held, until which day, and what must be here before it ends" in page


def test_a_unit_is_asked_while_no_case_is_open(router: Router) -> None:
    need = {
        "measure": "financial_intelligence",
        "with": "PAN",
        "purpose": "intelligence",
        "data_holder": "bank",
    }
    page = shown(router, "AND", need, stage="intelligence", offence=["money_laundering"], actor="fiu")
    assert "Once a case is open here" in page and "may warn the holder" in page
    case = {"state": "AND", "stage": "intelligence", "offence": ["money_laundering"], "actor": "fiu"}
    plan = router.route({"as_of": "2026-11-29", **case, "needs": [need]})
    whole = " ".join(click.unstyle(text(plan, router, full=True, width=100)).split())
    assert "ask for the records behind the answer by a formal request" in whole


def test_a_coming_crime_is_told_to_police_now_and_released_first(router: Router) -> None:
    need = {
        "kind": "share",
        "measure": "information_sharing",
        "with": "BEL",
        "purpose": "prevent",
        "days_until_needed": 4,
    }
    page = shown(router, "CHL", need, offence=["drugs"], actor="prosecutor")
    assert page.index("Tell the foreign police") < page.index("Send on own initiative")
    assert " 1 NOW" in page and " 2 NOW" in page
    for point in (
        "Have whoever leads our case release it today",
        "seized or let run under watch",
        "Ask that they be accepted",
        "if what clears an accused must be disclosed",
        "Ask to hear what comes of it",
    ):
        assert point in page


def test_what_has_no_day_is_told_in_the_ordinary_way(router: Router) -> None:
    need = {"kind": "share", "measure": "information_sharing", "with": "BEL", "purpose": "intelligence"}
    page = shown(router, "CHL", need, offence=["corruption"], actor="prosecutor")
    assert "NOW" not in page and "let run under watch" not in page


def test_a_team_needs_no_requests_money_and_a_word_on_who_prosecutes(router: Router) -> None:
    need = {"measure": "joint_investigation", "with": "LTU", "purpose": "evidence"}
    page = shown(router, "GEO", need, offence=["property_crime"], actor="prosecutor")
    assert "Members send each other no requests: the one whose State can act" in page  # no order of the Union
    assert "have the member from the Member State apply to Eurojust for the costs of all" in page
    assert "which State prosecutes whom" in page


def test_the_victim_of_blackmail_keeps_what_is_at_home_and_the_hold_announces_a_request(
    router: Router,
) -> None:
    need = {
        "measure": "subscriber_data",
        "with": "USA",
        "person_role": "unknown_person",
        "data_holder": "foreign_provider",
        "data_volatility": "imminent_loss",
    }
    # before the victim was told of, it took 48: a list to be looked up again, and a question, stand below
    page = shown(router, "CPV", need, most=51, offence=["extortion"], actor="police")
    assert "Have the victim keep telephone, messages and payments" in page
    assert "preserve the data, and announce the request" in page


def test_a_kidnapping_with_hours_left_is_a_danger_and_only_what_averts_it_is_asked(router: Router) -> None:
    need = {
        "measure": "user_identification_data",
        "with": "USA",
        "purpose": "prevent",
        "days_until_needed": 0,
        "data_holder": "foreign_provider",
        "danger_place": "here",
    }
    page = shown(router, "JAM", need, offence=["kidnapping"], actor="police")
    assert page.index("Ask for emergency disclosure") < page.index("Send an urgent request")
    assert "ask for no more than averts it" in page and "note on file why" in page
    assert "Have our telephone company locate any number known" in page


def test_the_user_hears_of_the_remedies_afterwards(router: Router) -> None:
    need = {
        "measure": "stored_content",
        "with": "IRL",
        "person_role": "suspect",
        "data_holder": "provider_represented_in_eu",
        "purpose": "evidence",
    }
    page = shown(router, "EST", need, offence=["drugs"], actor="prosecutor", max_penalty_months=120)
    assert "We tell the person, and of the remedies, afterwards" in page and "13(4), 13(2)" in page


def test_a_preservation_order_stands_beside_a_production_order_that_is_pending(router: Router) -> None:
    need = {
        "measure": "stored_content",
        "with": "IRL",
        "purpose": "evidence",
        "data_volatility": "within_retention",
    }
    need["data_holder"] = "provider_represented_in_eu"
    told = {"offence": ["fraud"], "max_penalty_months": 96, "actor": "prosecutor"}
    assert "European Preservation Order" in shown(
        router, "SVN", {**need, "own_authorisation": "pending"}, **told
    )
    assert "European Preservation Order" not in shown(router, "SVN", need, **told)


def test_what_goes_to_the_victim_and_when_confiscation_comes_stand_with_a_freezing_certificate(
    router: Router,
) -> None:
    need = {"measure": "asset_freezing", "with": "CYP", "property_kind": "money", "asset_located": True}
    told = {"offence": ["fraud"], "max_penalty_months": 96, "actor": "prosecutor"}
    page = shown(router, "LTU", {**need, "own_freezing_order": True, "victim_restitution": True}, **told)
    assert "gives it back to the victim" in page and "when confiscation" in page


def test_who_has_no_freezing_order_gets_one_and_asks_for_the_return(router: Router) -> None:
    need = {"measure": "asset_freezing", "with": "ARE", "property_kind": "money", "asset_located": True}
    told = {"offence": ["fraud"], "max_penalty_months": 84, "organised_group": "suspected", "actor": "police"}
    told["transnational"] = ["several_states"]
    page = shown(router, "LKA", {**need, "own_freezing_order": False, "victim_restitution": True}, **told)
    assert "Get our own freezing order now" in page and "return to the victim" in page
    assert "Get our own freezing order now" not in shown(
        router, "LKA", {**need, "own_freezing_order": True}, **told
    )


@pytest.mark.parametrize(("state", "other"), [("BGR", "NLD"), ("ROU", "DEU")])
def test_a_warrant_has_the_prison_conditions_ready(router: Router, state: str, other: str) -> None:
    need = {"measure": "surrender", "with": other, "person_role": "convicted", "whereabouts_known": True}
    told = {
        "offence": ["property_crime"],
        "max_penalty_months": 120,
        "actor": "prosecutor",
        "arrest_warrant": True,
    }
    page = shown(router, state, need, **{**told, "stage": "enforcement"})
    assert "in which prison and conditions" in page


def test_papers_of_an_extradition_answer_the_political_claim_under_one_treaty(router: Router) -> None:
    need = {"measure": "surrender", "with": "COL", "person_role": "accused", "whereabouts_known": True}
    told = {
        "offence": ["murder"],
        "max_penalty_months": 312,
        "arrest_warrant": True,
        "political_offence": "claimed",
    }
    page = shown(router, "ECU", need, **{**told, "stage": "charged", "actor": "prosecutor"})
    assert "Answer the claim" in page
    assert "ministry of foreign affairs, Colombia" in page and "Montevideo Convention 17" not in page


def test_a_weapon_from_elsewhere_is_entered_compared_and_followed(router: Router) -> None:
    page = shown(
        router, "MWI", {"measure": "firearm_tracing", "with": "CZE"}, offence=["firearms"], actor="police"
    )
    assert "Search it in iARMS" in page and "first buyer" in page and "eTrace" not in page


def test_who_asks_for_a_prisoner_hears_whose_law_releases(router: Router) -> None:
    told = {
        "measure": "sentence_transfer",
        "with": "KOR",
        "sentenced_in": "other",
        "person_role": "convicted",
    }
    told |= {"sentence_left": "six_months_or_more", "prisoner_agrees": True, "judgment_final": True}
    told |= {"national_where_served": True, "custodial_sentence": True, "dual_criminality": True}
    about = {"offence": ["drugs"], "actor": "central_authority", "stage": "enforcement"}
    assert "Early release then follows our own law" in shown(router, "MNG", told, full=True, **about)
    page = shown(router, "MNG", told, **about)
    assert "Find out whether any other challenge to the conviction is pending" in page
