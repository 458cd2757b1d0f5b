"""Conditions walked to their tests."""

from __future__ import annotations

from collections import Counter

from routing.core.conditions import All, Any, AtLeast, AtomRef, Is, Not, leaf_tests, leaf_tests_in


def test_what_several_conditions_share_is_walked_once_and_nothing_is_left_out() -> None:
    age, killed = AtLeast("age", 18), Is("harm", frozenset({"death"}))
    shared = Any((age, Not(killed)))
    conditions = [All((shared, AtomRef("is:open"))), Not(shared), All((Not(shared), AtLeast("age", 21))), age]
    walked = Counter(leaf_tests_in(conditions))
    assert set(walked) == {test for each in conditions for test in leaf_tests(each)}
    assert walked[killed] == 1 and walked[AtLeast("age", 21)] == 1
    alike = Any((AtLeast("age", 16), Not(killed)))
    assert Counter(leaf_tests_in([shared, alike]))[killed] == 2
