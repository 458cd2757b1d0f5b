"""What a route that an overlay adds is held to, proved of every pathway and whatever the route itself asks for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from shipped import router
from when_changed import WHOLE_PROGRAM

from routing.core import conclusion
from routing.core import conditions as c
from routing.core.domain import NAMED_ONLY, Pathway, Route
from routing.core.records import replace
from routing.rulebook.lower import expand
from routing.rulebook.model import Rulebook
from routing.rulebook.overlay.additions import aimed_at_additions, with_additions
from routing.rulebook.parse.conditions import TIE

pytestmark = WHOLE_PROGRAM

z3 = pytest.importorskip("z3")

OWN = c.Is("whatever_it_asks_for", frozenset({"yes"}))


@pytest.fixture(scope="module")
def ours() -> Rulebook:
    return router().rulebook


def own(way: str) -> Route:
    return Route(f"{way}/mine-own", way, OWN, ("mine-treaty 1",), file="routes/with-mine.yaml")


def added(rulebook: Rulebook) -> dict[str, Pathway]:
    """Every pathway with a route of an overlay."""
    additions = {way: (own(way),) for way in rulebook.pathways}
    return with_additions(rulebook.pathways, additions, rulebook.measures.values(), rulebook.facts)


def open_in_spite(condition: c.Condition, pathway: Pathway, rulebook: Rulebook) -> bool:
    """Whether a route with this condition may be open where none of the pathway's could, whatever the law data say."""
    free: dict[object, Any] = {}

    def bit(key: object) -> Any:
        return free.setdefault(key, z3.Bool(f"b{len(free)}"))

    def value(part: c.Condition, law: list[Any] | None) -> Any:
        """law: takes the tests of law data, which may then be anything; None where they are as they are."""
        if isinstance(part, c.Not):
            return z3.Not(value(part.part, law))
        if isinstance(part, (c.All, c.Any)):
            return (z3.And if isinstance(part, c.All) else z3.Or)([value(each, law) for each in part.parts])
        if isinstance(part, c.AtomRef):
            return bit(part)
        fact = rulebook.facts.get(part.fact)
        if law is not None and (part.fact.startswith(TIE) or (fact is not None and fact.looked_up)):
            law.append(z3.Bool(f"law{len(law)}"))
            return law[-1]
        return (
            z3.Or([bit((part.fact, word)) for word in part.values]) if isinstance(part, c.Is) else bit(part)
        )

    solver = z3.Solver()
    solver.add(value(condition, None))
    for route in pathway.routes:
        law: list[Any] = []
        opens = value(route.opens, law)
        solver.add(z3.Not(z3.Exists(law, opens) if law else opens))
    found = solver.check()
    assert found != z3.unknown
    return bool(found == z3.sat)


def test_a_route_of_an_overlay_is_open_only_where_one_of_ours_could_be(ours: Rulebook) -> None:
    """For every pathway, whatever the route asks for: in no case where none of ours could be, under any law data."""
    for way, pathway in added(ours).items():
        assert pathway.routes[0].id == own(way).id
        assert not open_in_spite(pathway.routes[0].opens, ours.pathways[way], ours), way


def test_the_proof_finds_a_route_that_is_not_held(ours: Rulebook) -> None:
    loose = [way for way, pathway in ours.pathways.items() if open_in_spite(OWN, pathway, ours)]
    assert "domestic_order" in loose and "spontaneous_transmission" in loose
    assert "mla" not in loose, "what our treaties carry, another treaty carries"


def unheld(rulebook: Rulebook, pathways: dict[str, Pathway], rules: list[Any]) -> Iterator[str]:
    """The closings that do not close a route of an overlay: protected ones that name the pathway or a route of it,
    and those of the route of a treaty whose text is not held."""
    lines = {
        line.head: set(c.conjuncts(line.when))
        for line in expand(rules, pathways, rulebook.measures, rulebook.last_resort, {})
    }
    for rule in rulebook.rules:
        for target in rule.targets if rule.form == "close" and rule.how == "fixed" else ():
            way = target.split("/")[0]
            entry = (
                rulebook.instruments.get(rulebook.routes[target].lead[0].split()[0])
                if "/" in target
                else None
            )
            unread = (
                entry is not None and NAMED_ONLY in entry.details and rulebook.routes[target].kind == "treaty"
            )
            if "/" not in target or rule.protected or unread:
                shut = c.negate(c.AtomRef(conclusion.fired(rule.id)))
                if shut not in lines[conclusion.available(own(way).id)]:
                    yield f"{rule.id} {way}"


def test_what_closes_a_channel_or_a_treaty_of_the_two_closes_a_route_of_an_overlay(ours: Rulebook) -> None:
    """By the plain rules themselves: such a rule that surely speaks leaves the route surely shut."""
    pathways = added(ours)
    assert not list(unheld(ours, pathways, aimed_at_additions(ours.rules, pathways, ours.instruments)))


def test_the_proof_finds_a_closing_that_is_not_aimed(ours: Rulebook) -> None:
    missed = list(unheld(ours, added(ours), list(ours.rules)))
    assert "political.extradition-as-a-rule/3 extradition" in missed
    assert "detainee.refusal-is-final/5 detainee_transfer" in missed


def test_a_rule_of_an_overlay_is_aimed_at_what_it_names_alone(ours: Rulebook) -> None:
    """Its own closing of one of our routes is not of its own route beside it."""
    rule = replace(ours.rule["political.extradition-as-a-rule/3"], file="reasoning/with-mine.yaml")
    assert aimed_at_additions([rule], added(ours), ours.instruments) == [rule]
