"""Rule sets that networks share: compiled once, bounded for the process, and never an answer of another network."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from random_rules import KINDS, MEASURES, differing, facts_with, random_known, random_program

from routing.evaluate.engine import Engine, compile_network, compile_networks, driver
from routing.evaluate.engine.cache import keep_networks, kept_networks
from routing.evaluate.engine.driver import CompiledRuleSet
from routing.evaluate.engine.sharing import SharedRuleSets


@pytest.fixture
def shared(monkeypatch: pytest.MonkeyPatch) -> SharedRuleSets[CompiledRuleSet]:
    """A process in which nothing was compiled yet."""
    fresh = SharedRuleSets(CompiledRuleSet)
    monkeypatch.setattr(driver, "_shared", fresh)
    return fresh


def test_networks_share_what_they_have_in_common(shared: SharedRuleSets[CompiledRuleSet]) -> None:
    """And each concludes from its own clauses alone, whatever else stands in a rule set."""
    dice = random.Random("shared")
    alone = idle = 0
    for _ in range(12):
        program, engine = random_program(dice, size=60), Engine()
        networks = compile_networks(
            program.plain, {(measure, kind): {} for measure in MEASURES for kind in KINDS}
        )
        for measure, kind in networks.sorts:
            network = networks.of(measure, kind)
            for _ in range(6):
                facts = facts_with(random_known(dice), measure, kind)
                assert not differing(engine.evaluate(network, facts), program.truths(facts))
            for part in (part for layer in network.layers for part in layer):
                alone += part.own.bit_count()
                idle += len(part.ruleset.clauses) - part.own.bit_count()
    together = sum(ruleset.size for ruleset in shared._kept.values())
    assert together < alone * 0.5, (together, alone)
    assert idle > 100, "there was something to leave aside"


def test_a_network_alone_concludes_the_same_from_rule_sets_that_hold_nothing_else(
    shared: SharedRuleSets[CompiledRuleSet], tmp_path: Path
) -> None:
    """Also when it was kept."""
    dice = random.Random("alone")
    for number in range(6):
        program, engine = random_program(dice, size=60), Engine()
        sorts = {(measure, kind): {} for measure in MEASURES for kind in KINDS}
        networks = compile_networks(program.plain, sorts)
        for place, sort in enumerate(networks.sorts):
            entry = tmp_path / f"{number}-{place}"
            keep_networks(entry, networks.alone(*sort))
            kept = kept_networks(entry)
            assert kept is not None and kept == networks.alone(*sort)
            alone, among = kept.of(*sort), networks.of(*sort)
            assert (alone.heads, alone.facts, alone.rules) == (among.heads, among.facts, among.rules)
            parts = [part for layer in alone.layers for part in layer]
            assert all(part.own.bit_count() == len(part.ruleset.clauses) for part in parts)
            for _ in range(6):
                facts = facts_with(random_known(dice), *sort)
                assert engine.evaluate(alone, facts) == engine.evaluate(among, facts)


def test_a_second_router_compiles_nothing_anew(shared: SharedRuleSets[CompiledRuleSet]) -> None:
    network = compile_network(random_program(random.Random(1), size=30).plain, "find", "request")
    first, second = Engine(), Engine()
    facts = facts_with({})
    answer = first.evaluate(network, facts)
    kept = len(shared)
    assert second.evaluate(network, facts) == answer and len(shared) == kept


def test_what_was_unused_longest_gives_way_and_is_compiled_again(
    shared: SharedRuleSets[CompiledRuleSet], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A network that is larger than all that may be kept runs all the same."""
    monkeypatch.setattr("routing.evaluate.engine.sharing.MOST_CLAUSES", 100)
    made: list[object] = []
    given_back: list[object] = []
    make, delete = driver.native.create_ruleset, driver.native.delete_ruleset
    monkeypatch.setattr(driver.native, "create_ruleset", lambda *given: made.append(1) or make(*given))
    monkeypatch.setattr(
        driver.native, "delete_ruleset", lambda *given: given_back.append(1) or delete(*given)
    )
    dice, engine = random.Random("bounded"), Engine()
    programs = [random_program(dice, size=40) for _ in range(6)]
    networks = [compile_network(program.plain, "find", "request") for program in programs]
    for _ in range(2):
        for program, network in zip(programs, networks, strict=True):
            facts = facts_with(random_known(dice))
            assert not differing(engine.evaluate(network, facts), program.truths(facts))
            own = sum(len(part.ruleset.clauses) for layer in network.layers for part in layer)
            kept = sum(ruleset.size for ruleset in shared._kept.values())
            assert kept <= max(100, own), "what others used gave way"
    assert len(made) - len(given_back) == len(shared), "memory outside Python was given back"


def test_a_rule_set_that_was_dropped_is_compiled_again(shared: SharedRuleSets[CompiledRuleSet]) -> None:
    network = compile_network(random_program(random.Random(2), size=30).plain, "find", "request")
    answer = Engine().evaluate(network, facts_with({}))
    for ruleset in list(shared._kept.values()):
        shared.drop(ruleset)
        shared.drop(ruleset)  # twice is once
    assert len(shared) == 0 and not shared._clauses
    assert Engine().evaluate(network, facts_with({})) == answer and len(shared)


def test_what_rule_sets_read_is_numbered_anew_before_it_is_too_much(
    shared: SharedRuleSets[CompiledRuleSet], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A program that opens many rulebooks does not grow, and no rule set reads by the places of before."""
    monkeypatch.setattr("routing.evaluate.engine.sharing.MOST_PLACES", 60)
    dice, engine = random.Random("numbered"), Engine()
    programs = [random_program(dice, size=40) for _ in range(5)]
    networks = [compile_network(program.plain, "find", "request") for program in programs]
    kept = []
    for _ in range(2):
        for program, network in zip(programs, networks, strict=True):
            facts = facts_with(random_known(dice))
            assert not differing(engine.evaluate(network, facts), program.truths(facts))
            kept.append(len(shared.places))
            assert len(shared.places) <= 60
    assert 0 in kept and any(kept)
