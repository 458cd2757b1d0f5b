"""Texts from many desks, each with who asks whom and what is needed: a notice of a tap, an officer under a false
name, a parcel that flies, what a letter lists, a prisoner who is to testify, words in French and Spanish."""

from __future__ import annotations

from datetime import date

import pytest
from offers import decided, facts, needs

from routing.cli.prose import case_in_prose, is_prose
from routing.opened import Router
from routing.story.open_parts import kinds_told

DAY = date(2026, 12, 3)
ASKS, IS_ASKED, TELLS, USES = "request", "answer", "share", "use"


@pytest.mark.parametrize(
    ("text", "own", "partner", "kind", "needed"),
    [
        (
            "Prosecutor in Lisbon. A Spanish judge sent us a form by which Spain tells us that it has been listening "
            "to a mobile phone for nine days. Spain needs no technical help from us. What do we do?",
            "PRT",
            "ESP",
            IS_ASKED,
            {"interception_without_help"},
        ),
        (
            "NCID, Bukit Aman. Our man has been buying from this syndicate for five months under a false name. They "
            "want him at a hotel in Jakarta on Sunday. He would carry a recorder. Who do we ask?",
            "MYS",
            "IDN",
            ASKS,
            {"undercover_operation"},
        ),
        (
            "We are the Federal Office of Justice in Berne. India has sent a letter rogatory. The letter asks for the "
            "statements of two accounts at a bank in Geneva and to block what is there.",
            "CHE",
            "IND",
            IS_ASKED,
            {"bank_records", "asset_freezing"},
        ),
        (
            "NAPTIP, Abuja. Police in Abidjan freed nine girls. We need the girls' statements, the bar's papers and "
            "the Ivorian police report, and the girls themselves want to go home.",
            "NGA",
            "CIV",
            ASKS,
            {"witness_hearing", "business_records", "police_intelligence", "victim_return"},
        ),
        (
            "Office of the DPP, Castries. Police passed me a WhatsApp from a captain in Paris. He asks us to "
            "hold him, take the gun if on board and hand him to their patrol boat at the sea limit.",
            "LCA",
            "FRA",
            IS_ASKED,
            {"arrest"},
        ),
        (
            "I am detective in Ulaanbaatar. The man is in Korea. My chief says Interpol can arrest him, please write "
            "to Lyon they send the team.",
            "MNG",
            "KOR",
            ASKS,
            {"arrest"},
        ),
        (
            "AGO Port Louis, registry. We got yesterday an e-mail with a pdf from an Inspector, economic offences "
            "wing Chennai, asking us to furnish immediately account opening papers of one company here. What is the "
            "right reply?",
            "MUS",
            "IND",
            IS_ASKED,
            {"bank_records"},
        ),
        (
            "Cyber brigade Tunis. The server is in Dronten, Netherlands, paid until tonight. We want nobody erase the "
            "server. Can I put all in one letter to the embassy of Netherlands?",
            "TUN",
            "NLD",
            ASKS,
            {"data_preservation"},
        ),
        (
            "Unidad de Cooperación Judicial, Lima. Tenemos detenido a un ciudadano. Santiago lo pidió por homicidio. "
            "¿A quién se lo damos?",
            "PER",
            "CHL",
            IS_ASKED,
            {"surrender"},
        ),
        ("Patrol Linz: whose +41 mobile is this, quick?", "AUT", "CHE", ASKS, {"subscriber_data"}),
    ],
)
def test_a_text_of_a_desk_is_read_with_its_sides_and_needs(
    router: Router, text: str, own: str, partner: str, kind: str, needed: set[str]
) -> None:
    offer = decided(router, text)
    assert (offer.own, offer.partner) == (own, partner)
    assert set(kinds_told(offer)) == {kind}
    assert needed <= set(needs(offer))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (
            "Analyste à la CENTIF, Lomé. Tracfin nous a transmis un historique. Je peux donner au procureur ?",
            USES,
        ),
        (
            "Inspecteur faune, Douala. Personne ne nous a rien demandé. Je voudrais les prévenir à Haiphong.",
            TELLS,
        ),
        (
            "Swedish police attaché, Belgrade. In March I gave the Serbian service a home address. A colleague there "
            "asks if I have objections that it goes to Ankara.",
            IS_ASKED,
        ),
    ],
)
def test_who_gave_tells_or_asks_is_read_in_other_words(router: Router, text: str, kind: str) -> None:
    assert set(kinds_told(decided(router, text))) == {kind}


@pytest.mark.parametrize(
    ("needed", "said"),
    [
        ("asset_freezing", "geler le compte"),
        ("arrest", "l'arrêter"),
        ("service_of_documents", "remettre la convocation"),
        ("sentence_transfer", "le transférer pour purger sa peine"),
        ("locate_person", "le localiser"),
        ("biometric_comparison", "comparer les empreintes"),
        ("transfer_of_proceedings", "transférer la procédure"),
        ("joint_investigation", "trabajar juntos"),
        ("search", "registrar la casa"),
        ("arrest", "que lo detengan"),
        ("surrender", "extraditarlo"),
        ("data_preservation", "que no borren los datos"),
        ("video_hearing", "declarar por video"),
        ("stolen_vehicle_check", "saber si el auto es robado"),
        ("proceeds_tracing", "saber qué bienes tiene"),
    ],
)
def test_a_need_is_read_in_french_and_in_spanish(router: Router, needed: str, said: str) -> None:
    french = f"Je suis procureur à Lyon. Nous voulons {said} au Togo."
    spanish = f"Soy fiscal en Lima. Queremos {said} en Chile."
    read = [decided(router, text) for text in (french, spanish)]
    assert any(needed in want.measures for offer in read for want in (*offer.needed, *offer.perhaps))


def test_what_nobody_does_abroad_is_not_read_as_pressing_or_as_a_state(router: Router) -> None:
    kept = decided(
        router, "AGO Port Louis. An e-mail came from Chennai. My colleague wants to just delete it."
    )
    assert not [it for it in facts(kept) if it[0] == "data_volatility"]
    lyon = decided(router, "Detective in Ulaanbaatar. He is in Korea. Arrest him, please write to Lyon.")
    assert lyon.partner == "KOR"


@pytest.mark.parametrize(
    ("said", "is_national"),
    [
        ("He is a German citizen only; he has never held another nationality.", True),
        ("He lives with his mother there. He is a German citizen.", True),
        ("He stabbed a student. He is a German citizen.", True),
        ("The police say he is a German citizen.", False),
        ("He is not a German citizen.", False),
    ],
)
def test_of_which_state_the_person_is_counts_where_he_is_sought(
    router: Router, said: str, is_national: bool
) -> None:
    text = f"I am a Crown prosecutor in Manchester. We want him extradited from Germany. {said}"
    headed = case_in_prose(router, text, "story", DAY)
    assert headed is not None
    told = headed.case.facts.get("own_national")
    assert (told == "yes") is is_national


def test_a_victim_who_will_testify_is_nobody_to_be_surrendered(router: Router) -> None:
    text = "Prosecutor in Manchester. The victim will give evidence. We want him extradited from Germany."
    assert ("person_role", "victim") not in facts(decided(router, text))


def test_one_line_that_asks_is_a_story_and_no_line_of_a_case() -> None:
    assert is_prose("Patrol Linz: whose mobile is this, quick?")
    assert not is_prose("measure: bank records of the firm")
