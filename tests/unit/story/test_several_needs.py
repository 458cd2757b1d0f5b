"""Several needs in one sentence, and what of a sentence is no need: each is read by itself, or told as unread."""

from __future__ import annotations

from datetime import date

import pytest

from routing.cli.prose import is_prose
from routing.opened import Router
from routing.story.offered import Offered, offered_by

MONDAY = date(2026, 11, 30)


def offer(router: Router, story: str) -> Offered:
    return offered_by(router, story, MONDAY)


def needed(router: Router, story: str) -> set[str]:
    return {f"{want.measures[0]}: {want.state}" for want in offer(router, story).needed}


@pytest.mark.parametrize(
    ("story", "needs"),
    [
        (
            "We are police in Oslo. We want the brother heard in Lithuania and the house of the suspect in "
            "Poland searched.",
            {"voluntary_statement: LTU", "search: POL"},
        ),
        (
            "We are police in Lyon. We need from a bank in Hamburg the statements, and that the account is "
            "blocked.",
            {"bank_records: DEU", "asset_freezing: DEU"},
        ),
        (
            "We are police in Perth. I want a copy of the server in Rotterdam before they wipe it, and the "
            "wallet frozen.",
            {"stored_content: NLD", "data_preservation: NLD", "asset_freezing: NLD"},
        ),
        (
            "We are police in Suva. We want the driver arrested in Samoa and the phone traced.",
            {"arrest: WSM", "realtime_traffic_data: WSM"},
        ),
        (
            "We are prosecutors in Riga. We need account statements from Cyprus and freeze of 2 million there.",
            {"bank_records: CYP", "asset_freezing: CYP"},
        ),
        (
            "We are prosecutors in Graz. Money went to Cyprus and Malta. We need account statements from both.",
            {"bank_records: CYP", "bank_records: MLT"},
        ),
    ],
)
def test_each_need_of_a_sentence_is_read_with_its_state(router: Router, story: str, needs: set[str]) -> None:
    assert needed(router, story) >= needs


@pytest.mark.parametrize(
    ("story", "never"),
    [
        (
            "We are police in Oslo. From Denmark I need who owns the number. Chats we do not need.",
            "stored_content",
        ),
        (
            "We are police in Oslo. We need a driver from Peru as witness. He is afraid they arrest him.",
            "arrest",
        ),
        (
            "We are police in Oslo. We need a driver from Peru as witness. She fears they search the house.",
            "search",
        ),
    ],
)
def test_what_is_not_wanted_or_feared_is_no_need(router: Router, story: str, never: str) -> None:
    offered = offer(router, story)
    assert never not in {name for want in offered.needed for name in want.measures}


def test_a_wish_of_which_nothing_is_read_is_told(router: Router) -> None:
    story = "We are police in Oslo. We need the bank statements. We want also the zorgle of Denmark."
    assert any("zorgle" in text for text in offer(router, story).unread)
    assert not offer(router, "We are police in Oslo. We need help from Denmark.").unread


@pytest.mark.parametrize(
    ("story", "own", "other", "kind"),
    [
        ("Germany asks us (we are prosecutors in Montevideo) to hear a nurse.", "URY", "DEU", "answer"),
        ("We in Accra asked by Portugal for bank statements of a firm.", "GHA", "PRT", "answer"),
        ("Someone from the Japanese embassy asked me in Hanoi for bank records.", "VNM", "JPN", "answer"),
        (
            "A Spanish judge writes: please search a house in Basel. I am prosecutor of the canton.",
            "CHE",
            "ESP",
            "answer",
        ),
        (
            "Spanish police told us in Tunis, without we asked, that a boat comes on Friday. Can I get a search "
            "warrant with this?",
            "TUN",
            "ESP",
            "use",
        ),
        (
            "We are the FBI type unit in Botswana. We need bank statements from Zambia.",
            "BWA",
            "ZMB",
            "request",
        ),
        (
            "My colleague from Tbilisi here. We want a man arrested in Bilbao, Monday he flies to Morocco.",
            "GEO",
            "ESP",
            "request",
        ),
        (
            "Turkish number calls people in Baku. We need who owns the number. A friend in Ankara says just send "
            "him whatsapp.",
            "AZE",
            "TUR",
            "request",
        ),
    ],
)
def test_who_asks_whom_is_read(router: Router, story: str, own: str, other: str, kind: str) -> None:
    offered = offer(router, story)
    others = {offered.partner, *(want.state for want in offered.needed)} - {""}
    kinds = {it.value for it in offered.facts if it.fact == "kind"}
    assert (offered.own, others, kinds) == (own, {other}, {kind})


def test_the_state_of_who_is_told_first_is_ours_where_all_else_is_asked_elsewhere(router: Router) -> None:
    story = (
        "A hospital in Adelaide is locked by a ransom gang. The server is in Rotterdam, the wallet is at an "
        "exchange in Seychelles. I want a copy of the server, and the wallet frozen."
    )
    assert offer(router, story).own == "AUS"


@pytest.mark.parametrize(
    ("story", "days"),
    [
        ("We are police in Oslo. We need bank statements from Peru. Court sits on Thursday.", "3"),
        (
            "We are police in Oslo. We need bank statements from Peru. He comes before the judge on Friday.",
            "4",
        ),
        ("We are police in Oslo. We want him arrested in Peru, on Wednesday he flies to Chile.", "2"),
    ],
)
def test_a_day_of_court_or_of_leaving_is_the_deadline(router: Router, story: str, days: str) -> None:
    read = [it.value for it in offer(router, story).facts if it.fact == "days_until_needed"]
    assert read == [days]


def test_one_line_of_several_sentences_is_no_line_of_a_case() -> None:
    assert is_prose("The judge there writes: please search a house. I am prosecutor here. What now?")
    assert not is_prose("note: please search a house of the man")


@pytest.mark.parametrize(
    "story",
    [
        "Two women are in a flat in Porto, forced to prostitution.",
        "The children are here and one is still in the house. We need the chat logs for rescue.",
    ],
)
def test_people_held_or_to_be_rescued_are_a_danger(router: Router, story: str) -> None:
    assert "threat_to_life" in {it.value for it in offer(router, story).facts if it.fact == "emergency"}
