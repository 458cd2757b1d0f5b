"""Published cases, each described by somebody else: does the plan say what its source says?"""

from __future__ import annotations

import pytest
from plan_marks import totals
from published_cases import (
    EXPECTED,
    HERE,
    converter,
    line,
    marks,
    missed,
    plan_of,
)

pytestmark = pytest.mark.xdist_group("published")  # so that each plan is made once


@pytest.mark.parametrize("case", EXPECTED)
def test_no_plan_takes_a_way_its_source_calls_wrong(case: str) -> None:
    assert not marks(case).wrong


def test_most_plans_say_what_their_sources_say(capsys: pytest.CaptureFixture[str]) -> None:
    all_marks = {case: marks(case) for case in EXPECTED}
    found = totals(EXPECTED.values(), list(all_marks.values()))
    with capsys.disabled():
        print(
            f"\npublished cases: {found['agreed']:g} of {len(all_marks)} primaries agree, {found['undecided']:g} undecided; "
            f"{found['conveyed']:.0%} of the codes conveyed with {found['warnings']:.1f} warnings a plan; "
            f"{found['basis']:.0%} of those that ask cite an accepted basis"
        )
        print(
            "\n".join(
                line(case, one)
                for case, one in all_marks.items()
                if one.agreed < 1 or one.unsaid or one.basis is False
            )
        )
    assert missed(list(all_marks.values())) == []


def test_no_step_leans_on_more_than_one_lead_and_three_supporting_bases() -> None:
    for case in EXPECTED:
        for step in plan_of(case).steps:
            roles = [basis.role for basis in step.basis]
            pairs = 1 + len(step.also_to)  # a step with several States names the law of each pair
            assert roles.count("lead") <= pairs, (case, step.id)
            assert roles.count("support") <= 3 * pairs, (case, step.id)


def test_the_mapping_speaks_in_our_facts_and_values_only() -> None:
    module = converter()
    mapping, vocabulary = module.read(HERE / "mapping.yaml"), module.Vocabulary()
    pairs = [(fact, value) for row in mapping["rows"] for fact, value in row["set"].items()]
    pairs += [(form["fact"], value) for form in mapping["words"].values() for value in form["words"].values()]
    pairs += [
        (form["fact"], value)
        for form in mapping["places"].values()
        for value in (*form["words"].values(), *form["compared"].values())
    ]
    assert [pair for pair in pairs if not vocabulary.accepts(*pair)] == []


def test_the_mapping_says_what_it_has_no_word_for() -> None:
    module = converter()
    case, left = module.Converter(module.read(HERE / "mapping.yaml"), module.Vocabulary()).convert(
        {
            "direction": "outgoing",
            "requesting_state": "NO",
            "measure": "interception",
            "phase_of_moon": "full",
        }
    )
    assert case["state"] == "NO" and case["needs"][0]["measure"] == "interception"
    assert left == ["phase_of_moon: full"]
