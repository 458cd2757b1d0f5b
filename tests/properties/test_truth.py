"""Truth on two rails: what surely holds, what possibly holds, and where a value comes from."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations, product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_rules import (
    BOUNDS,
    CHOICES,
    LISTS,
    NUMBERS,
    WORDS,
    facts_with,
    program_of,
    random_known,
    random_program,
)
from rule_folders import read_rulebook
from small_rules import replaced, write_rules

from routing.case.facts import Facts, Value, facts_for
from routing.case.model import Assumptions, Case, Need, Stated
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
    all_of,
    any_of,
    negate,
    specialise,
)  # fmt: skip
from routing.core.domain import KINDS_OF_NEED, UNKNOWN
from routing.core.errors import RulebookProblems
from routing.core.records import replace
from routing.evaluate.reference import Reference, Truth
from routing.law import Law
from routing.opened import Router
from routing.opened import shared_router as load_whole

TRUE: Truth = (True, True)
OPEN: Truth = (False, True)
FALSE: Truth = (False, False)
TRUTHS = (TRUE, OPEN, FALSE)
DAY = date(2026, 2, 2)

# A condition of each truth, to fill the tables with.
YES, MAYBE, NO = (
    Is("choice0", frozenset({"a"})),
    Is("choice1", frozenset({"a"})),
    Is("choice2", frozenset({"a"})),
)
OF = {TRUE: YES, OPEN: MAYBE, FALSE: NO}
STAGE = facts_with({"choice0": Value(frozenset({"a"})), "choice2": Value(frozenset({"b"}))})


def truth(condition: Condition, facts: Facts = STAGE) -> Truth:
    return Reference({}, facts).truth(condition)


# Tables


def test_the_three_truths_are_there() -> None:
    assert [truth(OF[each]) for each in TRUTHS] == list(TRUTHS)
    assert truth(ALWAYS) == TRUE
    assert truth(NEVER) == FALSE
    assert truth(AtomRef("is:nowhere")) == FALSE


@pytest.mark.parametrize(("given", "expected"), [(TRUE, FALSE), (OPEN, OPEN), (FALSE, TRUE)])
def test_not_turns_truth_round_and_leaves_what_is_open(given: Truth, expected: Truth) -> None:
    assert truth(Not(OF[given])) == truth(negate(OF[given])) == expected


ORDER = {FALSE: 0, OPEN: 1, TRUE: 2}


@pytest.mark.parametrize("size", [1, 2, 3])
def test_all_is_as_true_as_its_least_part_and_any_as_its_most(size: int) -> None:
    for truths in product(TRUTHS, repeat=size):
        parts = tuple(OF[each] for each in truths)
        assert truth(All(parts)) == truth(all_of(*parts)) == min(truths, key=ORDER.__getitem__)
        assert truth(Any(parts)) == truth(any_of(*parts)) == max(truths, key=ORDER.__getitem__)


# Properties of any condition


leaf_tests = st.one_of(
    st.builds(
        Is, st.sampled_from([*CHOICES, *LISTS]), st.frozensets(st.sampled_from(WORDS), min_size=1, max_size=2)
    ),
    st.builds(AtLeast, st.sampled_from(NUMBERS), st.sampled_from(BOUNDS)),
    st.sampled_from([ALWAYS, NEVER]),
)
conditions: st.SearchStrategy[Condition] = st.recursive(
    leaf_tests,
    lambda inner: (
        st.builds(Not, inner)
        | st.builds(All, st.lists(inner, max_size=3).map(tuple))
        | st.builds(Any, st.lists(inner, max_size=3).map(tuple))
    ),
    max_leaves=8,
)


def value_of(name: str) -> st.SearchStrategy[Value | None]:
    words = st.frozensets(st.sampled_from(WORDS), min_size=1, max_size=1)
    if name in LISTS:
        return st.none() | st.builds(Value, st.frozensets(st.sampled_from(WORDS)), closed=st.booleans())
    if name in NUMBERS:
        return st.none() | st.builds(Value, number=st.integers(-5, 60))
    return st.none() | st.builds(Value, words)


NAMES = (*CHOICES, *LISTS, *NUMBERS)
knowns = st.fixed_dictionaries({name: value_of(name) for name in NAMES})


@given(conditions, conditions, knowns)
def test_the_laws_of_logic_hold_on_both_rails(
    one: Condition, other: Condition, known: dict[str, Value | None]
) -> None:
    facts = facts_with(known)

    def same(left: Condition, right: Condition) -> bool:
        return truth(left, facts) == truth(right, facts)

    assert truth(one, facts) in TRUTHS, "what surely holds possibly holds"
    assert same(Not(Not(one)), one)
    assert same(Not(All((one, other))), Any((Not(one), Not(other))))
    assert same(Not(Any((one, other))), All((Not(one), Not(other))))
    assert same(All((one, other)), All((other, one))) and same(Any((one, other)), Any((other, one)))
    assert same(All((one, Any((one, other)))), one) and same(Any((one, All((one, other)))), one)
    assert same(negate(one), Not(one))
    assert same(all_of(one, other), All((one, other))) and same(any_of(one, other), Any((one, other)))
    assert truth(Any((one, Not(one))), facts) != FALSE
    assert truth(All((one, Not(one))), facts) != TRUE


@given(conditions, st.sampled_from(WORDS), knowns)
def test_settling_a_fact_is_knowing_it(
    condition: Condition, word: str, known: dict[str, Value | None]
) -> None:
    facts = facts_with({**known, "choice0": Value(frozenset({word}))})
    assert truth(specialise(condition, {"choice0": word}), facts) == truth(condition, facts)


# Learning


def learned(dice: random.Random, known: dict[str, Value | None]) -> dict[str, Value | None]:
    """The same facts with one thing more known: a value, or what else a list holds, or that it holds no more."""
    open_names = [name for name, value in known.items() if value is None or not value.closed]
    if not open_names:
        return known
    name = dice.choice(open_names)
    value = known[name]
    if name in LISTS:
        words = (value.words if value else frozenset()) | frozenset(
            word for word in WORDS if dice.random() < 0.4
        )
        return {**known, name: Value(words, closed=dice.random() < 0.5)}
    if name in NUMBERS:
        return {**known, name: Value(number=dice.choice(BOUNDS) + dice.choice((-1, 0, 1)))}
    return {**known, name: Value(frozenset({dice.choice(WORDS)}))}


def test_learning_a_fact_never_overturns_what_is_sure() -> None:
    dice = random.Random("learning")
    steps = settled = 0
    for _ in range(400):
        program = random_program(dice)
        known = {name: value if dice.random() < 0.4 else None for name, value in random_known(dice).items()}
        before = program.truths(facts_with(known))
        for _ in range(12):
            known = learned(dice, known)
            after = program.truths(facts_with(known))
            for head, was in before.items():
                assert was == OPEN or after[head] == was, f"{head}: {was} became {after[head]}"
            steps += any(was != OPEN for was in before.values())
            settled += sum(was == OPEN != after[head] for head, was in before.items())
            before = after
    assert steps >= 4_000 and settled >= 2_000, (steps, settled)


class TestsForUnknown(Reference):
    """A planted fault: a test that holds because a fact is unknown."""

    __test__ = False

    def truth(self, condition: Condition) -> Truth:
        if isinstance(condition, Is) and condition.fact == "choice0":
            return TRUE if self.facts.get("choice0") is None else FALSE
        return Reference.truth(self, condition)


def test_a_test_for_unknown_would_overturn_what_was_sure() -> None:
    """So the property above can fail, and this is why no condition may ask whether a fact is unknown."""
    program = program_of((Clause("fired:a.b", YES, "a.b"),))
    before = TestsForUnknown(program.heads, facts_with({})).atom("fired:a.b")
    after = TestsForUnknown(program.heads, facts_with({"choice0": Value(frozenset({"a"}))})).atom("fired:a.b")
    assert (before, after) == (TRUE, FALSE)


@pytest.mark.when_changed("rules")
def test_learning_a_fact_never_overturns_what_is_sure_under_the_rulebook() -> None:
    """From nothing told but `unknown` to everything told, one fact after the other."""
    router = load_whole()
    rulebook = router.rulebook
    dice = random.Random("rulebook")
    tellable = [fact for fact in rulebook.facts.values() if not fact.derived and not (fact.looked_up and "from" in fact.looked_up)
                and fact.type in ("choice", "many", "number")]  # fmt: skip
    states = [place.alpha3 for place in router.law.states if place.parent is None]
    steps = settled = 0
    for _ in range(12):
        need = Need(
            id="n",
            kind=dice.choice(KINDS_OF_NEED),
            measure=dice.choice(list(rulebook.measures)),
            partner=dice.choice(states),
        )
        stated: dict[str, Stated] = {
            fact.id: (UNKNOWN,) if fact.type == "many" else UNKNOWN for fact in tellable
        }
        ours, before = dice.choice(states), None
        for fact in [None, *dice.sample(tellable, len(tellable))]:
            if fact is not None:
                words = tuple(dice.sample(list(fact.values), 1)) if fact.values else ()
                stated[fact.id] = (
                    words
                    if fact.type == "many"
                    else dice.choice((0, 12, 36, 60))
                    if fact.type == "number"
                    else words[0]
                )
            told = replace(need, facts=dict(stated))
            facts = facts_for(Case(state=ours, needs=(told,)), told, rulebook, router.law, DAY)
            reference = Reference(rulebook.heads, facts)
            after = {head: reference.atom(head) for head in rulebook.heads}
            for head, was in (before or {}).items():
                assert was == OPEN or after[head] == was, (
                    f"{fact and fact.id}: {head} was {was} and became {after[head]}"
                )
                settled += was == OPEN != after[head]
            steps += 1
            before = after
    assert steps >= 1_000 and settled >= 2_000, (steps, settled)


def completions(known: dict[str, Value | None]) -> list[dict[str, Value | None]]:
    """Every way of learning all that is open, over a small world of few facts."""
    ways: list[dict[str, Value | None]] = [{}]
    for name, value in known.items():
        options: list[Value | None] = [value]
        if value is None and name in CHOICES:
            options = [Value(frozenset({word})) for word in WORDS]
        elif value is None and name in NUMBERS:
            options = [Value(number=number) for number in (-99, *BOUNDS)]
        elif name in LISTS and (value is None or not value.closed):
            had = value.words if value else frozenset()
            options = [
                Value(had | frozenset(more)) for size in range(4) for more in combinations(WORDS, size)
            ]
        ways = [{**way, name: option} for way in ways for option in options]
    return ways


def test_what_is_sure_holds_however_the_rest_turns_out() -> None:
    dice = random.Random("completions")
    sure = impossible = 0
    for _ in range(250):
        program = random_program(dice, size=8)
        known: dict[str, Value | None] = {
            **random_known(dice),
            "choice0": None,
            "list0": dice.choice((None, Value(frozenset({"a"}), closed=False))),
        }
        for name in ("choice1", "choice2", "choice3", "list1", "number0", "number1"):
            if known[name] is None or not known[name].closed:  # type: ignore[union-attr]
                known[name] = (
                    Value(frozenset({"a"}))
                    if name not in NUMBERS
                    else None
                    if name == "number0"
                    else Value(number=12)
                )
        now = program.truths(facts_with(known))
        for way in completions(known):
            then = program.truths(facts_with(way))
            for head, found in now.items():
                assert then[head] in (TRUE, FALSE)
                assert found == OPEN or then[head] == found
        sure += sum(found == TRUE for found in now.values())
        impossible += sum(found == FALSE for found in now.values())
    assert sure >= 400 and impossible >= 400, (sure, impossible)


# Asking whether a fact is unknown


@pytest.mark.parametrize(
    "asked",
    [
        "{coercive: unknown}",
        "{coercive: [yes, unknown]}",
        "{not: {coercive: unknown}}",
        "{any: [{coercive: unknown}]}",
        "{grave: unknown}",
        "{offence: unknown}",
    ],
)
@pytest.mark.parametrize("place", ["when", "unless", "needs", "opens", "presumed_unless", "row"])
def test_no_condition_may_test_for_unknown(tmp_path: Path, asked: str, place: str) -> None:
    change = {
        "when": lambda: replaced("reasoning/rules.yaml", "  when: {consent: given}\n", f"  when: {asked}\n"),
        "unless": lambda: replaced(
            "reasoning/rules.yaml", "  when: {consent: given}\n", f"  unless: {asked}\n"
        ),
        "needs": lambda: replaced(
            "reasoning/rules.yaml", "    - {dual_criminality: yes, how: curable}\n", f"    - {asked}\n"
        ),
        "opens": lambda: replaced("pathways/all.yaml", "opens: {in_club: yes}", f"opens: {asked}"),
        "presumed_unless": lambda: replaced(
            "facts/need.yaml", "presumed_unless: {penalty_kept: yes}", f"presumed_unless: {asked}"
        ),
        "row": lambda: replaced(
            "reasoning/rules.yaml", "when: {coercive: yes}, warn", f"when: {asked}, warn"
        ),
    }[place]
    rules = write_rules(tmp_path / "rules", change())
    with pytest.raises(RulebookProblems) as raised:
        read_rulebook(rules)
    told = [
        problem for problem in raised.value.problems if "may not be tested for `unknown`" in problem.message
    ]
    assert len(told) == 1 and told[0].line and told[0].file
    assert told[0].fix == "write what must be true; what is unknown leaves the rule undecided"


# Where a value comes from


@dataclass
class Told:
    """Facts of one need under the small rulebook."""

    router: Router
    measure: str = "take_statement"
    partner: str | None = "FRA"
    kind: str = "request"
    facts: dict[str, Stated] = field(default_factory=dict)
    shared: dict[str, Stated] = field(default_factory=dict)
    via: dict[str, str] = field(default_factory=dict)
    ties: dict[str, str] = field(default_factory=dict)

    def get(self, name: str) -> tuple[str, str] | None:
        """The value of a fact and its origin."""
        need = Need(
            id="n", kind=self.kind, measure=self.measure, partner=self.partner, facts=self.facts, via=self.via
        )
        case = Case(state="KEN", needs=(need,), facts=self.shared, assume=Assumptions(ties=self.ties))
        value = facts_for(case, need, self.router.rulebook, self.router.law, DAY).get(name)
        return (value.text(), value.origin) if value else None


@pytest.fixture
def told(small_router: Router) -> Callable[..., Told]:
    return lambda **given: Told(small_router, **given)


def test_a_presumption_is_taken_where_nothing_is_said_and_not_where_unknown_is_written(
    told: Callable[..., Told],
) -> None:
    assert told().get("consent") == ("not_sought", "presumed")
    assert told(facts={"consent": UNKNOWN}).get("consent") is None
    assert told(shared={"consent": UNKNOWN}).get("consent") is None
    assert told(facts={"consent": "refused"}).get("consent") == ("refused", "told")


def test_what_the_measure_presumes_goes_before_what_the_fact_presumes(told: Callable[..., Told]) -> None:
    assert told(measure="find_person").get("coercive") == ("no", "presumed")
    assert told(measure="take_statement").get("coercive") is None
    assert told(measure="find_person", facts={"coercive": "yes"}).get("coercive") == ("yes", "told")
    assert told(measure="find_person", facts={"coercive": UNKNOWN}).get("coercive") is None


def test_told_goes_before_looked_up_and_looked_up_before_presumed(told: Callable[..., Told]) -> None:
    assert told(partner="DEU").get("penalty_kept") == ("no", "looked_up")
    assert told(partner="DEU", facts={"penalty_kept": "yes"}).get("penalty_kept") == ("yes", "told")
    assert told(partner="DEU", facts={"penalty_kept": UNKNOWN}).get("penalty_kept") is None
    assert told(partner="FRA").get("penalty_kept") is None, "no profile is kept"
    assert told(partner="DEU").get("in_club") == ("yes", "looked_up")
    assert told(partner="FRA").get("in_club") == ("no", "looked_up")
    assert told(partner=None).get("in_club") is None
    assert told(facts={"keep_until": date(2026, 2, 12)}).get("days_left") == ("10", "looked_up")
    assert told(facts={"keep_until": date(2026, 2, 12), "days_left": 3}).get("days_left") == ("3", "told")
    assert told().get("days_left") is None


def test_looked_up_goes_before_presumed(tmp_path: Path) -> None:
    presumed = (
        "    looked_up: {state: requested, key: penalty_kept}\n    presumed: no\n    because: It is rare.\n"
    )
    rules = write_rules(
        tmp_path / "rules",
        replaced("facts/need.yaml", "    looked_up: {state: requested, key: penalty_kept}\n", presumed),
    )
    router = Router(read_rulebook(rules), Law.load(rules))
    assert Told(router, partner="BEL").get("penalty_kept") == ("yes", "looked_up")
    assert Told(router, partner="DEU").get("penalty_kept") == ("no", "looked_up")
    assert Told(router, partner="FRA").get("penalty_kept") == ("no", "presumed")
    assert Told(router, partner="FRA", facts={"penalty_kept": UNKNOWN}).get("penalty_kept") is None


def test_nothing_is_presumed_where_the_data_make_the_exception_possible(told: Callable[..., Told]) -> None:
    assert told(partner="DEU").get("risk_of_penalty") == ("no", "presumed")
    assert told(partner="BEL").get("risk_of_penalty") is None
    assert told(partner="FRA").get("risk_of_penalty") is None, "whether it keeps the penalty is not known"
    assert told(partner="FRA", facts={"penalty_kept": "no"}).get("risk_of_penalty") == ("no", "presumed")
    assert told(partner="DEU", facts={"penalty_kept": "yes"}).get("risk_of_penalty") is None
    assert told(partner="BEL", facts={"risk_of_penalty": "no"}).get("risk_of_penalty") == ("no", "told")


def test_what_a_need_says_goes_before_what_the_case_says(told: Callable[..., Told]) -> None:
    assert told(shared={"coercive": "yes"}).get("coercive") == ("yes", "told")
    assert told(shared={"coercive": "yes"}, facts={"coercive": "no"}).get("coercive") == ("no", "told")
    assert told(shared={"consent": "given"}, facts={"consent": UNKNOWN}).get("consent") is None


def test_the_measure_decides_what_it_has(told: Callable[..., Told]) -> None:
    assert told(measure="find_person").get("police_can_give") == ("yes", "measure")
    assert told(measure="take_statement").get("police_can_give") == ("no", "measure")


@pytest.mark.parametrize(
    ("via", "expected"),
    [({}, None), ({"BEL": "yes"}, "yes"), ({"BEL": "yes", "DEU": "yes"}, "yes"), ({"BEL": "yes", "DEU": "no"}, "no"), ({"BEL": "requested", "DEU": "no"}, "no"),
     ({"BEL": "yes", "DEU": "requested"}, None), ({"BEL": "yes", "DEU": "unknown"}, None)],
)  # fmt: skip
def test_every_state_crossed_must_have_agreed(
    told: Callable[..., Told], via: dict[str, str], expected: str | None
) -> None:
    assert told(via=via).get("crossing_agreed") == (expected and (expected, "looked_up"))


def test_a_tie_is_looked_up_unless_it_is_stipulated(told: Callable[..., Told]) -> None:
    assert told(partner="FRA").get("tie:alpha") == ("in_force", "looked_up")
    assert told(partner="DEU").get("tie:alpha") == ("none", "looked_up")
    assert told(partner=None).get("tie:alpha") is None
    assert told(partner="FRA", ties={"alpha": "none"}).get("tie:alpha") == ("none", "stipulated")
    assert told(partner="FRA", ties={"alpha": UNKNOWN}).get("tie:alpha") is None
    assert told(partner=None, ties={"alpha": "signed"}).get("tie:alpha") == ("signed", "stipulated")


def test_the_requested_state_is_ours_when_we_are_asked(told: Callable[..., Told]) -> None:
    assert told(partner="BEL", kind="request").get("penalty_kept") == ("yes", "looked_up")
    assert told(partner="BEL", kind="answer").get("penalty_kept") is None


@pytest.mark.parametrize(
    ("stated", "fraud", "corruption"),
    [(None, OPEN, OPEN), ((), FALSE, FALSE), (("fraud",), TRUE, FALSE), (("fraud", UNKNOWN), TRUE, OPEN), ((UNKNOWN,), OPEN, OPEN)],
)  # fmt: skip
def test_a_list_that_is_given_is_complete_unless_it_contains_unknown(
    small_router: Router, stated: tuple[str, ...] | None, fraud: Truth, corruption: Truth
) -> None:
    need = Need(id="n", kind="request", measure="find_person", partner="FRA")
    case = Case(needs=(need,), facts={} if stated is None else {"offence": stated})
    facts = facts_for(case, need, small_router.rulebook, small_router.law, DAY)
    assert truth(Is("offence", frozenset({"fraud"})), facts) == fraud
    assert truth(Is("offence", frozenset({"corruption"})), facts) == corruption


@settings(max_examples=150)
@given(st.integers(-10, 10), st.integers(-10, 10))
def test_a_number_meets_the_bounds_that_it_reaches(number: int, bound: int) -> None:
    facts = facts_with({"number0": Value(number=number)})
    assert truth(AtLeast("number0", bound), facts) == (TRUE if number >= bound else FALSE)
    assert truth(AtLeast("number1", bound), facts) == OPEN
