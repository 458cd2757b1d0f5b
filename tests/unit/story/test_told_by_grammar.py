"""What a story tells by its grammar, and by no word for it: a wish, a question of the way, what came to us, a
danger that clues tell together, a State that a number tells."""

from __future__ import annotations

import pytest
from offers import facts, needs, read

from routing.core.domain import ANSWER, REQUEST, USE
from routing.opened import Router
from routing.story.open_parts import completed


@pytest.mark.parametrize(
    ("wish", "measure"),
    [
        ("It would be good to know who pays for this number in Rome.", "subscriber_data"),
        ("We are short of the call records of a phone in Rome.", "stored_traffic_data"),
        ("All we lack is the call list of a number in Rome.", "stored_traffic_data"),
        ("A copy of the judgment from Rome would help us.", "court_file"),
        ("If we could get the bank statements from Rome, it is very helpful.", "bank_records"),
    ],
)
def test_a_wish_without_a_word_for_wishing_is_a_need(router: Router, wish: str, measure: str) -> None:
    offer = read(router, f"We are police in Lyon. {wish}")
    assert needs(offer) == {measure: REQUEST}
    assert (offer.own, offer.partner) == ("FRA", "ITA")


@pytest.mark.parametrize(
    "told",
    [
        "Arresting him we leave for later.",
        "His arrest we shall ask for in January.",
        "The thieves keep it in a lock-up.",
        "His arrest is for us without meaning.",
    ],
)
def test_what_is_not_wanted_now_is_not_a_need(router: Router, told: str) -> None:
    offer = read(router, f"We are police in Lyon. We want the call records of a phone in Rome. {told}")
    assert needs(offer) == {"stored_traffic_data": REQUEST}


@pytest.mark.parametrize(
    "question",
    [
        "What paper do I need?",
        "Whom do we call?",
        "Is police to police enough?",
        "Do I need a warrant for it?",
        "Must we ask them again?",
    ],
)
def test_a_question_of_the_way_is_answered_and_asks_for_nothing(router: Router, question: str) -> None:
    offer = read(
        router, f"They wrote us from Zagreb: please hear the witness. We are police in Lyon. {question}"
    )
    assert needs(offer) == {"witness_hearing": ANSWER}
    assert offer.questions == (question.removesuffix("?"),)
    assert not any(question.removesuffix("?") in it for it in (*offer.unread, *offer.passed_over))


@pytest.mark.parametrize(
    ("text", "partner", "told"),
    [
        (  # a request of theirs, in any verb of giving
            "The public prosecutor of Asunción remitted to us a letter rogatory so that we search a house.",
            "PRY",
            {"search": ANSWER},
        ),
        (  # their office wishes what is with us
            "The judge in Košice wants to hear a witness who lives by us.",
            "SVK",
            {"witness_hearing": ANSWER},
        ),
        (
            "Greater Manchester are on to me about the owner of a car.",
            "GBR",
            {"vehicle_data": ANSWER},
        ),
        (  # what they sent is used, and not asked for again
            "The documents that Panama sent us by the MLAT were asked for a corruption process. A colleague "
            "wants them borrowed for his own case. Do we have the right?",
            "PAN",
            {"material_held": USE},
        ),
        (
            "We have received from our Emirati colleague a report. The prosecutor wants to join it to the file "
            "of the judge. Do we have the right?",
            "ARE",
            {"material_held": USE},
        ),
    ],
)
def test_what_came_to_us_tells_who_asks(
    router: Router, text: str, partner: str, told: dict[str, str]
) -> None:
    offer = completed(router, read(router, text))
    assert (offer.partner, needs(offer)) == (partner, told)


@pytest.mark.parametrize(
    ("text", "danger"),
    [
        ("The girl did not come home. They ask money.", "threat_to_life"),
        ("On Saturday somebody will be hurt.", "threat_to_life"),
        ("The container leaves tonight.", "imminent_dissipation"),
        ("Somebody is drawing it by ATM bit by bit.", "imminent_dissipation"),
        ("There is a reservation for Madrid on Sunday.", "imminent_flight"),
        ("The girl did not come home.", ""),
        ("They ask money.", ""),
        ("Nobody will be hurt.", ""),
        ("The container left in May.", ""),
    ],
)
def test_a_danger_is_told_by_what_stands_together(router: Router, text: str, danger: str) -> None:
    told = {value for fact, value in facts(read(router, text)) if fact == "emergency"}
    assert told == ({danger} if danger else set())


@pytest.mark.parametrize(
    ("text", "partner"),
    [
        ("The threats come from +48601222333.", "POL"),
        ("The money went to the account LT121000011101001000.", "LTU"),
        ("He called from 0044 and had 386 euro.", ""),
    ],
)
def test_a_number_tells_a_state(router: Router, text: str, partner: str) -> None:
    offer = read(router, f"We are police in Lyon. {text} We want to know who it is.")
    assert (offer.own, offer.partner) == ("FRA", partner)


def test_the_fellow_of_a_town_is_not_where_we_are(router: Router) -> None:
    text = "We want the owner of an account in Johannesburg. The passport of the Lagos fellow we already got."
    assert read(router, text).own != "NGA"
