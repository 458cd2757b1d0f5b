"""What a treaty owes is said to be owed, and what it keeps to one case is kept to it."""

from __future__ import annotations

import pytest
from plan_codes import codes

from routing.opened import Router

DAY = "2026-12-02"


@pytest.mark.parametrize(
    ("offence", "owed"), [("embezzlement of public money", True), ("fraud", False), ("drugs", False)]
)
@pytest.mark.parametrize("measure", ["restitution", "confiscation"])
def test_embezzled_public_money_is_owed_back(router: Router, measure: str, offence: str, owed: bool) -> None:
    need = {"kind": "answer", "measure": measure, "with": "KEN"}
    plan = router.route(router.read({"state": "CHE", "as_of": DAY, "offence": [offence], "needs": [need]}))
    assert ("return_embezzled_funds" in codes(plan)) is owed
    assert all("sharing" not in step.tells for step in plan.steps) or not owed


@pytest.mark.parametrize(("own", "other"), [("ESP", "JPN"), ("JPN", "FIN")])
def test_what_the_agreement_with_japan_brought_serves_the_case_named(
    router: Router, own: str, other: str
) -> None:
    """For another purpose it needs the consent of the State that gave it; a danger to life waits for none."""
    use = {"kind": "use", "measure": "material_held", "with": other, "material_channel": "mla"}
    case = {"state": own, "as_of": DAY, "offence": ["fraud"]}
    plan = router.route({**case, "needs": [{**use, "planned_use_differs": "yes"}]})
    first = plan.needs[0].primary
    assert first is not None and first.route == "consent_request/eu-japan-mla"
    same = router.route({**case, "needs": [{**use, "planned_use_differs": "no"}]}).needs[0].primary
    assert same is not None and same.pathway == "held_material"
    danger = router.route(
        {**case, "needs": [{**use, "planned_use_differs": "yes", "emergency": "threat_to_life"}]}
    )
    assert danger.needs[0].primary is not None and danger.needs[0].primary.pathway == "held_material"


def test_our_consent_is_asked_under_the_same_article(router: Router) -> None:
    need = {"kind": "answer", "measure": "use_consent", "with": "JPN", "material_channel": "mla"}
    plan = router.route({"state": "DEU", "as_of": DAY, "offence": ["fraud"], "needs": [need]})
    first = plan.needs[0].primary
    assert first is not None and first.route == "use_consent/eu-japan-mla"


def test_what_a_request_to_japan_brings_is_kept_to_its_case(router: Router) -> None:
    need = {"measure": "witness_hearing", "with": "JPN"}
    plan = router.route({"state": "DEU", "as_of": DAY, "offence": ["fraud"], "needs": [need]})
    assert "only_for_the_case_named" in codes(plan)


@pytest.mark.parametrize("measure", ["search", "bank_records", "witness_hearing"])
@pytest.mark.parametrize("told", [{}, {"tax_offence": "fraud"}])
def test_what_the_law_there_shuts_is_said_to_be_shut(
    router: Router, measure: str, told: dict[str, str]
) -> None:
    """Who is asked for help in a tax case alone is told that mere evasion is excluded, and that fraud passes."""

    def said(state: str, offence: str) -> set[str]:
        need = {"kind": "answer", "measure": measure, "with": "IND", **told}
        return codes(router.route({"state": state, "as_of": DAY, "offence": [offence], "needs": [need]}))

    assert {"our_law_shuts_mere_evasion", "another_tax_is_no_ground"} <= said("CHE", "fiscal")
    assert "our_law_shuts_mere_evasion" not in said("CHE", "fraud") | said("NLD", "fiscal")
