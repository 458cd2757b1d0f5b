"""What INTERPOL holds on a person: that person asks its Commission, and no State."""

from __future__ import annotations

from typing import Any

import pytest
from offers import needs, read
from plan_codes import codes

from routing.model.plan import Plan
from routing.opened import Router

FILES = "interpol_files"


def planned(router: Router, need: dict[str, Any], **case: Any) -> Plan:
    return router.route({"state": "PRT", "as_of": "2026-12-02", **case, "needs": [need]})


@pytest.mark.parametrize("actor", ["defence", "private_party"])
def test_a_person_writes_to_the_commission_and_to_no_state(router: Router, actor: str) -> None:
    plan = planned(router, {"measure": FILES, "with": "TJK"}, actor=actor)
    step = plan.needs[0].primary
    assert step is not None and step.pathway == FILES
    written = plan.steps[0]
    assert (written.sender.role, written.receiver.role) == ("applicant", "files_commission")
    assert written.receiver.state != "TJK"
    said = codes(plan)
    assert {"deletion_ends_no_warrant", "count_the_terms_of_the_commission"} <= said
    assert not said & {"treaty_closed_to_defence", "send_them_to_the_commission"}


def test_the_state_behind_the_notice_need_not_be_known(router: Router) -> None:
    plan = planned(router, {"measure": FILES}, actor="defence")
    assert plan.needs[0].primary is not None and plan.needs[0].primary.pathway == FILES


def test_an_authority_sends_them_there_and_tells_nothing(router: Router) -> None:
    plan = planned(router, {"measure": FILES, "with": "TJK"}, actor="prosecutor")
    assert "send_them_to_the_commission" in codes(plan)


@pytest.mark.parametrize(
    ("told", "confirmed", "source"),
    [
        ({}, False, True),
        ({"refugee_status": "given_elsewhere"}, True, False),
        ({"persecution_risk": "possible"}, False, False),
    ],
)
def test_who_is_feared_is_not_asked_beside_it(
    router: Router, told: dict[str, str], confirmed: bool, source: bool
) -> None:
    said = codes(planned(router, {"measure": FILES, "with": "TJK", **told}, actor="defence"))
    assert ("have_the_protection_confirmed" in said) is confirmed
    assert ("ask_the_source_of_the_notice_too" in said) is source


@pytest.mark.parametrize("measure", ["publish_notice", "arrest"])
def test_who_has_met_a_notice_is_told_of_the_commission(router: Router, measure: str) -> None:
    need = {"measure": measure, "with": "TJK"}
    assert "ask_the_commission_for_the_files" in codes(planned(router, need, actor="defence"))
    assert "ask_the_commission_for_the_files" not in codes(planned(router, need, actor="police"))


@pytest.mark.parametrize(
    "story",
    [
        "I am a lawyer in Lisbon. We want to know whether there is a diffusion of Tajikistan on my client.",
        "We are counsel in Oslo. We want the red notice of Belarus to be deleted.",
        "Advocate in Nairobi. We need access to the Interpol files on our client, wanted by Rwanda.",
    ],
)
def test_it_is_read_as_told(router: Router, story: str) -> None:
    assert FILES in needs(read(router, story))


@pytest.mark.parametrize(
    "story", ["We are police in Lisbon. We want a red notice against a man of Tajikistan."]
)
def test_who_asks_for_a_notice_wants_no_files(router: Router, story: str) -> None:
    assert FILES not in needs(read(router, story))
