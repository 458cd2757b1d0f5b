"""Who receives and who sends the certificates of the Union on fines, prison sentences and probation; the bureau
that is asked for the police; a treaty that surely names another office than the State's own law."""

from __future__ import annotations

from typing import Any

import pytest
from click.testing import CliRunner

from routing.cli import main
from routing.opened import Router
from routing.phrasing.of_plans import Wording
from routing.plan.model import Step

CASE = {"title": "A file", "as_of": "2026-11-28", "actor": "prosecutor", "offence": ["fraud"]}


def step_of(router: Router, pathway: str, case: dict[str, Any], **need: Any) -> Step:
    plan = router.route({**CASE, **case, "needs": [{"id": "n1", **need}]})
    return next(step for step in plan.steps if step.pathway == pathway)


@pytest.mark.parametrize(
    ("own", "other", "measure", "pathway", "sends", "receives"),
    [
        ("CZE", "ESP", "fine_enforcement", "fine_certificate", "first instance", "Juez de lo Penal"),
        ("ESP", "CZE", "fine_enforcement", "fine_certificate", "enforces the sentence", "okresní soud"),
        ("LUX", "DEU", "fine_enforcement", "fine_certificate", "General State Prosecutor", "Bundesamt"),
        ("IRL", "SWE", "probation_supervision", "supervision_certificate", "Minister", "Kriminalvården"),
        ("SVK", "ROU", "probation_supervision", "supervision_certificate", "gave the decision", "tribunalul"),
    ],
)
def test_who_sends_a_certificate_is_not_who_receives_it(
    router: Router, own: str, other: str, measure: str, pathway: str, sends: str, receives: str
) -> None:
    case = {"state": own, "stage": "enforcement"}
    step = step_of(router, pathway, case, measure=measure, **{"with": other})
    assert step.sender.name is not None and sends in step.sender.name
    assert step.receiver.name is not None and receives in step.receiver.name
    assert step.receiver.source is not None and step.receiver.source.startswith("https://")


def test_what_is_said_of_the_receiving_court_is_not_said_of_the_one_that_sends(router: Router) -> None:
    case = {"state": "CZE", "stage": "enforcement"}
    step = step_of(router, "fine_certificate", case, measure="fine_enforcement", **{"with": "SVK"})
    assert step.sender.name == "court that decided at first instance" and step.sender.remark is None
    back = step_of(
        router, "fine_certificate", case | {"state": "ESP"}, measure="fine_enforcement", **{"with": "CZE"}
    )
    assert back.receiver.remark is not None and "where the property is" in back.receiver.remark


def test_the_law_that_names_an_office_is_told_apart_from_the_instrument(router: Router) -> None:
    case = {"state": "FRA", "stage": "enforcement"}
    step = step_of(router, "fine_certificate", case, measure="fine_enforcement", **{"with": "CZE"})
    assert step.receiver.declared_under == (
        "Financial Penalties Framework Decision (Act 104/2013, sections 263, 274)"
    )


@pytest.mark.parametrize(("other", "bureau"), [("IND", "New Delhi"), ("BRA", "Brasilia"), ("UGA", "Kampala")])
def test_where_no_police_office_is_held_the_bureau_there_is_asked(
    router: Router, other: str, bureau: str
) -> None:
    case = {"state": "GBR", "actor": "police"}
    step = step_of(router, "police_to_police", case, measure="locate_person", **{"with": other})
    assert step.receiver.name is None and step.receiver.likely is not None
    assert step.receiver.likely.only_asked and bureau in step.receiver.likely.name
    assert "our own bureau asks it" in step.receiver.likely.says
    who = Wording(router, sources=False).parties.who(step, "GBR")
    assert f"(ask INTERPOL {bureau} which one)" in who


def test_a_message_of_interpol_goes_to_the_bureau_by_name(router: Router) -> None:
    case = {"state": "KEN", "actor": "police"}
    step = step_of(router, "interpol", case, measure="stolen_vehicle_check", **{"with": "NOR"})
    assert step.receiver.name == "INTERPOL Oslo (Kripos)"
    assert step.receiver.source is not None and "interpol.int" in step.receiver.source


def test_an_office_of_own_law_is_likely_where_the_treaty_surely_names_another(router: Router) -> None:
    case = {"state": "EGY", "stage": "investigation"}
    step = step_of(router, "mla", case, measure="bank_records", **{"with": "SAU"})
    assert step.receiver.name is None and step.receiver.likely is not None
    assert "Standing Committee" in step.receiver.likely.name
    assert "itself names the Ministry of Justice" in step.receiver.likely.says
    other = step_of(router, "mla", case | {"state": "JPN"}, measure="bank_records", **{"with": "SAU"})
    assert other.receiver.name is not None and "Standing Committee" in other.receiver.name


def test_a_look_up_says_once_what_is_the_same_on_several_bases() -> None:
    words = ["law", "who", "IND", "--for", "police_to_police", "--from", "GBR", "--as-of", "2026-11-28"]
    told = CliRunner().invoke(main, words)
    assert told.exit_code == 0
    assert told.stdout.count("INTERPOL New Delhi") == 1
    assert "office not known; ask" in told.stdout and "probably" not in told.stdout


def test_a_step_at_our_own_unit_names_the_unit_that_it_then_writes_to(router: Router) -> None:
    frozen = {"measure": "asset_freezing", "property_kind": "money", "emergency": "imminent_dissipation"}
    plan = router.route({**CASE, "state": "GHA", "needs": [{"id": "n1", "with": "USA", **frozen}]})
    step = next(step for step in plan.steps if step.pathway == "own_fiu")
    assert [party.name for party in step.also_to] == ["Financial Crimes Enforcement Network (FinCEN)"]
    told = Wording(router, sources=False).parties.who(step, "GHA")
    assert "our Financial Intelligence Centre Ghana (FIC) -> Financial Crimes Enforcement Network" in told


def test_with_several_states_our_own_unit_is_named_once_and_each_of_theirs(router: Router) -> None:
    needs = [
        {"id": f"n{at}", "measure": "financial_intelligence", "with": state}
        for at, state in enumerate(("USA", "FRA"))
    ]
    plan = router.route({**CASE, "state": "GHA", "needs": needs})
    for step in plan.steps:
        if step.pathway == "own_fiu":
            assert step.receiver not in step.also_to
            assert {party.state for party in step.also_to} <= {"USA", "FRA"}


@pytest.mark.parametrize(("place", "state"), [("GUM", "USA"), ("GIB", "GIB"), ("NIU", "NIU")])
def test_a_territory_without_a_justice_of_its_own_is_not_said_to_answer_for_itself(
    router: Router, place: str, state: str
) -> None:
    step = step_of(router, "mla", {"state": "KEN"}, measure="bank_records", **{"with": place})
    assert step.receiver.state == state
    assert place == state or "answers for itself" not in (step.receiver.ask or "")


def test_the_point_of_the_united_states_is_named(router: Router) -> None:
    step = step_of(
        router,
        "budapest_preservation",
        {"state": "JPN", "offence": ["cybercrime"]},
        measure="data_preservation",
        **{"with": "USA"},
    )
    assert (step.receiver.name or "").startswith("CCIPS")


def test_whom_to_ask_for_the_bureau_of_a_territory_is_not_its_attorney_general(router: Router) -> None:
    """Our own bureau reaches every other; who answers for a territory in court does not."""
    step = step_of(router, "firearms_tracing", {"state": "KEN"}, measure="firearm_tracing", **{"with": "ABW"})
    assert step.receiver.role == "national_bureau"
    assert "answers for itself" not in (step.receiver.ask or "")
