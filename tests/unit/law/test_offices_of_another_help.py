"""An office held for one kind of help is never the addressee of another; where none is held for the step, it is
whom one asks."""

from __future__ import annotations

from typing import Any

from routing.opened import Router
from routing.phrasing.of_plans import Wording
from routing.plan.model import Step

CASE = {"as_of": "2026-11-27", "actor": "prosecutor"}


def step_of(router: Router, pathway: str, case: dict[str, Any], **need: Any) -> Step:
    plan = router.route({"title": "A file", **CASE, **case, "needs": [{"id": "n1", **need}]})
    return next(step for step in plan.steps if step.pathway == pathway)


def test_a_team_asks_the_central_authorities_of_both_sides_who_is_competent(router: Router) -> None:
    case = {"state": "ARG", "offence": ["human_trafficking"], "organised_group": "yes"}
    step = step_of(router, "joint_investigation", case, measure="joint_investigation", **{"with": "PRY"})
    assert step.sender.name is None and step.receiver.name is None
    assert step.sender.likely is not None and step.sender.likely.only_asked
    assert step.sender.likely.name == "Ministry of Foreign Affairs"
    who = Wording(router, sources=False).parties.who(step, "ARG")
    assert "Paraguay (ask State Prosecutor General's Office which one)" in who
    assert "probably" not in who


def test_information_unasked_goes_from_the_prosecutor_who_has_the_case(router: Router) -> None:
    case = {"state": "CHE", "offence": ["money_laundering", "corruption"]}
    need = {"measure": "information_sharing", "kind": "share", "with": "GEO"}
    step = step_of(router, "spontaneous_transmission", case, **need)
    assert Wording(router, sources=False).parties.who(step, "CHE") == (
        "our prosecutor -> competent authority, Georgia (ask Ministry of Justice which one)"
    )


def test_an_assurance_for_an_extradition_is_not_asked_of_the_office_for_assistance(router: Router) -> None:
    case = {"state": "ZAF", "offence": ["murder"], "death_penalty_risk": "possible", "person_role": "accused"}
    need = {"measure": "surrender", "kind": "answer", "with": "BWA"}
    step = step_of(router, "assurance_request", case, **need)
    assert step.receiver.name is None
    assert step.receiver.likely is not None and step.receiver.likely.only_asked
    assert step.receiver.likely.name == "Director of Public Prosecutions"
    assert "for mutual legal assistance, not for this step" in step.receiver.likely.says
    assert str(step.sender.name).startswith("Department of Justice and Constitutional Development")


def test_an_assurance_for_evidence_is_asked_of_the_office_for_assistance(router: Router) -> None:
    case = {"state": "ZAF", "offence": ["murder"], "death_penalty_risk": "possible"}
    need = {"measure": "search", "kind": "answer", "with": "BWA"}
    step = step_of(router, "assurance_request", case, **need)
    assert step.receiver.name == "Director of Public Prosecutions"


def test_a_role_for_some_measures_is_that_of_no_other(router: Router) -> None:
    roles = router.law.offices().roles_for
    of = {"central_authority_extradition"}
    assert {r.role for r in roles("central_authority", "assurance_request", "receiver", {"arrest"})} == of
    both = {"arrest", "search"}
    assert {r.role for r in roles("central_authority", "assurance_request", "receiver", both)}.isdisjoint(of)
