"""Bodies that the background paper names keep their names, and are offered exactly where their own rules would."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from routing.evaluate.findings import Findings
from routing.opened import shared_router
from routing.plan.build import findings_of
from routing.plan.model import Plan
from routing.render import rendered

ROUTER = shared_router()
BOOK = ROUTER.rulebook
TODAY = date(2026, 11, 24)
CASE_FACTS = {
    "political_offence",
    "actor",
    "stage",
    "offence",
    "max_penalty_months",
    "organised_group",
    "transnational",
    "action_day",
    "seizure_made",
}
BASE: dict[str, Any] = {
    "actor": "police",
    "stage": "investigation",
    "offence": ["money_laundering"],
    "max_penalty_months": 120,
    "organised_group": "suspected",
    "transnational": ["several_states"],
    "measure": "police_database_check",
    "purpose": "intelligence",
}
NO_DATA = {"contains_personal_data": "no"}


def document(own: str, other: str, facts: dict[str, Any]) -> bytes:
    told = {**BASE, **facts}
    need = {"id": "need", "with": other, **{key: told[key] for key in told if key not in CASE_FACTS}}
    return json.dumps(
        {
            "state": own,
            "as_of": TODAY.isoformat(),
            **{k: v for k, v in told.items() if k in CASE_FACTS},
            "needs": [need],
        }
    ).encode()


def findings(own: str, other: str, facts: dict[str, Any]) -> Findings:
    case = ROUTER.read(document(own, other, facts))
    return findings_of(case, case.needs[0], ROUTER.judge, ROUTER.law, TODAY)[0]


def plan(own: str, other: str, facts: dict[str, Any]) -> Plan:
    return ROUTER.route(document(own, other, facts))


PRUM = {"measure": "biometric_comparison"}
GLOBE = {"offence": ["corruption"], "actor": "anticorruption_agency"}
CUSTOMS = {"measure": "government_record", "offence": ["eu_financial_interests"], "actor": "customs"}
REACHED: list[tuple[str, str, tuple[str, str], dict[str, Any], str]] = [
    # the body, its route, two States it serves, what the case must be, a State it does not serve
    ("ACCP", "regional_police_network/accp", ("JAM", "ABW"), NO_DATA, "KEN"),
    ("CARICOM IMPACS", "regional_police_network/caricom-impacs", ("JAM", "BMU"), NO_DATA, "KEN"),
    ("JRCC", "regional_police_network/caricom-jrcc", ("JAM", "BRB"), {}, "KEN"),
    ("RIFC", "regional_police_network/caricom-rifc", ("JAM", "BRB"), {}, "KEN"),
    (
        "CARICOM heads of intelligence and FIUs",
        "regional_police_network/caricom-schi",
        ("JAM", "BRB"),
        NO_DATA,
        "KEN",
    ),
    ("ASEANAPOL", "regional_police_network/aseanapol", ("PHL", "THA"), {}, "KEN"),
    ("EAPCCO", "regional_police_network/eapcco", ("KEN", "UGA"), {}, "PHL"),
    ("SARPCCO", "regional_police_network/sarpcco", ("ZAF", "BWA"), {}, "PHL"),
    ("PTCCC / PTCN", "regional_police_network/ptcn", ("FJI", "TON"), {}, "KEN"),
    ("IOC regional justice platform", "regional_police_network/ioc-justice", ("MUS", "SYC"), NO_DATA, "KEN"),
    ("Europol", "europol/members", ("FRA", "DEU"), {}, "KEN"),
    (
        "Eurojust",
        "eurojust/members",
        ("FRA", "DEU"),
        {"measure": "search", "purpose": "evidence", "actor": "prosecutor"},
        "KEN",
    ),
    ("OLAF", "administrative_cooperation/olaf", ("FRA", "DEU"), CUSTOMS, "KEN"),
    ("SIS", "sis_alert/sis", ("FRA", "DEU"), {"measure": "locate_person", "whereabouts_known": "no"}, "KEN"),
    ("Prüm Convention", "prum_comparison/prum-convention", ("FRA", "DEU"), PRUM, "KEN"),
    ("Prüm Decisions", "prum_comparison/prum", ("FRA", "DEU"), PRUM, "KEN"),
    ("INTERPOL", "interpol/membership", ("KEN", "PHL"), {}, "PRK"),
    ("GlobE Network", "anticorruption_network/globe", ("CHL", "ESP"), GLOBE, "KEN"),
    ("Egmont Group", "fiu_exchange/egmont", ("KEN", "PHL"), {"measure": "financial_intelligence"}, "PRK"),
]


@pytest.mark.parametrize(
    ("body", "route", "states", "facts", "outsider"), REACHED, ids=[row[0] for row in REACHED]
)
def test_a_body_is_offered_between_its_members_and_not_beyond(
    body: str, route: str, states: tuple[str, str], facts: dict[str, Any], outsider: str
) -> None:
    inside, outside = findings(*states, facts), findings(states[0], outsider, facts)
    assert inside.surely(f"available:{route}")
    assert not outside.surely(f"available:{route}")
    if ROUTER.law.standing(route_list(route), outsider, TODAY).status == "none":
        assert not outside.possibly(f"available:{route}")


@pytest.mark.parametrize(("body", "route"), [row[:2] for row in REACHED], ids=[row[0] for row in REACHED])
def test_a_body_keeps_its_name_where_it_is_cited(body: str, route: str) -> None:
    shorts = {
        BOOK.instruments[ref.split(" ")[0]].short
        for ref in (*BOOK.routes[route].lead, *BOOK.routes[route].support)
    }
    shorts |= {BOOK.instruments[route_list(route)].short}
    assert body in shorts


def route_list(route: str) -> str:
    """The list of members behind a route."""
    return {"members": route.split("/")[0], "membership": "interpol"}.get(
        route.split("/")[1], route.split("/")[1]
    )


@pytest.mark.parametrize("body", ["accp", "caricom-impacs", "caricom-schi", "ioc-justice"])
def test_a_body_that_gives_contacts_only_is_not_offered_for_personal_data(body: str) -> None:
    route, states = (
        f"regional_police_network/{body}",
        {"ioc-justice": ("MUS", "SYC"), "accp": ("JAM", "ABW"), "caricom-impacs": ("JAM", "BMU")},
    )
    pair = states.get(body, ("JAM", "BRB"))
    assert findings(*pair, NO_DATA).surely(f"available:{route}")
    assert not findings(*pair, {"contains_personal_data": "yes"}).possibly(f"available:{route}")


def test_eurojust_is_for_judicial_coordination_and_never_the_last_step() -> None:
    facts = {"measure": "search", "purpose": "evidence", "parallel_investigations": "yes", "actor": "police"}
    found = plan("FRA", "DEU", facts)
    assert any(step.pathway == "eurojust" for step in found.steps) and all(
        need.primary.pathway != "eurojust" for need in found.needs
    )
    assert any(duty.code == "go_through_the_prosecutor" for duty in found.obligations)
    assert not any(
        step.pathway == "eurojust"
        for step in plan("FRA", "DEU", {**facts, "parallel_investigations": "no"}).steps
    )
    assert not any(step.pathway == "eurojust" for step in plan("KEN", "PHL", facts).steps)


def test_olaf_is_for_the_financial_interests_of_the_union_only() -> None:
    assert findings("FRA", "DEU", CUSTOMS).surely("available:administrative_cooperation/olaf")
    assert not findings("FRA", "DEU", {**CUSTOMS, "offence": ["fraud"]}).possibly(
        "available:administrative_cooperation/olaf"
    )


def test_europol_wants_terrorism_a_union_interest_or_crime_of_two_member_states() -> None:
    def has(facts: dict[str, Any]) -> bool:
        return any(step.pathway == "europol" for step in plan("FRA", "DEU", facts).steps)

    assert (
        has({"offence": ["terrorism"]})
        and has({"offence": ["eu_financial_interests"]})
        and has({"parallel_investigations": "yes"})
    )
    assert not has({"offence": ["fraud"]})


def test_globe_is_for_anti_corruption_bodies_in_corruption_cases() -> None:
    route = "available:anticorruption_network/globe"
    assert findings("CHL", "ESP", GLOBE).surely(route)
    assert not findings("CHL", "ESP", {**GLOBE, "actor": "police"}).possibly(route)
    assert not findings("CHL", "ESP", {**GLOBE, "offence": ["fraud"]}).possibly(route)


def test_interpol_goes_from_bureau_to_bureau_and_over_its_own_network() -> None:
    found = plan("KEN", "PHL", {"measure": "locate_person", "whereabouts_known": "no"})
    step = next(step for step in found.steps if step.pathway == "interpol")
    assert step.sender.role == step.receiver.role == "national_bureau"
    assert any(duty.code == "go_through_the_national_bureau" for duty in found.obligations)
    assert "I-24/7" in rendered(found, ROUTER, "text", full=True)
    assert not findings("KEN", "PHL", {"political_offence": "yes"}).possibly("available:interpol")


def test_financial_units_are_reached_through_our_own() -> None:
    found = plan("KEN", "PHL", {"measure": "financial_intelligence"})
    steps = [step.pathway for step in found.steps]
    assert steps.index("own_fiu") < steps.index("fiu_exchange")


@pytest.mark.parametrize(
    ("own", "other", "facts", "words"),
    [
        (
            "FJI",
            "TON",
            {"contact_model": "central_authority_only"},
            "Pacific Transnational Crime Coordination Centre",
        ),
        ("JAM", "BRB", {"contact_model": "central_authority_only"}, "Regional Intelligence Fusion Centre"),
        ("JAM", "BRB", {"contact_model": "central_authority_only"}, "Joint Regional Communications Centre"),
        ("PHL", "THA", {"contact_model": "central_authority_only"}, "ASEANAPOL"),
        ("KEN", "UGA", {"contact_model": "central_authority_only"}, "EAPCCO"),
        ("ZAF", "BWA", {"contact_model": "central_authority_only"}, "SARPCCO"),
        ("KEN", "PHL", {"seizure_made": "yes", "offence": ["drugs"]}, "CRIMJUST"),
        ("KEN", "USA", {"measure": "stored_content", "purpose": "evidence"}, "Electronic Evidence Hub"),
        ("KEN", "PHL", {"measure": "financial_intelligence"}, "Egmont"),
        ("CHL", "ESP", GLOBE, "GlobE"),
    ],
)
def test_the_page_names_the_body(own: str, other: str, facts: dict[str, Any], words: str) -> None:
    assert words in " ".join(rendered(plan(own, other, facts), ROUTER, "text", full=True).split())


@pytest.mark.parametrize(
    ("facts", "flip", "code"),
    [
        ({"seizure_made": "yes", "offence": ["drugs"]}, {"seizure_made": "no"}, "turn_to_crimjust"),
        ({"seizure_made": "yes", "offence": ["drugs"]}, {"offence": ["fraud"]}, "turn_to_crimjust"),
        (
            {"measure": "stored_content", "purpose": "evidence"},
            {"measure": "search"},
            "look_into_the_evidence_hub",
        ),
        (
            {"measure": "stored_content", "purpose": "evidence"},
            {"data_holder": "domestic_provider"},
            "look_into_the_evidence_hub",
        ),
    ],
)
def test_programme_and_hub_are_named_where_they_help_and_nowhere_else(
    facts: dict[str, Any], flip: dict[str, Any], code: str
) -> None:
    assert any(duty.code == code for duty in plan("KEN", "PHL", facts).obligations)
    assert not any(duty.code == code for duty in plan("KEN", "PHL", {**facts, **flip}).obligations)
