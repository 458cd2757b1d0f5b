"""What may apply is told as that, whoever is not in a network is named, and a treaty that may bind is looked for."""

from __future__ import annotations

from typing import Any

import pytest
from pages import page
from shipped import router

from routing.plan.model import as_json


def request(**need: Any) -> dict[str, Any]:
    """A case of one need, asked for on a day of November 2026."""
    own = {key: need.pop(key) for key in ("state", "actor", "offence") if key in need}
    return {**own, "needs": [{"id": "n", "kind": "request", **need}]}


def unsettled(case: dict[str, Any]) -> set[str]:
    """The provisions that a plan names with the remark that they may not apply, whatever names them."""
    found: set[str] = set()

    def look(value: Any) -> None:
        if isinstance(value, dict):
            found.update(value.get("unsettled", ()))
            for item in value.values():
                look(item)
        elif isinstance(value, list):
            for item in value:
                look(item)

    look(as_json(router().route({"as_of": "2026-11-27", **case})))
    return found


def test_a_convention_whose_group_nobody_told_is_told_as_one_that_may_apply() -> None:
    told = request(state="KEN", offence="fraud", **{"with": "UGA"}, measure="search")
    assert "untoc 18(20)" in unsettled(told)
    assert "UNTOC 18(1) (if it applies" in page(router(), **told)


def test_it_is_told_as_binding_once_group_and_penalty_are_told() -> None:
    told = request(state="KEN", offence="fraud", **{"with": "UGA"}, measure="bank_records")
    told |= {"organised_group": "established", "max_penalty_months": 60}
    assert not any(ref.startswith("untoc 18") for ref in unsettled(told))


@pytest.mark.parametrize(
    ("own", "other", "cited"), [("PHL", "VNM", "ASEAN MLAT 1"), ("ZAF", "NAM", "SADC MLA Protocol 2")]
)
def test_a_treaty_that_surely_binds_both_comes_before_one_that_may_apply(
    own: str, other: str, cited: str
) -> None:
    told = request(
        state=own,
        actor="fiu",
        offence="money_laundering",
        **{"with": other},
        measure="financial_intelligence",
        purpose="both",
    )
    says = page(router(), full=True, **told)
    assert f"by a formal request or order to that State, once a criminal case is open here. ({cited})" in says
    assert "18(3)(f)" not in says


def test_a_state_that_is_not_in_a_network_is_named_with_the_day_of_the_list() -> None:
    told = request(
        state="PHL",
        actor="fiu",
        offence="money_laundering",
        **{"with": "VNM"},
        measure="financial_intelligence",
    )
    assert "Viet Nam is not on the list of 20 Aug 2026." in page(router(), **told)
    told = request(
        state="PHL",
        actor="fiu",
        offence="money_laundering",
        **{"with": "THA"},
        measure="financial_intelligence",
    )
    assert "is not on the list" not in page(router(), **told)


def test_who_can_say_whom_a_treaty_binds_is_told_in_full_only() -> None:
    told = request(state="SEN", offence="fraud", **{"with": "GIN"}, measure="bank_records")
    look, who = (
        "ECOWAS MLA: look first whether it binds both States",
        "the depositary says whom it binds, ECOWAS",
    )
    assert look in page(router(), **told) and who not in page(router(), **told)
    assert who in page(router(), full=True, **told)


def test_no_treaty_is_looked_for_while_a_life_is_at_stake() -> None:
    told = request(
        state="SEN", offence="murder", **{"with": "GIN"}, measure="bank_records", emergency="threat_to_life"
    )
    assert "look first whether it binds" not in page(router(), **told)


def test_a_network_outside_europe_is_not_called_eurojust() -> None:
    told = request(
        state="ARG", actor="prosecutor", offence="drugs", **{"with": "PRY"}, measure="joint_investigation"
    )
    says = page(router(), full=True, **told)
    assert (
        "Contact points of a judicial network. IberRed" in says
        and "Coordination through Eurojust" not in says
    )
