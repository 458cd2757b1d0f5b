"""A State that is not named, and a fact that is not told: what is stated leads, and the usual case is presumed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from when_changed import WHOLE_PROGRAM

from routing.case.facts import facts_for
from routing.core.errors import CaseProblems
from routing.opened import Router
from routing.plan.model import Plan
from routing.render.text import text

pytestmark = pytest.mark.when_changed("rules", "routing")


def plan(router: Router, measure: str, **told: Any) -> Plan:
    need = {"measure": measure, **{key: told.pop(key) for key in ("with", "kind", "purpose") if key in told}}
    return router.route({"as_of": "2026-11-24", "offence": ["fraud"], **told, "needs": [need]})


@pytest.mark.parametrize(
    "measure", ["stored_content", "arrest", "data_preservation", "search", "asset_freezing"]
)
@pytest.mark.parametrize("state", [None, "DEU", "KEN"])
def test_what_needs_an_unstated_tie_never_leads_over_what_needs_none(
    router: Router, measure: str, state: str | None
) -> None:
    answer = plan(router, measure, **({"state": state} if state else {})).needs[0]
    bloc = ("european_", "eu_", "budapest_", "g7_", "direct_access")
    assert not answer.primary.pathway.startswith(bloc), answer.primary


def test_the_plan_says_which_tie_would_change_that(router: Router) -> None:
    found = plan(router, "stored_content", state="DEU", max_penalty_months=60)
    assert "if both are Member States bound by e-Evidence Regulation" in " ".join(text(found, router).split())


@pytest.mark.parametrize("said", ["budapest", "Budapest", "Budapest Convention", "cybercrime convention"])
def test_that_both_are_parties_is_a_plain_fact(router: Router, said: str) -> None:
    without = plan(router, "data_preservation").needs[0]
    told = plan(router, "data_preservation", both_bound_by=[said]).needs[0]
    assert without.primary.pathway == "police_preservation"
    assert told.primary.pathway == "budapest_preservation"


def test_no_treaty_at_all_is_a_plain_fact(router: Router) -> None:
    for said in ("none", "no treaty at all", "no agreement"):
        found = plan(router, "search", state="DEU", both_bound_by=said)
        assert found.needs[0].primary.route == "mla/national-law"
        ties = [fact for step in found.steps for fact in step.because if fact.fact.startswith("tie:")]
        assert all(fact.value == "none" for fact in ties if fact.origin == "told")


def test_what_is_told_goes_before_what_is_looked_up(router: Router) -> None:
    looked_up = plan(router, "data_preservation", state="FRA", **{"with": "KEN"}).needs[0]
    told = plan(router, "data_preservation", state="FRA", both_bound_by="budapest", **{"with": "KEN"}).needs[
        0
    ]
    assert looked_up.primary.pathway != "budapest_preservation"
    assert told.primary.pathway == "budapest_preservation"


def test_an_instrument_that_is_none_is_told_with_what_was_meant(router: Router) -> None:
    with pytest.raises(CaseProblems, match="budapest"):
        plan(router, "search", both_bound_by=["budapst"])


@pytest.mark.parametrize(
    ("measure", "told", "purpose"),
    [
        ("search", {}, "evidence"),
        ("bank_records", {"kind": "answer"}, "evidence"),
        ("police_database_check", {}, "intelligence"),
        ("locate_person", {}, "locate"),
        ("asset_freezing", {}, "restrain_assets"),
        ("police_intelligence", {"kind": "share"}, "intelligence"),
        ("police_intelligence", {"kind": "share", "emergency": "threat_to_life"}, "prevent"),
        ("voluntary_statement", {"stage": "pre_investigation"}, "intelligence"),
        ("search", {"stage": "no_criminal_case"}, "civil"),
        ("arrest", {}, "surrender"),
    ],
)
def test_who_leaves_out_the_purpose_gets_the_usual_one_as_presumed(
    router: Router, measure: str, told: dict[str, str], purpose: str
) -> None:
    silent = router.read(
        {
            "as_of": "2026-11-24",
            "state": "DEU",
            **{key: value for key, value in told.items() if key == "stage"},
            "needs": [{"measure": measure, "with": "BRA", **{k: v for k, v in told.items() if k != "stage"}}],
        }
    )
    value = facts_for(silent, silent.needs[0], router.rulebook, router.law, date(2026, 11, 24)).get("purpose")
    assert value is not None
    assert (value.text(), value.origin) == (purpose, "presumed") and value.source


@WHOLE_PROGRAM
def test_most_cases_that_say_only_the_least_have_a_settled_main_step(router: Router) -> None:
    measures = list(router.rulebook.measures)
    settled = sum(
        plan(router, measure, state="FRA", **{"with": "DEU"}).needs[0].status == "routed"
        for measure in measures
    )
    assert settled >= 0.7 * len(measures), f"{settled} of {len(measures)}"


def test_a_purpose_said_to_be_unknown_stays_unknown(router: Router) -> None:
    found = plan(router, "business_records", state="DEU", purpose="unknown", **{"with": "BRA"})
    assert not [item for item in found.assumptions if item.fact == "purpose"]


def test_the_form_and_the_schema_show_the_fact(router: Router) -> None:
    from routing.json_schema import case_schema
    from routing.render.case_template import blank_case

    assert "both_bound_by" in blank_case(router.rulebook, [("request", "search")])
    shown = case_schema(router.rulebook)["properties"]["both_bound_by"]
    assert "budapest" in str(shown) and "none" in str(shown)
