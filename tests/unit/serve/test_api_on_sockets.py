"""The interface over real connections: fifty clients at once get what the library gives, and hostile ones get words."""

from __future__ import annotations

import http.client
import json
import socket
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
import yaml
from browser import KEY, served
from when_changed import WHOLE_PROGRAM

from routing.library import Router
from routing.opened import Router as Opened
from routing.serve.api import interface

pytestmark = WHOLE_PROGRAM
CLIENTS = 50
CASES = sorted((Path(__file__).parents[3] / "examples").glob("*/case.yaml"))
GIVEN = {"authorization": f"Bearer {KEY}", "content-type": "application/json"}


@pytest.fixture(scope="module")
def opened() -> Opened:
    return Opened.open()


@pytest.fixture(scope="module")
def port(opened: Opened) -> Iterator[int]:
    with served(opened, interface) as address:
        yield int(address.rpartition(":")[2])


def case(number: int) -> dict[str, Any]:
    data: dict[str, Any] = yaml.load(CASES[number % len(CASES)].read_text(), Loader=yaml.BaseLoader)
    return data


def asked(
    port: int, method: str, path: str, body: bytes | str | None = None, headers: Mapping[str, str] = GIVEN
) -> tuple[int, str, Any]:
    """Status, type and content of an answer on a connection of its own."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=300)
    try:
        connection.request(method, path, body, dict(headers))
        answer = connection.getresponse()
        kind = answer.getheader("content-type", "")
        text = answer.read().decode()
        return answer.status, kind, json.loads(text) if "json" in kind else text
    finally:
        connection.close()


def test_fifty_clients_at_once_get_what_the_library_gives(port: int, opened: Opened) -> None:
    router = Router(opened)
    wanted = [json.loads(router.route(case(n)).model_dump_json(by_alias=True)) for n in range(len(CASES))]
    together = Barrier(CLIENTS)

    def client(number: int) -> tuple[int, str, Any]:
        body = json.dumps({"case": case(number)})
        together.wait(60)
        return asked(port, "POST", "/route", body)

    with ThreadPoolExecutor(CLIENTS) as pool:
        answers = list(pool.map(client, range(CLIENTS)))
    for number, (status, kind, plan) in enumerate(answers):
        assert (status, kind) == (200, "application/json")
        assert plan == wanted[number % len(CASES)]


NESTED = "[" * 100_000 + "]" * 100_000


@pytest.mark.parametrize(
    ("method", "path", "body", "headers", "statuses"),
    [
        ("POST", "/route", b"x" * 1_000_001, {}, {413}),
        ("POST", "/route", f'{{"case": {NESTED}}}', {}, {400, 422}),
        ("POST", "/route", b"\xff\xfe{", {}, {400, 422}),
        ("POST", "/route", "case=5", {"content-type": "application/x-www-form-urlencoded"}, {400, 415, 422}),
        ("POST", "/route", '{"case": NaN}', {}, {400, 422}),
        ("POST", "/route", "{}", {"origin": "http://evil.example"}, {403}),
        ("POST", "/route", "{}", {"sec-fetch-site": "cross-site"}, {403}),
        ("GET", "/facts", None, {"host": "evil.example"}, {403}),
        ("GET", "/facts", None, {"host": "127.0.0.1"}, {403}),
        ("GET", "/facts", None, {"authorization": "Bearer wrong"}, {401}),
        ("GET", "/static/../../pyproject.toml", None, {}, {404}),
        ("GET", "/static/%2e%2e/%2e%2e/pyproject.toml", None, {}, {404}),
        ("GET", "//etc/passwd", None, {}, {404}),
        ("GET", "/law/provision?ref=" + "a" * 2000, None, {}, {404, 422}),
        ("GET", "/law/state?state=%00", None, {}, {404, 422}),
        ("TRACE", "/route", None, {}, {404, 405}),
    ],
)
def test_a_hostile_request_is_refused_in_words(
    port: int, method: str, path: str, body: bytes | str | None, headers: dict[str, str], statuses: set[int]
) -> None:
    status, kind, told = asked(port, method, path, body, {**GIVEN, **headers})
    assert status in statuses and kind == "application/problem+json"
    assert told["status"] == status and told["problems"] and len(json.dumps(told)) < 5000


def test_who_sends_half_a_request_keeps_nobody_waiting(port: int) -> None:
    head = f"POST /route HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: Bearer {KEY}\r\n"
    halves = [socket.create_connection(("127.0.0.1", port), 60) for _ in range(20)]
    try:
        for half in halves:
            half.sendall(f'{head}Content-Length: 1000\r\n\r\n{{"case": '.encode())
        status, _, plan = asked(port, "POST", "/route", json.dumps({"case": case(0)}))
        assert status == 200 and plan["steps"]
    finally:
        for half in halves:
            half.close()
