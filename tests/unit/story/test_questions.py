"""What a story asks beside its needs: each question is told apart, and one that nothing answers is not passed over."""

from __future__ import annotations

import pytest
from offers import SUNDAY, decided, facts

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


def test_who_promises_and_who_is_away_set_no_day(router: Router) -> None:
    promised = (
        "Prosecutor in Oslo. Tokyo asks us to arrest a man for fraud. They say papers come by 20 January."
    )
    away = "Police in Cork. We want the bank records of a man in Malta. The lawyer is off until Friday."
    sentence = "DPP in Perth. Sentencing on 5 February 2027. We want his criminal record from Romania."
    for text in (promised, away):
        assert not [value for name, value in facts(decided(router, text)) if name == "days_until_needed"]
    assert ("days_until_needed", "68") in facts(decided(router, sentence))


def test_a_short_name_beside_a_town_signs(router: Router) -> None:
    offer = decided(router, "Manila NBI. A young Filipina is locked in a house in Damascus, we want her out.")
    assert (offer.own, offer.partner) == ("PHL", "SYR")


def test_where_work_was_offered_is_not_where_somebody_is_held(router: Router) -> None:
    offer = decided(
        router,
        "Police in Accra, Ghana. A girl went for a job in Beirut, and is now locked in a flat in Amman, Jordan."
        " We want her found.",
    )
    assert (offer.own, offer.partner) == ("GHA", "JOR")


def test_who_is_sold_is_no_money(router: Router) -> None:
    text = "Police in Accra. The girls are sold to another brothel in Lagos tonight. We want them found."
    values = {value for name, value in facts(decided(router, text)) if name == "emergency"}
    assert "threat_to_life" in values
    assert "imminent_dissipation" not in values


def test_the_short_name_of_a_paper_signs_nothing(router: Router) -> None:
    offer = decided(router, "An EIO from Thessaloniki. They want a man heard in Plovdiv. Can we say no?")
    assert offer.own != "GRC"
