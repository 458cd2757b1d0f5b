"""What a story asks beside its needs: each question is told apart, and one that nothing answers is not passed over."""

from __future__ import annotations

import pytest
from offers import SUNDAY, decided

from routing.cli.prose import case_in_prose
from routing.opened import Router
from routing.render.told_head import unanswered
from routing.rulebook.words import MEASURE
from routing.story.questions import asks_something

CAR = (
    "Traffic police, Gaborone, Botswana. We hold a van with Zimbabwean plates."
    " How do I check the van with the police in Harare, and can I just give the van to the cousin?"
)


def test_a_question_behind_a_need_is_not_swallowed(router: Router) -> None:
    offer = decided(router, CAR)
    assert offer.asked[-1:] == ("and can I just give the van to the cousin",)
    assert unanswered(router, offer) == offer.asked[-1:]
    assert not [text for text in offer.unread if "cousin" in text]


def test_what_is_asked_and_not_answered_leaves_the_answer_open(router: Router) -> None:
    headed = case_in_prose(router, CAR, "story", SUNDAY, ask=False)
    assert headed is not None
    assert MEASURE in headed.left_open
    assert (
        "Asked, and not answered here in words: “and can I just give the van to the cousin”." in headed.head
    )


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("Which papers must we send, to whom, and by when?", {"With", "Who", "By when"}),
        ("On which grounds may we refuse?", {"Do"}),
        ("How long does it take and who signs?", {"By when", "Who"}),
    ],
)
def test_every_part_of_a_step_that_answers_is_named(router: Router, question: str, parts: set[str]) -> None:
    text = f"Quito, prosecutor. Lima asks us for the statement of a witness. {question}"
    headed = case_in_prose(router, text, "story", SUNDAY, ask=False)
    assert headed is not None
    line = " ".join(headed.head.split())
    named = " ".join(text.partition(" in the steps")[0] for text in line.split("Asked, see ")[1:])
    assert all(f"“{part}”" in named for part in parts)


def test_a_question_that_ends_in_a_small_word_is_one(router: Router) -> None:
    offer = decided(
        router,
        "Prosecutor in Lisbon. Praia asks us to freeze an account of a convict. Do we pay for it all?",
    )
    assert offer.asked == ("Do we pay for it all",)


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("Copenhagen", False),
        ("and is it worth a letter", True),
        ("Which points stop it", True),
        ("Fastest way", False),
    ],
)
def test_a_heading_is_no_question(text: str, asks: bool) -> None:
    assert asks_something(text) is asks
