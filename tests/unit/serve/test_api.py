"""The interface for programs: what it answers is what the library answers, whoever asks and however many."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import yaml
from starlette.testclient import TestClient
from when_changed import WHOLE_PROGRAM

from routing.library import Router
from routing.opened import Router as Opened
from routing.serve.api import application, interface

pytestmark = WHOLE_PROGRAM

EXAMPLES = Path(__file__).parents[3] / "examples"
CASES = sorted(path for path in EXAMPLES.glob("*/case.yaml"))
DAY = "2026-11-24"


def read(path: Path) -> dict[str, Any]:
    data: dict[str, Any] = yaml.load(path.read_text(), Loader=yaml.BaseLoader)
    return data


@pytest.fixture(scope="module")
def opened() -> Opened:
    return Opened.open()


@pytest.fixture(scope="module")
def client(opened: Opened) -> TestClient:
    return TestClient(
        interface(opened, "a-key"), "http://127.0.0.1", headers={"authorization": "Bearer a-key"}
    )


@pytest.fixture(scope="module")
def router(opened: Opened) -> Router:
    return Router(opened)


MAILBOX = read(EXAMPLES / "cloud-mailbox" / "case.yaml")


def test_without_the_key_only_its_health_is_told(opened: Opened) -> None:
    stranger = TestClient(interface(opened, "a-key"), "http://127.0.0.1")
    assert stranger.get("/health").json()["status"] == "ok"
    assert stranger.get("/openapi.json").status_code == 401
    assert stranger.post("/route", json={"case": MAILBOX}).status_code == 401


@pytest.mark.parametrize(
    "body",
    [
        '{"case": {"state": "DEU"}, "case": {"state": "FRA"}}',
        '{"case": {"state": "DEU", "needs": [{"measure": "search", "measure": "arrest"}]}}',
        '{"case": {"state": "DEU", "st\\u0061te": "FRA"}}',
    ],
)
def test_a_name_that_is_given_twice_is_told(client: TestClient, body: str) -> None:
    """Of two States the second once was taken without a word."""
    for address in ("/route", "/why", "/interview", "/what-if"):
        told = client.post(address, content=body, headers={"content-type": "application/json"})
        assert told.status_code == 422, told.text
        (problem,) = told.json()["problems"]
        assert problem["message"].endswith("is given twice") and problem["message"].count("`") == 2
        assert problem["said"] == problem["message"], "its old name, until the next major version"


def test_a_long_name_is_said_back_in_short(client: TestClient) -> None:
    told = client.post("/route", json={"x" * 100_000: 1, "case": {"y" * 100_000: "\u202e"}})
    assert told.status_code == 422 and len(told.text) < 2000


def test_fifty_at_once_get_what_the_library_gives(client: TestClient, router: Router) -> None:
    cases = [read(path) for path in CASES]
    wanted = [json.loads(router.route(case).model_dump_json(by_alias=True)) for case in cases]
    with ThreadPoolExecutor(50) as pool:
        answers = list(
            pool.map(lambda n: client.post("/route", json={"case": cases[n % len(cases)]}), range(50))
        )
    for number, answer in enumerate(answers):
        assert answer.status_code == 200
        assert answer.json() == wanted[number % len(cases)]


def test_reasons_changes_and_look_ups_are_those_of_the_library(client: TestClient, router: Router) -> None:
    reason = router.why(MAILBOX)
    assert reason and client.post("/why", json={"case": MAILBOX}).json()["why"] == json.loads(
        json.dumps(reason.data())
    )
    asked = {"case": MAILBOX, "pathway": "eio"}
    assert client.post("/why-not", json=asked).json() == json.loads(
        json.dumps(router.why_not(MAILBOX, "eio").data())
    )
    changed = client.post("/what-if", json={"case": MAILBOX, "settings": ["dual_criminality=no"]}).json()
    library = router.what_if(MAILBOX, ["dual_criminality=no"])
    assert changed["after"] == json.loads(library.after.model_dump_json(by_alias=True))
    assert len(changed["differences"]) == len(library.differences)
    between = client.get("/law/between", params={"a": "Ghana", "b": "CAN", "as_of": DAY}).json()
    assert between == json.loads(json.dumps(router.between("GHA", "CAN", DAY), default=str))
    for path in ("who", "state"):
        told = client.get(f"/law/{path}", params={"state": "CAN", "as_of": DAY}).json()
        assert told == json.loads(json.dumps(getattr(router, path)("CAN", DAY), default=str))
    assert (
        client.post("/compare", json={"case": MAILBOX, "first": "2019-01-01", "second": DAY}).status_code
        == 200
    )
    assert client.post("/document", json={"case": MAILBOX, "form": "ics"}).text.startswith("BEGIN:VCALENDAR")


def test_an_interview_needs_no_memory_of_the_server(client: TestClient) -> None:
    answers: list[dict[str, Any]] = []
    known = {"danger": ["none"], "kind": "request", "measure": "stored_content", "group": "stored_content"}
    known |= {"state": "GHA", "with": "CAN", "keep": "no", "more": "no"}
    for _ in range(60):
        step = client.post("/interview", json={"as_of": DAY, "answers": answers}).json()
        question = step["question"]
        if question is None:
            break
        value = known.get(question["fact"], "unknown")
        answers.append({"fact": question["fact"], "need": question["need"], "value": value})
    assert step["can_be_routed"] and question is None
    assert (
        client.post("/route", json={"case": yaml.load(step["case_file"], yaml.BaseLoader)}).status_code == 200
    )


@pytest.mark.parametrize(
    ("path", "body", "said"),
    [
        ("/route", {"case": {"needs": "x"}}, "`x` is not a measure"),
        ("/route", {"case": {**MAILBOX, "stage": "nowhere"}}, "nowhere"),
        ("/route", {"case": 5}, "`case` has to be an object of names and values"),
        ("/route", {"case": MAILBOX, "more": 1}, "`more` is not known here"),
        ("/why-not", {"case": MAILBOX, "pathway": "nothing"}, "`nothing` is not a pathway"),
        ("/interview", {"as_of": DAY, "answers": [{"fact": "nothing", "value": "x"}]}, "`nothing`"),
        ("/interview", {}, "no day is given"),
        ("/interview", {"answers": [{"fact": 1}]}, "`answers[0].fact` has to be text"),
        ("/interview", {"answers": [{"fact": "kind", "value": {}}]}, "`answers[0].value` is of a kind"),
        ("/route", {"case": MAILBOX, "strict_dates": "perhaps"}, "`strict_dates` has to be true or false"),
        ("/document", {"case": MAILBOX, "form": "rtf"}, "`form` has to be one of these: 'text'"),
        ("/why", {"case": MAILBOX, "pathway": "x" * 101}, "`pathway` has more than 100 characters"),
    ],
)
def test_faults_are_problem_details_in_the_words_of_the_library(
    client: TestClient, path: str, body: dict[str, Any], said: str
) -> None:
    answer = client.post(path, json=body)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    details = answer.json()
    assert details["status"] == 422 and said in details["detail"]
    assert said in details["problems"][0]["message"]


def test_too_many_needs_are_refused(client: TestClient) -> None:
    needs = [{"id": f"n{number}", "measure": "stored_content", "with": "CAN"} for number in range(101)]
    answer = client.post("/route", json={"case": {**MAILBOX, "needs": needs}})
    assert answer.status_code in (413, 422) and "100" in answer.json()["detail"]


def refusals(client: TestClient, opened: Opened) -> list[tuple[int, Any]]:
    stranger = TestClient(interface(opened, "a-key"), "http://127.0.0.1")
    body = {"case": MAILBOX}

    def in_parts() -> Iterator[bytes]:
        for _ in range(20):
            yield b"x" * 100_000

    return [
        (401, stranger.post("/route", json=body)),
        (403, client.post("/route", json=body, headers={"origin": "http://evil.example"})),
        (403, client.get("/facts", headers={"host": "evil.example"})),
        (413, client.post("/route", content=b"x" * 1_000_001)),
        (413, client.post("/route", content=in_parts(), headers={"content-type": "application/json"})),
        (404, client.get("/nothing")),
        (405, client.get("/route")),
    ]


def test_every_refusal_is_problem_details(client: TestClient, opened: Opened) -> None:
    for status, answer in refusals(client, opened):
        assert answer.status_code == status
        assert answer.headers["content-type"] == "application/problem+json"
        details = answer.json()
        assert details["status"] == status and details["problems"] and "Open the address" not in answer.text


def test_a_case_that_is_no_file_has_no_lines(client: TestClient) -> None:
    answer = client.post("/route", json={"case": {**MAILBOX, "state": "Atlantis"}}).json()
    assert answer["problems"][0]["line"] is None


def test_text_is_without_the_colours_of_a_terminal(client: TestClient) -> None:
    assert "\x1b" not in client.post("/document", json={"case": MAILBOX}).text


def test_papers_are_listed_and_drafted_as_the_library_drafts_them(client: TestClient, router: Router) -> None:
    listed = client.post("/papers", json={"case": MAILBOX}).json()
    assert {"step": 4, "document": "mla_request", "main": True}.items() <= listed[-3].items()
    assert {each["document"] for each in listed if each["step"] == 1} >= {"preservation_request"}
    asked = {"case": MAILBOX, "step": 1, "answers": {"file_no": "12/2026"}}
    answer = client.post("/draft", json=asked)
    assert answer.headers["content-type"].startswith("text/markdown")
    made = router.draft(MAILBOX, 1, answers={"file_no": "12/2026"})
    assert answer.text == router.written(made).decode()
    assert answer.text.startswith("**DRAFT") and "12/2026" in answer.text
    assert "<html" in client.post("/draft", json={**asked, "form": "html"}).text
    wrong = client.post("/draft", json={"case": MAILBOX, "document": "nothing"})
    assert wrong.status_code == 422 and "is not a paper" in wrong.json()["detail"]


def test_the_description_says_how_the_key_and_a_fault_are_sent(opened: Opened) -> None:
    described = application(opened).openapi()
    assert described["components"]["securitySchemes"]["key"]["scheme"] == "bearer"
    for methods in described["paths"].values():
        for each in methods.values():
            assert set(each["responses"]["422"]["content"]) == {"application/problem+json"}


def test_what_answers_is_as_described(opened: Opened) -> None:
    """Requests drawn from the description of the interface: no failure inside, and nothing undescribed."""
    schemathesis = pytest.importorskip("schemathesis")
    from hypothesis import HealthCheck, Phase, given, settings
    from schemathesis.specs.openapi import checks as of_openapi

    checks = [
        schemathesis.checks.not_a_server_error,
        of_openapi.status_code_conformance,
        of_openapi.content_type_conformance,
        of_openapi.response_schema_conformance,
    ]
    schema = schemathesis.openapi.from_asgi("/openapi.json", application(opened))
    checked = 0
    for result in schema.get_all_operations():
        operation = result.ok()

        @settings(
            max_examples=8,
            deadline=None,
            derandomize=True,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy())
        def drawn(case: Any) -> None:
            response = case.call()
            assert response.status_code < 500
            case.validate_response(response, checks=checks)

        drawn()
        checked += 1
    assert checked >= 15
