"""No rule of an overlay keeps a rule that stays from speaking, where channels and lists are as they were."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from silenced import silenced
from when_changed import WHOLE_PROGRAM

from routing.case.facts import facts_for
from routing.core import conclusion
from routing.core.errors import RulebookProblems
from routing.core.paths import rules_folder
from routing.evaluate.reference import Reference
from routing.opened import Router
from routing.rulebook import load
from routing.rulebook.model import Rule
from routing.rulebook.overlay.merge import apply_overlays
from routing.rulebook.overlay.protected import OF_ROUTES

pytestmark = WHOLE_PROGRAM

DAY = date(2026, 11, 24)
ALWAYS = "when: {any: [{coercive: yes}, {not: {coercive: yes}}]}"
NEEDS = (
    {"measure": "surrender", "persecution_risk": "possible", "coercive": "yes", "dual_criminality": "no", "kind": "answer"},
    {"measure": "surrender", "persecution_risk": "possible", "refusal_reason_raised": "nationality", "kind": "answer"},
    {"measure": "surrender", "kind": "request"},
    {"measure": "detainee_transfer", "kind": "request", "consent": "given_by_person"},
    {"measure": "service_of_documents", "kind": "request", "person_role": "witness"},
    {"measure": "sentence_transfer", "kind": "request", "sentenced_in": "other", "prisoner_agrees": "no"},
)  # fmt: skip
PAIRS = (("DEU", "FRA"), ("DEU", "CHE"), ("BRA", "KEN"))


@pytest.fixture(scope="module")
def ours() -> Router:
    return Router.open()


def opened(folder: Path, *rules: str) -> Router:
    file = folder / "mine.yaml"
    lines = "".join(
        f"  - {{id: mine.r{number}, says: Mine., {does}, basis: [untoc 3(1)]}}\n"
        for number, does in enumerate(rules)
    )
    file.write_text(f"overlay: mine\nsays: Invented for a test.\nrules:\n{lines}")
    return Router.open(apply_overlays(rules_folder(), [file], folder / "place"))


def stays(router: Router) -> list[Rule]:
    return [rule for rule in router.rulebook.rules if rule.stays]


def lifted(ours: Router, theirs: Router) -> set[str]:
    """The rules that stay which speak less, on any of the needs, where all channels are as they were."""
    found = set()
    for need in NEEDS:
        for state, other in PAIRS:
            case = ours.read({"state": state, "needs": [{**need, "with": other}]})
            before, after = (
                Reference(
                    router.rulebook.heads, facts_for(case, case.needs[0], router.rulebook, router.law, DAY)
                )
                for router in (ours, theirs)
            )
            channels = [head for head in ours.rulebook.heads if conclusion.kind_of(head) in OF_ROUTES]
            if any(before.atom(head) != after.atom(head) for head in channels):
                continue
            for rule in stays(ours):
                was, now = (each.atom(conclusion.fired(rule.id)) for each in (before, after))
                if was[0] > now[0] or was[1] > now[1]:
                    found.add(rule.parent)
    return found


DEFEATS = "warn: late_case_may_be_refused, defeats: {}"


PROMISES = (
    "extradition.speciality",
    "sentence.speciality",
    "sentence.speciality-binds-whoever-takes",
    "detainee.safe-conduct",
    "detainee.what-a-transfer-means-to-the-prisoner",
    "service.safe-conduct",
    "incoming.consult-on-other-grounds-only",
)


def test_what_keeps_a_promise_is_not_lifted_by_an_overlay(tmp_path: Path) -> None:
    with pytest.raises(RulebookProblems) as found:
        opened(tmp_path, *map(DEFEATS.format, PROMISES), f"is: dual_criminality_untested, {ALWAYS}")
    for number, rule in enumerate(PROMISES):
        assert f"`mine.r{number}` defeats `{rule}`, which stays" in str(found.value)
    said = "`mine.r7` could silence the rule that stays, `incoming.consult-on-other-grounds-only/1`"
    assert said in str(found.value), "nor is a fact concluded that keeps one from speaking"


def test_a_channel_may_be_closed_or_preferred_on_which_it_rests(tmp_path: Path) -> None:
    """The weaker mark: where the extradition does not go on, there is nobody whom its limit keeps safe."""
    theirs = opened(tmp_path, f"close: [detainee_transfer], {ALWAYS}")
    assert any(rule.id == "mine.r0" for rule in theirs.rulebook.rules)


def test_a_promise_at_the_border_is_none(ours: Router) -> None:
    """Officers stop where no treaty lets them cross; an overlay may bring the treaty."""
    assert not ours.rulebook.rule["pursuit.stop-at-the-border"].stays


def test_whatever_an_overlay_may_add_a_rule_that_stays_speaks_as_before(ours: Router) -> None:
    """Each conclusion that it rests on, but for channels, is joined with a free one, unless that is refused."""
    assert len({rule.parent for rule in stays(ours)}) > 5
    for rule in stays(ours):
        assert not silenced(rule, ours.rulebook), rule.id


def test_the_proof_finds_what_the_check_would_miss(ours: Router) -> None:
    rule = ours.rulebook.rule["incoming.consult-on-other-grounds-only/1"]
    assert silenced(rule, ours.rulebook, blind=True)


def test_the_attack_sees_a_rule_that_is_lifted(
    tmp_path: Path, ours: Router, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(load, "protected_problems", lambda *_: ())
    assert "extradition.speciality" in lifted(
        ours, opened(tmp_path, DEFEATS.format("extradition.speciality"))
    )


@pytest.mark.when_changed("rules")
def test_no_overlay_that_loads_lifts_one(ours: Router, tmp_path_factory: pytest.TempPathFactory) -> None:
    rulebook = ours.rulebook
    derived = sorted(fact.id for fact in rulebook.facts.values() if fact.derived)
    ways = sorted(rulebook.pathways)
    rules = st.one_of(
        st.sampled_from(derived).map(lambda fact: f"is: {fact}, {ALWAYS}"),
        st.sampled_from(rulebook.rules).map(lambda rule: f"{DEFEATS.format(rule.parent)}, {ALWAYS}"),
        st.sampled_from(ways).map(lambda way: f"warn: late_case_may_be_refused, on: [{way}]"),
        st.sampled_from(ways).map(lambda way: f"before: [{way}], over: [extradition, mla], {ALWAYS}"),
    )
    loaded: list[list[str]] = []

    @settings(max_examples=10, suppress_health_check=list(HealthCheck))
    @given(st.lists(rules, min_size=1, max_size=3))
    def attacked(body: list[str]) -> None:
        try:
            theirs = opened(tmp_path_factory.mktemp("overlay"), *body)
        except RulebookProblems:
            return
        loaded.append(body)
        assert not lifted(ours, theirs)

    attacked()
    assert loaded, "some are refused, and some load"
