"""What stays on a page however short room is: what turns a step round, the shortest time, with whom law binds."""

from __future__ import annotations

from typing import Any

from pages import page as page_in
from places import ROOT

from routing.opened import shared_router
from routing.render.text import text

ROUTER = shared_router()


def page(state: str, *needs: dict[str, Any], **case: Any) -> str:
    return page_in(ROUTER, state=state, needs=list(needs), **case)


def number(state: str, other: str, actor: str) -> str:
    """The page of who has the number of a kidnapper."""
    need = {
        "id": "who",
        "measure": "subscriber_data",
        "with": other,
        "data_holder": "foreign_provider",
        "days_until_needed": "0",
        "emergency": "threat_to_life",
        "danger_place": "here",
    }
    return page(state, need, actor=actor, stage="investigation", offence=["kidnapping"])


def test_the_sentence_that_turns_a_step_round_is_kept() -> None:
    assert "Write to no telephone operator there" in number("KEN", "TZA", "police")


def test_the_shortest_time_is_kept() -> None:
    told = number("SVN", "PRT", "prosecutor")
    assert "Answer due in eight hours if directly accessible" in told
    assert told.index("Order production") < told.index("Telephone the contact point")


def test_a_time_told_in_words_is_kept() -> None:
    need = {
        "id": "arrest",
        "measure": "arrest",
        "with": "NAM",
        "emergency": "imminent_flight",
        "days_until_needed": "0",
    }
    told = page("ZAF", need, actor="prosecutor", stage="charged", offence=["property_crime"])
    assert "days from the arrest" in told


def test_law_that_binds_with_one_of_two_states_says_with_which() -> None:
    team = {"measure": "joint_investigation", "purpose": "evidence"}
    needs = [{"id": "one", "with": "ESP", **team}, {"id": "two", "with": "CPV", **team}]
    told = page("PRT", *needs, actor="prosecutor", stage="investigation", offence=["drugs"])
    assert "ETS 182 20(3), 20(4) with Spain" in told
    assert "Europol national unit, Cabo Verde" not in told


def test_a_basis_that_is_closed_is_named_where_the_channel_is_another_way() -> None:
    need = {"id": "tip", "kind": "share", "measure": "information_sharing", "with": "IRL"}
    case = {"actor": "police", "stage": "investigation", "offence": ["corruption"]}
    told = page("PER", {**need, "already_requested": "yes"}, **case)
    assert "Other ways: INTERPOL message, mutual legal assistance" in told
    assert "Mutual legal assistance (Law of the requested State): A letter on reciprocity" in told
    assert "Mutual legal assistance: " not in told


def test_a_list_that_no_step_rests_on_does_not_age_the_page() -> None:
    plan = ROUTER.route(ROOT / "examples/incoming-request/case.yaml")
    cited = {basis.provision.split(" ")[0] for step in plan.steps for basis in step.basis}
    seen = {item.seen_in: item.as_last_seen for item in plan.assumptions if item.as_last_seen is not None}
    oldest = max((plan.as_of - day).days for register, day in seen.items() if register in cited)
    assert max((plan.as_of - day).days for day in seen.values()) > oldest
    assert f"lists up to {oldest} days old" in " ".join(text(plan, ROUTER, width=100).split())
