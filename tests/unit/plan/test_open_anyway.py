"""A main step that is open whatever turns out is called open, though another may go before it."""

from __future__ import annotations

import pytest

from routing import Router


@pytest.fixture(scope="module")
def router() -> Router:
    return Router.open()


def page(router: Router, **need: str) -> tuple[bool, str]:
    case = {
        "state": "KEN",
        "as_of": "2026-11-28",
        "actor": "anticorruption_agency",
        "offence": "corruption",
        "needs": [{"id": "a", "with": "CHE", **need}],
    }
    plan = router.route(router.read(case))
    return plan.needs[0].open_anyway, " ".join(router.render(plan, "text").split())


def test_a_way_that_needs_nothing_is_open_while_a_better_one_waits_for_a_list(router: Router) -> None:
    anyway, text = page(router, measure="restricted_register_record")
    assert anyway
    assert (
        "Open: this way can be taken. Another way may go first, depending on: whether both take part" in text
    )
    assert "Ask the foreign police our police" in text  # and not `only if available`


def test_a_way_that_itself_waits_for_a_fact_is_not(router: Router) -> None:
    anyway, text = page(router, measure="interception", measure_lawful_in_requested="unknown")
    assert not anyway and "Needed to decide" in text


def test_a_sure_way_waits_for_nothing(router: Router) -> None:
    anyway, text = page(router, measure="bank_records")
    assert not anyway and "Whether another way" not in text
