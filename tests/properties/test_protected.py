"""No overlay, whatever it adds, makes a case less restricted where a protected rule speaks."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from silenced import silenced
from when_changed import WHOLE_PROGRAM

from routing.core.conditions import Is, leaf_tests
from routing.core.errors import RulebookProblems
from routing.core.paths import rules_folder
from routing.opened import Router
from routing.rulebook.overlay.merge import apply_overlays
from routing.rulebook.overlay.protected import rests_on

pytestmark = WHOLE_PROGRAM

pytest.importorskip("z3")

DAY = date(2026, 11, 24)
SOURCE = '"https://example.org/x"'
HEAD = "overlay: mine\nsays: Invented for a test.\n"


@pytest.fixture(scope="module")
def ours() -> Router:
    return Router.open()


def opened(folder: Path, body: str) -> Router:
    file = folder / "mine.yaml"
    file.write_text(HEAD + body)
    return Router.open(apply_overlays(rules_folder(), [file], folder / "place"))


def refused(folder: Path, body: str) -> str:
    with pytest.raises(RulebookProblems) as found:
        opened(folder, body)
    return str(found.value)


def row(state: str, since: str = "1993-11-01", status: str = "member") -> str:
    return (
        f"- {{state: {state}, status: {status}, since: {since}, since_basis: eif, source: {SOURCE}, "
        "confidence: high, checked: 2026-11-24}\n"
    )


# What once went through


def test_no_state_is_made_a_member_of_what_it_cannot_join(tmp_path: Path) -> None:
    """The USA in the European Union once opened the police and a request in a case of a death penalty."""
    told = refused(tmp_path, f"membership:\n  eu:\n    {row('USA')}")
    assert "`USA` cannot be a member of `eu`" in told and "mine.yaml:5" in told


@pytest.mark.parametrize(
    "instrument", ["death-penalty-retained", "death-penalty-unused", "death-penalty-not-for-money", "eu"]
)
def test_no_list_is_changed_that_a_protected_rule_looks_at(tmp_path: Path, instrument: str) -> None:
    told = refused(
        tmp_path, f"membership:\n  {instrument}:\n    {row('ISL' if instrument == 'eu' else 'DEU')}"
    )
    assert f"`membership of {instrument}` fills in" in told and "protected" in told


def test_no_key_is_filled_in_by_which_something_is_usual_that_a_protected_rule_looks_at(
    tmp_path: Path,
) -> None:
    """Where a law begins to hold people responsible once made `no bar to a trial` the usual answer."""
    told = refused(
        tmp_path,
        "states:\n  KEN:\n    facts:\n      responsible_from: {value: ten, says: Invented., "
        f"source: {SOURCE}, mark: secondary, checked: 2026-11-24}}\n",
    )
    assert "`responsible_from` fills in `responsible_from`, on which the protected rule" in told


@pytest.mark.parametrize(
    "does",
    [
        "close: [assurance_request]",
        "needs: [{coercive: yes}], on: own_approval",
        "before: [extradition, mla], over: [assurance_request]",
        "together: [extradition], over: [assurance_request]",
        "together: [own_approval], over: [mla]",
        "at_once: [police_to_police, mla]",
        "warn: late_case_may_be_refused, defeats: death-penalty.nothing-goes-before",
    ],
)
def test_a_step_that_a_protected_rule_adds_is_neither_closed_nor_overtaken(tmp_path: Path, does: str) -> None:
    """Without it, or before it, the answer goes out and nobody has given the assurance on the death penalty."""
    told = refused(tmp_path, f"rules:\n  - {{id: mine.shut, says: Mine., {does}, basis: [untoc 3(1)]}}\n")
    assert re.search("`mine.shut.*(protected rule `death-penalty|`death-penalty.*, which is protected)", told)


OWN_ROUTE = """
instruments:
  mine-treaty: {short: Mine, name: Mine (invented), kind: agreement, in_force: 2000-01-01, source: "https://example.org/x",
    confidence: high, checked: 2026-11-24}
provisions:
  mine-treaty: {article: "art. {}", checked: 2026-11-24, provisions: {"1": {says: Prisoners are lent., mark: unverified}}}
routes:
  detainee_transfer:
    - {id: detainee_transfer/mine-own, opens: {measure: detainee_transfer}, lead: [mine-treaty 1], kind: arrangement, says: Mine.}
  hot_pursuit:
    - {id: hot_pursuit/mine-own, opens: {measure: hot_pursuit}, lead: [mine-treaty 1], kind: arrangement, says: Mine.}
""" + "".join(
    f"  {way}:\n    - {{id: {way}/mine-own, opens: {{}}, lead: [mine-treaty 1], kind: arrangement, says: Mine.}}\n"
    for way in (
        "spontaneous_transmission",
        "nordic_warrant",
        "backed_warrant",
        "eu_uk_surrender",
        "civil_cooperation",
    )
)


@pytest.fixture(scope="module")
def with_routes(tmp_path_factory: pytest.TempPathFactory) -> Router:
    return opened(tmp_path_factory.mktemp("routes"), OWN_ROUTE)


def test_a_route_of_an_overlay_is_closed_by_what_closes_its_neighbours(with_routes: Router) -> None:
    theirs = with_routes
    closing = [rule for rule in theirs.rulebook.rules if rule.parent == "detainee.refusal-is-final"]
    assert any("detainee_transfer/mine-own" in rule.targets for rule in closing)
    plan = theirs.route(
        {
            "state": "KEN",
            "as_of": DAY,
            "needs": [{"measure": "detainee_transfer", "with": "NGA", "consent": "refused"}],
        }
    )
    primary = plan.needs[0].primary
    assert primary is None or primary.pathway != "detainee_transfer"


def test_on_a_route_of_an_overlay_is_said_what_is_said_on_its_neighbours(
    ours: Router, with_routes: Router
) -> None:
    """Its own treaty lets officers cross; it lets them enter no home and bring nobody back for that."""
    case = {"state": "DEU", "as_of": DAY, "needs": [{"measure": "hot_pursuit", "with": "FRA"}]}
    before, after = ours.route(case), with_routes.route(case)
    assert after.steps[0].route == "hot_pursuit/mine-own"
    protected = {rule.id for rule in ours.rulebook.rules if rule.protected and rule.form in ("warn", "duty")}

    def said(plan: Any) -> set[str]:
        told = {**{w.code: w.why for w in plan.warnings}, **{o.code: o.why for o in plan.obligations}}
        return {code for code, why in told.items() if why in protected}

    assert "pursue_in_the_open" in said(before) and said(before) <= said(after)


CLOSED_WITH_US: tuple[dict[str, Any], ...] = (
    {"state": "MOZ", "needs": [{"measure": "suspect_interview", "with": "VNM", "immunity": ["diplomat"],
                                "immunity_waived": "refused"}]},
    {"state": "NOR", "offence": ["political"],
     "needs": [{"kind": "answer", "measure": "surrender", "with": "BLR", "persecution_risk": "none",
                "death_penalty_risk": "none", "own_national": "no"}]},
    {"state": "DEU", "offence": ["political"], "needs": [{"kind": "answer", "measure": "bank_records", "with": "IRN"}]},
    {"state": "POL",
     "needs": [{"kind": "answer", "measure": "surrender", "with": "NOR", "ne_bis_in_idem": "final_elsewhere",
                "judgment_given_in": "third", "judged_in_the_union": "yes", "penalty_carried_out": "yes"}]},
)  # fmt: skip


@pytest.mark.parametrize("case", CLOSED_WITH_US)
def test_a_channel_of_an_overlay_is_what_it_is_with_us(with_routes: Router, case: dict[str, Any]) -> None:
    """By what is told unasked, by warrants of a few States and by a civil request an overlay once opened what an
    immunity, the political nature of an offence, and a judgment elsewhere close."""
    plan = with_routes.route({**case, "as_of": DAY})
    assert plan.status == "no_lawful_route", plan.needs[0].primary


def test_what_all_routes_of_a_channel_ask_for_a_route_of_an_overlay_asks_for_too(
    with_routes: Router,
) -> None:
    """The same condition, and of a fact any value that one of ours may have. A treaty is its own, but in a formal
    channel of treaties alone, beside a general one."""
    routes = with_routes.rulebook.routes
    assert routes["spontaneous_transmission/mine-own"].opens == Is(
        "kind", frozenset(("answer", "share", "use"))
    )
    assert routes["nordic_warrant/mine-own"].opens == routes["nordic_warrant/convention"].opens
    tests = set(leaf_tests(routes["eu_uk_surrender/mine-own"].opens))
    assert tests == {
        Is(f"tie:{name}", frozenset(("in_force",))) for name in ("eu-uk-tca", "eu-isl-nor-surrender")
    }
    assert routes["hot_pursuit/mine-own"].opens == Is("measure", frozenset(("hot_pursuit",)))
    assert routes["detainee_transfer/mine-own"].opens == Is("measure", frozenset(("detainee_transfer",)))


def test_what_silences_a_protected_rule_by_way_of_others_is_refused(tmp_path: Path, ours: Router) -> None:
    """Lifting a rule of ours, or opening a route, on whose falling a protected rule does not speak any more."""
    protected = ours.rulebook.rule["use.consent-before-another-use/1"]
    lifting = next(
        rule
        for rule in ours.rulebook.rules
        if rule.form == "is" and (f"fired:{rule.id}", True) in rests_on(protected.when, ours.rulebook).atoms
    )
    told = refused(
        tmp_path,
        f"""rules:
  - {{id: mine.away, says: Away with it., warn: late_case_may_be_refused, defeats: {lifting.parent}, when: {{coercive: yes}}, basis: [untoc 3(1)]}}
""",
    )
    assert "`mine.away` could silence the protected rule" in told


# Proof


def test_whatever_an_overlay_may_add_a_protected_rule_speaks_as_before(ours: Router) -> None:
    """For every protected rule: with any conclusion added that is not refused, and any State that joins a list.

    Each conclusion that the rule rests on is joined with a free one, unless the check refuses that. Each test of a
    fact that joining may change without being refused is joined likewise. The solver then finds no case in which
    the rule speaks, surely or possibly, and does not speak any more.
    """
    proved = 0
    for rule in ours.rulebook.rules:
        if rule.protected and rule.form != "never":
            proved += 1
            assert not silenced(rule, ours.rulebook), rule.id
    assert proved > 50


def test_the_proof_finds_what_the_check_would_miss(ours: Router) -> None:
    rule = ours.rulebook.rule["use.consent-before-another-use/1"]
    assert silenced(rule, ours.rulebook, blind=True)
