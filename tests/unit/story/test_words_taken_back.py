"""Words that seemed to tell a danger, a fact, a request or a need, and tell none; and those that do."""

from __future__ import annotations

import pytest
from offers import facts, read

from routing.core.domain import ANSWER, REQUEST, SHARE
from routing.opened import Router
from routing.rulebook.words import KIND
from routing.story.offered import Offered
from routing.story.open_parts import completed

pytestmark = pytest.mark.when_changed("rules", "routing")


def offer_of(router: Router, text: str) -> Offered:
    return completed(router, read(router, text))


def needed(offer: Offered) -> set[str]:
    return {name for want in offer.needed for name in want.measures}


def kinds(offer: Offered) -> set[str]:
    return {item.value for item in offer.facts if item.fact == KIND}


@pytest.mark.parametrize(
    ("told", "danger"),
    [
        ("The boat is packed with cigarettes.", False),
        ("The trawler is crammed with hashish.", False),
        ("The ship is full of drugs.", False),
        ("The boat is packed with people.", True),
        ("The dinghy is too full of migrants.", True),
        ("The raft is crammed with refugees.", True),
        ("Families are crammed into a rubber boat off Libya.", True),
        ("The boat is sinking.", True),
    ],
)
def test_a_boat_in_distress_is_one_of_people(router: Router, told: str, danger: bool) -> None:
    offer = offer_of(router, f"Coast guard of Malta. {told}")
    assert (("emergency", "threat_to_life") in facts(offer)) is danger


@pytest.mark.parametrize(
    ("told", "stable"),
    [
        ("The witness in Malta is stable.", False),
        ("The patient is stable now.", False),
        ("His income is stable.", False),
        ("The data are stable.", True),
        ("The logs are stable.", True),
    ],
)
def test_only_data_are_stable(router: Router, told: str, stable: bool) -> None:
    offer = offer_of(router, f"Police in Dublin. We want the emails from a provider in Malta. {told}")
    assert (("data_volatility", "stable") in facts(offer)) is stable


@pytest.mark.parametrize(
    "told",
    [
        "We want the bank records of a firm in Ghana. Nobody in Ghana asked us.",
        "We want the bank records of a firm in Ghana. Ghana has not asked us for anything.",
        "Nobody in Peru asked us. Can you give the bank records of a firm in Peru?",
        "No one at the Ghanaian police asked us. We want the bank records of a firm in Ghana.",
    ],
)
def test_that_nobody_there_asked_is_no_request_of_theirs(router: Router, told: str) -> None:
    offer = offer_of(router, f"We are police in Lyon. {told}")
    assert kinds(offer) == {REQUEST} and "bank_records" in needed(offer)


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        ("Nobody in Ghana asked us. We want to tell them of a murder plan.", SHARE),
        ("Ghana did not ask us. It should know that a killer comes.", SHARE),
        ("Ghana asked us to hear a witness.", ANSWER),
        ("Nobody in our office knows what to do. Ghana asked us to hear a witness.", ANSWER),
    ],
)
def test_who_tells_them_something_still_does(router: Router, told: str, kind: str) -> None:
    assert kinds(offer_of(router, f"We are police in Lyon. {told}")) == {kind}


@pytest.mark.parametrize(
    "wish",
    [
        "We need the name of the owner of the mail account at a provider in Finland.",
        "Who is behind this email address at a provider in Finland?",
        "We want the name behind the gmail account.",
        "Who does this email address belong to, at a provider in Finland?",
        "Give us the identity of the user of the hotmail box at a provider in Finland.",
        "Whose gmail address is this?",
    ],
)
def test_who_has_an_email_account(router: Router, wish: str) -> None:
    assert needed(offer_of(router, f"Police in Bern. {wish}")) == {"subscriber_data"}


def test_what_somebody_with_an_account_wrote_is_no_name(router: Router) -> None:
    text = "Police in Bern. We want the emails of the owner of the mail account at a provider in Finland."
    assert needed(offer_of(router, text)) == {"stored_content"}


@pytest.mark.parametrize(
    ("wish", "surrendered"),
    [
        ("Hand over the guy who fled to Rome.", True),
        ("Please give us the guy back, he is in Rome.", True),
        ("Give us back our man, he sits in Rome.", True),
        ("Please give us back the man's phone, it is in Rome.", False),
        ("Please give us the man's name, he is in Rome.", False),
        ("The suspect is on a boat under the flag of Panama. Can we take him?", False),
        ("We want to take the man off a ship under the flag of Panama.", False),
    ],
)
def test_only_who_is_given_back_is_surrendered(router: Router, wish: str, surrendered: bool) -> None:
    assert ("surrender" in needed(offer_of(router, f"Police of Malta. {wish}"))) is surrendered


@pytest.mark.parametrize("told", ["A passeur in Belgium is known.", "Two passeurs are in Ghent."])
def test_a_passeur_smuggles_people(router: Router, told: str) -> None:
    offer = offer_of(router, f"Police in Lille. {told} We want his phone seized.")
    assert ("offence", "migrant_smuggling") in facts(offer)


@pytest.mark.parametrize(
    "wish",
    ["We want to subpoena the bank records in Belgium.", "We need a subpoena for bank records in Belgium."],
)
def test_a_subpoena_of_records_asks_for_them(router: Router, wish: str) -> None:
    assert needed(offer_of(router, f"Police in Lille. {wish}")) == {"bank_records"}


@pytest.mark.parametrize(
    "question",
    [
        "Does speciality allow a second charge?",
        "What about specialty?",
        "Does the rule of specialty forbid it?",
    ],
)
def test_who_asks_of_speciality_may_need_consent(router: Router, question: str) -> None:
    text = f"We are prosecutors in Lille. Belgium extradited him to us. {question}"
    assert "surrender_consent" in needed(offer_of(router, text))


def test_a_laboratory_has_another_specialty(router: Router) -> None:
    text = "Police in Lille. Our lab with specialty in paint is in Ghent. We want a house there searched."
    assert "surrender_consent" not in needed(offer_of(router, text))
