"""A wrong answer is shown again with what was typed; danger goes before no; needs are called by their own words."""

from __future__ import annotations

import html
import re

import pytest
from starlette.testclient import TestClient
from when_changed import WHOLE_PROGRAM

from routing.serve.shown import on_page

pytestmark = WHOLE_PROGRAM

TWO = b"""
title: Two needs
state: KEN
as_of: 2026-11-24
needs:
  - {measure: subscriber_data, with: USA}
  - {measure: bank_records, with: FRA}
"""


def asked(client: TestClient, *answers: tuple[str, str]) -> str:
    """The address of the question after some answers."""
    path = client.post("/begin", data={"as_of": "2026-11-24"}).url.path
    for fact, value in answers:
        kind = "many" if fact == "danger" else "choice"
        path = client.post(path, data={"fact": fact, "need": "need-1", "type": kind, "value": value}).url.path
    return path


@pytest.mark.parametrize(
    ("before", "fact", "typed", "box"),
    [
        (
            (("danger", "none"), ("kind", "request"), ("group", "emails")),
            "state",
            "Atlantiss",
            'name="value"',
        ),
        ((("danger", "none"), ("kind", "request")), "group", "a ride on a boat", 'id="own"'),
    ],
)
def test_a_wrong_answer_is_shown_again_with_its_fault(
    client: TestClient, before: tuple[tuple[str, str], ...], fact: str, typed: str, box: str
) -> None:
    path = asked(client, *before)
    question = re.search("<h1>(.*?)</h1>", client.get(path).text, re.S)
    wrong = client.post(path, data={"fact": fact, "need": "need-1", "type": "state", "value": typed})
    assert wrong.status_code == 422 and question and question[0] in wrong.text
    field = re.search(rf"<input[^>]*{box}[^>]*>", wrong.text)
    assert field and f'value="{typed}"' in field[0] and 'aria-invalid="true"' in field[0]
    assert 'id="fault"' in wrong.text and 'aria-describedby="fault' in field[0]
    assert 'type="date"' not in field[0]


def test_a_tick_stays_where_the_words_beside_it_are_wrong(client: TestClient) -> None:
    path = asked(client)
    data = {"fact": "danger", "need": "need-1", "type": "many", "value": ["threat_to_life", "boredom"]}
    wrong = client.post(path, data=data)
    assert wrong.status_code == 422 and re.search(r'value="threat_to_life"[^>]* checked', wrong.text)


def test_a_wrong_change_of_a_fact_is_shown_again_at_the_plan(client: TestClient) -> None:
    name = client.post("/open", files={"file": ("case.yaml", TWO)}).url.path.rpartition("/")[2]
    data = {"fact": "max_penalty_months", "need": "", "type": "number", "value": "a long time"}
    wrong = client.post(f"/plan/{name}", data=data)
    assert wrong.status_code == 422 and "What to do" in wrong.text
    assert 'value="a long time"' in wrong.text or "The change cannot be made" in wrong.text
    other = client.post(
        f"/plan/{name}", data={"fact": "with", "need": "need-2", "type": "state", "value": "Atlantiss"}
    )
    field = re.search(r'<input[^>]*value="Atlantiss"[^>]*>', other.text)
    assert other.status_code == 422 and field and 'aria-invalid="true"' in field[0]


def test_a_wrong_day_on_the_first_page_keeps_what_was_ticked(client: TestClient) -> None:
    wrong = client.post("/begin", data={"as_of": "some day", "danger": "threat_to_life", "group": ""})
    assert wrong.status_code == 422 and 'value="some day"' in wrong.text
    assert re.search(r'value="threat_to_life"[^>]* checked', wrong.text)


# Danger


@pytest.mark.parametrize("order", [["none", "threat_to_life"], ["threat_to_life", "none"]])
def test_danger_goes_before_no_and_the_page_says_so(client: TestClient, order: list[str]) -> None:
    begun = client.post("/begin", data={"as_of": "2026-11-24", "danger": order})
    assert "the danger is taken" in begun.text
    form = client.get(begun.url.path.replace("/ask/", "/form/")).text
    assert re.search(r'value="threat_to_life" selected', form)
    later = client.post(
        begun.url.path, data={"fact": "kind", "need": "need-1", "type": "choice", "value": "request"}
    )
    assert "the danger is taken" not in later.text


def test_no_beside_a_loss_is_not_taken_either(client: TestClient) -> None:
    begun = client.post("/begin", data={"as_of": "2026-11-24", "danger": ["none", "imminent_loss"]})
    form = client.get(begun.url.path.replace("/ask/", "/form/")).text
    assert "the danger is taken" in begun.text
    assert 'value="imminent_loss" selected' in form and 'value="none" selected' not in form


def test_of_two_dangers_of_a_kind_the_first_of_the_rules_is_taken_and_the_page_says_so(
    client: TestClient,
) -> None:
    begun = client.post(
        "/begin", data={"as_of": "2026-11-24", "danger": ["threat_to_life", "imminent_flight"]}
    )
    form = client.get(begun.url.path.replace("/ask/", "/form/")).text
    assert 'value="threat_to_life" selected' in form and "not by: somebody is about to escape" in begun.text


# Needs by their own words, and the other State changed in place


def test_no_page_calls_a_need_by_its_number(client: TestClient) -> None:
    plan = client.post("/open", files={"file": ("case.yaml", TWO)})
    name = plan.url.path.rpartition("/")[2]
    pages = [plan.text, client.get(f"/shared/{name}").text]
    pages.append(
        client.post(
            f"/plan/{name}", data={"fact": "with", "need": "need-2", "type": "state", "value": "Spain"}
        ).text
    )
    for text in pages:
        assert not re.search(r"need-\d", html.unescape(re.sub("<[^>]*>", " ", text)))
    assert re.search(r'aria-label="Answer: [^"]*United States', plan.text)


def test_a_question_about_a_further_need_is_headed_by_its_words(client: TestClient) -> None:
    path = asked(
        client, ("danger", "none"), ("kind", "request"), ("group", "bank statement"), ("state", "KEN"), ("with", "FRA"),
        ("more", "get records, files or objects"),
    )  # fmt: skip
    heads = []
    while step := re.search(r'<p class="step">(.*?)</p>', text := client.get(path).text):
        heads.append(step[1])
        fact, need = (re.search(rf'name="{key}" value="([^"]*)"', text)[1] for key in ("fact", "need"))  # type: ignore[index]
        path = client.post(
            path, data={"fact": fact, "need": need, "type": "choice", "do": "unknown"}
        ).url.path
    assert any(head.endswith(": Get records, files or objects") for head in heads)
    assert not any("need-" in head for head in heads)


def test_several_measures_in_one_answer_are_said_back_without_ids(client: TestClient) -> None:
    path = asked(client, ("danger", "none"), ("kind", "request"))
    data = {
        "fact": "group",
        "need": "need-1",
        "type": "choice",
        "value": "bank statement and freeze the account",
    }
    text = client.post(path, data=data).text
    assert "One need is made for each measure" in text and "need-1-" not in re.sub("<[^>]*>", " ", text)


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("`a boat` is not a measure", "\u201ca boat\u201d is not a measure"),
        (
            "Say it otherwise (a; b); `routing new` and `routing ask` list the measures.",
            "Say it otherwise (a; b).",
        ),
        ("Nothing to change.", "Nothing to change."),
    ],
)
def test_a_page_names_no_command_to_type(said: str, shown: str) -> None:
    assert on_page(said) == shown


def test_the_other_state_of_a_need_is_changed_in_place(client: TestClient) -> None:
    plan = client.post("/open", files={"file": ("case.yaml", TWO)})
    name = plan.url.path.rpartition("/")[2]
    fields = re.findall(
        r'name="fact" value="with"><input type="hidden" name="need" value="([^"]+)"', plan.text
    )
    assert (
        fields == ["need-1", "need-2"]
        and 'value="France"' in plan.text
        and '<datalist id="states">' in plan.text
    )
    beside = client.post(
        f"/plan/{name}", data={"fact": "with", "need": "need-2", "type": "state", "value": "Spain"}
    )
    assert "Which is the other State?" in beside.text and "Spain" in beside.text
    changed = client.get(f"/plan/{beside.url.path.rpartition('/')[2]}/plan.json").json()
    assert [need["with"] for need in changed["needs"]] == ["USA", "ESP"]


def test_a_plan_without_a_title_is_headed_by_what_is_needed(client: TestClient) -> None:
    plan = client.post("/open", files={"file": ("case.yaml", TWO.replace(b"title: Two needs\n", b""))})
    assert re.search(r"<h1>Subscriber data[^<]*, from United States, and 1 more</h1>", plan.text)
    assert "-&gt;" not in plan.text and "Kenya\u00a0\u2192 " in plan.text
