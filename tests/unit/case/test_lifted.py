"""What is one for the whole case and was written in a need."""

from __future__ import annotations

import pytest

from routing.core.errors import CaseProblems
from routing.opened import Router


def test_what_a_need_says_of_the_whole_case_is_read_as_said_above(router: Router) -> None:
    case = router.read(
        {
            "state": "FIN",
            "needs": [
                {"measure": "bank_records", "with": "ESP", "offence": "fraud", "stage": "trial"},
                {"measure": "search", "with": "ITA", "offence": " Fraud"},
            ],
        }
    )
    assert case.facts["offence"] == ("fraud",) and case.facts["stage"] == "trial"
    assert not any(fact in need.facts for need in case.needs for fact in ("offence", "stage"))
    assert "`offence`, `stage` of a need are read as said of the whole case" in case.notes


def test_what_stands_above_and_in_a_need_alike_is_said_once(router: Router) -> None:
    case = router.read({"offence": ["fraud"], "needs": [{"measure": "search", "offence": ["fraud"]}]})
    assert case.facts["offence"] == ("fraud",)


def test_a_line_of_the_form_that_was_left_blank_says_nothing(router: Router) -> None:
    case = router.read(
        """\
offence:
stage: trial
needs:
- {measure: search, offence: fraud}
- measure: bank records
  offence:
  stage:
"""
    )
    assert case.facts["offence"] == ("fraud",) and case.facts["stage"] == "trial"


@pytest.mark.parametrize(
    "case",
    [
        {
            "needs": [
                {"measure": "search", "organised_group": "yes"},
                {"measure": "search", "organised_group": "no"},
            ]
        },
        {"organised_group": "yes", "needs": [{"measure": "search", "organised_group": "no"}]},
    ],
)
def test_needs_that_say_two_things_of_the_case_are_not_reconciled(
    router: Router, case: dict[str, object]
) -> None:
    with pytest.raises(CaseProblems) as refused:
        router.read(case)
    (problem,) = refused.value.problems
    assert "`yes` and `no`" in problem.message and "a case for each" in str(problem)


def test_a_case_goes_from_police_to_a_prosecutor_and_each_need_says_who_has_it(router: Router) -> None:
    case = router.read(
        {
            "state": "CHL",
            "actor": "police",
            "needs": [
                {"id": "stop", "measure": "transaction_suspension", "with": "LTU"},
                {"id": "freeze", "measure": "asset_freezing", "with": "LTU", "actor": "prosecutor"},
                {"id": "papers", "measure": "bank_records", "with": "LTU", "actor": "prosecutor"},
            ],
        }
    )
    had = {need.id: {**case.facts, **need.facts}["actor"] for need in case.needs}
    assert had == {"stop": "police", "freeze": "prosecutor", "papers": "prosecutor"}
    assert not case.notes


def test_what_the_words_of_one_need_tell_of_the_whole_case_holds_for_each(router: Router) -> None:
    """`rescue the women` tells that somebody is held: the need beside it is weighed with that."""
    needs = [
        {"id": "safe", "measure": "rescue the women", "with": "OMN"},
        {"id": "money", "measure": "asset_freezing", "with": "OMN"},
    ]
    case = router.read({"state": "UGA", "needs": needs})
    assert case.facts["held_by_offenders"] == "yes"
    assert all("held_by_offenders" not in need.facts for need in case.needs)
    alone = router.read({"state": "UGA", "needs": needs[1:]})
    assert "held_by_offenders" not in alone.facts
