"""A service that the case names: the step that goes to its provider names the company in that State."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from routing.opened import Router
from routing.plan.model import Party, Plan

DAY = date(2026, 11, 30)


def route(router: Router, own: str, *needs: dict[str, Any]) -> Plan:
    written = [
        {"id": f"n{number}", "measure": "subscriber_data", **need} for number, need in enumerate(needs)
    ]
    return router.route({"state": own, "offence": "fraud", "needs": written}, as_of=DAY)


def providers(plan: Plan) -> set[Party]:
    return {side for it in plan.steps for side in (it.sender, it.receiver) if side.role == "provider"}


@pytest.mark.parametrize(
    ("own", "partner", "service", "company"),
    [
        ("PER", "USA", "Instagram", "Meta Platforms, Inc."),
        ("FRA", "IRL", "an Instagram account", "Meta Platforms Ireland Limited"),
        ("PER", "IRL", "instagram", "Meta Platforms Ireland Limited"),
        ("PER", "USA", "Some Host LLC", "Some Host LLC"),
    ],
)
def test_the_step_to_the_provider_names_the_company_that_sits_there(
    router: Router, own: str, partner: str, service: str, company: str
) -> None:
    plan = route(router, own, {"with": partner, "named_provider": service, "emergency": "threat_to_life"})
    assert {it.name for it in providers(plan)} == {company}


def test_a_company_of_the_table_is_named_with_its_source_and_another_as_it_was_written(
    router: Router,
) -> None:
    (held,) = providers(route(router, "FRA", {"with": "IRL", "named_provider": "whatsapp"}))
    assert held.source and held.checked
    (written,) = providers(route(router, "FRA", {"with": "IRL", "named_provider": "Some Host"}))
    assert written.name == "Some Host" and written.source is None


def test_a_step_for_services_of_several_companies_names_none(router: Router) -> None:
    needs = [{"with": "IRL", "named_provider": name} for name in ("whatsapp", "tiktok")]
    plan = route(router, "FRA", *needs)
    joined = [it for it in plan.steps if it.receiver.role == "provider" and len(it.needs) == 2]
    assert joined and all(it.receiver.name is None for it in joined)


def test_in_an_answer_the_company_that_sits_here_is_named(router: Router) -> None:
    need = {"kind": "answer", "measure": "data_preservation", "with": "PER", "named_provider": "instagram"}
    plan = route(router, "IRL", need)
    assert {it.name for it in providers(plan)} <= {"Meta Platforms Ireland Limited"}
    assert not any(it.name == "instagram" for it in providers(plan))


def test_a_name_is_never_told_as_something_that_no_rule_weighs(router: Router) -> None:
    plan = route(router, "PER", {"with": "KEN", "measure": "search", "named_provider": "Instagram"})
    assert not any("service or company" in it for it in plan.unweighed)


def test_no_office_of_a_state_becomes_a_company(router: Router) -> None:
    named = route(router, "PER", {"with": "USA", "named_provider": "Instagram"})
    plain = route(router, "PER", {"with": "USA"})
    for one, same in zip(named.steps, plain.steps, strict=True):
        assert one.pathway == same.pathway
        assert one.receiver.role == "provider" or one.receiver == same.receiver
