"""Letters in a hurry: a payment that was just made, a hit at the airport, a killing elsewhere, what went to a firm."""

from __future__ import annotations

import pytest
from offers import SUNDAY, decided, facts, needs

from routing.cli.prose import case_in_prose
from routing.opened import Router
from routing.story.open_parts import completed, kinds_told, with_presumed_needs

SENT = ("request_already_sent", "yes")


@pytest.mark.parametrize(
    ("text", "is_sent"),
    [
        (
            "Police in Lagos. We wrote to the bank in Malta by e-mail and got no reply. We need its records.",
            False,
        ),
        (
            "Police in Lagos. The provider in Malta told us only a court order opens it. We had no answer since then."
            " We need the records.",
            False,
        ),
        (
            "Police in Lagos. We sent a letter of request to Malta and got no reply. We need the bank records.",
            True,
        ),
    ],
)
def test_a_letter_to_a_firm_is_no_request_to_a_state(router: Router, text: str, is_sent: bool) -> None:
    assert (SENT in facts(decided(router, text))) is is_sent


@pytest.mark.parametrize(
    "text",
    [
        "Border police Zagreb. Our system shows a red notice from Brazil on a man who flies at noon. Can we hold him?",
        "Airport police, Zagreb. A passenger has a red notice from Brazil. May I hold him only with the red notice?",
    ],
)
def test_a_notice_from_another_state_asks_us_to_arrest(router: Router, text: str) -> None:
    offer = decided(router, text)
    assert (offer.own, offer.partner) == ("HRV", "BRA")
    assert needs(offer) == {"arrest": "answer"}
    assert ("notice_received", "yes") in facts(offer)


def test_a_notice_that_we_want_is_asked_of_nobody_by_them(router: Router) -> None:
    offer = decided(
        router, "Police in Oslo. Our suspect flew to Peru. We want a red notice and his arrest there."
    )
    assert set(kinds_told(offer)) == {"request"}


@pytest.mark.parametrize(
    "text",
    [
        "Police in Lusaka. The victim transferred 40000 dollars yesterday evening to a scammer's account in Dubai."
        " How can we stop it?",
        "Windhoek police. A lodge owner paid 4 million this morning to a false supplier. It arrived in Hong Kong."
        " What is the quickest?",
    ],
)
def test_what_a_victim_just_paid_is_stopped(router: Router, text: str) -> None:
    offer, _ = with_presumed_needs(router, completed(router, decided(router, text)))
    assert ("emergency", "imminent_dissipation") in facts(offer)
    assert "transaction_suspension" in {it.measures[0] for it in offer.needed}


def test_a_payment_of_last_year_is_no_danger(router: Router) -> None:
    offer = decided(
        router,
        "Police in Lusaka. The victim paid 40000 dollars to a fraudster in Dubai last year. Who had it?",
    )
    assert "emergency" not in {name for name, _ in facts(offer)}


def test_who_took_tablets_is_in_danger(router: Router) -> None:
    text = "Cyber unit, Suva. A girl took tablets and will take the rest, live on Instagram. Where is she?"
    assert ("emergency", "threat_to_life") in facts(decided(router, text))


def test_a_killing_elsewhere_is_told_to_the_state_that_is_named(router: Router) -> None:
    offer = decided(
        router,
        "Police in Manukau, New Zealand. A man here, an Australian, pays his cousin in Apia to shoot a witness on"
        " Saturday. Can I ring them?",
    )
    assert set(kinds_told(offer)) == {"share"}
    assert offer.partner == "WSM"


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        (
            "Abogado en Rosario, Argentina. The fiscal refuses. We need bank records from Uruguay.",
            "offence",
            "fiscal",
        ),
        (
            "Police in Panama. He is arrested for Serbia. His uncle is consul of Croatia. May we hold him?",
            "immunity",
            "consular_officer",
        ),
        (
            "Police in Cape Town. A fraud, no convictions. We want the records of a bank in Gaborone.",
            "confiscation_rests_on",
            "no_conviction",
        ),
    ],
)
def test_one_word_tells_nothing_that_is_not_said(router: Router, text: str, name: str, value: str) -> None:
    assert (name, value) not in facts(decided(router, text))


def test_two_things_that_are_only_mentioned_are_both_taken(router: Router) -> None:
    text = "NPA, Gauteng. Botswana wants a Motswana man for murder. Can I hand the phone to the Botswana detective?"
    offer, parts = with_presumed_needs(router, completed(router, decided(router, text)))
    assert [it.measures[0] for it in offer.needed] == ["surrender", "object_transfer"]
    assert all(part.presumed for part in parts)
    assert not any("phone" in question for question in offer.asked)


def test_what_may_be_done_is_answered_where_a_step_says_it(router: Router) -> None:
    text = "Lawyer in Rosario, Argentina. My client needs the bank papers from Uruguay. May I send the exhorto myself?"
    headed = case_in_prose(router, text, "story", SUNDAY, ask=False)
    assert headed is not None
    assert "Asked, see “Who” in the steps: “May I send the exhorto myself”" in " ".join(headed.head.split())


def test_where_a_relative_lives_is_no_place_of_a_child(router: Router) -> None:
    text = (
        "Fiscalía, Arica, Chile. A father took the boy yesterday, the phone pinged on the Bolivian side."
        " Mother says he wants to go on, his brother lives in Madrid. And the Hague thing? What do we send now?"
    )
    assert decided(router, text).partner == "BOL"


def test_two_states_that_want_one_person(router: Router) -> None:
    text = (
        "Court of appeal, Bucharest. Italy has an EAW for mafia offences, and the US embassy handed an extradition"
        " request. Which goes first?"
    )
    assert ("wanted_by_another", "yes") in facts(decided(router, text))


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        (
            "Amman, AMLU analyst. We have reports about a charity that pays somebody in Antwerp. May I tell them?",
            "fiu",
        ),
        (
            "We are a domain registrar in Port Vila. A policeman from Hannover wants the login data of a customer."
            " Must I answer?",
            "private_party",
        ),
    ],
)
def test_who_writes_by_the_name_of_the_trade(router: Router, text: str, actor: str) -> None:
    assert ("actor", actor) in facts(decided(router, text))


def test_a_plan_from_a_past_year_is_no_danger(router: Router) -> None:
    text = "Prosecutor in Brno. In the messages from France is a murder plan from 2020. May I use them in that file?"
    assert "emergency" not in {name for name, _ in facts(decided(router, text))}


def test_who_will_see_nobody_alive_is_a_danger(router: Router) -> None:
    text = "Police in Arica. A father took the boy to Bolivia and wrote that she will never see either of us alive."
    assert ("emergency", "threat_to_life") in facts(decided(router, text))


def test_what_is_kept_from_an_account_holder_is_no_account(router: Router) -> None:
    text = (
        "Attorney General, Port Louis. India sent a request to freeze 3 accounts here."
        " The letter says keep it secret from the account holders."
    )
    assert needs(decided(router, text)) == {"asset_freezing": "answer"}
