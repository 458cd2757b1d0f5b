"""What treaties demand of a request for a measure, item by item, stands in the annex for that measure.

Read off the treaties: articles 21, 23 and 37 of CETS 198, article 55(3) of UNCAC, article 18(27) of UNTOC, articles 8 and 12
of ETS 30, articles 17, 18 and 23 of ETS 182, and the form T-CY(2018)10.
"""

from __future__ import annotations

from typing import Any

import pytest

from routing.opened import Router
from routing.papers.drafting import Desk

CASE: dict[str, Any] = {
    "state": "FRA", "as_of": "2026-11-24", "actor": "prosecutor", "stage": "trial", "offence": ["corruption", "money_laundering"],
    "max_penalty_months": 120, "organised_group": "yes", "transnational": ["several_states"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("measure", "partner", "key", "asked_by"),
    [
        ("confiscation", "CHE", "property_third_parties", "cets198 37(3)"),
        ("confiscation", "CHE", "property_third_parties", "uncac 55(3)(b)"),
        ("asset_freezing", "CHE", "property_proceedings", "cets198 21(1)"),
        ("witness_appearance", "CHE", "safe_conduct", "ets30 12(1)"),
        ("witness_hearing", "CHE", "witness_safety", "ets182 23"),
        ("controlled_delivery", "CHE", "operation_offence", "ets182 18(1)"),
    ],
)
def test_the_annex_for_the_measure_asks_it_and_says_who_demands_it(
    router: Router, measure: str, partner: str, key: str, asked_by: str
) -> None:
    need = {"id": "one", "measure": measure, "with": partner, "purpose": "evidence"}
    desk = Desk({**CASE, "needs": [need]}, router)
    document = desk.documents["mla_request"]
    (field,) = (each for section in document.sections for each in section.fields if each.id == key)
    assert asked_by in field.asked_by
    section = next(each for each in document.sections if field in each.fields)
    assert measure in section.applies["measures"]
    for paper in desk.papers:
        if paper.main and paper.document.id == "mla_request":
            draft = desk.draft(paper, {})
            assert key in {each.key for part in draft.sections for each in part.fields}


def test_the_subject_of_the_case_is_demanded_beside_its_stage_and_authority(router: Router) -> None:
    """UNTOC 18(15)(b) and UNCAC 46(15)(b): subject matter and nature of the case, name and functions of who has it."""
    need = {"id": "one", "measure": "bank_records", "with": "CAN", "purpose": "evidence"}
    desk = Desk({**CASE, "state": "GHA", "needs": [need]}, router)
    draft = desk.draft(desk.choose(document="mla_request"), {})
    (section,) = (part for part in draft.sections if part.name == "Case and authority")
    demanded = {each.key for each in section.fields if each.weight == "required"}
    assert {"case_subject", "stage", "conducting_authority"} <= demanded


def test_data_stay_kept_while_a_request_for_them_is_decided_and_the_paper_can_say_so(router: Router) -> None:
    need = {"id": "one", "measure": "stored_content", "with": "CAN", "data_volatility": "imminent_loss"}
    desk = Desk({**CASE, "state": "GHA", "offence": "fraud", "needs": [need]}, router)
    draft = desk.draft(desk.choose(document="preservation_follow_up"), {})
    fields = {each.key: each for part in draft.sections for each in part.fields}
    assert any("until the request" in choice.says for choice in fields["preservation_next"].choices)
    assert "Budapest art. 29(7)" in fields["request_sent"].asked_by


def test_a_bureau_that_passes_it_on_is_not_asserted_as_the_authority_that_arrests(router: Router) -> None:
    """ETS 24 16(3): the request goes to the competent authorities, by INTERPOL or another way."""
    need = {"id": "one", "measure": "arrest", "with": "CHE", "whereabouts_known": "yes"}
    case = {**CASE, "arrest_warrant": "yes", "emergency": "imminent_flight", "needs": [need]}
    desk = Desk(case, router)
    draft = desk.draft(desk.choose(document="provisional_arrest_request"), {})
    (office,) = (each for part in draft.sections for each in part.fields if each.key == "addressee_office")
    assert office.status == "blank" and "INTERPOL" in office.hint


def test_a_note_to_the_own_unit_names_the_own_state_once(router: Router) -> None:
    need = {"id": "one", "measure": "asset_freezing", "with": "NGA", "emergency": "imminent_dissipation"}
    desk = Desk({**CASE, "state": "GHA", "offence": "fraud", "needs": [need]}, router)
    draft = desk.draft(desk.choose(document="own_unit_note"), {})
    assert draft.title.endswith(": Ghana to Nigeria")


def test_the_short_form_demands_the_domestic_legal_basis(router: Router) -> None:
    need = {"id": "one", "measure": "subscriber_data", "with": "CAN", "purpose": "evidence"}
    desk = Desk({**CASE, "state": "GHA", "needs": [need]}, router)
    missing = desk.draft(desk.choose(document="subscriber_request"), {}).missing
    assert next(item for item in missing if item.key == "home_order").weight == "required"


@pytest.mark.parametrize(
    ("state", "partner", "offence", "said"),
    [
        ("GHA", "CAN", ["fiscal", "money_laundering"], True),  # UNTOC 18(22), UNCAC 46(22)
        ("GHA", "CAN", ["fraud"], False),
        ("FRA", "CHE", ["fiscal"], False),  # ETS 30 and its protocols carry the request
    ],
)
def test_a_letter_on_an_offence_mixed_with_tax_says_that_tax_alone_is_not_a_ground_to_refuse(
    router: Router, state: str, partner: str, offence: list[str], said: bool
) -> None:
    need = {"id": "one", "measure": "bank_records", "with": partner, "purpose": "evidence"}
    desk = Desk({**CASE, "state": state, "offence": offence, "needs": [need]}, router)
    draft = desk.draft(desk.choose(document="mla_request"), {})
    lines = [line for part in draft.sections if part.used for each in part.fields for line in each.lines]
    assert any("fiscal matters" in line for line in lines) is said
