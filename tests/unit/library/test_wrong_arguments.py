"""What a program passes in that is none of what is described: told in a sentence, never an error from inside."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

import routing
from routing import Problems, Router, RoutingError, draft, load_rulebook, route

CASE = {"as_of": "2026-11-24", "state": "KEN", "needs": [{"measure": "bank_records", "with": "FRA"}]}
DAY = "2026-11-24"
ROUTER = load_rulebook()
CALLS: dict[str, Callable[[Any], object]] = {
    "as_of": lambda it: route(CASE, as_of=it),
    "rulebook": lambda it: draft(CASE, rulebook=it),
    "rules": load_rulebook,
    "open": lambda it: Router.open(it),
    "overlays": lambda it: Router.open(overlays=it),
    "limits": lambda it: Router.open(limits=it).route(CASE),
    "document": lambda it: draft(CASE, document=it),
    "step": lambda it: draft(CASE, step=it),
    "plan": lambda it: ROUTER.render(it),
    "written": lambda it: ROUTER.written(it),
    "form": lambda it: ROUTER.render(route(CASE), it),
    "pathway": lambda it: ROUTER.why_not(CASE, it),
    "need": lambda it: ROUTER.why(CASE, need=it),
    "settings": lambda it: ROUTER.what_if(CASE, it),
    "setting": lambda it: ROUTER.what_if(CASE, [it]),
    "fact": lambda it: ROUTER.interview(CASE).answer(it, "yes"),
    "state": lambda it: ROUTER.between(it, "FRA", DAY),
    "standing": lambda it: ROUTER.standing(it, "KEN", DAY),
    "who": lambda it: ROUTER.who(it, DAY),
    "show": lambda it: ROUTER.show(it),
    "parties": lambda it: ROUTER.parties(it, DAY),
    "stale": lambda it: ROUTER.stale(DAY, older_than=it),
    "template": lambda it: ROUTER.template(it),
    "kind": lambda it: ROUTER.template(kind=it),
    "term": lambda it: ROUTER.term(it),
    "schema": lambda it: ROUTER.schema(it),
    "replay": lambda it: ROUTER.replay(it),
}


@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize(
    "given", [5, 10**5000, b"x", [5], object()], ids=["5", "huge", "bytes", "list", "object"]
)
def test_a_wrong_argument_is_told(name: str, given: object) -> None:
    if (name in ("step", "stale") and given == 5) or (name == "overlays" and given == []):
        return
    with pytest.raises(RoutingError) as told:
        CALLS[name](given)
    assert len(str(told.value)) < 500


@pytest.mark.parametrize("name", ["pathway", "document", "show", "term", "setting", "state"])
def test_a_word_of_a_million_letters_is_not_given_back(name: str) -> None:
    with pytest.raises(Problems) as told:
        CALLS[name]("x" * 1_000_000)
    assert len(str(told.value)) < 300


def test_one_setting_and_one_overlay_may_stand_alone() -> None:
    assert ROUTER.what_if(CASE, "offence=murder").after.needs
    with pytest.raises(RoutingError, match="nowhere"):
        Router.open(overlays="nowhere.yaml")


def test_every_look_up_is_ready_for_json() -> None:
    for data in (
        ROUTER.show("budapest"),
        ROUTER.show("budapest 29"),
        ROUTER.who("KEN", DAY),
        ROUTER.instruments(),
    ):
        assert json.loads(json.dumps(data)) == data
    assert routing.Router.show.__doc__
