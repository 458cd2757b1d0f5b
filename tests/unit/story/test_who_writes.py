"""Who writes a story, as its head, the line of its sender, or who asks tells; and who is only named in it."""

from __future__ import annotations

from datetime import date

import pytest

from routing.opened import Router
from routing.story.offered import Offered, offered_by

MONDAY = date(2026, 11, 30)


def read(router: Router, text: str) -> Offered:
    return offered_by(router, text, MONDAY)


def facts(offered: Offered) -> dict[str, str]:
    return {it.fact: it.value for it in offered.facts}


@pytest.mark.parametrize(
    ("head", "state"),
    [
        ("Kathmandu, 30 Nov (Mangsir 14).", "NPL"),
        ("Cairo, niyaba amma, office of antiquities affairs.", "EGY"),
        ("SERNIC \u2013 Maputo / Registo de ocorrencia (texto livre)", "MOZ"),
        ("From: Assistant Commissioner, Kano", "NGA"),
        ("Dari: Kompol, Jakarta", "IDN"),
    ],
)
def test_the_town_of_who_writes_is_our_state(router: Router, head: str, state: str) -> None:
    offered = read(router, f"{head}\nWe ask Ghana for the bank records.")
    assert (offered.own, offered.partner) == (state, "GHA")


@pytest.mark.parametrize(
    ("text", "own", "partner"),
    [
        ("From Quito: we got from the British NCA a report, may we use it in trial?", "ECU", "GBR"),
        ("From Laos: we received from the French police a photo, can our court use it?", "LAO", "FRA"),
        ("From Mali, we ask you for the bank records of a firm in Ghana.", "MLI", "GHA"),
        ("In Chad we got from the Dutch police a list, can we use it in our trial?", "TCD", "NLD"),
        ("He is Finnish citizen. Laos police arrested him. What we do in Finland?", "FIN", "LAO"),
        ("A man films girls in Laos and he is Finnish. What we do in Finland with this?", "FIN", "LAO"),
        ("He is Dutch, his bank is in Ghana. What is our way in the Netherlands to freeze?", "NLD", "GHA"),
        ("The boy is Finnish, his father took him to Laos. What do they do in Finland? We want him back.",
         "FIN", "LAO"),
        ("Sender: police Laos. To: police Ghana. We need a witness heard.", "LAO", "GHA"),
    ],
)  # fmt: skip
def test_who_writes_is_no_citizen_and_not_where_somebody_was_taken(
    router: Router, text: str, own: str, partner: str
) -> None:
    offered = read(router, text)
    assert (offered.own, offered.partner) == (own, partner)


def test_a_sender_with_the_name_of_a_state_may_be_who_asks(router: Router) -> None:
    offered = read(router, "From: Police of Kenya, Nairobi\nBank records of a firm are wanted.")
    assert not offered.own


def test_who_asks_with_their_desk_is_the_other_state(router: Router) -> None:
    offered = read(
        router,
        "Soran: Netherland police, their 24/7 desk\n"
        "Istenen: image of a server at a hosting firm in Bursa\n"
        "Not: the prosecutor asks me if we need a paper from The Hague first.",
    )
    assert (offered.own, offered.partner) == ("TUR", "NLD")
    assert facts(offered)["kind"] == "answer"


def test_what_an_officer_abroad_asks_is_an_answer(router: Router) -> None:
    offered = read(
        router,
        "From: Assistant Commissioner, Kano\nA commandant of gendarmerie at Zinder (Niger) rang my desk. "
        "He ask we search the shop.",
    )
    assert facts(offered)["kind"] == "answer"
    assert offered.partner == "NER"


def test_what_our_minister_wants_is_no_answer(router: Router) -> None:
    offered = read(
        router,
        "Cairo, office of antiquities. The piece is in Zurich. Minister wants that we send a delegation.",
    )
    assert facts(offered).get("kind") != "answer"


def test_a_company_to_which_somebody_is_sold_does_not_write(router: Router) -> None:
    offered = read(
        router, "She writes: tomorrow we are sold to another company. We ask Cambodia for a search."
    )
    assert "actor" not in facts(offered)


def test_only_the_person_concerned_is_immune(router: Router) -> None:
    we = "We are police in Nepal."
    brought = (
        f"{we} An envelope from Doha was brought by the labour attache of the embassy. They want statements."
    )
    concerned = f"{we} The suspect is attache of embassy of Qatar. We want to question him in Qatar."
    assert "immunity" not in facts(read(router, brought))
    assert facts(read(router, concerned)).get("immunity") == "diplomat"


@pytest.mark.parametrize(
    ("wish", "measure"),
    [
        ("put an ear on his phone in Ghana", "interception"),
        ("know from Ghana where he was when he rang", "stored_traffic_data"),
        ("have Ghana talk to her if she feels like it", "voluntary_statement"),
        ("have Ghana bring the paper to his door", "service_of_documents"),
        ("walk behind him over the border to Ghana", "surveillance"),
        ("have one of ours under a false name in Ghana", "undercover_operation"),
        ("look in the land book in Ghana", "restricted_register_record"),
    ],
)
def test_a_measure_in_the_words_of_the_street(router: Router, wish: str, measure: str) -> None:
    offered = read(router, f"We are police in Kenya. We want to {wish}.")
    assert [it.measures for it in offered.needed] == [(measure,)]


@pytest.mark.parametrize(
    ("words", "pathway"),
    [
        ("the desk that never sleeps", "budapest_preservation"),
        ("the Lyon people", "interpol"),
        ("the Hague people for prosecutors", "eurojust"),
        ("the money detectives", "fiu_exchange"),
        ("the ministry-to-ministry paper", "mla"),
    ],
)
def test_a_channel_in_the_words_of_the_street(router: Router, words: str, pathway: str) -> None:
    assert router.rulebook.words.read("pathway", words) == (pathway,)


def test_machines_that_are_locked_for_coins_are_two_crimes(router: Router) -> None:
    offered = read(router, "We are police in Kenya. They lock the machines of the hospital and want coins.")
    assert {it.value for it in offered.facts if it.fact == "offence"} == {"cybercrime", "extortion"}


def test_the_virgin_islands_of_two_states_leave_the_other_one_open(router: Router) -> None:
    offered = read(
        router,
        "We are police in Jamaica. The firm is in Road Harbour, Virgin Islands, and a man travels to Miami. "
        "We want its bank records.",
    )
    assert (offered.own, offered.partner) == ("JAM", "")


def test_what_is_listed_after_what_they_ask_is_asked_of_us_too(router: Router) -> None:
    offered = read(
        router,
        "From: Assistant Commissioner, Kano\nA commandant of gendarmerie at Zinder (Niger) rang my desk. "
        "He ask we search the shop, arrest him. The letter is a French paper.",
    )
    assert {it.value for it in offered.facts if it.fact == "kind"} <= {"answer", "request"}
    assert offered.partner == "NER"
    assert all(it.kind != "request" for it in offered.needed)


def test_who_is_told_to_give_names_asks_for_none(router: Router) -> None:
    offered = read(
        router,
        'We are in Argentina. Inside it, "information received from counterpart of Uruguay", gives names of the '
        "real owner. We need use it in the trial.",
    )
    assert [it.measures for it in offered.needed if it.measures == ("restricted_register_record",)] == []


def test_a_greeting_before_who_writes_is_passed_over(router: Router) -> None:
    offered = read(
        router,
        "Respected sir, from Ludhiana, Punjab Police, office reader writing.\nWe ask Ghana for the bank records.",
    )
    assert offered.own == "IND"


def test_what_was_signed_in_a_town_is_not_where_something_is(router: Router) -> None:
    offered = read(router, "We are police in Kazakhstan. Their consul wants also the laptop as per Minsk.")
    assert "BLR" not in {it.state for it in (*offered.sides, *offered.wants)}
