"""The description of the interface is whole: each node of what is sent and answered has a type and says what it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from when_changed import WHOLE_PROGRAM

from routing.library import Router
from routing.model.asking import FactList
from routing.model.law import BetweenStates, InstrumentShown, ProvisionShown, StandingGiven
from routing.model.reaching import StateProfile, WhoReceives
from routing.opened import Router as Opened
from routing.serve.api import application, given
from routing.serve.steps import fact_list, standing_data

pytestmark = WHOLE_PROGRAM

DAY = "2026-11-24"
TYPED = ("type", "enum", "const", "anyOf", "oneOf", "allOf")
FREE = ("case",)
"""A case file has a schema of its own, which follows from the rules: `routing schema case`."""


@pytest.fixture(scope="module")
def router() -> Router:
    return Router(Opened.open())


@pytest.fixture(scope="module")
def described(router: Router) -> dict[str, Any]:
    return application(router._opened).openapi()


def nodes(node: dict[str, Any], place: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every node below one. A reference is described where it leads, and of `this or null` the whole is."""
    if "$ref" in node:
        return
    yield place, node
    for name, part in node.get("properties", {}).items():
        yield from nodes(part, f"{place}.{name}")
    for group in ("items", "additionalProperties"):
        if isinstance(node.get(group), dict):
            yield from nodes(node[group], f"{place}.{group}")
    for group in ("anyOf", "oneOf", "allOf", "prefixItems"):
        parts = node.get(group, ())
        for number, part in enumerate(parts):
            alone = {"type": "null"} in parts and len(parts) == 2
            told = {**part, "description": node.get("description", "")} if alone else part
            if part != {"type": "null"}:
                yield from nodes(told, f"{place}.{group}[{number}]")


def free(place: str, node: dict[str, Any]) -> bool:
    """Whether anything at all can stand there."""
    if not any(word in node for word in TYPED):
        return True
    if node.get("type") == "array":
        return not node.get("items")
    if node.get("type") == "object" and place.rsplit(".")[-1].split("[")[0] not in (*FREE, "anyOf"):
        return not node.get("properties") and not isinstance(node.get("additionalProperties"), dict)
    return False


def test_every_node_that_is_sent_or_answered_is_typed_and_described(described: dict[str, Any]) -> None:
    found = [pair for name, part in described["components"]["schemas"].items() for pair in nodes(part, name)]
    assert len(found) > 300
    assert [place for place, node in found if not str(node.get("description", "")).strip()] == []
    assert [place for place, node in found if free(place, node)] == []


def test_every_address_says_what_it_takes_and_answers(described: dict[str, Any]) -> None:
    for path, methods in described["paths"].items():
        for asked in methods.values():
            assert asked["description"], path
            for taken in asked.get("parameters", ()):
                assert taken.get("description") or taken["schema"].get("description"), (path, taken["name"])
                assert not free(taken["name"], taken["schema"]), (path, taken["name"])
            for kind, answer in asked["responses"]["200"]["content"].items():
                told = answer["schema"]
                inner = told.get("items", told)
                assert kind.startswith("text/") or "$ref" in inner or inner.get("anyOf"), (path, kind, told)


def test_a_node_that_says_nothing_would_be_found() -> None:
    whole = {"description": "An answer.", "type": "object"}
    bad: list[dict[str, Any]] = [{}, {"type": "object"}, {"type": "array"}, {"title": "A"}, {"items": {}}]
    for node in bad:
        found = list(nodes({**whole, "properties": {"part": node}}, "answer"))
        assert any(free(place, each) for place, each in found[1:]), node
        assert any(not each.get("description") for _, each in found[1:]), node
    assert not any(
        free(place, each) for place, each in nodes({**whole, "properties": {"a": {"type": "string"}}}, "x")
    )


def test_every_instrument_and_provision_fits_its_model(router: Router) -> None:
    law = router.law
    for id in (*law.instruments, *law.cited()):
        shown = given(InstrumentShown, router.show(id))
        assert shown.id == id
        for article in law.provisions(id):
            given(ProvisionShown, router.show(f"{id} {article}")[0])


def test_every_state_fits_its_models(router: Router) -> None:
    law = router.law
    for code in (place.alpha3 for place in law.states):
        given(StateProfile, router.state(code, DAY))
        given(WhoReceives, router.who(code, DAY))
        given(StandingGiven, standing_data(law, router.standing("untoc", code, DAY)))
    for partner in ("KEN", "USA", "ABW"):
        given(BetweenStates, router.between(partner, "FRA", DAY, everything=True))
    for pathway in router.rulebook.pathways:
        given(WhoReceives, router.who("FRA", DAY, pathway, "DEU"))


def test_every_fact_fits_its_model(router: Router) -> None:
    assert len(given(FactList, fact_list(router.rulebook)).facts) > 50
