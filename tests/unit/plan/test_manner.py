"""How a step and a sentence read in the case at hand: by side, by what was done already, by the States."""

from __future__ import annotations

from typing import Any

import pytest

from routing.opened import Router
from routing.plan.model import Plan, Step
from routing.render.text import text
from routing.rulebook.parse.conditions import Reader
from routing.rulebook.parse.pathways import shared_manners
from routing.yaml.tree import Items

DAY = "2026-11-24"


def plan(router: Router, *needs: dict[str, Any], **case: Any) -> Plan:
    return router.route({"as_of": DAY, **case, "needs": list(needs)})


def step(made: Plan, pathway: str) -> Step:
    return next(item for item in made.steps if item.pathway == pathway)


def test_what_several_pathways_share_stands_over_the_manner_of_each(router: Router) -> None:
    need = {"measure": "bank_records", "with": "DEU", "purpose": "evidence"}
    fresh = plan(router, need, state="ROU", offence="fraud")
    sent = plan(router, need | {"request_already_sent": "yes"}, state="ROU", offence="fraud")
    order = "european_investigation_order"
    assert step(fresh, order).action == "Issue an investigation order"
    assert step(sent, order).action == "Supplement, if needed"
    assert step(sent, order).after == (step(sent, "status_inquiry").id,)
    assert all(shared["when"] for pathway in router.rulebook.pathways.values()
               for shared in pathway.card.get("shared_manners", ()))  # fmt: skip
    assert shared_manners(Items((), 1), Reader({}, (), (), {}, (), (), {}, (), [])) == {}


@pytest.mark.parametrize(
    ("place", "first"),
    [
        ("here", "Our own police go to the person in danger first."),
        ("abroad", "Telephone now; confirm in writing today."),
        ("not_clear", "If the person is here, our own police go there first."),
    ],
)
def test_where_the_person_in_danger_is_decides_what_comes_first(
    router: Router, place: str, first: str
) -> None:
    need = {"measure": "locate_person", "with": "USA", "emergency": "threat_to_life", "danger_place": place}
    assert plan(router, need, state="CHL", offence="kidnapping").needs[0].first.startswith(first)


def test_a_sentence_reads_for_the_side_that_answers(router: Router) -> None:
    need = {"measure": "bank_records", "with": "IND"}
    told = {
        kind: {duty.code: duty.says for duty in plan(router, need | {"kind": kind}, state="JAM").obligations}
        for kind in ("request", "answer")
    }
    code = "look_for_a_bilateral_treaty"
    assert "cite it" in told["request"][code] and "cite it" not in told["answer"][code]
    both = plan(router, need, need | {"kind": "answer", "id": "theirs"}, state="JAM")
    assert len([duty for duty in both.obligations if duty.code == code]) == 2


def test_the_day_on_which_those_who_asked_need_it_stands_on_the_page(router: Router) -> None:
    need = {"kind": "answer", "measure": "bank_records", "with": "IND", "days_until_needed": 80}
    assert "They need it by 12 Feb 2027." in " ".join(text(plan(router, need, state="JAM"), router).split())


def test_a_state_that_goods_cross_is_asked_by_name_unless_it_agreed(router: Router) -> None:
    need = {
        "measure": "controlled_delivery",
        "with": "VNM",
        "via": {"QAT": "not_asked", "IND": "yes", "THA": "requested"},
    }
    asked = step(plan(router, need, state="KEN", offence="drugs"), "transit_leave")
    assert [party.state for party in (asked.receiver, *asked.also_to)] == ["QAT", "THA"]


def test_a_step_with_several_states_says_which_law_is_for_which(router: Router) -> None:
    need = {"measure": "joint_investigation", "with": ["NLD", "ALB"]}
    made = plan(router, need, state="DEU", offence="trafficking_in_persons")
    by_law = {item.provision: item.states for item in step(made, "joint_investigation").basis}
    assert by_law["eu-mla2000 13(1)"] == ("NLD",) and by_law["ets182 20(1)"] == ()


def test_an_office_that_takes_more_than_a_line_is_named_once(router: Router) -> None:
    need = {"measure": "video_hearing", "with": "GBR", "kind": "answer", "death_penalty_risk": "possible"}
    page = text(plan(router, need | {"with": "TTO"}, state="GBR", offence="murder"), router, width=100)
    assert page.count("International Co-operation Unit") == 1 and "as in step 1" in page


def test_a_request_that_was_sent_has_no_last_day_to_send_it(router: Router) -> None:
    need = {"measure": "bank_records", "with": "IND", "days_until_needed": 120}
    fresh = plan(router, need, state="ZMB", offence="corruption")
    sent = plan(router, need | {"already_requested": "yes"}, state="ZMB", offence="corruption")
    fresh_last, sent_last = (step(made, "mla").deadline for made in (fresh, sent))
    assert fresh_last and fresh_last.date and str(fresh_last.date) == DAY
    assert (
        sent_last and sent_last.date is None and "draft_consultation" not in {s.pathway for s in sent.steps}
    )


def test_too_little_time_is_told_in_the_words_of_the_side_that_answers(router: Router) -> None:
    need = {"measure": "bank_records", "with": "IND", "days_until_needed": 5}
    said = {
        kind: next(
            warning.says
            for warning in plan(router, need | {"kind": kind}, state="JAM").warnings
            if warning.code == "may_be_too_late"
        )
        for kind in ("request", "answer")
    }
    assert "say in the request" in said["request"] and "tell the sender today" in said["answer"]


def test_needs_share_a_step_only_where_the_act_is_the_same(router: Router) -> None:
    hear = {"id": "hear", "measure": "witness_hearing", "with": "FJI"}
    mails = {"id": "mails", "measure": "content_data", "with": "FJI", "data_holder": "foreign_provider"}
    papers = {"id": "papers", "measure": "service_of_documents", "with": "FJI"}
    case = {"state": "NZL", "offence": "fraud", "organised_group": "suspected", "max_penalty_months": 120}
    made = plan(router, hear, mails, papers, **case, transnational="several_states")
    requests = {item.needs: item for item in made.steps if item.pathway == "mla"}
    assert set(requests) == {("hear", "mails"), ("papers",)}
    assert requests["papers",].put_in != requests["hear", "mails"].put_in
    assert len({item.id for item in made.steps}) == len(made.steps)
    asked = step(made, "police_to_police").tells
    assert asked.startswith("For hear: ")
    assert " For mails: Ask what needs no compulsion: which company" in asked
    assert "For mails: Ask" in " ".join(text(made, router).split())


@pytest.mark.parametrize(
    ("state", "other", "came_by", "role"),
    [
        (
            "SRB",
            "BIH",
            "court_or_prosecutor",
            "judicial_authority",
        ),  # the Second Protocol: from court to court
        ("MNE", "ALB", "court_or_prosecutor", "judicial_authority"),
        ("SRB", "BIH", "central_authority", "central_authority"),
        (
            "BRA",
            "URY",
            "court_or_prosecutor",
            "central_authority",
        ),  # no treaty lets courts write to each other
    ],
)
def test_what_is_answered_goes_back_the_way_it_came(
    router: Router, state: str, other: str, came_by: str, role: str
) -> None:
    need = {"kind": "answer", "measure": "bank_records", "with": other, "request_came_by": came_by}
    made = plan(router, need, state=state, offence="fraud", actor="prosecutor")
    executed = step(made, "mla")
    assert (executed.sender.role, executed.receiver.role) == (role, role)
