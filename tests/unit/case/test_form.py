"""The form: several in one need, what binds both, what is read from what is told, questions for the side that answers."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from when_changed import WHOLE_PROGRAM

from routing import CaseProblems
from routing.case.facts import facts_for
from routing.case.model import Case
from routing.cli import main
from routing.core.domain import KINDS_OF_NEED
from routing.opened import shared_router
from routing.rulebook.measures_meant import measures_meant

ROUTER = shared_router()
DAY = date(2026, 11, 25)


def read(need: dict[str, object], **shared: object) -> Case:
    return ROUTER.read({"state": "KEN", **shared, "needs": [need]})


def presumed(name: str, need: dict[str, object] | None = None, **shared: object) -> str | None:
    case = read({"measure": "search", "with": "FRA", **(need or {})}, **shared)
    value = facts_for(case, case.needs[0], ROUTER.rulebook, ROUTER.law, DAY).get(name)
    return value.text() if value else None


@pytest.mark.parametrize(
    "need",
    [
        {"measure": ["bank statement", "freeze the account"], "with": ["FRA", "Spain"]},
        {"measure": "bank statement and freeze the account", "with": "FRA, Spain"},
    ],
)
def test_several_measures_in_several_states_are_one_need_for_each(need: dict[str, object]) -> None:
    case = read({"id": "money", "purpose": "evidence", **need})
    assert [(n.measure, n.partner) for n in case.needs] == [
        (measure, state) for measure in ("bank_records", "asset_freezing") for state in ("FRA", "ESP")
    ]
    assert len({n.id for n in case.needs}) == 4
    beside = {"bank_records": {}, "asset_freezing": {"struck_elsewhere": "yes"}}
    assert all(n.facts == {"purpose": "evidence", **beside[n.measure]} for n in case.needs)
    assert any(
        "one need for each measure and State: `money-bank-statement-fra`" in note for note in case.notes
    )
    assert ROUTER.read(case) == case


@pytest.mark.parametrize(
    ("purpose", "read_as"),
    [
        (["intelligence", "evidence"], ["both"]),
        ("leads and evidence", ["both"]),
        (["locate", "surrender"], ["locate", "surrender"]),
        ("find and arrest", ["surrender"]),
        ("supervisory", ["administrative"]),
        ("deciding whom to charge", ["both"]),
    ],
)
def test_more_than_one_purpose(purpose: object, read_as: list[str]) -> None:
    case = read({"measure": "search", "with": "FRA", "purpose": purpose})
    assert [need.facts["purpose"] for need in case.needs] == read_as


def test_a_state_whose_name_holds_and_is_one_state() -> None:
    assert [need.partner for need in read({"measure": "search", "with": "Trinidad and Tobago"}).needs] == [
        "TTO"
    ]


def test_what_binds_both_is_told_by_any_name() -> None:
    case = read({"measure": "search"}, both_bound_by=["Palermo Convention", "Convention of 1959", "budapest"])
    assert case.facts["both_bound_by"] == ("untoc", "ets30", "budapest")
    assert read({"measure": "search"}, both_bound_by="no treaty at all").facts["both_bound_by"] == ("none",)


def test_what_is_contested_is_not_known() -> None:
    case = read({"measure": "search", "dual_criminality": "doubtful"}, political_offence="contested")
    assert case.facts["political_offence"] == case.needs[0].facts["dual_criminality"] == "unknown"
    assert "`contested` is read as unknown" in case.notes


def test_a_need_without_a_measure_is_read_from_what_is_told_or_asked_about() -> None:
    assert read({"note": "Please freeze the account", "with": "FRA"}).needs[0].measure == "asset_freezing"
    told = {"data_holder": "foreign_provider", "data_category": "content", "data_time": "real_time"}
    assert read({**told, "with": "FRA"}).needs[0].measure == "interception"
    with pytest.raises(CaseProblems, match="it could be `bank_account_existence`"):
        read({"data_holder": "bank", "with": "FRA"})


@pytest.mark.parametrize("measure", sorted(ROUTER.rulebook.measures))
def test_a_measure_stands_in_one_plain_group_and_is_among_those_meant_by_what_it_presumes(
    measure: str,
) -> None:
    grouped = [m.id for measures in ROUTER.rulebook.in_groups().values() for m in measures]
    assert grouped.count(measure) == 1 and len(ROUTER.rulebook.measure_groups) == 8
    assert measure in measures_meant(ROUTER.rulebook, ROUTER.rulebook.measures[measure].presumes)


def test_the_rules_draw_what_was_asked_as_a_conclusion() -> None:
    assert presumed("listed_32", offence="extortion") == "yes"
    assert presumed("listed_32", offence="market_abuse") == "no"
    assert presumed("budapest_listed_offence", offence="hacking") == "yes"
    assert presumed("budapest_listed_offence", offence="drugs") == "no"
    assert presumed("budapest_listed_offence", offence="fraud") is None
    assert presumed("budapest_listed_offence", offence="fraud", committed_via_ict="yes") == "yes"
    assert presumed("listed_ict_offence", offence="terrorism") == "terrorism"
    assert presumed("observation_listed_offence", offence="murder") == "yes"
    assert presumed("extraditable_offence", max_penalty_months=6) == "no"
    assert presumed("extraditable_offence", max_penalty_months=6, stage="enforcement") == "yes"
    assert presumed("protected_speech", offence="insult") == "yes"
    assert presumed("arrest_warrant", stage="pre_investigation") == "no"
    assert presumed("own_freezing_order", stage="intelligence") == "no"
    assert presumed("actor", stage="trial") == "prosecutor"
    assert presumed("copy_at_home", {"data_location": "domestic"}) == "yes"
    assert presumed("persecution_risk", {"refugee_status": "given_elsewhere"}) == "possible"
    assert presumed("dual_criminality", offence="insult") is None
    assert presumed("wrong_channel", {"kind": "answer", "request_came_by": "private_party"}) == "yes"
    assert presumed("wrong_channel", {"kind": "answer", "request_came_by": "police"}) == "no", "a question"
    assert presumed("wrong_channel", {"kind": "answer", "request_came_by": "central authority"}) == "no"


def test_a_question_is_worded_for_the_side_that_answers_it() -> None:
    facts = ROUTER.rulebook.facts
    for name in ("data_holder", "stage", "actor", "own_authorisation", "already_requested", "coercive"):
        assert facts[name].question("answer") != facts[name].question("request"), name
    for fact in facts.values():
        assert set(fact.asks_in) <= set(KINDS_OF_NEED)
        assert all(asks.endswith("?") or fact.type == "number" for asks in fact.asks_in.values()), fact.id


def test_a_doubtful_sender_is_checked_first_and_a_joint_team_is_asked() -> None:
    plan = ROUTER.route(
        read({"kind": "answer", "measure": "subscriber_data", "with": "FRA", "requester_doubtful": "yes"}),
        DAY,
    )
    assert "verify_the_sender" in plan.json_text()
    held = {
        "kind": "use",
        "measure": "material_held",
        "with": "FRA",
        "material_channel": "joint_team",
        "planned_use_differs": "yes",
    }
    assert "consent_of_provider_state" in ROUTER.route(read(held, state="DEU"), DAY).json_text()


def test_two_proposed_channels_may_be_listed() -> None:
    assert (
        read({"measure": "search", "proposed_channel": ["MLAT", "Interpol"]})
        .needs[0]
        .facts["proposed_channel"]
        == "MLAT; Interpol"
    )


def test_a_presumption_that_shuts_a_channel_is_printed_and_says_what_another_answer_could_open() -> None:
    case = read(
        {"measure": "asset_freezing", "with": "ARE", "emergency": "imminent_dissipation"}, state="NGA"
    )
    shut = {item.fact: item.because for item in ROUTER.route(case, DAY).assumptions}
    assert "Another answer could open: Suspension of a transaction" in shut["transaction_pending"]
    opened = read(
        {
            "measure": "asset_freezing",
            "with": "ARE",
            "emergency": "imminent_dissipation",
            "transaction_pending": "yes",
        },
        state="NGA",
    )
    assert "fiu_hold" in {step.pathway for step in ROUTER.route(opened, DAY).steps}


@WHOLE_PROGRAM
def test_the_smallest_change_seeks_the_same_thing_for_the_same_authority(tmp_path: Path) -> None:
    file = tmp_path / "case.yaml"
    file.write_text(
        "state: BRA\nneeds:\n  - {id: a, measure: subscriber_data, with: USA}\n", encoding="utf-8"
    )
    for channel in ("voluntary disclosure by the provider", "mla", "letters rogatory"):
        shown = (
            CliRunner().invoke(main, ["change", str(file), "--to", channel, "--as-of", "2026-11-25"]).stdout
        )
        smallest = shown.split("  or\n")[0]
        assert "measure lawful" not in smallest and "private party" not in smallest
        assert "found out: data category" not in shown and "found out: actor" not in shown


@pytest.mark.parametrize("measure", ["search", "asset_freezing", "arrest"])
def test_who_is_asked_executes_and_sends_the_answer(measure: str) -> None:
    plan = ROUTER.route(read({"kind": "answer", "measure": measure, "with": "POL"}, state="DEU"), DAY)
    main_step = next(step for step in plan.steps if step.pathway == plan.needs[0].primary.pathway)  # type: ignore[union-attr]
    assert (main_step.sender.state, main_step.receiver.state) == ("DEU", "POL")
    assert (main_step.sender.role, main_step.receiver.role) == ("executing_authority", "issuing_authority")


def test_a_danger_to_life_makes_a_difference_to_a_tip(tmp_path: Path) -> None:
    file = tmp_path / "tip.yaml"
    file.write_text(
        "state: DEU\noffence: murder\nneeds:\n  - {id: tip, kind: share, measure: information_sharing, with: POL, emergency: threat_to_life}\n",
        encoding="utf-8",
    )
    shown = (
        CliRunner()
        .invoke(main, ["whatif", str(file), "--set", "tip.emergency=none", "--as-of", "2026-11-25"])
        .stdout
    )
    assert "Nothing differs" not in shown and "elephone" in shown


def test_measures_side_by_side_are_needs_of_their_own_and_none_is_dropped() -> None:
    """The second was once lost, as the first alone is a phrase that a longer text may hold."""
    for written in ("bank records and asset freezing", "bank records, asset freezing"):
        case = ROUTER.read({"needs": [{"measure": written, "with": "FRA"}]})
        assert [need.measure for need in case.needs] == ["bank_records", "asset_freezing"]
    one = ROUTER.read({"needs": [{"measure": "search and seizure"}]})
    assert [need.measure for need in one.needs] == ["search"]
