"""Who is sought as `her` or `them` is the person of whom the story has just told."""

from __future__ import annotations

import pytest
from offers import facts, needs, read

from routing.opened import Router

pytestmark = pytest.mark.when_changed("rules", "routing")


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        (
            "Police in Kenya. A girl of 15 disappeared three days ago. We think she is in Tanzania with a man."
            " We need to find her.",
            "find_missing_person",
        ),
        ("Police in Kenya. Our main suspect went over to Tanzania. We need to find him.", "locate_person"),
        (
            "Police in Kenya. A boy is missing since Sunday. That was the first report. Then came more."
            " A robber fled to Tanzania. We need to find him.",
            "locate_person",  # three sentences lie between
        ),
    ],
)
def test_she_is_who_was_told_of_right_before(router: Router, text: str, measure: str) -> None:
    assert list(needs(read(router, text))) == [measure]


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("Ministry of Justice of Peru. Spain arrested our former minister yesterday on the red notice."
         " We must send the extradition papers.", True),
        ("Prosecutor in Italy. Rossi was arrested in Argentina two days ago on our warrant. We want his extradition.", True),
        ("Prosecutor in Italy. Rossi lives in Argentina. We want his extradition.", False),
        ("Prosecutor in Italy. Rossi is in Argentina. He must be arrested there on our warrant. We want his extradition.", False),
    ],
)  # fmt: skip
def test_that_somebody_is_held_there_is_read(router: Router, text: str, held: bool) -> None:
    assert (("held_for_the_request", "yes") in facts(read(router, text))) == held
