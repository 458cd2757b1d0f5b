"""No overlay that loads, whatever stands in it, makes a case of ours less restricted where a protected rule speaks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest
from explained import DAY, case_of, paths
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from random_overlays import menu, overlays
from shipped import router
from when_changed import KEPT_CASES, WHOLE_PROGRAM

from routing.case.facts import Facts, Value, facts_for
from routing.case.model import Case
from routing.core import conclusion
from routing.core.domain import NAMED_ONLY, Route
from routing.core.errors import RulebookProblems
from routing.core.paths import rules_folder
from routing.core.records import replace
from routing.evaluate.reference import Reference
from routing.opened import Router
from routing.rulebook import load
from routing.rulebook.model import TERM_FORMS, Rule
from routing.rulebook.overlay.merge import apply_overlays, overlay_of
from routing.rulebook.overlay.protected import speaks

pytestmark = [WHOLE_PROGRAM, KEPT_CASES]

LOADED_OF_TEN = 4
"""At least so many of ten overlays that are drawn load; more than six do as a rule."""
OF_EACH = 8
"""Cases that each overlay is tried on."""


def opened(folder: Path, *bodies: str) -> Router:
    files = [folder / f"{number}.yaml" for number in range(len(bodies))]
    for file, body in zip(files, bodies, strict=True):
        file.write_text(body)
    return Router.open(apply_overlays(rules_folder(), files, folder / "place"))


def loosened(ours: Router, theirs: Router, case: Case) -> Iterator[str]:
    """What an overlay makes less restricted in a case, told of the protected rule or of the route."""
    for need in case.needs:
        before, after = (
            Reference(each.rulebook.heads, facts_for(case, need, each.rulebook, each.law, case.as_of or DAY))
            for each in (ours, theirs)
        )
        for rule in ours.rulebook.rules:
            if rule.protected and rule.form != "never":
                yield from (
                    f"{need.id}: {rule.id} {does}" for does in _of_rule(rule, ours, theirs, before, after)
                )
        for route in _own(theirs):
            if after.atom(conclusion.available(route.id))[1]:
                yield from (f"{need.id}: {route.id} {does}" for does in _of_route(route, ours, theirs, after))


def _own(theirs: Router) -> list[Route]:
    return [route for route in theirs.rulebook.routes.values() if overlay_of(route.file)]


def _of_rule(rule: Rule, ours: Router, theirs: Router, before: Reference, after: Reference) -> Iterator[str]:
    was = before.truth(speaks(rule, ours.rulebook))
    now = after.truth(speaks(theirs.rulebook.rule[rule.id], theirs.rulebook))
    if was[0] > now[0] or was[1] > now[1]:
        yield "does not speak any more"
    if not now[0]:
        return
    ways = {target for target in rule.targets if "/" not in target}
    beside = {target.split("/")[0] for target in rule.targets}
    for route in _own(theirs):
        if rule.form == "close" and route.pathway in beside:
            if after.atom(conclusion.available(route.id))[rule.how != "curable"]:
                yield f"does not close {route.id}"
        elif rule.form in TERM_FORMS and route.pathway in beside:
            chosen, leads = (
                after.atom(conclusion.chosen(route.pathway)),
                after.atom(conclusion.lead(route.id)),
            )
            if chosen[0] and leads[0] and not after.atom(conclusion.fired(rule.id))[0]:
                yield f"is not said on {route.id}"
    for way in ways if rule.form == "bar" else ():
        if after.atom(conclusion.delivers(way))[1]:
            yield f"does not bar {way}"
    for way in rule.values if rule.form == "include" else ():
        step = conclusion.step(rule.id, way)
        if before.atom(step)[0] > after.atom(step)[0]:
            yield f"does not add {way}"


def _of_route(route: Route, ours: Router, theirs: Router, after: Reference) -> Iterator[str]:
    """A route of an overlay that may be open is held against ours: one of them could be, whatever the law data say,
    and nothing shuts it that shuts the one of a treaty whose text we do not hold."""
    beside = ours.rulebook.pathways[route.pathway].routes
    whatever = Reference(theirs.rulebook.heads, _without_law(after.facts, ours))
    if not any(whatever.truth(each.opens)[1] for each in beside):
        yield "is open where none of ours could be"
    unread = {
        each.id
        for each in beside
        if each.kind == "treaty" and NAMED_ONLY in ours.rulebook.instruments[each.lead[0].split()[0]].details
    }
    for rule in ours.rulebook.rules:
        shuts = rule.form == "close" and rule.how == "fixed" and unread & set(rule.targets)
        if shuts and after.atom(conclusion.fired(rule.id))[0]:
            yield f"is open in spite of {rule.id}"


def _without_law(facts: Facts, ours: Router) -> Facts:
    """The same facts of the case, with everything unknown that is looked up."""

    def told(name: str, _: Facts) -> Value | None:
        fact = ours.rulebook.facts.get(name)
        return None if fact is None or fact.looked_up else facts.get(name)

    return replace(
        facts, _look_up=told, _values={name: facts.get(name) for name in ("measure", "kind", "taken")}
    )


@pytest.fixture(scope="module")
def ours() -> Router:
    return router()


OWN = """overlay: mine
says: Invented for a test.
instruments:
  mine-treaty: {short: Mine, name: Mine, kind: agreement, in_force: 1990-01-01, source: "https://example.org/x",
    confidence: high, checked: 2026-11-24}
provisions:
  mine-treaty: {article: "art. {}", checked: 2026-11-24, provisions: {"1": {says: Invented., mark: unverified}}}
"""
ALWAYS = "{any: [{coercive: yes}, {not: {coercive: yes}}]}"


def routes(ways: Sequence[str]) -> str:
    """A route that is always open, in each of these pathways."""
    return "routes:\n" + "".join(
        f"  {way}:\n    - {{id: {way}/mine-own, opens: {ALWAYS}, lead: [mine-treaty 1], kind: treaty, says: Mine.}}\n"
        for way in ways
    )


ROUTES = routes(("extradition", "domestic_order", "detainee_transfer", "sentence_transfer"))
SHUT = (
    "taken-by-force-and-immunity/political-and-no-more",
    "read-against-its-text/preservation-that-is-not-known-there",
    "told-facts-turn-the-answer/bangkok-neither-a-national-nor-at-home",
    "grounds-that-are-told/deserter-from-madrid",
)
"""Kept cases without a lawful route, which a treaty in a general channel once opened: a political offence, an offence
against military duty, a measure that is unlawful there, a prisoner who is not a national."""


@pytest.fixture(scope="module")
def with_routes(tmp_path_factory: pytest.TempPathFactory) -> Router:
    return opened(tmp_path_factory.mktemp("routes"), OWN + ROUTES)


@pytest.mark.parametrize("name", SHUT)
def test_a_treaty_in_a_general_channel_opens_nothing_that_a_treaty_of_the_two_would_not(
    ours: Router, with_routes: Router, name: str
) -> None:
    case = case_of(name)
    assert with_routes.route(case, as_of=case.as_of or DAY).status == "no_lawful_route"
    assert not list(loosened(ours, with_routes, case))


def test_a_treaty_in_a_general_channel_opens_what_lacked_a_treaty(ours: Router, with_routes: Router) -> None:
    """That is what overlays are for: the two have no treaty on extradition that we know, and nothing else is in the way."""
    case = {
        "state": "KEN",
        "as_of": date(2026, 11, 24),
        "needs": [{"measure": "surrender", "with": "BRA", "kind": "request"}],
    }
    before, after = ours.route(case), with_routes.route(case)
    assert before.needs[0].primary is None or before.needs[0].primary.route != "extradition/mine-own"
    assert after.needs[0].primary is not None and after.needs[0].primary.route == "extradition/mine-own"


@pytest.mark.parametrize(
    ("blind", "instead", "body", "name", "told"),
    [
        (
            "aimed_at_additions",
            lambda rules, *_: list(rules),
            ROUTES,
            "taken-by-force-and-immunity/political-and-no-more",
            "extradition/mine-own is open in spite of political.extradition-as-a-rule",
        ),
        (
            "with_additions",
            lambda pathways, added, *_: {
                name: replace(pathway, routes=(*added.get(name, ()), *pathway.routes))
                for name, pathway in pathways.items()
            },
            ROUTES,
            "read-against-its-text/preservation-that-is-not-known-there",
            "domestic_order/mine-own is open where none of ours could be",
        ),
        (
            "protected_problems",
            lambda *_: (),
            f"rules:\n  - {{id: mine.away, says: Mine., warn: late_case_may_be_refused, when: {ALWAYS}, basis: [untoc 3(1)], "
            "defeats: political.no-surrender}\n",
            "taken-by-force-and-immunity/political-and-no-more",
            "political.no-surrender/4 does not speak any more",
        ),
    ],
)
def test_the_attack_sees_what_one_guard_would_let_through(
    blind: str,
    instead: object,
    body: str,
    name: str,
    told: str,
    ours: Router,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(load, blind, instead)
    seen = list(loosened(ours, opened(tmp_path, OWN + body), case_of(name)))
    assert any(told in each for each in seen), seen


def takes_no_route(ours: Router, folder: Path) -> set[str]:
    """The pathways whose law, or what protected rules rest on, leaves no room for a route of somebody's own."""
    ways = sorted(ours.rulebook.pathways)
    with pytest.raises(RulebookProblems) as found:
        opened(folder, OWN + routes(ways))
    return {way for way in ways if f"`{way}/mine-own`" in str(found.value)}


def attack(ours: Router, folders: pytest.TempPathFactory, count: int, loaded: list[bool]) -> None:
    names = sorted(paths())
    drawn = overlays(menu(ours, takes_no_route(ours, folders.mktemp("closed"))))

    @settings(max_examples=count, suppress_health_check=list(HealthCheck))
    @given(
        drawn,
        st.lists(st.sampled_from(names), min_size=OF_EACH, max_size=OF_EACH, unique=True),
    )
    def attacked(bodies: list[str], cases: list[str]) -> None:
        try:
            theirs = opened(folders.mktemp("overlay"), *bodies)
        except RulebookProblems:
            loaded.append(False)
            return
        loaded.append(True)
        for name in cases:
            assert not list(loosened(ours, theirs, case_of(name))), name

    attacked()


def test_no_overlay_that_loads_makes_a_case_less_restricted(
    ours: Router, tmp_path_factory: pytest.TempPathFactory
) -> None:
    loaded: list[bool] = []
    attack(ours, tmp_path_factory, 12, loaded)
    assert sum(loaded) * 10 >= LOADED_OF_TEN * len(loaded), (sum(loaded), len(loaded))
