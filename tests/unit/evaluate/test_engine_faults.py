"""What is wrong with the installed durable_rules, observed: the reasons for the small part that the driver uses.

Each probe runs in a process of its own. A probe that fails here means that the installed version behaves
differently: read engine/driver.py and engine/compiler.py again before trusting it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.metadata import version

import pytest

PRELUDE = """
import json, sys
from durable import engine
if "threads" not in sys.argv:
    engine.Host._run = lambda self: None
from durable.lang import *
from durable.engine import MessageNotHandledException, MessageObservedException
seen = []
def fires(name):
    return lambda c: seen.append(name)
def tell(value):
    print(json.dumps(value))
def rules(name, **conditions):
    '''A rule set of one-message conditions in the engine's own form; each rule notes that it fired.'''
    get_host().set_rulesets({name: {rule: {"all": [{"m": test}], "run": fires(rule)} for rule, test in conditions.items()}})
def fired(name, **fact):
    seen.clear()
    try:
        assert_fact(name, fact)
    except MessageNotHandledException:
        pass
    return sorted(seen)
"""


def run(
    probe: str, *arguments: str, seconds: float = 20, **environment: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-c", PRELUDE + probe, *arguments], capture_output=True, text=True, check=False,
        timeout=seconds, env={**os.environ, **environment})  # fmt: skip


def observed(probe: str, *arguments: str) -> object:
    """What a probe tells."""
    done = run(probe, *arguments)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_version_is_the_one_that_was_probed() -> None:
    assert version("durable_rules") == "2.0.28"


# What the driver never uses, and why


def test_none_keeps_a_conclusion_whose_exception_has_come_since() -> None:
    """The conclusion waits behind the exception and should be withdrawn when that is derived."""
    probe = """
def excepted(c):
    seen.append("excepted")
    c.assert_fact({"id": "x", "exception": True})
def ruleset_of(name, alias):
    get_host().set_rulesets({name: {
        "exception": {"all": [{"m": {"raises": True}}], "pri": 1, "run": excepted},
        "conclusion": {"all": [{alias: {"asked": True}}, {"e$not": {"exception": True}}], "pri": 2, "run": fires("concluded")}}})
def asked(name):
    seen.clear()
    assert_fact(name, {"id": 1, "asked": True, "raises": True})
    return list(seen)
told = {}
for alias in ("m_0", "m", "a", "f", "case", "e"):
    ruleset_of("r_" + alias, alias)
    told[alias] = asked("r_" + alias)
tell(told)
"""
    told = observed(probe)
    assert isinstance(told, dict)
    wrong = ["excepted", "concluded"]
    assert [told[alias] for alias in ("m_0", "m", "a", "f", "case")] == [wrong] * 5
    assert told["e"] == ["excepted"], (
        "right only where the name of the alias happens to fall in the first place of a table"
    )


def test_an_event_is_consumed_by_one_rule() -> None:
    probe = """
rules("facts", one={"a": 1}, two={"a": 1}, three={"a": 1})
rules("events", one={"a": 1}, two={"a": 1}, three={"a": 1})
facts = fired("facts", id=1, a=1)
seen.clear()
post("events", {"id": 1, "a": 1})
tell([facts, seen])
"""
    assert observed(probe) == [["one", "three", "two"], ["one"]]


def test_a_missing_property_and_a_null_make_tests_false_and_their_opposites_too() -> None:
    probe = """
rules("r", is_true={"x": True}, is_false={"x": False}, not_true={"$neq": {"x": True}}, not_false={"$neq": {"x": False}},
      below={"$lt": {"x": 5}}, at_least={"$gte": {"x": 5}}, is_null={"x": None}, present={"$ex": {"x": 1}}, other={"y": 1})
tell({"missing": fired("r", id=1, y=1), "null": fired("r", id=2, x=None), "true": fired("r", id=3, x=True)})
"""
    assert observed(probe) == {
        "missing": ["other"],
        "null": ["is_null", "present"],
        "true": ["below", "is_true", "not_false", "present"],
    }


def test_truth_numbers_and_words_are_mixed_up() -> None:
    probe = """
rules("r", is_true={"x": True}, is_one={"x": 1}, is_word_true={"x": "true"}, is_word_one={"x": "1"}, adult={"$gte": {"x": 18}})
tell({str(value) + type(value).__name__: fired("r", id=number, x=value) for number, value in enumerate([True, 1, "true", "1", "abc", 17])})
"""
    assert observed(probe) == {
        "Truebool": ["is_one", "is_true", "is_word_true"], "1int": ["is_one", "is_true", "is_word_one"],
        "truestr": ["adult", "is_true", "is_word_true"], "1str": ["adult", "is_one", "is_word_one"], "abcstr": ["adult"], "17int": [],
    }  # fmt: skip


def test_words_are_compared_by_their_length_modulo_65536() -> None:
    probe = """
rules("r", is_belgium={"state": "BE"})
tell([fired("r", id=1, state="BE"), fired("r", id=2, state="BEL"), fired("r", id=3, state="BE" + "x" * 65536)])
"""
    assert observed(probe) == [["is_belgium"], [], ["is_belgium"]]


def test_large_numbers_and_fractions_are_changed() -> None:
    probe = """
rules("r", most={"n": 2**63 - 1})
told = [fired("r", id=number, n=value) for number, value in enumerate([2**63 - 1, 2**63, 10**30, 2**62])]
for value in (1e16, 1e-7, float("inf")):
    try:
        told.append(fired("r", id=str(value), n=value))
    except Exception as error:
        told.append(str(error))
tell(told)
"""
    refused = "Could not assert fact, error code: "
    assert observed(probe) == [
        ["most"],
        ["most"],
        ["most"],
        [],
        refused + "204",
        refused + "204",
        refused + "202",
    ]


def test_an_exception_in_an_action_is_swallowed() -> None:
    probe = """
def failing(error):
    def action(c):
        raise error
    return action
get_host().set_rulesets({"r": {
    "first": {"all": [{"m": {"a": 1}}], "run": failing(KeyboardInterrupt())},
    "second": {"all": [{"m": {"b": 1}}], "run": failing(ZeroDivisionError("on purpose"))},
    "third": {"all": [{"m": {"c": 1}}], "run": failing(SystemExit(3))}}})
tell(["exception caught" in (assert_fact("r", {"sid": key, "id": 1, key: 1}).get("exception") or "") for key in "abc"])
"""
    assert observed(probe) == [True, True, True]


def test_two_alternatives_that_both_hold_fire_twice() -> None:
    probe = """
rules("r", either={"$or": [{"a": 1}, {"b": 1}]})
tell([fired("r", id=1, a=1), fired("r", id=2, a=1, b=1)])
"""
    assert observed(probe) == [["either"], ["either", "either"]]


def test_a_host_starts_background_threads() -> None:
    probe = """
import threading
get_host()
tell(sorted(type(thread).__name__ for thread in threading.enumerate() if thread is not threading.main_thread()))
"""
    assert observed(probe) == []
    assert observed(probe, "threads") == ["Timer", "Timer"]


# What the compiler and the driver keep clear of


# Freed memory is filled, so that a fault shows whatever the memory held before.
FILLED = {"MALLOC_PERTURB_": "165", "MallocScribble": "1", "MallocPreScribble": "1"}


def test_more_than_64_tests_that_one_fact_meets_are_too_many() -> None:
    probe = """
told = {}
for size in (1, 60, 64, 65, 100):
    rules(f"r{size}", **{f"rule{number}": {f"key{number}": True} for number in range(size)})
    try:
        told[size] = len(fired(f"r{size}", id=1, **{f"key{number}": True for number in range(size)}))
    except Exception as error:
        told[size] = [len(seen), str(error)]
tell(told)
"""
    none = [0, "Could not assert fact, error code: 303"]
    assert observed(probe) == {"1": 1, "60": 60, "64": 64, "65": none, "100": none}


def test_a_message_holds_some_250_properties() -> None:
    probe = """
rules("r", any={"a": True})
told = []
for extra in (200, 240, 300):
    try:
        told.append(fired("r", id=extra, a=True, **{f"key{number}": True for number in range(extra)}))
    except Exception as error:
        told.append(str(error))
tell(told)
"""
    assert observed(probe) == [["any"], ["any"], "Could not assert fact, error code: 302"]


def test_properties_are_told_apart_by_a_hash_of_32_bits() -> None:
    probe = """
rules("r", holds={"fact_522789": True})
tell([fired("r", id=1, fact_522789=True), fired("r", id=2, fact_739192=True), fired("r", id=3, fact_739193=True, fact_522789=False)])
"""
    assert observed(probe) == [["holds"], ["holds"], []]


def test_facts_are_told_apart_by_a_hash_of_their_id() -> None:
    probe = """
rules("r", holds={"$gte": {"n": 0}})
told = [fired("r", id=40189, n=1)]
try:
    told.append(fired("r", id=797186, n=2))
except MessageObservedException:
    told.append("observed already")
told.append(fired("r", id=797188, n=3))
tell(told)
"""
    assert observed(probe) == [["holds"], "observed already", ["holds"]]


def test_cases_are_told_apart_by_a_hash_of_their_name() -> None:
    probe = """
rules("r", a={"a": 1}, b={"b": 1})
assert_fact("r", {"id": 1, "sid": "case-478212", "a": 1})
assert_fact("r", {"id": 2, "sid": "case-1221200", "b": 1})
tell([sorted(fact["id"] for fact in get_facts("r", sid)) for sid in ("case-478212", "case-1221200")])
"""
    assert observed(probe) == [[1, 2], [1, 2]]


def test_deleting_a_state_in_which_no_rule_fired_ends_the_process() -> None:
    """Memory that was never set is freed; the sentinel rule of every rule set sees to it that one rule fires."""
    probe = """
rules("r", holds={"a": True})
for number in range(50):
    fired("r", id=1, sid=str(number), **({"a": True} if sys.argv[1] == "matched" else {"b": True}))
    delete_state("r", str(number))
tell("alive")
"""
    assert run(probe, "unmatched", **FILLED).returncode < 0
    assert run(probe, "matched", **FILLED).stdout == '"alive"\n'


def test_deleting_a_state_after_a_refused_fact_ends_the_process() -> None:
    probe = """
rules("r", **{f"rule{number}": {f"key{number}": True} for number in range(100)})
try:
    fired("r", id=1, sid="1", **{f"key{number}": True for number in range(100)})
except Exception as error:
    print(error, flush=True)
if sys.argv[1] == "delete":
    delete_state("r", "1")
"""
    assert run(probe, "keep", **FILLED).returncode == 0
    done = run(probe, "delete", **FILLED)
    assert done.returncode < 0 and done.stdout == "Could not assert fact, error code: 303\n"


def test_very_many_different_tests_hang_the_making_of_a_rule_set() -> None:
    probe = """
rules("r", **{f"rule{number}": {f"key{number}": True} for number in range(int(sys.argv[1]))})
tell("made")
"""
    assert observed(probe, "240") == "made"
    with pytest.raises(subprocess.TimeoutExpired):
        run(probe, "520", seconds=3)


def test_256_rules_on_one_test_end_the_process() -> None:
    probe = """
rules("r", **{f"rule{number}": {"a": True} for number in range(int(sys.argv[1]))})
tell(len(fired("r", id=1, a=True)))
"""
    assert observed(probe, "255") == 255
    assert run(probe, "256").returncode < 0
    assert "error code: 108" in run(probe, "257").stderr


def test_a_very_long_name_of_a_case_ends_the_process() -> None:
    probe = """
rules("r", holds={"a": True})
fired("r", id=1, sid="s" * 9_000_000, a=True)
tell("alive")
"""
    assert run(probe).returncode < 0
