"""Mutants of a rule: what is changed, what that changes, and the solver's word on those that change nothing."""

from __future__ import annotations

import pytest

from devtools.changed_rulebook import rewritten, with_lines, with_rule
from devtools.distinguish import Apart, Trials, told_apart
from devtools.mutants import KINDS, Mutant, mutants_of
from routing.core.conditions import All, AtLeast, Is, all_of
from routing.core.records import replace
from routing.opened import Router
from routing.rulebook.model import Rule, Rulebook
from routing.verify.statements import Statements

pytest.importorskip("z3")


@pytest.fixture(scope="module")
def small(small_router: Router) -> Rulebook:
    return small_router.rulebook


@pytest.fixture(scope="module")
def every(small: Rulebook) -> list[Mutant]:
    return list(mutants_of(small, small.rules))


def rule(**parts: object) -> Rule:
    return Rule(
        **{
            "id": "x.y",
            "parent": "x.y",
            "says": "",
            "form": "close",
            "targets": ("police",),
            "when": All(()),
            **parts,
        }
    )  # type: ignore[arg-type]


def says(small: Rulebook, one: Rule, kind: str) -> list[str]:
    return [mutant.says for mutant in mutants_of(small, [one]) if mutant.kind == kind]


def test_every_mutant_differs_from_its_rule_and_has_a_name_of_its_own(every: list[Mutant]) -> None:
    assert len({mutant.id for mutant in every}) == len(every) > 90
    assert all(mutant.old != mutant.new and mutant.old.id == mutant.new.id for mutant in every)
    assert {mutant.kind for mutant in every} <= set(KINDS)


def test_a_condition_is_left_out_and_turned_round(small: Rulebook) -> None:
    two = all_of(Is("in_club", frozenset({"yes"})), Is("kind", frozenset({"answer"})))
    found = says(small, rule(when=two), "condition")
    assert found == [
        "without in_club is yes",
        "in_club is yes turned round",
        "without kind is answer",
        "kind is answer turned round",
        "any for all of (in_club is yes and kind is answer)",
    ]


def test_a_bound_is_moved_by_one_and_a_value_is_taken_for_its_neighbour(small: Rulebook) -> None:
    name = next(fact.id for fact in small.facts.values() if fact.type == "number")
    assert says(small, rule(when=AtLeast(name, 48)), "cut-point") == [
        f"{name} at least 47 for 48",
        f"{name} at least 49 for 48",
    ]
    assert says(small, rule(when=Is("kind", frozenset({"answer"}))), "value") == [
        "kind also share",
        "kind is share for answer",
    ]


def test_an_effect_a_defeat_and_a_provision_are_changed(small: Rulebook) -> None:
    one = rule(
        targets=("police", "assistance"), defeats=("a.b", "c.d"), basis=tuple(list(small.provisions)[:2])
    )
    assert says(small, one, "effect") == [
        "does nothing",
        "close not police",
        "close not assistance",
        "bar for close",
        "curable for fixed",
    ]
    assert says(small, one, "defeat") == ["does not lift a.b", "does not lift c.d"]
    assert len(says(small, one, "provision")) == 4


def test_only_what_the_change_reaches_is_written_out_anew_and_nothing_is_missed(
    small: Rulebook, every: list[Mutant]
) -> None:
    for mutant in every:
        lines = rewritten(small, mutant.old, mutant.new)
        quick, full = with_lines(small, mutant.old, mutant.new, lines), with_rule(small, mutant.new)
        assert quick.heads.keys() == full.heads.keys(), mutant.id
        assert {head: set(found) for head, found in quick.heads.items()} == {
            head: set(found) for head, found in full.heads.items()
        }, mutant.id


def test_the_solver_tells_a_mutant_from_its_rule_by_a_case_that_the_reference_confirms(
    small_router: Router, every: list[Mutant]
) -> None:
    small = small_router.rulebook
    apart, trials = Apart(small, Statements()), Trials(small, small_router.law)
    confirmed = 0
    for mutant in every:
        lines = rewritten(small, mutant.old, mutant.new)
        said = apart.said(apart.at_all(lines)) if lines else None
        if said is not None:
            assert told_apart(trials.reference(said), lines), mutant.id
            short = trials.shortest(said, lambda reference, lines=lines: bool(told_apart(reference, lines)))
            assert told_apart(trials.reference(short), lines) and len(short) <= len(said)
            confirmed += 1
    assert confirmed > 70


def test_a_change_that_changes_nothing_is_proved_to(small: Rulebook) -> None:
    old = next(one for one in small.rules if one.form == "close")
    doubled = replace(old, when=All((old.when, old.when)))
    narrowed = replace(old, when=All((old.when, Is("measure", frozenset({"find_person"})))))
    apart = Apart(small, Statements())
    assert apart.said(apart.at_all(rewritten(small, old, doubled))) is None
    assert apart.said(apart.at_all(rewritten(small, old, narrowed))) is not None
