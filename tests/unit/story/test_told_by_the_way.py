"""What a story tells by the way: which State is ours, what else it names, and what it wishes beside a need that
was read; nothing of it is lost without a word."""

from __future__ import annotations

from datetime import date

import pytest
from offers import facts, needs, read

from routing.cli.prose import case_in_prose
from routing.opened import Router
from routing.render.told_head import told_head
from routing.story.offered import offered_by
from routing.story.open_parts import completed, open_parts

pytestmark = pytest.mark.when_changed("rules", "routing")


def head(router: Router, text: str) -> str:
    return " ".join(told_head(router, completed(router, read(router, text)), "story.txt").split())


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("Suva calling. A yacht left last night for Brisbane. We want her boarded.", "FJI"),
        ("Malmö – boy of 15, locked in Copenhagen. We want a copy of his phone.", "SWE"),
        ("Loan fraud, Bengaluru. The account is in Singapore, block it.", "IND"),
        ("Vancouver, here is the deal. We want the messages from Snap.", "CAN"),
        ("The sponsor is in our jail Kuwait City. We want the maid heard in Colombo.", "KWT"),
        ("Genève wants the whole image of the phone we took in Annecy.", "FRA"),
        ("A statue is in an auction at London. We want it pulled and back to Amman.", "JOR"),
        ("The accounts are in Riga. We want the statements.", ""),  # where a thing is says nothing of us
        ("Hola, Asunción. We want from you a truck watched.", ""),  # to whom it is written
        ("Riga writes. Their letter came on Monday.", ""),
    ],
)
def test_our_own_state_is_told_by_the_way(router: Router, text: str, own: str) -> None:
    assert read(router, text).own == own


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (  # a State of which nothing is asked
            "I am Fiji police. The domain is at a registrar in Arizona and the hosting in Iceland."
            " We want who paid the domain.",
            "also named, and asked nothing: Iceland (“Iceland”)",
        ),
        (  # a part with which the wish goes on
            "Police in Sarajevo. The gun is with police in Podgorica. We want the gun tested, and the rust from the barrel.",
            "“and the rust from the barrel”",
        ),
        (  # a need that stands in a clause that does not tell it
            "Abu Dhabi asks us in Accra for the man, he is Ghanaian, and for money left on his momo.",
            "Mentioned, and not in this plan: freezing or seizing assets (“money left on his momo”)",
        ),
        (
            "We are police in Tokyo. We wish from Manila (a) his notebook, (b) he returns to Japan.",
            "notebook",
        ),
    ],
)
def test_what_is_not_in_the_plan_is_told(router: Router, text: str, told: str) -> None:
    assert told in head(router, text)


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("Two of ours would like to stay behind him on the other side in Tallinn.", "surveillance"),
        ("The cattle are with a dealer in Bulawayo, we want the beasts back.", "restitution"),
        (
            "Could the Belgians do the trial there?",
            "transfer_of_proceedings",
        ),
        (
            "He sits in Asunción and must be put face to face with ours, three days, then back.",
            "detainee_transfer",
        ),
        ("We need the file of the clinic in Kolkata + who sent the money + the plate owner.", "vehicle_data"),
        ("A witness is in Cork, we want that she gets the paper in her hand.", "service_of_documents"),
        ("Our patrol is behind him in Austria, may we go further?", "hot_pursuit"),
        ("Would like that Madagascar knows, nobody asked us.", "information_sharing"),
    ],
)
def test_plain_words_lead_to_the_measure(router: Router, text: str, measure: str) -> None:
    offer = read(router, f"We are police in Gaborone. {text}")
    assert measure in {name for want in completed(router, offer).needed for name in want.measures}, needs(
        offer
    )


@pytest.mark.parametrize(
    "text",
    [
        "A man was picked up on Sunday, men want 20 million and call the wife.",
        "The madam holds her passport and says pay 1.5 million CFA or she no go leave.",
        "One of them got electric shock yesterday.",
        "The boy was hired on Signal for shooting at Nørrebro.",  # a town, and no person who is shot at
        "Sixteen migrants are closed inside a water tank.",
    ],
)
def test_a_danger_in_plain_words(router: Router, text: str) -> None:
    assert ("emergency", "threat_to_life") in facts(read(router, f"We are police in Lagos. {text}"))


def test_a_thing_that_left_a_town_is_not_sought_there(router: Router) -> None:
    text = (
        "We are police. A truck left Dire Dawa for Djibouti with people inside. Find the truck and open it."
    )
    assert "ETH" not in {want.state for want in read(router, text).needed}


def test_what_is_left_out_is_no_flight(router: Router) -> None:
    offer = read(router, "We are police in Puno. The gold goes to Dubai but leave Dubai out for now.")
    assert ("emergency", "imminent_flight") not in facts(offer)


def test_what_is_read_beside_what_is_sought_is_all_said_back(router: Router) -> None:
    text = "Police in Oslo. We sent an EIO to Riga in May and no answer so far. We want the statements of her account."
    assert "request already sent: yes" in head(router, text)
    text = "Georgian police. We want him extradited from Armenia, he is an Armenian citizen."
    assert "person a citizen of the requested State: yes" in head(router, text)
    assert "not used for his nationality" not in head(router, text)


def test_a_question_of_the_way_is_not_answered_where_there_is_no_plan(router: Router) -> None:
    offer = completed(router, read(router, "Police in Oslo. The car is in Riga. Whom do I call?"))
    shown = " ".join(told_head(router, offer, "story.txt", planned=False).split())
    assert "answered by the plan" not in shown


@pytest.mark.parametrize(
    "text",
    [
        "Police in Nairobi. We want the records of his bank, maybe in Nigeria, we dont know.",
        "Police in Nairobi. We want the records of his bank. It is perhaps in Nigeria or Ghana.",
    ],
)
def test_a_state_that_is_guessed_is_asked_and_never_taken(router: Router, text: str) -> None:
    offer = completed(router, read(router, text))
    assert offer.partner == "" and not any(want.state for want in offer.needed)
    assert {"NGA"} <= {it.value for part in open_parts(router, offer) for it in part.candidates}


def test_several_guesses_are_no_error_of_a_line_that_does_not_exist(router: Router) -> None:
    text = (
        "Fiscalia Cali. We listen to him with order of our judge. Since monday his phone is in Esmeraldas Ecuador."
        " May we continue listen? And we think to make a team with Ecuador and Spain."
    )
    headed = case_in_prose(router, text, "story.txt", date(2026, 12, 1))
    assert headed and "Ecuador or Spain" in " ".join(headed.head.split())


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Police in Oslo. We want her heard in Riga, the trial is in February.", "62"),
        ("Police in Oslo. We want her heard in Riga before march.", "90"),
        ("Police in Oslo. We want her heard in Riga, she saw it in February.", ""),
    ],
)
def test_a_month_that_is_named_alone_begins_the_time(router: Router, text: str, days: str) -> None:
    offer = offered_by(router, text, date(2026, 12, 1))
    due = [it.value for it in offer.facts if it.fact == router.rulebook.clocks.needed]
    assert due == ([days] if days else [])
