"""The engine: it agrees with the reference, stays within its limits, and fails aloud."""

from __future__ import annotations

import ast
import functools
import json
import operator
import os
import random
import re
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from msgspec import structs
from places import ROOT
from random_rules import (
    GOALS,
    KINDS,
    MEASURES,
    differing,
    facts_with,
    program_of,
    random_known,
    random_program,
    wide_condition,
)

from routing.case.facts import Facts, Value, facts_for
from routing.case.model import Case, Need
from routing.core.conditions import (
    ALWAYS,
    NEVER,
    All,
    Any,
    AtLeast,
    AtomRef,
    Clause,
    Condition,
    Is,
    Not,
    specialise,
)
from routing.core.domain import KINDS_OF_NEED, UNKNOWN
from routing.core.errors import EngineFailure, EvaluatorsDisagree
from routing.evaluate.engine import Engine, Network, compile_network, compile_networks, driver
from routing.evaluate.engine.cache import keep_networks, kept_networks
from routing.evaluate.engine.rule_sets import LITERALS, MOST_IDLE, MOST_KEYS, MOST_RULES, SENTINEL, named
from routing.evaluate.engine.sharing import MOST_CLAUSES, Places, SharedRuleSets
from routing.evaluate.findings import CrossCheckedEvaluator
from routing.evaluate.reference import Truth, evaluate
from routing.opened import Router
from routing.rulebook.model import Rulebook

PACKAGE = ROOT / "routing"
DAY = date(2026, 11, 24)


def rule(head: str, when: Condition) -> Clause:
    return Clause(head, when, head.split(":")[1])


# Agreement


def test_engine_and_reference_agree_on_random_rules() -> None:
    dice = random.Random("agree")
    cases = undecided = certain = 0
    for _ in range(500):
        program = random_program(dice)
        for measure in MEASURES:
            engine, network = Engine(), compile_network(program.plain, measure, "request")
            for _ in range(12):
                facts = facts_with(random_known(dice), measure)
                expected = program.truths(facts)
                assert not differing(engine.evaluate(network, facts), expected), program.plain
                cases += 1
                undecided += sum(truth == (False, True) for truth in expected.values())
                certain += sum(truth == (True, True) for truth in expected.values())
    assert cases == 12_000
    assert undecided >= 10_000 and certain >= 10_000, (undecided, certain)


def test_engine_and_reference_agree_on_rules_with_very_many_alternatives() -> None:
    """Such rules are cut into parts with names of their own, which no answer may show."""
    dice = random.Random("wide")
    cut = 0
    for _ in range(60):
        program = program_of(tuple(rule(f"fired:a.r{number}", wide_condition(dice)) for number in range(3)))
        engine, network = Engine(), compile_network(program.plain, "find", "request")
        cut += len(network.layers) > 1
        for _ in range(15):
            facts = facts_with(random_known(dice))
            found = engine.evaluate(network, facts)
            assert not differing(found, program.truths(facts))
            assert set(found) <= set(program.heads)
    assert cut >= 50, cut


SORTS = {(measure, kind): {} for measure in MEASURES for kind in KINDS}


def test_a_network_of_any_measure_and_kind_gives_what_all_the_rules_give() -> None:
    """Rules that the measure and the kind rule out are left out; nothing that a plan reads may change by that."""
    dice = random.Random("specialise")
    shorter = 0
    for _ in range(150):
        program = random_program(dice, size=20)
        networks = compile_networks(program.plain, SORTS)
        for measure, kind in SORTS:
            engine, network = Engine(), networks.of(measure, kind)
            alone = compile_network(program.plain, measure, kind)
            for ours, theirs in ((alone.heads, network.heads), (alone.facts, network.facts)):
                assert set(ours) == set(theirs)
            assert set(alone.rules) == set(network.rules)
            shorter += len(network.heads) < len(program.heads)
            for _ in range(5):
                facts = facts_with(random_known(dice), measure, kind)
                found, expected = engine.evaluate(network, facts), program.truths(facts)
                assert not differing(found, expected)
                assert {head: expected[head] for head in network.heads if expected[head][1]} == found
                heads = set(network.heads)
                missing = [head for head in program.heads if head.startswith(GOALS) and head not in heads]
                assert not any(expected[head][1] for head in missing)
    assert shorter >= 300, shorter


def test_what_bears_on_a_need_is_what_is_left_to_ask_once_its_measure_and_kind_are_known() -> None:
    def named(name: str) -> Condition:
        return Is(name, frozenset({"a"}))

    find, fixed = Is("measure", frozenset({"find"})), Is("coercive", frozenset({"yes"}))
    plain = (
        rule("fired:a.both", All((find, named("with_find")))),
        rule("fired:a.either", Any((find, named("without_find")))),
        rule("fired:a.not", All((Not(find), named("not_find")))),
        rule("fired:a.fixed", All((fixed, named("coerced")))),
        rule("fired:a.below", All((AtomRef("is:never"), named("below_never")))),
        rule("is:never", All((Not(find), named("never")))),
        rule("is:nothing", named("asked_by_nothing")),
    )
    sorts = {("find", "request"): {"coercive": "yes"}, ("search", "request"): {"coercive": "no"}}
    networks = compile_networks(plain, sorts)
    assert set(networks.of("find", "request").facts) == {"with_find", "coerced"}
    assert set(networks.of("search", "request").facts) == {"without_find", "not_find", "below_never", "never"}
    assert set(networks.of("find", "request").heads) == {"fired:a.both", "fired:a.either", "fired:a.fixed"}
    assert set(networks.of("search", "request").rules) == {"a.either", "a.not", "a.below", "never"}


def test_a_rule_that_holds_by_itself_and_one_that_never_does() -> None:
    program = program_of(
        (
            rule("fired:a.always", ALWAYS),
            rule("fired:a.never", NEVER),
            rule("fired:a.not-never", Not(AtomRef("fired:a.never"))),
        )
    )
    found = Engine().evaluate(compile_network(program.plain, "find", "request"), facts_with({}))
    assert found == {"fired:a.always": (True, True), "fired:a.not-never": (True, True)}


@pytest.mark.parametrize("size", [MOST_RULES - 1, MOST_RULES, MOST_RULES + 1, 500])
@pytest.mark.parametrize("names", [1, 1_000], ids=["one fact", "a fact each"])
def test_no_conclusion_is_lost_where_very_many_rules_match_at_once(size: int, names: int) -> None:
    program = program_of(
        tuple(
            rule(f"fired:a.r{number}", Is(f"fact{number % names}", frozenset({"a"})))
            for number in range(size)
        )
    )
    network, engine = compile_network(program.plain, "find", "request"), Engine()
    known = {f"fact{number}": Value(frozenset({"a"})) for number in range(size)}
    assert engine.evaluate(network, facts_with(known)) == {
        f"fired:a.r{number}": (True, True) for number in range(size)
    }
    assert engine.evaluate(network, facts_with({name: Value(frozenset({"b"})) for name in known})) == {}


def test_no_conclusion_is_lost_where_very_many_facts_are_asked() -> None:
    names = [f"fact{number}" for number in range(3 * MOST_KEYS)]
    program = program_of(tuple(rule(f"fired:a.{name}", Is(name, frozenset({"a"}))) for name in names))
    network = compile_network(program.plain, "find", "request")
    dice = random.Random(1)
    for _ in range(5):
        facts = facts_with(
            {name: dice.choice((None, Value(frozenset({"a"})), Value(frozenset({"b"})))) for name in names}
        )
        assert not differing(Engine().evaluate(network, facts), program.truths(facts))


def test_a_rule_with_more_tests_than_a_message_can_hold_is_refused() -> None:
    names = [f"fact{number}" for number in range(MOST_KEYS + 1)]
    for most in (names, names[1:]):
        program = program_of((rule("fired:a", All(tuple(Is(name, frozenset({"a"})) for name in most))),))
        facts = facts_with({name: Value(frozenset({"a"})) for name in most})
        if most is names:
            with pytest.raises(EngineFailure, match="`fired:a` tests more than 200 things at once"):
                compile_network(program.plain, "find", "request")
        else:
            found = Engine().evaluate(compile_network(program.plain, "find", "request"), facts)
            assert not differing(found, program.truths(facts))


def test_conclusions_run_through_many_layers() -> None:
    plain = [rule("fired:a.0", Is("choice0", frozenset({"a"})))]
    plain += [rule(f"fired:a.{number}", Not(AtomRef(f"fired:a.{number - 1}"))) for number in range(1, 80)]
    program = program_of(tuple(plain))
    network, engine = compile_network(program.plain, "find", "request"), Engine()
    for value in (None, Value(frozenset({"a"})), Value(frozenset({"b"}))):
        facts = facts_with({"choice0": value})
        assert not differing(engine.evaluate(network, facts), program.truths(facts))


def test_networks_that_were_kept_answer_like_those_that_were_compiled(tmp_path: Path) -> None:
    dice = random.Random("kept")
    for number in range(20):
        program = random_program(dice, size=20)
        networks, entry = compile_networks(program.plain, SORTS), tmp_path / f"{number}" / "networks"
        assert kept_networks(entry) is None
        keep_networks(entry, networks)
        again = kept_networks(entry)
        assert again == networks
        network, kept = networks.of("search", "answer"), again.of("search", "answer")
        for _ in range(10):
            facts = facts_with(random_known(dice), "search", "answer")
            assert Engine().evaluate(kept, facts) == Engine().evaluate(network, facts)
    (file,) = entry.parent.glob("*.entry")
    whole = file.read_bytes()
    for damage in (
        whole[:-1],
        whole[:-20] + bytes([whole[-20] ^ 1]) + whole[-19:],
        b"",
        b"{}",
        whole[64:],
        whole + b" ",
    ):
        file.write_bytes(damage)
        assert kept_networks(entry) is None
    file.write_bytes(whole)
    assert kept_networks(entry) is not None


# The real rulebook


@pytest.fixture(scope="module")
def networks(router: Router) -> dict[tuple[str, str], Network]:
    """The network of every measure and kind of need."""
    rulebook = router.rulebook
    sorts = {
        (measure, kind): rulebook.properties(measure)
        for measure in rulebook.measures
        for kind in KINDS_OF_NEED
    }
    compiled = compile_networks(rulebook.plain, sorts)
    return {sort: compiled.of(*sort) for sort in sorts}


def stuck(rulebook: Rulebook) -> set[str]:
    """The pathways that no measure lists and no rule adds."""
    used = {way for measure in rulebook.measures.values() for way in measure.ways} | {rulebook.last_resort}
    return (
        set(rulebook.pathways)
        - used
        - {way for r in rulebook.rules if r.form in ("first_open", "include") for way in r.values}
    )


def test_every_pathway_can_come_into_a_plan(router: Router) -> None:
    assert stuck(router.rulebook) == set()


@pytest.mark.xdist_group("networks")
@pytest.mark.when_changed("rules")
def test_every_plain_rule_of_the_rulebook_is_compiled_for_some_need(
    router: Router, networks: dict[tuple[str, str], Network]
) -> None:
    """All but those that no need can come to read: what is said of a pathway as the main step where no measure lists it."""
    plain = router.rulebook.plain
    compiled: set[int] = set()
    for (measure, kind), network in networks.items():
        heads, rules = set(network.heads), set(network.rules)
        for number, line in enumerate(plain):
            asked = number not in compiled and line.head in heads and line.rule in rules
            if asked and specialise(line.when, {"measure": measure, "kind": kind}) != NEVER:
                compiled.add(number)
    listed = {way for measure in router.rulebook.measures.values() for way in measure.ways} | {
        router.rulebook.last_resort
    }
    never_main = {f"main:{way}" for way in router.rulebook.pathways if way not in listed}
    left = [line for number, line in enumerate(plain) if number not in compiled]
    unreachable = stuck(router.rulebook)
    assert {line.head for line in left if line.rule.split("/")[0] not in unreachable} <= never_main
    assert len(compiled) == len(plain) - len(left)
    assert len(plain) >= 1_500
    fired = {
        line.rule
        for number, line in enumerate(plain)
        if number in compiled and line.head.startswith("fired:")
    }
    assert fired == {r.id for r in router.rulebook.rules if r.form != "never"}


@pytest.mark.xdist_group("networks")
@pytest.mark.when_changed("rules")
def test_every_rule_set_of_the_rulebook_stays_within_the_limits(
    networks: dict[tuple[str, str], Network],
) -> None:
    sets = {
        part.ruleset.name: part.ruleset
        for network in networks.values()
        for layer in network.layers
        for part in layer
    }
    assert len(sets) >= 300
    assert max(len(ruleset.clauses) for ruleset in sets.values()) <= MOST_RULES <= 63
    clauses = sum(len(ruleset.clauses) for ruleset in sets.values())
    alone = max(
        sum(part.own.bit_count() for layer in network.layers for part in layer)
        for network in networks.values()
    )  # those of a first need, whose rule sets are its own
    assert clauses + alone <= MOST_CLAUSES, "all are kept, so that none is compiled twice in a process"
    keys = [{key for clause in ruleset.clauses for key, _ in clause.when} for ruleset in sets.values()]
    assert max(map(len, keys)) <= MOST_KEYS <= 240
    idle = [
        len(ruleset.clauses) - sum(sorts.bit_count() for sorts in ruleset.sorts) / asking.bit_count()
        for ruleset in sets.values()
        if (asking := functools.reduce(operator.or_, ruleset.sorts))
    ]
    assert len(idle) == len(sets) and max(idle) <= MOST_IDLE


@pytest.mark.xdist_group("networks")
@pytest.mark.when_changed("rules")
def test_a_layer_reads_only_what_earlier_layers_concluded(networks: dict[tuple[str, str], Network]) -> None:
    for network in networks.values():
        tests = set(network.tests)
        concluded: set[str] = set()
        layers = [[clause for part in layer for clause in part.clauses] for layer in network.layers]
        every = {clause.head for layer in layers for clause in layer}
        for layer in layers:
            reads = {named(key) for clause in layer for key, _ in clause.when}
            assert not (reads & every) - concluded
            unheard = {
                named(key) for clause in layer for key, value in clause.when if clause.unless or not value
            } - every
            assert reads - every <= tests | unheard, "what is expected to hold can come"
            concluded |= {clause.head for clause in layer}


def random_need(dice: random.Random, router: Router, measure: str, kind: str) -> Facts:
    """A need between two States with some facts stated at random."""
    states = [place.alpha3 for place in router.law.states if place.parent is None]
    stated: dict[str, str | int | tuple[str, ...]] = {}
    for fact in router.rulebook.facts.values():
        if fact.derived or (fact.looked_up and "from" in fact.looked_up) or dice.random() < 0.6:
            continue
        if fact.type == "number":
            stated[fact.id] = dice.choice((0, 5, 11, 12, 24, 36, 48, 120))
        elif fact.type == "many":
            stated[fact.id] = tuple(dice.sample([*fact.values, UNKNOWN], dice.choice((1, 2))))
        elif fact.type == "choice":
            stated[fact.id] = dice.choice([*fact.values, UNKNOWN])
    need = Need(id="n", kind=kind, measure=measure, partner=dice.choice([*states, None]), facts=stated)
    case = Case(state=dice.choice([*states, None]), needs=(need,))
    return facts_for(case, need, router.rulebook, router.law, DAY)


@pytest.mark.xdist_group("networks")
@pytest.mark.when_changed("rules")
def test_engine_and_reference_agree_on_random_needs_under_the_rulebook(
    router: Router, networks: dict[tuple[str, str], Network]
) -> None:
    dice = random.Random("rulebook")
    engine = Engine()
    decided = undecided = 0
    for measure, kind in dice.sample(sorted(networks), 14):
        network = networks[measure, kind]
        for _ in range(15):
            facts = random_need(dice, router, measure, kind)
            found = engine.evaluate(network, facts)
            assert found == evaluate(router.rulebook, facts, network.heads)
            decided += sum(truth[0] for truth in found.values())
            undecided += sum(not truth[0] for truth in found.values())
    assert decided >= 5_000 and undecided >= 5_000, (decided, undecided)


# Refusing to answer


@pytest.fixture
def facts(small_router: Router) -> Facts:
    need = Need(
        id="n",
        kind="request",
        measure="find_person",
        partner="FRA",
        facts={"coercive": "yes", "days_left": 12},
    )
    case = Case(state="KEN", needs=(need,), facts={"max_penalty_months": 60})
    return facts_for(case, need, small_router.rulebook, small_router.law, date(2026, 2, 2))


@pytest.fixture
def forgetful(monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine is asked anew each time."""
    monkeypatch.setattr(driver, "MOST_ANSWERED", 0)
    monkeypatch.setattr(driver, "_shared", SharedRuleSets(driver.CompiledRuleSet))


class Corrupted(Engine):
    """An engine whose result is changed before it is given."""

    def __init__(self, change: Callable[[dict[str, Truth]], object]) -> None:
        super().__init__()
        self.change = change

    def evaluate(self, network: Network, facts: Facts) -> dict[str, Truth]:
        found = super().evaluate(network, facts)
        self.change(found)
        return found


def test_every_single_change_of_the_engines_result_is_noticed(small_router: Router, facts: Facts) -> None:
    sound = CrossCheckedEvaluator(small_router.rulebook).findings(facts).truths
    assert len(sound) >= 20
    changes: list[Callable[[dict[str, Truth]], object]] = [
        lambda found: found.update({"available:nowhere": (True, True)})
    ]
    for head, (surely, _) in sound.items():
        changes.append(lambda found, head=head: found.pop(head))  # type: ignore[misc]
        changes.append(lambda found, head=head, surely=surely: found.update({head: (not surely, True)}))  # type: ignore[misc]
    for change in changes:
        with pytest.raises(EvaluatorsDisagree, match="the two evaluators differ on 1 conclusions, first `"):
            CrossCheckedEvaluator(small_router.rulebook, engine=Corrupted(change)).findings(facts)


def test_a_changed_reference_is_noticed_as_well(
    small_router: Router, facts: Facts, monkeypatch: pytest.MonkeyPatch
) -> None:
    from routing.evaluate.reference import Reference

    sound = Reference.holding
    monkeypatch.setattr(
        Reference, "holding", lambda *given: {**sound(*given), "primary:police": (True, True)}
    )
    with pytest.raises(EvaluatorsDisagree, match="first `primary:police`"):
        CrossCheckedEvaluator(small_router.rulebook).findings(facts)


def test_an_action_that_the_engine_loses_is_noticed(
    small_router: Router, facts: Facts, monkeypatch: pytest.MonkeyPatch, forgetful: None
) -> None:
    """Whichever action is lost, there is a disagreement, or a failure where it is the sentinel; never a wrong answer."""
    judge = CrossCheckedEvaluator(small_router.rulebook)
    sound = judge.findings(facts).truths
    fired = 0
    advance = driver.native.complete_and_start_action

    def counting(handle: object, state: object) -> object:
        nonlocal fired
        action = advance(handle, state)
        fired += action is not None
        return action

    monkeypatch.setattr(driver.native, "complete_and_start_action", counting)
    judge.findings(facts)
    assert fired >= 20
    outcomes: Counter[str] = Counter()
    for lost in range(1, fired + 1):
        place = 0

        def losing(handle: object, state: object, lost: int = lost) -> object:
            nonlocal place
            action = advance(handle, state)
            place += action is not None
            return advance(handle, state) if action is not None and place == lost else action

        monkeypatch.setattr(driver.native, "complete_and_start_action", losing)
        try:
            # Another alternative of the same rule may conclude the same.
            assert judge.findings(facts).truths == sound
            outcomes["same answer"] += 1
        except (EvaluatorsDisagree, EngineFailure) as error:
            outcomes[type(error).__name__] += 1
    assert outcomes["EvaluatorsDisagree"] >= 20 and outcomes["EngineFailure"] >= 3, outcomes
    assert outcomes["same answer"] <= fired / 5, outcomes
    monkeypatch.setattr(driver.native, "complete_and_start_action", advance)
    judge.findings(facts)


def broken(*_: object) -> object:
    raise RuntimeError("broken on purpose")


def drained(handle: object, state: object) -> None:
    """Runs every action, so that the state may be deleted, and tells of none."""
    started = START(handle, state)
    while started:
        started = ADVANCE(handle, state)


START, ADVANCE = driver.native.start_action_for_state, driver.native.complete_and_start_action


@pytest.mark.parametrize(
    ("function", "instead", "said"),
    [
        ("assert_fact", broken, "broken on purpose"),
        ("assert_fact", lambda *_: (1, None), "refused with code 1"),
        ("assert_fact", lambda *_: (2, None), "refused with code 2"),
        ("start_action_for_state", lambda *given: drained(*given) or broken(), "broken on purpose"),
        ("start_action_for_state", drained, "did not finish"),
        ("complete_and_start_action", broken, "broken on purpose"),
        ("complete_and_start_action", lambda *_: None, "did not finish"),
        ("complete_and_start_action", lambda *_: '{"unheard":{}}', "unheard"),
        ("delete_state", broken, "broken on purpose"),
        ("create_ruleset", broken, "was refused: broken on purpose"),
    ],
)
def test_a_failure_inside_the_engine_is_never_swallowed(
    small_router: Router,
    facts: Facts,
    monkeypatch: pytest.MonkeyPatch,
    function: str,
    instead: Callable[..., object],
    said: str,
) -> None:
    judge = CrossCheckedEvaluator(small_router.rulebook)
    with monkeypatch.context() as patch:
        patch.setattr(driver, "_shared", SharedRuleSets(driver.CompiledRuleSet))
        patch.setattr(driver.native, function, instead)
        with pytest.raises(EngineFailure, match=said):
            judge.findings(facts)
    assert judge.findings(facts).truths == CrossCheckedEvaluator(small_router.rulebook).findings(facts).truths


UNSTARTED = """
from random_rules import *
from routing.evaluate.engine import Engine, compile_network, driver
from routing.core.errors import EngineFailure
network = compile_network([Clause("fired:a.b", ALWAYS, "a.b")], "find", "request")
driver.native.start_action_for_state = lambda *_: None
try:
    print(Engine().evaluate(network, facts_with({})))
except EngineFailure as error:
    print("refused", error)
"""


def test_a_state_in_which_no_action_ran_gives_no_answer() -> None:
    """Deleting such a state ends the process, at the latest when the rule set is given back."""
    for _ in range(3):
        done = alone(UNSTARTED)
        assert re.fullmatch(r"refused rule set [0-9a-f]{16} did not finish\n", done.stdout), done.stdout
        assert done.returncode == 0


def test_every_state_is_deleted_whatever_happens(
    small_router: Router, facts: Facts, monkeypatch: pytest.MonkeyPatch, forgetful: None
) -> None:
    made, deleted = [], []
    make, delete, advance = (
        driver.native.assert_fact,
        driver.native.delete_state,
        driver.native.complete_and_start_action,
    )
    monkeypatch.setattr(driver.native, "assert_fact", lambda *given: made.append(given) or make(*given))
    monkeypatch.setattr(driver.native, "delete_state", lambda *given: deleted.append(given) or delete(*given))
    judge = CrossCheckedEvaluator(small_router.rulebook)
    judge.findings(facts)
    assert len(made) == len(deleted) >= 5
    monkeypatch.setattr(driver.native, "complete_and_start_action", broken)
    with pytest.raises(EngineFailure):
        judge.findings(facts)
    monkeypatch.setattr(driver.native, "complete_and_start_action", advance)
    assert len(made) == len(deleted)
    assert len({sid for _, sid in deleted}) == len(deleted), "each state has a number of its own"


def test_the_engine_is_asked_once_for_what_the_same_facts_say_and_again_for_others(
    small_router: Router, facts: Facts, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    sound = driver.CompiledRuleSet.fired
    monkeypatch.setattr(driver, "_shared", SharedRuleSets(driver.CompiledRuleSet))
    monkeypatch.setattr(
        driver.CompiledRuleSet,
        "fired",
        lambda ruleset, said: asked.append(ruleset.name + said) or sound(ruleset, said),
    )
    judge = CrossCheckedEvaluator(small_router.rulebook)
    first, once = judge.findings(facts).truths, len(asked)
    assert judge.findings(facts).truths == first and len(asked) == once >= 5
    assert len(set(asked)) == once
    other = facts.taking("police")
    assert judge.findings(other).truths != first and once < len(asked) == len(set(asked))
    assert judge.findings(facts).truths == first


def concluded(ruleset: driver.CompiledRuleSet, places: Places, held: set[str], asked: int) -> set[str]:
    """What a rule set concludes from what surely holds."""
    conclusions = ruleset.conclusions(places.rails(held, held)[0], asked)
    assert conclusions is not None
    return {head for head, _ in conclusions}


def test_no_more_answers_are_remembered_than_may_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(driver, "MOST_ANSWERED", 3)
    network = compile_network(
        [rule(f"fired:{name}", Is(name, frozenset({"yes"}))) for name in "abcd"], "find", "request"
    )
    (layer,) = network.layers
    (part,) = layer
    ruleset = driver.CompiledRuleSet(part.ruleset, places := Places())
    ran: list[str] = []
    sound = ruleset.fired
    monkeypatch.setattr(ruleset, "fired", lambda said: ran.append(said) or sound(said))
    held = [{f"{name}=yes"} for name in "abcd"]
    for holds, name in zip(held, "abcd", strict=True):
        assert concluded(ruleset, places, holds, part.own) == {f"fired:{name}"}
    assert len(ran) == 4
    assert concluded(ruleset, places, held[3], part.own) == {"fired:d"} and len(ran) == 4
    assert concluded(ruleset, places, held[0], part.own) == {"fired:a"} and len(ran) == 5


def test_what_other_clauses_test_makes_no_new_question(monkeypatch: pytest.MonkeyPatch) -> None:
    yes = frozenset({"yes"})
    plain = [
        rule("fired:a", Is("a", yes)),
        rule("fired:b", All((Is("a", yes), Is("b", yes)))),
        rule("fired:c", Not(Is("c", yes))),
    ]
    (layer,) = compile_network(plain, "find", "request").layers
    (part,) = layer
    ruleset = driver.CompiledRuleSet(part.ruleset, places := Places())
    ran: list[str] = []
    sound = ruleset.fired
    monkeypatch.setattr(ruleset, "fired", lambda said: ran.append(said) or sound(said))
    bit = {head: 1 << place for place, head in enumerate(part.ruleset.numbered.heads)}
    for b, c in ((False, False), (True, False), (True, True)):
        held = {"a=yes", *({"b=yes"} if b else ()), *({"c=yes"} if c else ())}
        assert concluded(ruleset, places, held, bit["fired:a"]) == {"fired:a"}
    assert len(ran) == 1
    for b in (False, True):  # of what it said for one alone nothing is taken for the rest
        held = {"a=yes", *({"b=yes"} if b else ())}
        every = {"fired:a", "fired:c", *({"fired:b"} if b else ())}
        assert concluded(ruleset, places, held, part.own) == every
    assert concluded(ruleset, places, {"a=yes", "c=yes"}, part.own) == {"fired:a"}


def test_the_rails_run_the_same_rule_sets_and_each_denies_by_the_other() -> None:
    """So half as many are compiled, and what is decided is asked of the engine once."""
    yes, no = Is("a", frozenset({"yes"})), Not(Is("a", frozenset({"yes"})))
    network = compile_network(
        [rule("fired:yes", yes), rule("fired:no", no), rule("is:both", All((yes, no)))], "find", "request"
    )
    assert {clause.head for part in network.layers[0] for clause in part.clauses} == {"fired:yes", "fired:no"}
    for tested, concluded in (
        (({"a=yes"}, {"a=yes"}), ({"fired:yes"}, {"fired:yes"})),
        ((set(), set()), ({"fired:no"}, {"fired:no"})),
        ((set(), {"a=yes"}), (set(), {"fired:yes", "fired:no"})),
    ):
        assert Engine().concluded(network, tested) == concluded


def test_what_the_engine_did_not_finish_is_not_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    network = compile_network([rule("fired:a", Is("a", frozenset({"yes"})))], "find", "request")
    part = network.layers[0][0]
    ruleset = driver.CompiledRuleSet(part.ruleset, places := Places())
    sound = ruleset.fired
    held = {"a=yes"}
    monkeypatch.setattr(
        ruleset, "fired", lambda said: [fired for fired in sound(said) if fired != driver.RAN]
    )
    assert ruleset.conclusions(places.rails(held, held)[0], part.own) is None
    monkeypatch.setattr(ruleset, "fired", sound)
    assert concluded(ruleset, places, held, part.own) == {"fired:a"}


def test_names_that_look_alike_to_the_engine_are_told_apart() -> None:
    """It knows a property by a 32-bit hash of its name, and is therefore given no name of ours."""
    alike = ("fact_522789", "fact_739192")  # the same hash
    for says in (Is("", frozenset({"yes"})), AtLeast("", 3)):
        plain = [rule(f"fired:{name}", structs.replace(says, fact=name)) for name in alike]
        network = compile_network(program_of(tuple(plain)).plain, "find", "request")
        for name in alike:
            keys = {key for key, test in network.tests.items() if test.fact == name}
            assert Engine().concluded(network, (keys, keys)) == ({f"fired:{name}"}, {f"fired:{name}"})


def test_no_two_properties_that_the_engine_is_given_look_alike_to_it() -> None:
    names = {json.loads(f"{{{each}}}").popitem()[0] for each in LITERALS} | {SENTINEL, "id", "sid"}
    hashes = set()
    for name in names:
        value = 0x811C9DC5
        for byte in name.encode():
            value = ((value ^ byte) * 0x01000193) & 0xFFFFFFFF
        hashes.add(value)
    assert len(hashes) == len(names) == MOST_KEYS + 3


# Threads, memory, isolation


@pytest.fixture
def hasty() -> Iterator[None]:
    """Threads take turns as often as they can."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(interval)


def test_many_threads_get_right_answers_from_one_engine(
    monkeypatch: pytest.MonkeyPatch, hasty: None, forgetful: None
) -> None:
    """And never is there more than one state: deleting the older of two corrupts the engine's memory."""
    dice = random.Random("threads")
    program = random_program(dice, size=40)
    networks = {measure: compile_network(program.plain, measure, "request") for measure in MEASURES}
    cases = [facts_with(random_known(dice), dice.choice(MEASURES)) for _ in range(400)]
    expected = [program.truths(facts) for facts in cases]
    assert len({str(truths) for truths in expected}) >= 100
    engine = Engine()
    start = threading.Barrier(8)
    live: set[object] = set()
    most = 0
    make, delete = driver.native.assert_fact, driver.native.delete_state

    def making(handle: object, fact: str) -> object:
        nonlocal most
        live.add(threading.get_ident())
        most = max(most, len(live))
        return make(handle, fact)

    def deleting(handle: object, sid: str) -> object:
        live.discard(threading.get_ident())
        return delete(handle, sid)

    monkeypatch.setattr(driver.native, "assert_fact", making)
    monkeypatch.setattr(driver.native, "delete_state", deleting)

    def work(worker: int) -> Iterator[tuple[int, dict[str, Truth]]]:
        start.wait()
        return iter(
            [
                (number, engine.evaluate(networks[cases[number].need.measure], cases[number]))
                for number in range(worker, len(cases), 8)
            ]
        )

    with ThreadPoolExecutor(8) as pool:
        results = [result for found in pool.map(work, range(8)) for result in found]
    assert len(results) == len(cases) and most == 1
    for number, found in results:
        assert not differing(found, expected[number])


def alone(script: str) -> subprocess.CompletedProcess[str]:
    """A script run in a process of its own."""
    return subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=120, cwd=ROOT / "tests", check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "tests" / "support")])})  # fmt: skip


def printed(script: str) -> str:
    done = alone(script)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


MEMORY = """
import random, resource
from random_rules import *
from routing.evaluate.engine import Engine, compile_network, driver
driver.MOST_ANSWERED = 0
dice = random.Random("memory")
program = random_program(dice, size=30)
engine, network = Engine(), compile_network(program.plain, "find", "request")
assert len(network.layers) >= 3
cases = [facts_with(random_known(dice)) for _ in range(100)]
def peak():
    for facts in cases * 10:
        engine.evaluate(network, facts)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
before = peak()
after = [peak() for _ in range(4)][-1]
print((after - before) // 1024 if __import__("sys").platform != "darwin" else (after - before) // 2**20)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="this system does not tell the memory of a process")
def test_memory_stays_flat_over_thousands_of_evaluations() -> None:
    assert int(printed(MEMORY)) <= 16, (
        "megabytes gained in 4,000 evaluations; one state left behind costs more than two"
    )


ALONE = """
import threading
before = set(threading.enumerate())
from random_rules import *
from routing.evaluate.engine import Engine, compile_network
network = compile_network([Clause("fired:a.b", ALWAYS, "a.b")], "find", "request")
assert Engine().evaluate(network, facts_with({})) == {"fired:a.b": (True, True)}
print([type(thread).__name__ for thread in threading.enumerate() if thread not in before])
"""


def test_the_engine_starts_no_thread_and_no_timer() -> None:
    assert printed(ALONE) == "[]"


def test_only_the_driver_imports_the_engine() -> None:
    importers = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            if any(name.split(".")[0] in ("durable", "durable_rules_engine") for name in names):
                importers.add(path.relative_to(PACKAGE).as_posix())
    assert importers == {"evaluate/engine/driver.py"}
