"""Stories as people tell them who are in a hurry or write in a second language: who is meant by `her` and by a
name, what is taken back or counted off, who greets, and what we say that we can or will not do."""

from __future__ import annotations

import pytest
from offers import facts, needs, read

from routing.core.domain import ANSWER, REQUEST, SHARE
from routing.opened import Router
from routing.rulebook.words import KIND
from routing.story.written import written_out


@pytest.mark.parametrize(
    ("said", "as_him"),
    [("her", True), ("her.", True), ("her arrested", True), ("her before he", True), ("her phone", False)],
)
def test_her_is_a_person_or_says_whose_something_is(said: str, as_him: bool) -> None:
    after = {"before", "at", "again"}
    assert (written_out(said.split(), 0, after) == ["him"]) is as_him


@pytest.mark.parametrize(
    ("text", "own", "other", "told"),
    [
        (  # she, called by `her` and by name
            "I am police in Oslo. Maria Lopez is in Agadir, Morocco. We want her arrested.",
            "NOR",
            "MAR",
            {"arrest": REQUEST},
        ),
        (  # taken back: who asks whom
            "Dushanbe, prosecutor's office. Norway asks us for a man, no wait, we ask Norway. "
            "We want him extradited, or at least the messages from his phone.",
            "TJK",
            "NOR",
            {"surrender": REQUEST, "stored_content": REQUEST},
        ),
        (  # taken back: where we are; what we can do is no request of ours, and a refusal asks for nothing
            "From Ulaanbaatar no, from Bishkek. Now Russia writes they have a second judgment and want him "
            "again. We want to say no, but we can take the case here if they send the file.",
            "KGZ",
            "RUS",
            {"surrender": ANSWER},
        ),
        (  # counted off, as orders
            "We are police in Zug. The server is in Iceland. First: keep the server as it is. Second: arrest "
            "him.",
            "CHE",
            "ISL",
            {"data_preservation": REQUEST, "arrest": REQUEST},
        ),
        (  # their office wishes it, as somebody else does
            "She was robbed in Cartagena, Colombia. The Colombian prosecutor wants to hear her. We have no "
            "problem with that, we are police in Quebec. She wants it too.",
            "CAN",
            "COL",
            {"witness_hearing": ANSWER},
        ),
    ],
)
def test_who_asks_whom_for_what(
    router: Router, text: str, own: str, other: str, told: dict[str, str]
) -> None:
    offer = read(router, text)
    assert (offer.own, offer.partner, needs(offer)) == (own, other, told)


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("Hola, Asunción. We want a truck watched in Montevideo.", "PRY"),
        ("Hola, Asunción. We want from you a truck watched.", ""),  # who is greeted
        ("Cook Islands, I am the only detective this week. The director lives in Auckland.", "COK"),
        ("Dear colleagues,\nBelgrade: we search his house. They search theirs in Sarajevo.", "SRB"),
        ("She is 15. He took her to Bamako. I am youth police, Lyon.", "FRA"),
        (  # of a place that is not known, so that what is left is not ours
            "I am officer at border police Qwertow. A Ukrainian colleague says that the driver is wanted. "
            "How long can I hold him? What must Kazakhstan send?",
            "",
        ),
    ],
)
def test_where_we_are(router: Router, text: str, own: str) -> None:
    assert read(router, text).own == own


def test_what_is_ours_is_shared_and_not_used(router: Router) -> None:
    offer = read(
        router, "I work in Paramaribo. The French look for him. Could we give the old cases to them?"
    )
    assert (KIND, SHARE) in facts(offer) and (KIND, "use") not in facts(offer)


def test_a_provider_is_in_no_state_that_is_named_beside_it(router: Router) -> None:
    offer = read(
        router, "Nairobi here. His number is Ugandan. From Telegram we need the IP and who has the account."
    )
    assert offer.needed and all(it.anywhere and not it.state for it in offer.needed)


@pytest.mark.parametrize(
    "danger",
    [
        "Her ex took her to a house, she is locked.",
        "He said he will drive to the director with a knife, maybe he only talks.",
        "She hears he has a gun.",
        "He says that he will kill Maria tomorrow.",
    ],
)
def test_a_danger_is_read_also_of_her_and_of_somebody_called_by_name(router: Router, danger: str) -> None:
    assert ("emergency", "threat_to_life") in facts(read(router, f"We are police in Lima. {danger}"))


def test_what_stands_between_small_marks_is_what_another_wrote(router: Router) -> None:
    text = "The British wrote to us in Málaga. They ask the tax file. It says 'for the trial'. So which?"
    assert "purpose" not in {fact for fact, _ in facts(read(router, text))}


def test_nothing_is_asked_about_for_a_word_of_wishing_alone(router: Router) -> None:
    text = "We are police in Maseru. The farm near Clarens, South Africa, is known. We want it."
    assert not [it for it in read(router, text).perhaps if it.phrase in ("want", "need")]


def test_a_time_that_is_read_is_not_said_to_be_unread(router: Router) -> None:
    offer = read(
        router, "Belgium asks us in Tirana for the bank records. They want the answer before Friday."
    )
    assert offer.unread == ()


@pytest.mark.parametrize("end", ["Fort-de-France.", "Fort-de-France"])
def test_a_story_may_end_with_the_name_of_a_town(router: Router, end: str) -> None:
    assert read(router, f"We are police in Bridgetown. The family of the man is in {end}").states
