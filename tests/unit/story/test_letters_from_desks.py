"""Letters from desks and posts: who is a child, who sent whoever is posted abroad, what a letter asks of us, what
a firm wants first, and what is stopped while more is wished."""

from __future__ import annotations

import pytest
from offers import decided, facts, needs

from routing.opened import Router
from routing.story.open_parts import kinds_told

CHILD, IN_DANGER = ("vulnerable_person", "child"), ("emergency", "threat_to_life")


@pytest.mark.parametrize(
    ("text", "is_child"),
    [
        (
            "Prosecutor in Cluj, Romania. Two suspects drive girls aged 15 to Germany. Arrest them there in three weeks.",
            False,
        ),
        ("Vienna police. The suspect is a minor. Arrest him in Italy.", True),
        ("Vienna police. Arrest the suspect in Italy, he is 16 years old, he stabbed a man.", True),
        ("A boy of 16 stabbed a man in our town Graz. He is in Croatia, we want him arrested.", True),
    ],
)
def test_a_child_to_whom_something_is_done_is_not_the_person_sought(
    router: Router, text: str, is_child: bool
) -> None:
    offer = decided(router, text)
    assert needs(offer)["arrest"] == "request"
    assert (CHILD in facts(offer)) is is_child


@pytest.mark.parametrize(
    ("text", "own", "partner"),
    [
        (
            "NCA liaison, Accra. A contact at EOCO gave us two bank slips. May we use them in court in Manchester?",
            "GBR",
            "GHA",
        ),
        (
            "FBI legat, Rome. The Carabinieri sent us a report. May we use it in court in New York?",
            "USA",
            "ITA",
        ),
        (
            "French liaison officer, Rabat. We need the holder of a bank account in Morocco.",
            "FRA",
            "MAR",
        ),
    ],
)
def test_whoever_is_posted_abroad_writes_for_the_state_that_sent_them(
    router: Router, text: str, own: str, partner: str
) -> None:
    offer = decided(router, text)
    assert (offer.own, offer.partner) == (own, partner)


def test_all_that_a_letter_asks_us_to_do_is_needed(router: Router) -> None:
    text = (
        "Central authority, Kenya. We received a request from the Netherlands asking us to hear two witnesses in "
        "Mombasa and send bank records for a cocaine case."
    )
    assert needs(decided(router, text)) == {"witness_hearing": "answer", "bank_records": "answer"}


def test_a_firm_that_wants_papers_first_asks_us_for_nothing(router: Router) -> None:
    text = (
        "Police in Cebu, Philippines. The provider is in California. They replied that logs are kept until Friday, "
        "and they need legal process. I need that they do not erase it."
    )
    offer = decided(router, text)
    assert set(kinds_told(offer)) == {"request"}
    assert needs(offer) == {"data_preservation": "request"}


def test_a_number_asks_for_nothing(router: Router) -> None:
    text = (
        "Police in Lahore, Pakistan. A boy of nine was taken outside school. The father gets calls from a +971 "
        "number, wants 5 crore by 10 tonight. We need the location of that phone."
    )
    offer = decided(router, text)
    assert set(kinds_told(offer)) == {"request"}
    assert IN_DANGER in facts(offer)


@pytest.mark.parametrize(
    ("text", "is_danger"),
    [
        (
            "Border police, Zagreb. A red notice from Kyrgyzstan. He is held in the room now. Do I arrest him?",
            False,
        ),
        ("Spanish police. Three girls are held in a room in Porto, Portugal. We want them freed.", True),
    ],
)
def test_whom_police_hold_in_a_room_is_in_no_danger(router: Router, text: str, is_danger: bool) -> None:
    assert (IN_DANGER in facts(decided(router, text))) is is_danger


def test_we_give_back_what_is_here(router: Router) -> None:
    text = (
        "Traffic police in Accra, Ghana. We stopped a Land Cruiser that shows as stolen in Ontario, Canada. "
        "Do we give back the vehicle, and who must ask for it?"
    )
    offer = decided(router, text)
    assert needs(offer) == {"restitution": "answer"}
    assert ("property_kind", "real_estate") not in facts(offer)


def test_what_we_would_like_to_give_is_told_unasked(router: Router) -> None:
    text = (
        "Danish police, Aarhus. In a search here we found chats about a drug lab near Kaunas in Lithuania. Nobody "
        "asked us for it. I'd like to give it to colleagues there. Can we put conditions on?"
    )
    offer = decided(router, text)
    assert (offer.own, offer.partner, set(kinds_told(offer))) == ("DNK", "LTU", {"share"})


def test_money_that_just_went_is_stopped_where_a_way_is_asked(router: Router) -> None:
    text = "Windhoek police. A lodge owner paid 4 million this morning to a false supplier. It arrived in Hong Kong. What is the quickest?"
    assert needs(decided(router, text)) == {"transaction_suspension": "request"}
