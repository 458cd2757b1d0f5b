"""What people say to a colleague who knows the channels: who asks whom, for what, and what presses."""

from __future__ import annotations

from datetime import date

import pytest

from routing.cli.prose import case_in_prose
from routing.core.domain import ANSWER, REQUEST, SHARE, USE
from routing.opened import Router
from routing.render.told_head import told_head
from routing.rulebook.words import KIND, MEASURE
from tests.support.offers import decided

DAY = date(2026, 12, 2)


@pytest.mark.parametrize(
    ("text", "kind", "own", "partner", "measures"),
    [
        (
            "Ministry of Justice, Lisbon. Cape Verde has written to us asking that a citizen of theirs, held in"
            " our prison, be moved home to finish the rest.",
            ANSWER,
            "PRT",
            "CPV",
            set(),
        ),
        (
            "Court clerk in Lima, Peru. There came a paper from a court in La Paz, Bolivia, asking that we notify"
            " a woman here that she has to appear next month. Can they just fetch her if she stays away?",
            ANSWER,
            "PER",
            "BOL",
            {"service_of_documents"},
        ),
        (
            "Prosecutor's office in Tallinn, Estonia. We would like to tell the prosecutors in Kenya what we found"
            " on the company, so that they can start and ask us for the accounts.",
            SHARE,
            "EST",
            "KEN",
            {"information_sharing"},
        ),
        (
            "Analyst, FIU of Malta. The FIU of Panama answered our question in May with an account list, not to be"
            " shared without its consent. Now a prosecutor here wants the complete answer for his file.",
            USE,
            "MLT",
            "PAN",
            set(),
        ),
        (
            "I defend a woman in Graz, Austria, detained on a European arrest warrant from Romania. What can hinder"
            " that she is handed over?",
            ANSWER,
            "AUT",
            "ROU",
            {"surrender"},
        ),
        (
            "Prosecutor in San Salvador, El Salvador. The Spanish liaison officer rang: money of a fraud lies in a"
            " bank here and the owner has ordered a transfer abroad for tomorrow. They say the formal request"
            " follows. Can we freeze it tonight?",
            ANSWER,
            "SLV",
            "ESP",
            {"asset_freezing"},
        ),
        (
            "Police in Naples, Italy. On a phone here a man in Canada writes that he has a little niece and that he"
            " will do it on Saturday. Whom do we ring?",
            SHARE,
            "ITA",
            "CAN",
            set(),
        ),
        (
            "I prosecute a robbery at the prosecutor's office in Nantes. The man is back in Morocco and they keep"
            " their own people. Can we hand them the whole file so that they try him there?",
            REQUEST,
            "FRA",
            "MAR",
            {"transfer_of_proceedings"},
        ),
        (
            "I am judge for money laundering in Skopje. The colleagues in Albania have the same gang. Can we work"
            " together in one team?",
            REQUEST,
            "MKD",
            "ALB",
            {"joint_investigation"},
        ),
        (
            "I run the lifers' files at the prison service head office in Sweden. A Pole has four years left. Can we"
            " transfer him home to serve the rest?",
            REQUEST,
            "SWE",
            "POL",
            {"sentence_transfer"},
        ),
        (
            "Prosecutor in Bogot\u00e1. A judge in Quito wrote to my office mail, she wants a flat in Medell\u00edn"
            " searched.",
            ANSWER,
            "COL",
            "ECU",
            set(),
        ),
        (
            "Central desk, Accra. We got through the ministry a parcel from Austria. A prosecutor in Graz signs it."
            " It is about a widow. She paid to a bank here. They want the bank records.",
            ANSWER,
            "GHA",
            "AUT",
            {"bank_records"},
        ),
        (
            "Prosecutor in Patras. Last year the Canadians gave us chats for a drugs case. The Serbs asked me for a"
            " copy of them for a case of theirs.",
            USE,
            "GRC",
            "CAN",
            set(),
        ),
        (
            "I am counsel with ICPC, Abuja. We want the bank records of a firm in Ghana.",
            REQUEST,
            "NGA",
            "GHA",
            {"bank_records"},
        ),
        (
            "Crown prosecutor in Hull. He went home to his mother in Latvia. Will they send us one of their own?",
            REQUEST,
            "GBR",
            "LVA",
            {"surrender"},
        ),
        (
            "Sergeant in Galway. A constable in Perth, Australia, phoned straight to my desk. He is asking me to find"
            " two children.",
            ANSWER,
            "IRL",
            "AUS",
            set(),
        ),
        (
            "Registry in Kingston, Jamaica. A prosecutor in Belize wants to borrow a prisoner. Can we lend him, and"
            " what do we ask them to promise?",
            ANSWER,
            "JAM",
            "BLZ",
            {"detainee_transfer"},
        ),
        (
            "FIU of Norway. I would like the Thai side to have it, girls pay off who brought them here.",
            SHARE,
            "NOR",
            "THA",
            set(),
        ),
        (
            "Analyst in our FIU in Oslo. The unit of Malta answered us. It says not to give further. Can he use it?",
            USE,
            "NOR",
            "MLT",
            set(),
        ),
        (
            "State police, Enugu. The line is from Cameroon. I want to know whose line it is and which mast it sits"
            " under.",
            REQUEST,
            "NGA",
            "CMR",
            {"subscriber_data", "stored_traffic_data"},
        ),
    ],
)
def test_who_asks_whom_for_what(
    router: Router, text: str, kind: str, own: str, partner: str, measures: set[str]
) -> None:
    offer = decided(router, text)
    assert {it.value for it in offer.facts if it.fact == KIND} == {kind}
    assert (offer.own, offer.partner) == (own, partner)
    assert measures <= {name for want in offer.needed for name in want.measures}


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        (
            "Police in Nairobi. The number plate is Tanzanian. Who on that side can tell me whose lorry it is?",
            "vehicle_data",
        ),
        (
            "Execution desk in Gda\u0144sk. He is in Oslo and flies to Rio tonight. What must I send now so that he"
            " does not board that flight?",
            "arrest",
        ),
        (
            "Court clerk in Ankara. The judge wants that the witness in Bern gets the court paper.",
            "service_of_documents",
        ),
    ],
)
def test_what_we_wonder_is_ours_where_nothing_else_says_who_asks_and_is_told_as_unsure(
    router: Router, text: str, measure: str
) -> None:
    headed = case_in_prose(router, text, "told.txt", DAY)
    assert headed is not None and KIND in headed.left_open
    assert [(it.kind, it.measure) for it in headed.case.needs] == [(REQUEST, measure)]


def test_what_they_may_want_to_see_is_no_request_of_theirs(router: Router) -> None:
    offer = decided(
        router,
        "Watch room in Wellington, New Zealand Police. Can I ask the company in the United States myself, and what do"
        " they want to see?",
    )
    assert {it.value for it in offer.facts if it.fact == KIND} == {REQUEST} and offer.partner == "USA"


def dangers(router: Router, text: str) -> set[str]:
    return {it.value for it in decided(router, text).facts if it.fact == "emergency"}


def test_who_is_in_prison_is_in_no_danger_and_a_man_at_the_counter_is_a_hurry(router: Router) -> None:
    begins = "We are police in Kenya and want the bank records from Uganda. "
    assert not dangers(router, f"{begins}He is locked up until the summer.")
    assert dangers(router, f"{begins}She is locked in a cellar.") == {"threat_to_life"}
    assert dangers(router, f"{begins}He will drive into the crowd at the fair.") == {"threat_to_life"}
    assert dangers(router, f"{begins}Half now, half after.") == {"threat_to_life"}
    assert not dangers(router, f"{begins}The crate is in transit.")
    assert dangers(router, f"{begins}A woman already came to ask for cash.") == {"imminent_dissipation"}


def test_a_chat_below_a_sentence_is_read(router: Router) -> None:
    text = (
        "[20:10] Ines: we are the prosecutors in Lisbon\n"
        "[20:11] Me: and he sits in Brazil?\n"
        "[20:12] Ines: yes, we need a search of his flat in Recife\n"
        "\n"
        "So I ask you: what is the way?\n"
    )
    headed = case_in_prose(router, text, "chat.txt", DAY)
    assert headed is not None and (headed.case.state, headed.case.needs[0].partner) == ("PRT", "BRA")


@pytest.mark.parametrize(
    ("text", "says", "is_open"),
    [
        (
            "We are police in Kenya. We want the bank records of a firm in Uganda.",
            "we (Kenya) ask Uganda for: bank statements and account documents (\u201cbank records\u201d). Who asks whom"
            " is read from \u201cWe want\u201d. If they ask us, add a sentence: \u201cThey ask us.\u201d",
            False,
        ),
        (
            "Police in Uganda ask us in Kenya for bank records.",
            "Uganda asks us (Kenya) for: bank statements and account documents (\u201cbank records\u201d)",
            False,
        ),
        (
            "Office in Kenya. Can you find the missing girl in Uganda.",
            "Who asks whom is read only from \u201cCan you find\u201d",
            True,
        ),
    ],
)
def test_a_page_says_first_who_asks_whom_and_weak_words_leave_it_open(
    router: Router, text: str, says: str, is_open: bool
) -> None:
    headed = case_in_prose(router, text, "told.txt", DAY)
    assert headed is not None
    read = " ".join(headed.head.split())
    assert says in read and read.partition("Read as: ")[1]
    assert (KIND in headed.left_open) == is_open


def test_questions_that_no_part_of_a_step_answers_are_told_together(router: Router) -> None:
    offer = decided(
        router,
        "We are police in Kenya. We want the bank records of a firm in Uganda. Does he have to sign? Is it so?",
    )
    head = " ".join(told_head(router, offer, "told.txt").split())
    assert head.count("Asked, and not answered here in words:") == 1


def test_a_tax_office_that_wants_copies_is_a_use_for_taxes_and_no_third_state(router: Router) -> None:
    offer = decided(
        router,
        "Prosecutor in Nassau, Bahamas. Last year the Canadians sent us bank papers for a fraud case. Now the tax"
        " people want copies. Can I hand them over?",
    )
    read = {(it.fact, it.value) for it in offer.facts}
    assert ("use_for_taxes", "yes") in read and ("use_wanted", "third_state") not in read


@pytest.mark.parametrize(
    ("text", "is_open"),
    [
        (
            "I am a detective in Ghent. Please get me from Spain the bank statements of the account. Also of"
            " the cousin, and in whose kitchen the plan was hatched that year.",
            True,
        ),
        (
            "I am a detective in Ghent. Please get me from Spain the bank statements of the account. My chief has"
            " retired since the spring and the file was left in a drawer.",
            False,
        ),
    ],
)
def test_a_plan_whose_story_leaves_a_question_unread_is_not_a_whole_one(
    router: Router, text: str, is_open: bool
) -> None:
    case = case_in_prose(router, text, "FILE", DAY)
    assert case is not None
    assert (
        MEASURE in case.left_open,
        "Something seems to be asked there" in " ".join(case.head.split()),
    ) == (is_open, is_open)
