"""A word written for what the answer is wanted for leaves every measure its way, where there was one without it."""

from __future__ import annotations

from datetime import date
from itertools import product

import pyarrow as pa
import pytest
from when_changed import WHOLE_PROGRAM

from routing.batch import Batch
from routing.evaluate.columnar.evaluator import MAIN
from routing.opened import shared_router

pytestmark = WHOLE_PROGRAM

PAIRS = [("DEU", "FRA"), ("USA", "BRA"), ("KEN", "ARE")]
DAY = date(2026, 11, 26)
RULES = shared_router().rulebook
PURPOSES = (None, *RULES.facts["purpose"].common, "surrender", "protect_person")
EMPTY = {None, "", "refer"}


def asked() -> list[tuple[str, str]]:
    """Each measure in each kind of need in which it is offered."""
    return [
        (kind, measure.id)
        for kind in ("request", "answer", "share", "use")
        for measure in RULES.measures.values()
        if not measure.kinds or kind in measure.kinds
    ]


def main_steps(
    rows: list[tuple[str, str]], state: str, other: str, **told: str
) -> dict[tuple[str, str, str | None], str | None]:
    """The main step of each row with each purpose."""
    cases = [(kind, measure, purpose) for (kind, measure), purpose in product(rows, PURPOSES)]

    def every(value: str) -> list[str]:
        return [value] * len(cases)

    table = pa.table(
        {
            "id": [str(number) for number in range(len(cases))],
            "kind": [case[0] for case in cases],
            "measure": [case[1] for case in cases],
            "purpose": pa.array([case[2] for case in cases], pa.string()),
            "state": every(state),
            "with": every(other),
            "offence": every("drugs"),
            "max_penalty_months": every(120),
            "organised_group": every("established"),
            **{name: every(value) for name, value in told.items()},
        }
    )
    answers = Batch.open(day=DAY, what=MAIN).evaluate(table)
    return dict(zip(cases, answers.column("primary").to_pylist(), strict=True))


@pytest.mark.parametrize("state, other", PAIRS)
def test_no_word_for_the_purpose_empties_a_plan(state: str, other: str) -> None:
    """Each measure with each purpose that the short form shows; `surrender` and `protect_person` besides."""
    found = main_steps(asked(), state, other)
    open_without = {case[:2] for case, step in found.items() if case[2] is None and step not in EMPTY}
    assert len(open_without) > 80
    assert not [case for case, step in found.items() if case[:2] in open_without and step in EMPTY]


def test_the_property_sees_an_empty_plan() -> None:
    """Where a fact says that nobody is charged, no purpose opens the way: the property would notice."""
    found = main_steps([("request", "arrest")], "DEU", "FRA", only_to_question="yes")
    assert set(found.values()) == {"refer"}
