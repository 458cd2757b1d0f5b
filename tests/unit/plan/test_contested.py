"""Each of the contested points prints both views and the one followed, in a case where it matters."""

from __future__ import annotations

import click
import pytest

from routing.opened import shared_router
from routing.render.text import text

EARLY = {
    "state": "KEN",
    "as_of": "2026-11-24",
    "offence": ["fraud"],
    "max_penalty_months": 120,
    "organised_group": "suspected",
    "transnational": ["several_states", "evidence_in_requested"],
}
UNION = {"state": "FRA", "as_of": "2026-11-24", "offence": ["fraud"], "max_penalty_months": 60}
POINTS: dict[str, tuple[str, dict[str, object], dict[str, object]]] = {
    "C-01": (
        "police.the-prosecutor-knows",
        {**EARLY, "stage": "trial"},
        {"measure": "locate_person", "with": "PHL", "purpose": "locate"},
    ),
    "C-02": (
        "informal.admitted-by-forum",
        {**EARLY, "forum_admits_police_material": "yes"},
        {
            "measure": "police_held_data",
            "with": "PHL",
            "purpose": "evidence",
            "sender_consents_to_court_use": "yes",
            "formalities_met": "yes",
        },
    ),
    "C-03": (
        "police.compulsion-lies-elsewhere",
        EARLY,
        {"measure": "bank_records", "with": "PHL", "purpose": "evidence", "asset_located": "no"},
    ),
    "C-04": (
        "scope.serious-crime-may-be-disputed",
        EARLY,
        {"measure": "locate_person", "with": "PHL", "purpose": "locate", "max_penalty_months_requested": 24},
    ),
    "C-05": (
        "transborder.find-out-the-place",
        EARLY,
        {"measure": "consent_access", "with": "PHL", "consent": "given_by_lawful_holder"},
    ),
    "C-06": (
        "provider.foreign-law-blocks",
        EARLY,
        {"measure": "subscriber_data", "with": "USA", "provider_law_blocks": "yes"},
    ),
    "C-07": (
        "basis.convention-as-the-basis-of-police-cooperation",
        {**EARLY, "requested_law_permits_informal": "needs_basis", "police_agreement": "none"},
        {"measure": "locate_person", "with": "PHL", "purpose": "locate"},
    ),
    "C-08": (
        "informal.coordination-is-no-order",
        {**EARLY, "action_day": "yes"},
        {"measure": "asset_freezing", "with": "PHL", "purpose": "restrain_assets"},
    ),
    "C-09": (
        "fiu.intelligence-is-no-exhibit",
        EARLY,
        {"measure": "bank_records", "with": "CHE", "purpose": "evidence"},
    ),
    "C-10": (
        "exculpatory.where-the-instrument-is-silent",
        EARLY,
        {
            "kind": "use",
            "measure": "material_held",
            "with": "PHL",
            "material_channel": "fiu",
            "exculpatory": "yes",
            "purpose": "evidence",
        },
    ),
    "C-11": (
        "arrest.notice-is-no-warrant",
        EARLY,
        {
            "measure": "arrest",
            "with": "PHL",
            "purpose": "surrender",
            "whereabouts_known": "no",
            "red_notice_founds_arrest": "no",
        },
    ),
    "C-12": (
        "death-penalty.assurance-or-approval",
        {**EARLY, "state": "AUS"},
        {
            "kind": "share",
            "measure": "information_sharing",
            "with": "SGP",
            "material_channel": "own_case",
            "death_penalty_risk": "possible",
        },
    ),
    "C-13": (
        "political.may-be-refused",
        {**EARLY, "political_offence": "yes"},
        {"measure": "search", "with": "PHL", "purpose": "evidence"},
    ),
    "C-14": (
        "fiscal.no-ground",
        {**EARLY, "fiscal_only": "yes", "bilateral_mla_treaty": "no"},
        {"measure": "search", "with": "PHL", "purpose": "evidence"},
    ),
    "C-15": (
        "scope.signed-is-not-bound",
        {**EARLY, "assume": {"ties": {"un-cybercrime": "signed", "budapest": "none"}}},
        {"measure": "stored_content", "with": "VNM", "purpose": "evidence"},
    ),
    "C-16": (
        "acts-abroad.place-unknown",
        EARLY,
        {"measure": "remote_access", "with": "PHL", "own_act_abroad": "remote_access"},
    ),
    "C-17": (
        "investigation-order.data-already-held",
        UNION,
        {
            "measure": "evidence_already_held",
            "with": "DEU",
            "purpose": "evidence",
            "data_category": "content",
        },
    ),
    "C-18": (
        "basis.production-order-replaces-mla",
        UNION,
        {
            "measure": "stored_content",
            "with": "IRL",
            "purpose": "evidence",
            "data_holder": "provider_represented_in_eu",
        },
    ),
    "C-19": (
        "team.basis-for-each-pair",
        {**EARLY, "state": "FRA", "states_in_case": 3},
        {"measure": "joint_investigation", "with": "CHE"},
    ),
    "C-20": (
        "handling.onward-use-of-police-information",
        EARLY,
        {
            "kind": "use",
            "measure": "material_held",
            "with": "PHL",
            "material_channel": "police",
            "planned_use_differs": "yes",
        },
    ),
    "C-21": (
        "compulsion.no-laundering",
        EARLY,
        {"measure": "search", "with": "PHL", "own_case_at_our_request": "yes", "coercive": "yes"},
    ),
    "C-22": (
        "video.suspect-must-consent-everywhere",
        EARLY,
        {
            "measure": "video_hearing",
            "with": "PHL",
            "purpose": "evidence",
            "person_role": "suspect",
            "consent": "refused",
        },
    ),
    "C-23": (
        "detainee.must-consent",
        EARLY,
        {
            "measure": "detainee_transfer",
            "with": "PHL",
            "purpose": "evidence",
            "person_role": "detained_witness",
            "consent": "refused",
        },
    ),
    "C-24": (
        "exculpatory.reaches-the-defence",
        EARLY,
        {
            "kind": "share",
            "measure": "information_sharing",
            "with": "PHL",
            "material_channel": "own_case",
            "exculpatory": "yes",
        },
    ),
    "C-25": (
        "preservation.announce-the-request",
        EARLY,
        {"measure": "data_preservation", "state": "GHA", "with": "CAN"},
    ),
    "C-26": (
        "basis.corruption-fits-both",
        {**EARLY, "offence": ["corruption"]},
        {"measure": "search", "with": "PHL", "purpose": "evidence"},
    ),
}


def test_there_are_twenty_six() -> None:
    assert list(POINTS) == [f"C-{number:02}" for number in range(1, 27)]


@pytest.mark.parametrize("point", POINTS)
def test_both_views_and_the_one_followed_are_printed(point: str) -> None:
    rule, case, need = POINTS[point]
    router = shared_router()
    own = {"state": need["state"]} if "state" in need else {}
    plan = router.route(
        {**case, **own, "needs": [{key: value for key, value in need.items() if key != "state"}]}
    )
    said = {item.rule: item for item in plan.contested}
    assert rule in said, f"{sorted(said)}"
    page = " ".join(
        click.unstyle(text(plan, router, full=True, width=100)).replace("-\n", "-").split()
    ).replace("- ", "-")
    for view in (said[rule].a, said[rule].b, said[rule].default):
        assert view.rstrip(".").lower().replace("- ", "-") in page.lower()
