"""The one walk from a condition to the facts on which it hangs."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from random_rules import facts_with

import routing
from routing.case.facts import Value
from routing.core.conditions import All, Any, AtomRef, Clause, Condition, Is, Not
from routing.evaluate.facts_behind import facts_open, open_conditions, open_leaves
from routing.evaluate.reference import Reference

PACKAGE = Path(routing.__file__).parent


def is_yes(fact: str) -> Is:
    return Is(fact, frozenset({"yes"}))


A, B, C, KNOWN, FALSE = map(is_yes, ("a", "b", "c", "known", "false"))
HEADS = {
    "first": (Clause("first", All((A, AtomRef("second"))), "t"), Clause("first", B, "t")),
    "second": (Clause("second", Any((Not(C), AtomRef("third"))), "t"),),
    "third": (Clause("third", All((A, B)), "t"),),
}


@pytest.fixture
def reference() -> Reference:
    return Reference(
        HEADS, facts_with({"known": Value(frozenset({"yes"})), "false": Value(frozenset({"no"}))})
    )


@pytest.mark.parametrize(
    ("condition", "wanted", "open_"),
    [
        (KNOWN, None, ()),
        (A, None, ("a",)),
        (Not(A), None, ("a",)),
        (All((KNOWN, A, B)), None, ("a", "b")),
        (All((FALSE, A)), None, ()),  # decided: nothing hangs on it
        (Any((KNOWN, A)), None, ()),
        (AtomRef("first"), None, ("a", "c", "b")),  # in order of first use, through what is concluded
        (All((FALSE, A)), True, ("false", "a")),  # what keeps it from holding is what fails, too
        (All((KNOWN, A)), True, ("a",)),
        (All((FALSE, A)), False, ()),
        (Not(KNOWN), True, ("known",)),
        (AtomRef("third"), False, ("a", "b")),
    ],
)
def test_what_a_condition_hangs_on(
    reference: Reference, condition: Condition, wanted: bool | None, open_: tuple[str, ...]
) -> None:
    assert facts_open(reference, [condition], wanted) == open_


def test_a_conclusion_is_looked_into_once_or_given_as_it_is_met(reference: Reference) -> None:
    through = [
        leaf.fact
        for leaf in open_leaves(reference, [AtomRef("first"), AtomRef("third")])
        if not isinstance(leaf, AtomRef)
    ]
    assert through == ["a", "c", "a", "b", "b"]  # the third is met twice and looked into once
    given = [*open_leaves(reference, [HEADS["first"][0].when], through=False)]
    assert given == [A, AtomRef("second")]


def test_a_step_goes_down_by_one_and_turns_what_is_wanted_at_a_not(reference: Reference) -> None:
    assert open_conditions(reference, Not(A), True) == [(A, False)]
    assert open_conditions(reference, AtomRef("first")) == [(line.when, None) for line in HEADS["first"]]
    assert open_conditions(reference, A) == []


def test_no_module_walks_open_conditions_by_itself() -> None:
    """But for the evaluators, of which each has its own on purpose, and what works on columns."""
    walking = {
        path.relative_to(PACKAGE).as_posix()
        for room in ("evaluate", "analyse", "explain", "plan", "papers", "serve", "library")
        for path in sorted((PACKAGE / room).rglob("*.py"))
        for tree in [ast.parse(path.read_text(encoding="utf-8"))]
        if any(isinstance(node, ast.Attribute) and node.attr == "parts" for node in ast.walk(tree))
        and any(isinstance(node, ast.Name) and node.id == "UNDECIDED" for node in ast.walk(tree))
    }
    assert walking == {"evaluate/facts_behind.py", "evaluate/reference.py"}
