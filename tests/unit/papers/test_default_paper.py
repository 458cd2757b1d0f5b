"""The paper that is drafted where none is named, and the treaty that it names."""

from __future__ import annotations

from routing.library import load_rulebook

CASE = {
    "state": "URY",
    "as_of": "2026-11-26",
    "stage": "enforcement",
    "offence": ["murder"],
    "max_penalty_months": 288,
    "needs": [
        {
            "id": "arrest",
            "measure": "arrest",
            "with": "BRA",
            "emergency": "imminent_flight",
            "days_until_needed": 0,
            "person_role": "convicted",
        },
        {"id": "notice", "measure": "publish_notice", "with": "BRA", "person_role": "convicted"},
    ],
}


def test_what_cannot_wait_is_drafted_before_what_can() -> None:
    assert load_rulebook().draft(CASE).document == "provisional_arrest_request"


def test_without_haste_the_main_step_of_the_first_need_is_drafted() -> None:
    arrest, notice = CASE["needs"]
    calm = {key: value for key, value in arrest.items() if key not in ("emergency", "days_until_needed")}
    assert load_rulebook().draft({**CASE, "needs": [calm, notice]}).document == "extradition_request"
    assert load_rulebook().draft({**CASE, "needs": [notice, calm]}).document != "extradition_request"


def test_a_treaty_that_binds_is_named_though_its_article_was_not_read() -> None:
    draft = load_rulebook().draft(CASE)
    fields = {each.key: each.lines for section in draft.sections for each in section.fields}
    assert "Mercosur" in " ".join(fields["basis"])
    assert "29" not in " ".join(fields["basis"])
    assert any("the paper names the treaty without it" in line for line in draft.doubtful)
