"""What we wish is planned, or said above the plan of the rest; it is never only listed below one."""

from __future__ import annotations

from datetime import date

import pytest

from routing.opened import Router
from routing.render.told_head import blocking
from routing.rulebook.words import MEASURE
from routing.story.offered import Offered, offered_by
from routing.story.open_parts import completed, open_parts

pytestmark = pytest.mark.when_changed("rules", "routing")

DAY = date(2026, 12, 1)
ROMANIA = "Romania, DIICOT Iasi. Girls work in a closed flat in Leeds, England."


def read(router: Router, text: str) -> tuple[Offered, str]:
    """What a story offers, and the question without which no plan is made; empty where none is."""
    offer = completed(router, offered_by(router, text, DAY))
    return offer, (blocking(open_parts(router, offer), "FILE") or ("", ""))[0]


def needed(offer: Offered) -> set[str]:
    return {name for want in offer.needed for name in want.measures}


def test_a_wish_beside_a_need_that_is_sure_is_left_open_and_stops_no_plan(router: Router) -> None:
    offer, question = read(router, f"{ROMANIA} We need them out and him in handcuff.")
    assert needed(offer) == {"arrest"} and set(offer.left) == {"need them out"}
    (part,) = (it for it in open_parts(router, offer) if it.part == MEASURE)
    assert (question, part.about) == ("", "need them out")
    assert part.sentence().startswith("We want finding or freeing")


@pytest.mark.parametrize(
    "then",
    [
        "We want to find a missing person.",
        "We want finding or freeing a missing person, a person who is held or a child that was taken.",
    ],
)
def test_a_sentence_answers_what_is_asked_of_a_wish(router: Router, then: str) -> None:
    _, question = read(router, f"{ROMANIA} We need them out and him in handcuff. {then}")
    assert not question


def test_a_wish_of_which_nothing_is_read_is_left_open_beside_a_need_that_is_sure(router: Router) -> None:
    wish = "We want the purple feather quickly"
    offer, question = read(router, f"Police of Kenya. We want the bank records of a firm in Ghana. {wish}.")
    assert offer.wishes_unread == (wish,) and question == ""
    assert wish in [it.about for it in open_parts(router, offer)]


def test_what_is_wished_once_is_asked_no_more(router: Router) -> None:
    text = "Police of Kenya. We want the bank records of a firm in Ghana. We need your help, it is urgent."
    assert read(router, text)[1] == ""


@pytest.mark.parametrize(
    ("text", "needs"),
    [
        (
            "Georgia police. The killer is wanted by our court, he drinks coffee in Yerevan, Armenia. We ask they"
            " close him in cell until our papers for extradition arrive.",
            {"arrest"},
        ),
        (
            "We are from Kazakhstan. Our wanted man sits in a hotel in Antalya, Turkey. Please take him and hold"
            " him until we bring extradition papers.",
            {"arrest"},
        ),
    ],
)
def test_a_wanted_man_is_held_and_not_moved_as_a_witness(router: Router, text: str, needs: set[str]) -> None:
    offer, _ = read(router, text)
    assert needs <= needed(offer)
    assert not any(name.startswith("witness") for want in offer.wants for name in want.measures)
    assert not any(it.value.startswith("witness") for it in offer.mentioned)


def test_a_witness_who_is_named_may_be_taken_in(router: Router) -> None:
    text = "Police of Kenya. Our witness is afraid. Please Ghana, take him and his family in."
    offer, _ = read(router, text)
    assert any("witness_relocation" in want.measures for want in offer.wants)


def child(router: Router, text: str) -> bool:
    return any(it.value == "child" for it in read(router, f"Police of Kenya. {text}")[0].facts)


@pytest.mark.parametrize(
    "text",
    [
        "The boys will carry the money out from a bank in Ghana by evening, please block it.",
        "The witness in the murder case lives with small baby by her aunt in Ghana. We want to hear her.",
        "Ghana asks us for a singer. He has wife and a small child at home here.",
    ],
)
def test_young_men_and_a_child_of_somebody_are_no_child_in_need_of_protection(
    router: Router, text: str
) -> None:
    assert not child(router, text)


@pytest.mark.parametrize(
    "text",
    [
        "Two girls, 16 and 19, were promised jobs in Ghana and must sleep with men. Get them out.",
        "A girl was taken to Ghana by her uncle, find her.",
        "He has a girl of 12 in his house in Ghana and hurts her.",
    ],
)
def test_a_child_to_whom_something_happens_is_one(router: Router, text: str) -> None:
    assert child(router, text)


def test_the_heading_of_a_mail_is_no_sentence_of_ours(router: Router) -> None:
    text = (
        "Subject: URG blue hat\n\nWe are police in Georgia. We need to hear a witness who lives in Lyon, France."
        " He saw the murder in May."
    )
    offer, _ = read(router, text)
    assert not any("We need URG" in it or "This is about" in it for it in offer.unread)


def test_whom_to_call_is_no_need_of_its_own(router: Router) -> None:
    text = "Police of Kenya. We want the bank records of a man from Ghana. Whom do I call?"
    assert needed(read(router, text)[0]) == {"bank_records"}


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("We want them in Ghana not to erase the call list.", "data_preservation"),
        ("Please Ghana, stop wiping the server of the gang.", "data_preservation"),
        ("Need ask Ghana police if they know a person.", "police_database_check"),
        ("Ghana police must look if this man has a file by them.", "police_database_check"),
        ("We want to ask does Ghana have something on a man.", "police_database_check"),
    ],
)
def test_a_wish_without_a_known_verb_is_read_by_what_is_wished(
    router: Router, text: str, measure: str
) -> None:
    assert measure in needed(read(router, f"Police of Kenya. {text}")[0])


def test_what_is_told_stands_beside_what_may_be_done_with_it(router: Router) -> None:
    text = "Police of Kenya. A parcel of cocaine is going to Ghana, arrives in 6 days. We want pass this to Ghana, maybe they let it run."
    offer = read(router, text)[0]
    assert needed(offer) == {"information_sharing", "controlled_delivery"}
    assert ("days_until_needed", "6") in {(it.fact, it.value) for it in offer.facts}


def test_not_to_be_named_is_a_condition_and_no_wish_unread(router: Router) -> None:
    text = "Police of Kenya. We want give Ghana this news of old statues dug there and say they must not say our name."
    offer, _ = read(router, text)
    assert not offer.wishes_unread
    assert {"sender_restrictions", "offence"} <= {it.fact for it in offer.facts}
