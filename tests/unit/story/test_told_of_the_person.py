"""Of which State the person sought is a national, and when he was arrested: what is said of that person only."""

from __future__ import annotations

import pytest
from offers import facts, read

from routing.opened import Router
from routing.story.open_parts import completed

pytestmark = pytest.mark.when_changed("rules", "routing")

FROM_ITALY = "Prosecutor in Dublin. We want the extradition of a man from Italy."


def values_of(router: Router, text: str, fact: str) -> set[str]:
    """What a story told on 29 November 2026 says of a fact."""
    return {value for name, value in facts(completed(router, read(router, text))) if name == fact}


@pytest.mark.parametrize(
    "text",
    [
        f"{FROM_ITALY} He is Italian.",
        f"{FROM_ITALY} The suspect is an Italian national.",
        f"{FROM_ITALY} He is a citizen of Italy.",
        f"{FROM_ITALY} He has Italian citizenship.",
        "Prosecutor in Lima. We want the extradition of a woman from Chile. She is a Chilean citizen.",
        "Police in Oslo. We want the suspect, a Pole, arrested in Warsaw.",
        "Police of Spain ask us in Dublin to surrender a man. He is Irish.",
    ],
)
def test_a_national_of_the_state_that_is_asked(router: Router, text: str) -> None:
    assert values_of(router, text, "own_national") == {"yes"}


@pytest.mark.parametrize(
    "then",
    [
        "The victim is Italian.",
        "His wife is Italian.",
        "The lawyer of the suspect is Italian.",
        "He killed a woman. She was Italian.",
        "She is Italian.",  # a man is sought
        "He is French.",
        "He is Irish.",  # of ours, who are not asked
        "He is not Italian.",
        "Is he Italian?",
        "Maybe he is Italian.",
        "He says he is Italian.",
        "His car is Italian.",
        "He is an Italian lawyer's client.",
        "A witness saw him. He is Italian.",  # who of the two
    ],
)
def test_nothing_else_makes_a_national_of_that_state(router: Router, then: str) -> None:
    assert not values_of(router, f"{FROM_ITALY} {then}", "own_national")


def test_of_whom_nothing_is_needed_no_nationality_counts(router: Router) -> None:
    text = "Prosecutor in Dublin. We want the bank records of a man from a bank in Italy. He is Italian."
    assert not values_of(router, text, "own_national")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (f"{FROM_ITALY} He was arrested on 20 November.", "2026-11-20"),
        (f"{FROM_ITALY} He was arrested there on 3 November 2026.", "2026-11-03"),
        (f"{FROM_ITALY} He has been held in Rome since Friday.", "2026-11-27"),
        (f"{FROM_ITALY} The suspect is in custody since 20 November.", "2026-11-20"),
        ("Spain asks us in Dublin to surrender a man. We arrested him yesterday.", "2026-11-28"),
    ],
)
def test_the_day_of_the_arrest(router: Router, text: str, day: str) -> None:
    assert values_of(router, text, "arrested_on") == {day}


@pytest.mark.parametrize(
    "then",
    [
        "His wife was arrested on 20 November.",
        "He was arrested here on 20 November.",
        "He was arrested in France on 20 November.",
        "He was arrested on 20 November and released.",
        "He was not arrested on 20 November.",
        "Was he arrested on 20 November?",
        "He was arrested on 3 December.",  # is still to come
        "He was arrested in 2019.",
    ],
)
def test_no_other_day_is_that_of_the_arrest(router: Router, then: str) -> None:
    assert not values_of(router, f"{FROM_ITALY} {then}", "arrested_on")
