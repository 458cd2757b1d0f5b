"""Ordinary letters: who writes, what an officer there wants, what was offered, quoted, or only named."""

from __future__ import annotations

import pytest
from offers import decided, facts, needs

from routing.opened import Router
from routing.story.open_parts import kinds_told


@pytest.mark.parametrize(
    ("text", "own", "partner"),
    [
        ("We are a Danish firm. Our money went to a bank in Vietnam. Can it be stopped?", "DNK", "VNM"),
        ("I am counsel for a Qatari insurer. Money went to an account in Macao. Freeze it.", "QAT", "MAC"),
        ("Question from the tribunal Luxembourg. We want to hear a witness in Malta.", "LUX", "MLT"),
        ("Hi. Am a sergeant at CID Lusaka. How do I get the call records from Malawi?", "ZMB", "MWI"),
        (
            "Police in Formosa. The father took the girl over the bridge to Asunción. We want her found.",
            "ARG",
            "PRY",
        ),
        ("Manila NBI. A young Filipina is locked in a house in Damascus, we want her out.", "PHL", "SYR"),
        (
            "Police in Accra, Ghana. A girl went for a job in Beirut, and is now locked in a flat in Amman, Jordan."
            " We want her found.",
            "GHA",
            "JOR",
        ),
    ],
)
def test_who_writes(router: Router, text: str, own: str, partner: str) -> None:
    offer = decided(router, text)
    assert (offer.own, offer.partner) == (own, partner)


def test_a_question_that_an_office_there_brings_is_theirs(router: Router) -> None:
    offer = decided(router, "Question from the police in Oslo. They want to know whose phone this is.")
    assert offer.own != "NOR"


@pytest.mark.parametrize(
    ("text", "kind", "need"),
    [
        (
            "I am a constable in Castries. A gendarme from Fort-de-France has a cocaine case and asks me for the call"
            " records of a man here. I want to help him. What can I give?",
            "answer",
            "stored_traffic_data",
        ),
        (
            "Contact point in Lomé, Togo. FBI send us a request to keep data of a customer here, and in the mail they"
            ' ask to "also send the subscriber details".',
            "answer",
            "subscriber_data",
        ),
        (
            "Procura di Torino. This morning came by mail a freezing certificate from the prosecutor in Varna."
            " May the bank tell the account holder?",
            "answer",
            "asset_freezing",
        ),
        (
            "Prosecutor in Novi Sad. The driver went home to Sarajevo. Could we hand over the whole case to the"
            " prosecutor there?",
            "request",
            "transfer_of_proceedings",
        ),
        (
            "I am a lawyer in Quito. My client is Latvian, convicted for cocaine, and has four years to serve. His"
            " mother in Riga is ill and he wants to go to a prison in his country. Who has to ask?",
            "request",
            "sentence_transfer",
        ),
        (
            "Registrar of the court in Douala. How must we send him the citation? The accused lives in Libreville.",
            "request",
            "service_of_documents",
        ),
        (
            "Cyber unit Suva, Fiji. He writes from a messenger account in Australia. We want to know who is behind"
            " the account.",
            "request",
            "subscriber_data",
        ),
        (
            "Customs, Tallinn. The van is booked on the ferry to Helsinki, until boarding is one hour. We want to let"
            " it go, and the Finns follow it to the receiver.",
            "request",
            "controlled_delivery",
        ),
    ],
)
def test_what_is_asked_and_of_whom(router: Router, text: str, kind: str, need: str) -> None:
    offer = decided(router, text)
    assert set(kinds_told(offer)) == {kind}
    assert need in needs(offer)
    assert not {"vessel_boarding", "bank_account_holder", "use_of_material"}.intersection(needs(offer))


def test_material_that_came_for_tax_is_used_for_another_case(router: Router) -> None:
    offer = decided(
        router,
        "Tax inspector in Valencia. The prosecutor asks me to hand over the Andorran papers for a bribery case."
        " In the letter from Andorra it says only for tax purposes. Can I?",
    )
    assert set(kinds_told(offer)) == {"use"}


def test_a_relative_who_asks_is_no_state(router: Router) -> None:
    offer = decided(
        router,
        "Police in Posadas. The father took the girl to Encarnación, Paraguay. How does the mother get the child"
        " back, she asks if that is an extradition. We want the girl found.",
    )
    assert "answer" not in kinds_told(offer)


@pytest.mark.parametrize(
    "text",
    [
        'Police in Salta. He wrote to the mother "you will never see her alive", and drives to Bolivia. Find the child.',
        "Police in Wellington. A girl of perhaps six is being abused live in Cebu, Philippines. Find the child.",
    ],
)
def test_dangers_of_children(router: Router, text: str) -> None:
    assert ("emergency", "threat_to_life") in facts(decided(router, text))


def test_a_hague_application_names_no_state(router: Router) -> None:
    offer = decided(
        router,
        "Police in Durban. The father flies to Lusaka with the girl today. We want her found."
        " My captain says we need a Hague application first.",
    )
    assert "NLD" not in {it.value for it in offer.states}


def test_who_promises_and_who_is_away_set_no_day(router: Router) -> None:
    promised = (
        "Prosecutor in Oslo. Tokyo asks us to arrest a man for fraud. They say papers come by 20 January."
    )
    away = "Police in Cork. We want the bank records of a man in Malta. The lawyer is off until Friday."
    sentence = "DPP in Perth. Sentencing on 5 February 2027. We want his criminal record from Romania."
    for text in (promised, away):
        assert not [value for name, value in facts(decided(router, text)) if name == "days_until_needed"]
    assert ("days_until_needed", "68") in facts(decided(router, sentence))


def test_who_is_sold_is_no_money(router: Router) -> None:
    text = "Police in Accra. The girls are sold to another brothel in Lagos tonight. We want them found."
    values = {value for name, value in facts(decided(router, text)) if name == "emergency"}
    assert "threat_to_life" in values
    assert "imminent_dissipation" not in values


def test_the_short_name_of_a_paper_signs_nothing(router: Router) -> None:
    offer = decided(router, "An EIO from Thessaloniki. They want a man heard in Plovdiv. Can we say no?")
    assert offer.own != "GRC"
