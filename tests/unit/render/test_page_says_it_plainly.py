"""The first lines of a page say where a thing goes, what a refusal is, and what to do where time is short."""

from __future__ import annotations

import pytest
from pages import page

from routing.opened import Router

REFUSED = {
    "kind": "answer",
    "measure": "surrender",
    "with": "BWA",
    "death_penalty_risk": "possible",
    "death_penalty_approval": "refused",
}
"""A request for surrender that brings no assurance on the death penalty."""


@pytest.mark.parametrize(
    ("measure", "where"),
    [
        ("sentence_transfer", "with Slovenia"),
        ("transfer_of_proceedings", "with Slovenia"),
        ("controlled_delivery", "with Slovenia"),
        ("detainee_transfer", "with Slovenia"),
        ("witness_relocation", "with Slovenia"),
        ("conflict_of_jurisdiction", "with Slovenia"),
        ("joint_investigation", "with Slovenia"),
        ("service_of_documents", "in Slovenia"),
        ("search", "in Slovenia"),
        ("arrest", "in Slovenia"),
        ("video_hearing", "in Slovenia"),
        ("bank_records", "from Slovenia"),
        ("surrender", "from Slovenia"),
    ],
)
def test_the_headline_says_where_a_thing_happens(measure: str, where: str, router: Router) -> None:
    shown = page(router, state="AUT", needs=[{"measure": measure, "with": "SVN"}])
    assert f"{router.rulebook.measures[measure].name[1:]}, {where}" in shown


def test_a_refusal_is_a_lawful_answer(router: Router) -> None:
    shown = page(router, state="ZAF", needs=[REFUSED])
    assert "No lawful way" not in shown and "Not lawful as asked: step 1 is the answer." in shown


def test_where_time_is_short_the_page_says_when_it_is_needed_and_what_else_to_do(router: Router) -> None:
    need = {
        "measure": "service_of_documents",
        "with": "TUR",
        "person_role": "witness",
        "coercive": "no",
        "days_until_needed": 108,
    }
    shown = page(router, state="NOR", stage="trial", offence=["violence"], needs=[need])
    assert "By 27 Nov 2026" not in shown
    assert (
        "Today: needed by 15 Mar 2027, but it can take 180 days and may come too late. Say in it by when and"
        " why, and have another way or a later day ready." in shown
    )


def test_one_sentence_keeps_all_the_channels_it_closes(router: Router) -> None:
    shown = page(router, state="ZAF", needs=[REFUSED])
    assert shown.count("could lead to a death sentence goes without what our own law") == 1
    assert "Firearms tracing" not in shown
    assert "highest prison term" not in shown  # nothing that is not known would open a way
    assert "firearms tracing" in page(router, full=True, state="ZAF", needs=[REFUSED]).lower()


def test_what_waits_for_consent_is_stopped_and_its_consent_comes_first(router: Router) -> None:
    need = {
        "kind": "use",
        "measure": "material_held",
        "with": "FRA",
        "purpose": "evidence",
        "material_channel": "fiu",
        "planned_use_differs": "yes",
        "fiu_consent_for_use": "no",
    }
    shown = page(router, state="SEN", offence=["money_laundering"], needs=[need])
    assert "first request for consent to use or transfer, then mutual legal assistance" in shown
    assert "STOP Until whoever gave it agrees: show it to no court" in shown
    assert "Do not use Exchange between" not in shown and "was not sent unasked" not in shown


def test_a_question_says_what_is_done_where_the_answer_is_no(router: Router) -> None:
    need = {
        "measure": "controlled_delivery",
        "with": "BEL",
        "via": {"PAN": "requested"},
        "days_until_needed": 3,
        "dangerous_goods": "yes",
    }
    shown = page(router, state="ECU", offence=["drugs"], organised_group="established", needs=[need])
    assert "Has every other State on the route agreed? yes: controlled delivery; no: stop and seize." in shown


def test_two_answers_that_lead_to_one_way_are_not_told_twice(router: Router) -> None:
    need = {
        "measure": "stored_content",
        "with": "IRL",
        "data_holder": "foreign_provider",
        "data_volatility": "imminent_loss",
    }
    case = {"offence": ["child_sexual_abuse"], "max_penalty_months": 96, "actor": "prosecutor"}
    shown = page(router, state="EST", needs=[need], **case)
    assert ", still undecided" not in shown and ", still conditional" not in shown


def test_what_police_cannot_obtain_is_not_told_where_another_step_obtains_it(router: Router) -> None:
    need = {"measure": "search", "with": "NOR", "own_authorisation": "obtained", "dual_criminality": "yes"}
    case = {"state": "POL", "offence": ["property_crime"], "organised_group": "established"}
    short = page(router, needs=[need], **case)
    assert "Ask the foreign police" in short and "Police can prepare or locate" not in short
    assert "Police can prepare or locate" in page(router, full=True, needs=[need], **case)


def test_our_own_office_is_named_where_another_instrument_names_it(router: Router) -> None:
    need = {"measure": "video_hearing", "with": "NZL", "person_role": "victim", "travel_unsuitable": "yes"}
    shown = page(router, state="TON", stage="trial", offence=["sexual_violence"], needs=[need])
    assert "our central authority: probably Attorney General" in shown


def test_an_office_is_named_with_what_decides_between_it_and_another(router: Router) -> None:
    """Both where nothing decides; the one of the stage where that is told."""
    need = {"measure": "transfer_of_proceedings", "with": "SVK", "better_forum_elsewhere": "yes"}
    case = {"state": "CZE", "offence": ["traffic_offence"], "needs": [need]}
    assert "Supreme Public Prosecutor's Office before charges; Ministry of Justice after" in page(
        router, **case
    )
    charged = page(router, stage="charged", **case)
    assert "Ministry of Justice" in charged and "before charges" not in charged
