"""Every step of every kept plan says who sends, who receives and by which way, each with what allows it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from places import ROOT
from scenario_check import in_each_folder, named, plan_named, read, sample
from sweeps import each

from routing.opened import Router, shared_router
from routing.plan.model import Plan, Step

ON = date(2026, 11, 24)
NOBODY, OWN = "nobody", "own_authority"
AT_HOME = {(OWN, "fiu"), (OWN, "provider")}
"""Who of one's own State is asked to act there."""
STORIES = sorted((ROOT / "examples").glob("*/case.yaml"))
PUBLISHED = sorted((ROOT / "tests" / "published" / "cases").glob("*.yaml"))


@pytest.fixture(scope="module")
def router() -> Router:
    return shared_router()


def goes_out(step: Step) -> bool:
    """Whether it leaves one's own authorities and reaches somebody."""
    if step.receiver.role in (NOBODY, OWN) or (step.sender.role, step.receiver.role) in AT_HOME:
        return False
    return step.receiver.state is None or step.receiver.state != step.sender.state


def unsaid(steps: tuple[Step, ...]) -> Iterator[str]:
    """What a step leaves out: a party without a name, a likely office or whom to ask; a step that goes out
    without its way; a way without the provision that allows it."""
    for step in steps:
        for party in (step.sender, step.receiver, *step.also_to):
            if not (party.name or party.likely or party.ask):
                yield f"{step.route}: who is the {party.role}?"
            if party.name and not (party.source or party.read_at):
                yield f"{step.route}: where was {party.name} read?"
            if party.name and party.confidence == "low":
                yield f"{step.route}: {party.name} is a lead only"
        if step.via is None:
            if goes_out(step):
                yield f"{step.route}: by which way from {step.sender.role} to {step.receiver.role}?"
        elif not step.via.basis or len(step.via.also) != len(step.via.also_basis):
            yield f"{step.route}: which provision allows {step.via.channel}?"


def every_step_says_who_and_how(plan: Plan) -> int:
    assert [*unsaid(plan.steps)] == []
    return len(plan.steps)


def of_a_scenario(name: str) -> int:
    return every_step_says_who_and_how(plan_named(name))


def test_every_step_of_a_kept_plan_says_who_sends_who_receives_and_by_which_way(router: Router) -> None:
    assert each(of_a_scenario, sample()) > 60
    assert each(lambda path: every_step_says_who_and_how(router.route(path)), STORIES) > 10


@pytest.mark.when_changed("rules", "tests/published")
def test_so_does_every_step_of_a_published_case(router: Router) -> None:
    assert each(lambda path: every_step_says_who_and_how(router.route(path, ON)), PUBLISHED)


@in_each_folder
def test_so_does_every_step_of_every_scenario(folder: str) -> None:
    each(of_a_scenario, named(folder))


# The tables, for what no kept plan shows


def parties(node: Any, pathway: str, sender: str = "", receiver: str = "") -> Iterator[tuple[str, str, str]]:
    """Every pair of parties of a pathway, as a rule file writes it: its own, and those of its manners."""
    if isinstance(node, list):
        for item in node:
            yield from parties(item, pathway, sender, receiver)
    elif isinstance(node, dict):
        said = [node.get(key, usual) for key, usual in (("sender", sender), ("receiver", receiver))]
        to, by = (side if isinstance(side, str) else "" for side in reversed(said))
        if by and to and ("sender" in node or "receiver" in node):
            yield pathway, by, to
        for value in node.values():
            yield from parties(value, pathway, by, to)


def every_pair() -> list[tuple[str, str, str]]:
    found = set()
    for path in sorted((ROOT / "rules" / "pathways").glob("*.yaml")):
        for id, pathway in read(path)["pathways"].items():
            found.update(parties(pathway, id))
    return sorted(found)


def test_of_every_party_one_knows_whom_to_ask_on_the_side_on_which_it_stands(router: Router) -> None:
    offices, pairs = router.law.offices(), every_pair()
    assert len(pairs) > 120
    for pathway, sender, receiver in pairs:
        for party, side in ((sender, "sender"), (receiver, "receiver")):
            assert any(r.ask for r in offices.roles_for(party, pathway, side)), (pathway, party, side)


def test_between_every_two_parties_that_write_to_each_other_there_is_a_way(router: Router) -> None:
    offices = router.law.offices()
    ways = {(pair.sender, pair.receiver) for pair in offices.between}
    for pathway, sender, receiver in every_pair():
        at_home = OWN in (sender, receiver) and receiver != "data_owner"
        if not at_home and receiver != NOBODY:
            assert (sender, receiver) in ways, (pathway, sender, receiver)
