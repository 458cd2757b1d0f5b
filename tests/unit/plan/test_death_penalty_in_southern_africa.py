"""Between Parties of the SADC Protocol the question for an assurance rests on it; death is above any prison term."""

from __future__ import annotations

from typing import Any

import pytest

from routing.opened import Router
from routing.plan.model import Plan
from routing.render.text import text


def answered(router: Router, own: str, other: str, measure: str = "surrender", **need: Any) -> Plan:
    asked = {"id": "a", "kind": "answer", "measure": measure, "with": other, "death_penalty_risk": "possible"}
    case = {"state": own, "as_of": "2026-12-02", "actor": "central_authority", "stage": "charged"}
    case |= {"offence": ["murder"], "max_penalty_months": "unknown", "needs": [{**asked, **need}]}
    return router.route(case)


def leads(plan: Plan) -> list[str]:
    return [step.basis[0].provision for step in plan.steps if step.pathway == "assurance_request"]


@pytest.mark.parametrize(("own", "other"), [("MOZ", "BWA"), ("NAM", "BWA"), ("ZAF", "LSO")])
def test_the_assurance_is_asked_for_under_the_protocol(router: Router, own: str, other: str) -> None:
    assert leads(answered(router, own, other)) == ["sadc-extradition 5(c)"]


@pytest.mark.parametrize(
    ("own", "other", "measure"), [("MOZ", "BWA", "bank_records"), ("PRT", "BWA", "surrender")]
)
def test_it_is_not_where_the_protocol_has_no_part(router: Router, own: str, other: str, measure: str) -> None:
    assert "sadc-extradition 5(c)" not in leads(answered(router, own, other, measure))


@pytest.mark.parametrize(("own", "other"), [("MOZ", "BWA"), ("ZAF", "LSO"), ("PRT", "JPN")])
def test_no_prison_term_is_asked_for_where_the_penalty_may_be_death(
    router: Router, own: str, other: str
) -> None:
    term = "What is the highest prison term"
    assert term not in text(answered(router, own, other), router)
    assert term in text(answered(router, own, other, death_penalty_risk="none"), router)
