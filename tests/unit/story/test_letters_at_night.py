"""Whole letters as tired people write them, in the words of nobody who made the program: who we are, who the
other State is, who asks whom, and what is no fact."""

from __future__ import annotations

import pytest
from offers import dealing, decided, facts, needs, read

from routing.case.under_a_name import told_under_a_name
from routing.opened import Router

KIND = "kind"


@pytest.mark.parametrize(
    ("text", "own", "partner", "kind"),
    [
        ("Incoming from Chile by courier, asks to seal a depot in Asunción.", "PRY", "CHL", "answer"),
        ("Incoming. Customs of Malta. Tunisia wants a container opened.", "MLT", "TUN", "answer"),
        ("Good evening from Cusco. A girl was taken to Bolivia. We need to find her.", "PER", "BOL", "request"),
        ("Estimados, from Quito. We want the owner of a number in Peru.", "ECU", "PER", "request"),
        ("A driver held here (Chad, Abéché) says a truck of girls leaves for Sirte. We do not ask anything from"
         " Libya, they should know.", "TCD", "LBY", "share"),
        ("Women were brought through Serbia to a club in our country (Slovenia). We would like to hear a"
         " witness in Serbia.", "SVN", "SRB", "request"),
        ("Killing in Lusaka last night. The man is in Harare, he stays with an uncle. We want his call records.",
         "ZMB", "ZWE", "request"),
        ("Received at IRC Utrecht: EIO from Lyon, judge. Asks to tap 2 Dutch numbers for six weeks.",
         "NLD", "FRA", "answer"),
        ("Kingston. Email from an inspector in Belize, we know him. He wants us to hear a witness.",
         "JAM", "BLZ", "answer"),
        ("Nous sommes la police, Dakar. Nous voulons: the records of a bank in Mali.", "SEN", "MLI", "request"),
        ("Ours is Norway. He was convicted and lives in Gdansk, he never came to prison. What do we issue?",
         "NOR", "POL", "request"),
    ],
)  # fmt: skip
def test_who_asks_whom(router: Router, text: str, own: str, partner: str, kind: str) -> None:
    offer = decided(router, text)
    assert (offer.own, offer.partner, dealing(offer)[0]) == (own, partner, kind)


def test_a_question_to_tell_them_beside_what_they_ask_leaves_it_theirs(router: Router) -> None:
    offer = decided(
        router,
        "Police of Ghana. The duty desk of Spain phoned us and asks us to preserve data and who has the number."
        " May we tell them tonight?",
    )
    assert dealing(offer) == ("answer", False)


def test_the_same_arrest_wanted_by_both_is_asked(router: Router) -> None:
    """Whether the judge is ours or theirs decides all, and nothing says it."""
    offer = decided(
        router,
        "He was seen in Doha. We have an arrest order from a judge in Peru. How do we get him arrested?",
    )
    assert dealing(offer)[1]


def test_whoever_asks_for_money_is_no_state(router: Router) -> None:
    offer = decided(
        router,
        "We are police in Nepal. Our citizens are locked in a casino in Laos. They ask 3000 dollars each."
        " What for the girls?",
    )
    assert dealing(offer)[0] == "request"
    assert needs(offer) == {"find_missing_person": "request"}
    assert ("emergency", "threat_to_life") in facts(offer)


@pytest.mark.parametrize(
    "text",
    [
        "Police of Ghana. The prosecutor phoned me. He asks whether we know the owner of a number in Togo.",
        "Police of Ghana. We need the incoming calls from Togo to a number there.",
        "Police of Ghana. A mail from his mother in Togo, asking us to look for him. We need his call records.",
    ],
)
def test_what_our_own_people_ask_and_what_comes_in_is_no_request_of_theirs(router: Router, text: str) -> None:
    dealing = read(router, text).dealing
    assert dealing is not None
    assert "answer" not in dealing.marks


@pytest.mark.parametrize(
    ("text", "never"),
    [
        ("A letter came, signed by a prosecutor, about bank records.", ("arrest_warrant", "yes")),
        ("She does not want to live any more.", ("prisoner_agrees", "no")),
        ("I am fiscal in Arequipa, a case of murder.", ("offence", "fiscal")),
        ("He did not appear to start serving the sentence.", ("held_for_other_act", "none")),
        ("Money will be gone by tonight.", ("data_volatility", "imminent_loss")),
        ("The server was active until 3 days ago, we want its image.", ("days_until_needed", "3")),
        ("We want bank records. A camera saw him enter in March.", ("days_until_needed", "92")),
        ("We need the owner of a number. Our bureau has a 24h desk.", ("days_until_needed", "1")),
    ],
)
def test_what_is_only_said_beside_is_no_fact(router: Router, text: str, never: tuple[str, str]) -> None:
    assert never not in facts(read(router, f"{text} The other State is Kenya."))


def test_missing_pages_are_no_danger(router: Router) -> None:
    assert not read(router, "Two annexes of the request from Oman are missing.").near_danger


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        ("They ask us to seize and forfeit a yacht.", {"confiscation"}),
        ("They ask us for bank account data + constant observation of the transfers.",
         {"bank_records", "account_monitoring"}),
        ("They ask us to take over the probation of a man.", {"probation_supervision"}),
    ],
)  # fmt: skip
def test_what_they_ask_for_is_read_whole(router: Router, text: str, measures: set[str]) -> None:
    offer = decided(router, f"We are police in Togo. A letter came from Ghana. {text}")
    assert {name for want in offer.needed for name in want.measures} == measures


def test_what_came_by_mutual_assistance_and_a_tax_office_wants(router: Router) -> None:
    """With both told, the plan stops what the law of the State that gave it shuts."""
    offer = decided(
        router,
        "Prosecutor, Skopje. From Switzerland we received statements of a bank through a letter of request."
        " Now the revenue service wants copies for a tax audit. May we give them?",
    )
    assert {("material_channel", "mla"), ("use_for_taxes", "yes")} <= facts(offer)


def test_a_line_that_says_what_they_ask_is_no_wish_of_ours(router: Router) -> None:
    offer = read(
        router,
        "Bogotá, prosecution.\n- request from Ireland, central authority\n- asks us to execute on: a flat in Cali",
    )
    assert {value for fact, value in facts(offer) if fact == KIND} == {"answer"}


@pytest.mark.parametrize("head", ["[chat]\n", "", "[18:02] "])
def test_a_copied_chat_is_read_as_what_is_said_in_it(router: Router, head: str) -> None:
    text = (
        f"{head}me: are you awake?\nme: he is from Ghent, we are the police of Belgium\nLise: call the French??\n"
        "me: we want his call records in Lille\nLise: ok"
    )
    assert needs(decided(router, text)) == {"stored_traffic_data": "request"}


def test_lines_of_a_case_are_no_chat(router: Router) -> None:
    text = "state: Belgium\nneed: bank records\nneed: a search\nwith: France\nneed: call records"
    assert told_under_a_name(router.rulebook.words, text) == text
