"""Cases that nobody who wrote the rules had seen: how many plans say what a careful adviser would?"""

from __future__ import annotations

import pytest
from blind_cases import (
    CASES,
    RESTS_ON,
    SETS,
    marks,
    missed,
    takes_no_way_that_is_wrong_for_it,
    total_of,
)
from sweeps import each

pytestmark = pytest.mark.xdist_group("blind")  # so that each plan is made once


def test_a_plan_takes_no_way_that_is_wrong_for_it() -> None:
    each(takes_no_way_that_is_wrong_for_it, list(CASES)[::20])


@pytest.mark.when_changed(*RESTS_ON)
def test_no_plan_takes_a_way_that_is_wrong_for_it() -> None:
    each(takes_no_way_that_is_wrong_for_it, CASES)


@pytest.mark.when_changed(*RESTS_ON)
@pytest.mark.parametrize("chosen", SETS)
def test_most_plans_say_what_a_careful_adviser_would(chosen: str, capsys: pytest.CaptureFixture[str]) -> None:
    found = {name: marks(name) for name in SETS[chosen]}
    total = total_of(chosen, list(found.values()))
    with capsys.disabled():
        print(
            f"\nblind {chosen}: {total['agreed']:.0%} of {len(found)} primaries agree, {total['undecided']:g} undecided; "
            f"{total['conveyed']:.0%} of the codes conveyed with {total['warnings']:.1f} warnings a plan; "
            f"{total['basis']:.0%} of those that ask cite an accepted basis"
        )
        for name, one in found.items():
            if one.agreed < 1 or one.unsaid or one.basis is False:
                print(
                    f"  {name} {one.agreed:.2f} found {', '.join(one.families)} unsaid {one.unsaid} basis {one.basis}"
                )
    assert missed(chosen, list(found.values())) == []


def test_no_case_of_one_set_hides_one_of_another() -> None:
    assert len(CASES) == sum(len(cases) for cases in SETS.values())


def test_every_correction_says_why() -> None:
    assert [name for name, case in CASES.items() if "at_first" in case and "corrected" not in case] == []
