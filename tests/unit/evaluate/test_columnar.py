"""The columnar evaluator says what the live path says: of every conclusion, and of every part of a plan."""

from __future__ import annotations

import random
from datetime import date

import pytest

pytest.importorskip("numpy")

import numpy as np
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from random_rules import facts_with, random_known, random_program
from when_changed import WHOLE_PROGRAM

from routing.case.facts import facts_for
from routing.case.model import Case, Need
from routing.evaluate.columnar.evaluator import ColumnarEvaluator
from routing.evaluate.columnar.machine import WordMachine, as_words, flags_of
from routing.evaluate.columnar.needs import needs_of
from routing.evaluate.columnar.program import compile_program
from routing.evaluate.reference import Reference
from routing.opened import shared_router
from routing.verify.columnar_check import Compared, compare_cases
from routing.verify.cross_check import drawer_for

pytestmark = WHOLE_PROGRAM

EVALUATOR: list[ColumnarEvaluator] = []


def evaluator() -> ColumnarEvaluator:
    if not EVALUATOR:
        router = shared_router()
        EVALUATOR.append(ColumnarEvaluator(router.rulebook, router.law))
    return EVALUATOR[0]


@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
@given(block=st.integers(0, 250), seed=st.integers(0, 10_000))
@example(block=1, seed=535)  # a channel that nothing but the plan asks whether it is open
@example(block=37, seed=5926)  # two rules say the same, one on a treaty not shown to cover the case
def test_columns_answer_as_the_live_path_does(block: int, seed: int) -> None:
    router = shared_router()
    drawer = drawer_for(router, seed)
    numbers = range(block * 100, block * 100 + 12)
    compared = Compared()
    compare_cases(router, evaluator(), [drawer.case(number) for number in numbers], numbers, compared)
    assert compared.needs == 12 and compared.conclusions > 10_000
    assert not compared.differ


@pytest.mark.parametrize(
    ("via", "missing"),
    [
        ({}, "no"),
        ({"ITA": "yes"}, "no"),
        ({"ITA": "no"}, "yes"),
        ({"ITA": "yes", "DEU": "not_asked"}, "yes"),
        ({"ITA": "requested"}, "yes"),
        ({"ITA": "unknown"}, "yes"),
    ],
)
def test_a_leave_that_is_missing_is_seen_on_both_paths(via: dict[str, str], missing: str) -> None:
    router = shared_router()
    need = Need(id="one", kind="request", measure="surrender", partner="FRA", via=via)
    case = Case(state="CHE", needs=(need,), as_of=date(2026, 11, 1))
    facts = facts_for(case, need, router.rulebook, router.law, date(2026, 11, 1))
    value = facts.get("leave_of_a_state_crossed_missing")
    assert value is not None and value.words == {missing}
    compared = Compared()
    compare_cases(router, evaluator(), [case], range(1), compared)
    assert compared.needs == 1 and not compared.differ


def test_needs_of_one_case_are_counted_together() -> None:
    router = shared_router()
    needs = (
        Need(id="one", kind="request", measure="search", partner="FRA", via={"ITA": "yes"}),
        Need(id="two", kind="request", measure="search", partner="DEU"),
    )
    case = Case(state="CHE", needs=needs, as_of=date(2026, 11, 1))
    columns = needs_of([(case, need) for need in needs], evaluator().tables, date(2026, 11, 1))
    assert columns.in_case.tolist() == [4, 4] and columns.asked.tolist() == [2, 2]
    compared = Compared()
    compare_cases(router, evaluator(), [case], [0], compared)
    assert not compared.differ


@pytest.mark.parametrize("told", [("uncac", "minsk"), ("none",), ("bilateral",)])
@pytest.mark.parametrize("partner", ["ARE", "USA", None])
def test_what_is_told_to_bind_both_binds_in_columns_too(told: tuple[str, ...], partner: str | None) -> None:
    router = shared_router()
    needs = (
        Need(id=measure, kind="request", measure=measure, partner=partner)
        for measure in ("bank_records", "surrender", "sentence_transfer")
    )
    bound = {"both_bound_by": told}
    cases = [Case(state="CHE", needs=(need,), as_of=date(2026, 11, 26), facts=bound) for need in needs]
    compared = Compared()
    compare_cases(router, evaluator(), cases, range(3), compared)
    assert compared.needs == 3
    assert not compared.differ


@pytest.mark.parametrize("on", [date(1980, 6, 1), date(2026, 11, 1), date(2031, 1, 1)])
def test_a_table_of_treaties_says_what_the_law_says_of_every_pair(on: date) -> None:
    router, tables = shared_router(), evaluator().tables
    coding, held = tables.codings["bilateral_mla_treaty"], 0
    table = tables.of_treaties("bilateral_mla_treaty", on)
    for state, other in router.law.bilateral().pairs:
        case = Case(state=other, needs=(Need(id="n", kind="request", measure="search", partner=state),))
        value = facts_for(case, case.needs[0], router.rulebook, router.law, on).get("bilateral_mla_treaty")
        expected = coding.unknown if value is None else coding.of_value(value)
        assert table[tables.place[state], tables.place[other]] == expected
        assert table[tables.place[other], tables.place[state]] == expected
        held += value is not None
    assert held > 5


@pytest.mark.parametrize("on", [date(2005, 6, 1), date(2026, 11, 1), date(2031, 1, 1)])
def test_a_table_of_ties_says_what_the_law_says_of_every_pair(on: date) -> None:
    router, tables = shared_router(), evaluator().tables
    dice = random.Random(on.isoformat())
    hubs = [name for name, entry in router.law.instruments.items() if entry.hub is not None]
    objected = [objection.instrument for objection in router.law.objections]
    others = dice.sample(sorted(router.law.instruments), 12)
    for instrument in dict.fromkeys((*hubs, *objected, *others)):
        coding = tables.codings.get(f"tie:{instrument}")
        if coding is None:
            continue
        table = tables.of_pair(instrument, on)
        pairs = [tuple(dice.sample(tables.states, 2)) for _ in range(60)]
        pairs += [
            (o.state, o.partner) for o in router.law.objections if {o.state, o.partner} <= set(tables.states)
        ]
        for one, other in pairs:
            status = router.law.between(instrument, one, other, on).status
            code = 0 if status == "unknown" else coding.of_words((status,))
            assert table[tables.place[one], tables.place[other]] == code, (instrument, one, other)


def test_a_program_says_what_the_reference_says() -> None:
    dice = random.Random("programs")
    for _ in range(40):
        plain = tuple(random_program(dice).plain)
        heads = {line.head: tuple(other for other in plain if other.head == line.head) for line in plain}
        program = compile_program(heads, [heads], {})
        worlds = [facts_with(random_known(dice)) for _ in range(70)]
        words = WordMachine(program, 2)
        for test, surely, possibly in program.inputs[0]:
            for rail, register in enumerate((surely, possibly)):
                flags = [facts.truth(test)[rail] for facts in worlds]
                words.load(register, as_words(np.array(flags), 2))
        words.run(0)
        for place, facts in enumerate(worlds):
            reference = Reference(heads, facts)
            for head, rails in program.outputs[0].items():
                expected = reference.atom(head)
                assert tuple(bool(flags_of(words.bits(r), 70)[place]) for r in rails) == expected


def test_a_register_is_used_again_and_no_result_is_lost() -> None:
    plain = tuple(random_program(random.Random(5)).plain)
    heads = {line.head: tuple(other for other in plain if other.head == line.head) for line in plain}
    program = compile_program(heads, [[next(iter(heads))]], {})
    whole = compile_program(heads, [heads], {})
    assert program.registers <= whole.registers
