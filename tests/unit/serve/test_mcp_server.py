"""The tools for assistants, called as an assistant calls them."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar

import anyio
import pytest
import yaml
from mcp import Client

from routing.library import Router
from routing.opened import shared_router
from routing.serve.mcp_server import tools

CASE = Path(__file__).parents[3] / "examples" / "cloud-mailbox" / "case.yaml"
MAILBOX: dict[str, Any] = yaml.load(CASE.read_text(), Loader=yaml.BaseLoader)
T = TypeVar("T")


@pytest.fixture(scope="module")
def router() -> Router:
    return Router(shared_router())


def using(router: Router, work: Callable[[Client], Awaitable[T]]) -> T:
    async def session() -> T:
        async with Client(tools(shared_router())) as client:
            return await work(client)

    return anyio.run(session)


def called(router: Router, tool: str, **given: Any) -> dict[str, Any]:
    answer = answered(router, tool, **given)
    assert not answer.is_error
    return dict(answer.structured_content or {})


def answered(router: Router, tool: str, **given: Any) -> Any:
    async def work(client: Client) -> Any:
        return await client.call_tool(tool, given)

    return using(router, work)


def faults(router: Router, tool: str, **given: Any) -> list[dict[str, Any]]:
    answer = answered(router, tool, **given)
    assert answer.is_error  # an assistant sees that the call failed
    problems: list[dict[str, Any]] = dict(answer.structured_content or {})["problems"]
    assert all(problem["message"] in answer.content[0].text for problem in problems)
    return problems


def test_what_it_offers(router: Router) -> None:
    async def names(client: Client) -> set[str]:
        offered = await client.list_tools()
        assert all(tool.description for tool in offered.tools)
        return {tool.name for tool in offered.tools}

    assert using(router, names) == {
        "facts",
        "route",
        "next_question",
        "explain",
        "draft",
        "law_between",
        "law_who",
    }


def test_the_answer_is_that_of_the_library(router: Router) -> None:
    plan = called(router, "route", case=MAILBOX)["plan"]
    assert plan == json.loads(router.route(MAILBOX).model_dump_json(by_alias=True))
    reason = router.why(MAILBOX)
    assert reason and called(router, "explain", case=MAILBOX)["why"] == json.loads(json.dumps(reason.data()))
    against = called(router, "explain", case=MAILBOX, pathway="eio", why_not=True)
    assert against["why_not"] == json.loads(json.dumps(router.why_not(MAILBOX, "eio").data()))
    day = "2026-11-24"
    assert called(router, "law_who", state="Canada", as_of=day)["state"] == "CAN"
    assert called(router, "law_between", state="Ghana", other_state="Canada", as_of=day) == json.loads(
        json.dumps(router.between("GHA", "CAN", day), default=str)
    )


def test_it_drafts_a_paper_with_what_is_missing_and_never_signs(router: Router) -> None:
    drafted = called(router, "draft", case=MAILBOX, document="mla_request")
    made = router.draft(MAILBOX, document="mla_request")
    assert drafted["text"] == router.written(made).decode()
    assert [item["key"] for item in drafted["missing"]] == [item.key for item in made.missing]
    assert "mla_request" in {paper["document"] for paper in drafted["papers"]}
    told = called(router, "draft", case=MAILBOX, document="mla_request", answers={"file_no": "12/2026"})
    assert "file_no" not in {item["key"] for item in told["missing"]} and "12/2026" in told["text"]
    assert "goes with no step" in faults(router, "draft", case=MAILBOX, document="epoc")[0]["message"]
    asked_by_none = faults(router, "draft", case=MAILBOX, answers={"file_mo": "12/2026"})[0]
    assert "is asked for by no paper" in asked_by_none["message"] and "file_no" in asked_by_none["fix"]


def test_it_tells_the_facts_and_asks_the_next_question(router: Router) -> None:
    facts = called(router, "facts", words="dual criminality")["facts"]
    assert "dual_criminality" in {fact["id"] for fact in facts}
    question = called(router, "next_question", as_of="2026-11-24")["question"]
    assert question["fact"] == "danger"
    answers = [{"fact": "danger", "value": ["none"], "need": question["need"]}]
    assert called(router, "next_question", as_of="2026-11-24", answers=answers)["question"]["fact"] == "kind"


def test_a_fault_comes_back_in_the_same_words(router: Router) -> None:
    assert faults(router, "route", case={"needs": "x"})[0]["message"] == "`x` is not a measure"
    assert "is not a pathway" in faults(router, "explain", case=MAILBOX, pathway="nothing")[0]["message"]


@pytest.mark.parametrize(
    ("tool", "given", "said"),
    [
        ("route", {}, "`case` is missing"),
        ("route", {"case": "hello"}, "`case` has to be an object of names and values"),
        ("route", {"case": MAILBOX, "as_of": 20261124}, "`as_of` has to be text"),
        ("law_between", {"state": ["KEN"], "other_state": "FRA", "as_of": "x"}, "`state` has to be text"),
        ("law_who", {"state": "KEN", "as_of": "2026-11-24", "day": 1}, "`day` is not known here"),
        ("explain", {"case": MAILBOX, "why_not": "maybe"}, "`why_not` has to be true or false"),
        ("next_question", {"answers": "x"}, "`answers` has to be a list"),
        ("next_question", {"answers": [{"value": []}]}, "`answers[0].fact` is missing"),
        ("draft", {"case": MAILBOX, "answers": []}, "`answers` has to be an object of names and values"),
        ("decide", {}, "`decide` is not a tool"),
    ],
)
def test_what_is_sent_in_another_shape_is_told_in_our_words(
    router: Router, tool: str, given: dict[str, Any], said: str
) -> None:
    told = faults(router, tool, **given)
    assert told[0]["message"] == said
    assert all("pydantic" not in each["message"] and each["fix"] for each in told)


def test_each_tool_says_what_it_answers(router: Router) -> None:
    async def schemas(client: Client) -> dict[str, Any]:
        return {tool.name: tool.output_schema for tool in (await client.list_tools()).tools}

    for name, schema in using(router, schemas).items():
        assert schema and schema.get("properties") and schema.get("description"), name
        assert schema.get("additionalProperties") is not True, name


def test_half_a_character_is_told_and_ends_no_tool(router: Router) -> None:
    for tool, given in (
        ("law_between", {"state": "KEN", "other_state": "\ud800", "as_of": "2026-11-24"}),
        ("route", {"case": MAILBOX, "as_of": "2026\ud800"}),
        ("next_question", {"case": {**MAILBOX, "state": "\ud800"}}),
        ("facts", {"words": "\ud800"}),
    ):
        answer = answered(router, tool, **given)
        assert "\ud800" not in json.dumps(answer.structured_content, ensure_ascii=False)
        assert answer.is_error == (tool != "facts")
