"""Papers of a bank are one need: within the Union an order brings them, and no unit for intelligence."""

from __future__ import annotations

import pytest
from offers import needs, read

from routing.opened import Router

pytestmark = pytest.mark.when_changed("rules", "routing")


@pytest.mark.parametrize(
    "story",
    [
        "We are prosecutors in Porto. We need the opening documents of an account with a bank in Ghent.",
        "Court in Graz. We need the statements for the account at the bank in Riga.",
        "Prosecutor in Turin. For a fraud we need the KYC papers with the transfers of 2025 from a bank in Malta.",
    ],
)
def test_papers_of_an_account_are_not_the_question_who_has_it(router: Router, story: str) -> None:
    assert set(needs(read(router, story))) == {"bank_records"}


@pytest.mark.parametrize(
    "story", ["Police in Porto. We want to know whether he has an account with a bank in Ghent."]
)
def test_whether_somebody_has_an_account_stays_a_question(router: Router, story: str) -> None:
    assert "bank_account_existence" in needs(read(router, story))


@pytest.mark.parametrize(("own", "other"), [("PRT", "BEL"), ("AUT", "LVA")])
def test_within_the_union_an_order_brings_them(router: Router, own: str, other: str) -> None:
    need = {"measure": "bank statements and account opening papers", "with": other}
    case = {"state": own, "as_of": "2026-12-02", "actor": "prosecutor", "offence": ["fraud"], "needs": [need]}
    first = router.route(router.read(case)).needs[0].primary
    assert first is not None and first.pathway == "european_investigation_order"
