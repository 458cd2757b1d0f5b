"""What the pages say of law, of faults, and that what follows from a state is worked out once."""

from __future__ import annotations

import re
import socket
from datetime import date
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from when_changed import WHOLE_PROGRAM

from routing.look_ups.states import who
from routing.opened import Router
from routing.serve.run import loopback_socket

pytestmark = WHOLE_PROGRAM

MAILBOX = Path(__file__).parents[3] / "examples" / "cloud-mailbox" / "case.yaml"


def plan_of(client: TestClient) -> str:
    answer = client.post("/open", files={"file": ("case.yaml", MAILBOX.read_bytes())})
    assert answer.url.path.startswith("/plan/")
    return answer.url.path


def test_every_instrument_and_channel_has_its_page(client: TestClient, router: Router) -> None:
    """Also one of which less is known than of others: no declaration, no list, only cited."""
    rulebook = router.rulebook
    for path in (
        *(f"/law/instrument/{id}" for id in rulebook.instruments),
        *(f"/law/pathway/{id}" for id in rulebook.pathways),
        *(f"/law/who?state=CHE&asking=DEU&pathway={id}" for id in [*rulebook.pathways][::6]),
    ):
        assert client.get(path).status_code == 200, path


def test_the_law_between_two_states_has_their_own_treaties_and_says_what_is_not_held(
    client: TestClient, router: Router
) -> None:
    page = client.get("/law/between", params={"a": "USA", "b": "FRA", "day": "2026-11-24"}).text
    held = router.law.bilateral().of_pair("USA", "FRA")
    assert held
    for treaty in held:
        assert treaty.title in page
    for tie in router.law.tie_names().values():
        if tie.asked and tie.same_as is None:
            assert tie.says in page
    nobody = client.get("/law/between", params={"a": "ABW", "b": "AFG"}).text
    assert "None is held." in nobody and "No complete data are kept of" in nobody
    assert "named twice" in client.get("/law/between", params={"a": "France", "b": "FRA"}).text


def test_how_a_state_is_reached_by_one_channel_is_on_the_page(client: TestClient, router: Router) -> None:
    day = "2026-11-24"
    rows = who(router, "CHE", "mla", "DEU", date.fromisoformat(day))["bases"]
    page = client.get("/law/who", params={"state": "CHE", "pathway": "mla", "asking": "DEU", "day": day}).text
    offices = {row["receiver"]["name"] for row in rows} - {None}
    assert offices and all(office in page for office in offices)
    assert all(row["language"]["says"] in page for row in rows if row["language"])
    assert "Write to Canada in" in client.get("/law/state", params={"code": "CAN", "day": day}).text


def test_a_page_names_no_command_and_no_key_of_a_file(client: TestClient) -> None:
    for answer in (
        client.get("/law/state", params={"code": "CAN", "day": "yesterday"}),
        client.post("/begin", data={"as_of": "soon"}),
        client.post("/open", files={"file": ("c.yaml", b"a: 1")}),
        client.get(f"{plan_of(client)}/paper/1/preservation_request"),
        client.get("/law/terms"),
    ):
        told = re.sub(r"<code>[^<]*</code>|<[^>]*>", " ", answer.text)
        assert not re.search(r"(?i)as_of|`|routing schema|--with|--full", told), told[:400]


def test_what_cannot_be_read_is_not_called_lost(client: TestClient) -> None:
    """Only what is not there is: a case is not gone because a form was broken on its way."""
    broken = client.post("/open", content=b"--x garbage", headers={"content-type": "multipart/form-data"})
    assert broken.status_code == 400 and "begin again" not in broken.text
    assert client.get("/begin").status_code == 405 and "begin again" not in client.get("/begin").text
    assert client.get("/nowhere").status_code == 404 and "begin again" in client.get("/nowhere").text


def test_the_rows_of_a_rule_that_say_the_same_are_one_entry(client: TestClient) -> None:
    """Eight rows of one rule stood below each other with the same sentence and their ids."""
    text = client.get("/law/rules?words=secrecy").text
    entries = re.findall(r"<li><a class=\"rule\"[^>]*>([^<]+)</a>", text)
    assert len(entries) > 5 and len(entries) == len(set(entries)) and " rows: " in text
    assert f"{len(entries)} rules" in text
    cited = client.get("/law/provision?ref=untoc+18(8)").text
    entries = re.findall(r"<li><a class=\"rule\"[^>]*>([^<]+)</a>", cited)
    assert entries and len(entries) == len(set(entries)) and ">untoc</a>" not in cited


def test_an_office_that_is_perhaps_there_is_not_called_unknown_beside(client: TestClient) -> None:
    cards = re.findall(r'<div class="card"><h3>.*?</div>', client.get("/law/who?state=KEN").text, re.S)
    assert any("Perhaps: " in card for card in cards)
    assert not any("Perhaps" in card and "Not known." in card for card in cards)


def test_an_instrument_named_without_an_article_is_shown_as_one(client: TestClient) -> None:
    assert str(client.get("/law/provision", params={"ref": "untoc"}).url).endswith("/law/instrument/untoc")


def test_a_state_is_worked_out_once(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """A state of a case never changes, so neither does what follows from it."""
    address = plan_of(client)
    client.get(address)
    made: list[object] = []
    monkeypatch.setattr("routing.opened.build_plan", lambda *given: made.append(given))
    for path in ("", "/picture.svg", "/plan.ics", "/plan.json", "/papers", "/paper/1/preservation_request"):
        assert client.get(address + path).status_code == 200
    assert not made


def test_what_is_written_goes_out_at_once() -> None:
    """A loop sends without waiting for a receipt only where the protocol of the socket is named."""
    with loopback_socket() as held:
        assert held.proto == socket.IPPROTO_TCP


def test_a_plan_of_an_earlier_day_says_so_and_is_made_for_today(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = plan_of(client)
    monkeypatch.setattr("routing.core.answer_date.CLOCK", lambda: date(2026, 11, 24))
    assert "Make it for today" not in client.get(address).text
    monkeypatch.setattr("routing.core.answer_date.CLOCK", lambda: date(2027, 3, 1))
    assert "today is 1 Mar 2027" in client.get(address).text
    moved = client.post(f"{address}/today")
    assert moved.url.path != address and "Make it for today" not in moved.text
    assert client.get(f"{moved.url.path}/plan.json").json()["as_of"] == "2027-03-01"
    assert client.get(f"{address}/plan.json").json()["as_of"] == "2026-11-24"


def test_who_shares_the_machine_is_told_of(client: TestClient) -> None:
    assert "Others on this machine do not see it" in client.get("/").text


def test_what_is_not_known_of_a_state_does_not_bury_what_is(client: TestClient) -> None:
    shown = client.get("/law/state", params={"code": "KEN"}).text
    known, _, unknown = shown.partition("Not known (")
    assert "What is known" in known and "Not known" not in known.partition('aria-label="What is known"')[2]
    assert "What is not known" in unknown


def test_instruments_are_listed_by_kind_and_measures_in_their_groups(client: TestClient) -> None:
    shown = client.get("/law").text
    assert "<summary>Treaties (" in shown and "<summary>Networks (" in shown
    assert shown.count("<optgroup") > 4
