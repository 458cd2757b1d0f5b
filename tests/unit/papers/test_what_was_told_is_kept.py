"""What the case tells is not lost in a paper, and what a paper leaves open is counted and said once."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from draft_cases import case

from routing.opened import Router
from routing.papers.drafting import Desk
from routing.papers.model import Draft

PRESERVED = case(
    "PHL", "JPN", "data_preservation", data_volatility="imminent_loss", formal_request_planned="yes"
)
FREEZE = case("BEL", "ITA", "asset_freezing", emergency="imminent_dissipation", asset_located="yes")
ASKED = case(
    "MLT", "EGY", "bank_records", "answer", request_form="formal_request", request_came_by="central_authority",
    request_lacks=["translation", "facts"], received_on="2026-11-02", death_penalty_approval="yes",
)  # fmt: skip
NOBODY = case("CHL", "unknown", "subscriber_data", purpose="evidence")
HELD = case(
    "SVN", "SRB", "material_held", "use", material_channel="police", sender_restrictions=["use_limit"]
)
COURTESY = {**case("WSM", "ERI", "business_records", purpose="evidence"), "both_bound_by": "none"}


def drafted(router: Router, given: Mapping[str, object], document: str) -> Draft:
    desk = Desk(given, router)
    return desk.draft(desk.choose(document=document), {})


def field(draft: Draft, key: str) -> tuple[tuple[str, ...], str]:
    return next((each.lines, each.hint) for each in draft.fields() if each.key == key)


def note(draft: Draft, name: str) -> str:
    return dict(draft.notes).get(name, "")


def test_a_request_that_follows_a_preservation_is_named_where_nothing_else_was_asked_for(
    router: Router,
) -> None:
    planned = field(drafted(router, PRESERVED, "preservation_request"), "follow_up")[0]
    assert planned and planned[0].startswith("Mutual legal assistance")


def test_the_day_of_receipt_and_what_is_lacking_stand_where_they_are_asked_for(router: Router) -> None:
    assert "2 Nov 2026" in field(drafted(router, ASKED, "acknowledgement"), "their_case")[1]
    assert "translation, facts" in field(drafted(router, ASKED, "more_information"), "what_missing")[1]


@pytest.mark.parametrize("document", ["acknowledgement", "more_information"])
def test_an_answer_goes_the_way_by_which_the_request_came(router: Router, document: str) -> None:
    lines, hint = field(drafted(router, ASKED, document), "way")
    assert not lines and "by which the request came: central authority" in hint


def test_what_has_no_field_is_told_to_the_officer(router: Router) -> None:
    told = note(drafted(router, ASKED, "reasoned_reply"), "The case also tells")
    assert "day of receipt: 2 Nov 2026" in told and "_" not in told
    assert not note(drafted(router, ASKED, "handling_note"), "The case also tells")


def test_a_fact_stands_with_its_name_and_not_its_id(router: Router) -> None:
    assert field(drafted(router, FREEZE, "freezing_certificate"), "list_32")[1] == (
        "highest prison term at home: 120 months"
    )


def test_a_paper_without_a_place_for_its_language_says_it_on_its_sheet(router: Router) -> None:
    assert "Italian" in note(drafted(router, FREEZE, "freezing_certificate"), "Language")
    assert not note(drafted(router, ASKED, "reasoned_reply"), "Language")  # it has such a place


def test_what_only_certain_cases_need_is_counted_apart_and_comes_last(router: Router) -> None:
    draft = drafted(router, FREEZE, "freezing_certificate")
    supposed = [item.supposed for item in draft.missing]
    assert any(supposed) and supposed == sorted(supposed)
    assert f"{len(supposed) - sum(supposed)} fields are missing" in draft.face
    assert f"{sum(supposed)} more are needed only in certain cases" in draft.face
    urgency = next(item for item in draft.missing if item.section == "B")
    assert not urgency.supposed  # the case tells of the danger


def test_a_clause_stands_only_where_a_provision_asks_for_it(router: Router) -> None:
    def clauses(given: Mapping[str, object]) -> list[str]:
        return [
            each.key for each in drafted(router, given, "handling_note").fields() if each.status == "fixed"
        ]

    assert clauses(FREEZE) == [] and clauses(ASKED) == ["exculpatory_clause"]


def test_of_a_state_that_is_not_named_no_treaty_is_said_to_demand(router: Router) -> None:
    draft = drafted(router, NOBODY, "preservation_request")
    cited = [ref for section in draft.sections for ref in section.asked_by]
    assert cited and all(ref.endswith("(if it applies)") for ref in cited)


def test_the_law_left_out_is_one_sentence_for_each_reason(router: Router) -> None:
    for document in ("preservation_request", "police_enquiry"):
        reasons = [line.partition(":")[0] for line in drafted(router, NOBODY, document).doubtful]
        assert len(reasons) == len(set(reasons))


def test_what_came_as_information_is_asked_for_formally(router: Router) -> None:
    documents = {(each.step.pathway, each.document.id) for each in Desk(HELD, router).papers if each.main}
    assert ("mla", "mla_request") in documents


def test_the_draft_that_is_shared_is_of_the_paper_that_will_be_sent(router: Router) -> None:
    ahead = [each.document.id for each in Desk(COURTESY, router).papers if each.ahead]
    sent = {each.document.id for each in Desk(COURTESY, router).papers if each.main}
    assert ahead and set(ahead) <= sent


def test_whoever_is_asked_has_a_letter_that_sends_the_result(router: Router) -> None:
    served = case("IRL", "ALB", "service_of_documents", "answer")
    keys = {each.key for each in drafted(router, served, "result_letter").fields()}
    assert "service_proof" in keys
    assert "service_proof" not in {each.key for each in drafted(router, ASKED, "result_letter").fields()}


def test_a_letter_to_several_states_names_each_of_them(router: Router) -> None:
    team = {**case("SWE", "LTU", "joint_investigation", parallel_investigations="yes")}
    team["needs"] = [{**team["needs"][0], "with": ["LTU", "NLD"]}]  # type: ignore[index]
    draft = drafted(router, team, "joint_team_request")
    assert draft.title.endswith("Sweden to Lithuania and Netherlands")
    assert field(draft, "addressee_state")[0] == ("Lithuania", "Netherlands")
    assert "Receiver in Netherlands: not in the law data." in " ".join(draft.doubtful)
    assert not field(draft, "addressee_office")[0]  # while one of them is not known


@pytest.mark.parametrize("document", ["extradition_request", "provisional_arrest_request"])
@pytest.mark.parametrize(("role", "asked"), [("convicted", True), ("suspect", False)])
def test_what_is_left_of_a_sentence_is_asked_of_who_was_convicted(
    router: Router, document: str, role: str, asked: bool
) -> None:
    given = case("FRA", "CHE", "arrest", arrest_warrant="yes", person_role=role, whereabouts_known="yes")
    keys = {each.key for each in drafted(router, given, document).fields()}
    assert ({"sentence_imposed", "sentence_left"} <= keys) == asked


def test_a_message_through_interpol_says_its_language_and_a_notice_has_its_own_paper(router: Router) -> None:
    notice = case("NAM", "ZAF", "publish_notice", arrest_warrant="yes", person_role="accused")
    languages = ("Arabic", "English", "French", "Spanish")
    for given, document in (
        (notice, "notice_request"),
        (case("KEN", "PER", "police_database_check"), "interpol_enquiry"),
    ):
        draft = drafted(router, given, document)
        boxes = next(each.choices for each in draft.fields() if each.key == "interpol_language")
        assert tuple(box.says for box in boxes) == languages and not any(box.ticked for box in boxes)
    asked = {each.key for each in drafted(router, notice, "notice_request").fields()}
    assert {"extradition_intent", "arrest_order", "notice_floor", "not_political"} <= asked


def test_the_list_of_offences_stands_in_its_form_and_no_box_of_it_is_ticked(router: Router) -> None:
    given = case("FRA", "DEU", "surrender", arrest_warrant="yes", whereabouts_known="yes")
    draft = drafted(router, given, "arrest_warrant")
    boxes = next(each.choices for each in draft.fields() if each.key == "list_32_which")
    assert len(boxes) == 32 and not any(box.ticked for box in boxes)
