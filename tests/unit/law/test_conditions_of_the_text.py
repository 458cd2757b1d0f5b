"""A rule has the conditions of the text that it rests on: no fewer, and of the right text."""

from __future__ import annotations

from routing.core.conditions import Is, leaf_tests
from routing.opened import shared_router
from routing.rulebook.model import Rule

RULES = shared_router().rulebook.rules

TRAFFIC_BUT_FOR_WHO_THE_USER_IS = {
    "e-evidence 4(2)",
    "e-evidence 5(4)(a)",
    "e-evidence 5(9)",
    "e-evidence 5(10)",
    "e-evidence 8(1)",
}
"""Paragraphs on traffic data that each leave out data which only identify the user (article 3, point (10))."""

USE_OF_WHAT_A_REQUEST_BROUGHT = {"untoc 18(19)", "uncac 46(19)", "un1988 7(13)"}
WITHOUT_A_REQUEST = {"fiu", "police", "contact_point", "administration", "tax_administration", "not_told"}


def asked(rule: Rule, fact: str) -> set[str]:
    """The values of a fact that the condition of a rule names."""
    return {
        value
        for leaf in leaf_tests(rule.when)
        if isinstance(leaf, Is) and leaf.fact == fact
        for value in leaf.values
    }


def test_what_is_for_traffic_data_leaves_out_what_only_identifies_the_user() -> None:
    of_traffic = [
        rule
        for rule in RULES
        if TRAFFIC_BUT_FOR_WHO_THE_USER_IS & set(rule.basis) and "traffic" in asked(rule, "data_category")
    ]
    assert len(of_traffic) > 5
    assert [rule.id for rule in of_traffic if not asked(rule, "sought_only_to_identify_user")] == []


def test_what_units_and_police_gave_rests_on_no_article_on_assistance() -> None:
    given = [
        rule
        for rule in RULES
        if (channels := asked(rule, "material_channel"))
        and channels <= WITHOUT_A_REQUEST
        and rule.standing != "contested"
    ]
    assert len(given) > 10
    assert [rule.id for rule in given if USE_OF_WHAT_A_REQUEST_BROUGHT & set(rule.basis)] == []


def test_what_keeps_the_tax_ways_from_a_court_rests_on_the_text_on_tax() -> None:
    ways = {"administrative_cooperation/tax", "administrative_cooperation/tax-convention"}
    barring = [rule for rule in RULES if rule.form == "bar" and ways & set(rule.targets)]
    assert barring
    assert [rule.id for rule in barring if "tax-convention 22" not in rule.basis] == []


def test_a_warrant_may_be_refused_after_a_judgment_in_absence() -> None:
    closed_lists = [rule for rule in RULES if {"eaw 3", "eaw 4"} <= set(rule.basis)]
    assert closed_lists
    assert [rule.id for rule in closed_lists if "eaw 4a" not in rule.basis] == []
