"""The interface for programs: the library over HTTP, described by OpenAPI, with no state on the server."""

from __future__ import annotations

import json
from collections.abc import Callable
from http import HTTPStatus
from threading import RLock
from typing import Annotated, Any, Literal, TypeVar

from fastapi import FastAPI, Query, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import ASGIApp

from routing.api import Router as Opened
from routing.core.errors import LimitReached, NoAnswer, Problems
from routing.core.records import Record, asdict
from routing.library import Router
from routing.model.plan import Plan
from routing.serve.gate import Gate
from routing.serve.steps import MOST_ANSWERS, Reply, fact_list, next_step
from routing.serve.store import Store
from routing.version import VERSION

PROBLEM = "application/problem+json"
MOST_SETTINGS = 50
Answer = TypeVar("Answer")
Day = Annotated[str, Field(max_length=20, description="A day, year-month-day.", examples=["2026-11-24"])]
State = Annotated[
    str, Query(max_length=80, description="A State: its name or ISO 3166 code.", examples=["CAN"])
]
CaseFile = Annotated[
    dict[str, Any],
    Field(description="A case as a case file says it; `routing schema case` gives its schema."),
]


class Asked(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    case: CaseFile
    as_of: Day | None = None


class AskedRoute(Asked):
    """A case to route. strict_dates: take what a list last showed as not known of the days after it."""

    strict_dates: bool = False


class AskedWhy(Asked):
    """A pathway to explain. pathway: by id, name or usual word; the main step without. need: its id."""

    pathway: Annotated[str | None, Field(max_length=100)] = None
    need: Annotated[str | None, Field(max_length=100)] = None


class AskedWhyNot(Asked):
    """A pathway that is not the answer. pathway: by id, name or usual word. need: its id."""

    pathway: Annotated[str, Field(max_length=100)]
    need: Annotated[str | None, Field(max_length=100)] = None


class AskedWhatIf(Asked):
    """Facts to set, each as `fact=value`, `need.fact=value` or `ties.instrument=in_force`."""

    settings: Annotated[list[Annotated[str, Field(max_length=300)]], Field(max_length=MOST_SETTINGS)]


class AskedDays(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    case: CaseFile
    first: Day
    second: Day


class AskedStep(BaseModel):
    """What is known of a case, and the answers since. The server remembers nothing between two steps."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    case: CaseFile | None = None
    as_of: Day | None = None
    answers: Annotated[list[Reply], Field(max_length=MOST_ANSWERS)] = []


class AskedText(Asked):
    form: Literal["text", "markdown", "mermaid", "svg", "ics"] = "text"


class Fault(BaseModel):
    """One fault: what is wrong, where, and what to do about it."""

    said: str
    line: int | None = None
    fix: str | None = None


class ProblemDetails(BaseModel):
    """A fault as RFC 9457 has it."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    problems: list[Fault] = []


FAULTS: dict[int | str, dict[str, Any]] = {
    code: {"description": HTTPStatus(code).phrase, "model": ProblemDetails}
    for code in (400, 401, 403, 413, 422, 500)
}


def interface(opened: Opened, key: str, port: int | None = None) -> ASGIApp:
    """The interface. key: the bearer token. port: the port served on."""
    return Gate(application(opened), Store(), key, port)


def application(opened: Opened) -> FastAPI:
    """The interface without its gate."""
    router, lock = Router(opened), RLock()
    app = FastAPI(
        title="Cooperation routing",
        version=VERSION,
        description="Which channel of international cooperation, in which order, on what legal basis.",
        responses=FAULTS,
        docs_url=None,
        redoc_url=None,
    )

    def locked(work: Callable[[], Answer]) -> Answer:
        """The engine works for one caller at a time."""
        with lock:
            return work()

    @app.post("/route")
    def route(asked: AskedRoute) -> Plan:
        """The plan for a case."""
        return locked(lambda: router.route(asked.case, asked.as_of, asked.strict_dates))

    @app.post("/document", response_class=PlainTextResponse)
    def document(asked: AskedText) -> PlainTextResponse:
        """The plan for a case as text, Markdown, a picture or calendar entries."""
        return PlainTextResponse(
            locked(lambda: router.render(router.route(asked.case, asked.as_of), asked.form))
        )

    @app.post("/why")
    def why(asked: AskedWhy) -> dict[str, Any]:
        """The chain from facts through rules to a pathway; null where it is not in the plan."""
        reason = locked(lambda: router.why(asked.case, asked.pathway, asked.need, asked.as_of))
        return {"why": reason.data() if reason else None}

    @app.post("/why-not")
    def why_not(asked: AskedWhyNot) -> dict[str, Any]:
        """What stands in the way of a pathway, and the least that would change that."""
        return locked(lambda: router.why_not(asked.case, asked.pathway, asked.need, asked.as_of)).data()

    @app.post("/what-if")
    def what_if(asked: AskedWhatIf) -> dict[str, Any]:
        """The plan beside the plan with other facts."""
        return _sides(locked(lambda: router.what_if(asked.case, asked.settings, asked.as_of)))

    @app.post("/compare")
    def compare(asked: AskedDays) -> dict[str, Any]:
        """The plan on two days."""
        return _sides(locked(lambda: router.compare(asked.case, asked.first, asked.second)))

    @app.post("/interview")
    def interview(asked: AskedStep) -> dict[str, Any]:
        """The next question, the case so far, and whether it can be routed."""
        return locked(lambda: next_step(router, asked.case, asked.answers, asked.as_of))

    @app.get("/facts")
    def facts(words: Annotated[str, Query(max_length=200)] = "") -> dict[str, Any]:
        """The facts that a case can state, and the measures."""
        return fact_list(router.rulebook, words)

    @app.get("/law/between")
    def between(a: State, b: State, as_of: Day, everything: bool = False) -> dict[str, Any]:
        """What ties two States on a day."""
        return router.between(a, b, as_of, everything)

    @app.get("/law/standing")
    def standing(
        instrument: Annotated[str, Query(max_length=80)], state: State, as_of: Day
    ) -> dict[str, Any]:
        """What an instrument is to a State on a day, and where that is known from."""
        if instrument not in router.law.instruments:
            raise Problems.of(f"`{instrument}` is not an instrument")
        return _plain(router.standing(instrument, state, as_of))

    @app.get("/law/who")
    def who(
        state: State,
        as_of: Day,
        pathway: Annotated[str | None, Query(max_length=100)] = None,
        asking: Annotated[str | None, Query(max_length=80)] = None,
    ) -> dict[str, Any]:
        """How the authorities of a State are reached."""
        return router.who(state, as_of, pathway, asking)

    @app.get("/law/state")
    def state(state: State, as_of: Day) -> dict[str, Any]:
        """What is known of a State and changes a route, gaps included."""
        return router.state(state, as_of)

    @app.get("/law/show")
    def show(reference: Annotated[str, Query(max_length=100)]) -> Any:
        """An instrument, or the provisions of an article."""
        return router.show(reference)

    @app.get("/health")
    def health() -> dict[str, str]:
        """Whether it answers, and with which rules."""
        return {"status": "ok", "version": VERSION, "rules": router.rulebook.hash[:16]}

    app.add_exception_handler(Problems, _faults)
    app.add_exception_handler(NoAnswer, _no_answer)
    app.add_exception_handler(RequestValidationError, _not_as_described)
    app.add_exception_handler(HTTPException, _http)
    return app


def _sides(comparison: Any) -> dict[str, Any]:
    return {
        "before": comparison.before.model_dump(mode="json", by_alias=True),
        "after": comparison.after.model_dump(mode="json", by_alias=True),
        "differences": [_plain(item) for item in comparison.differences],
        "law": [_plain(item) for item in comparison.law],
    }


def _plain(record: Record) -> dict[str, Any]:
    """A record as JSON has it, days as text."""
    data: dict[str, Any] = json.loads(json.dumps(asdict(record), default=str))
    return data


def _details(status: int, problems: list[Fault]) -> Response:
    detail = " ".join(f"{item.said} ({item.fix})" if item.fix else item.said for item in problems)
    body = ProblemDetails(title=HTTPStatus(status).phrase, status=status, detail=detail, problems=problems)
    return JSONResponse(body.model_dump(), status, media_type=PROBLEM)


def _faults(request: Request, error: Exception) -> Response:
    assert isinstance(error, Problems)
    status = 413 if isinstance(error, LimitReached) else 422
    return _details(status, [Fault(said=item.said, line=item.line, fix=item.fix) for item in error.problems])


def _no_answer(request: Request, error: Exception) -> Response:
    return _details(500, [Fault(said=str(error))])


def _not_as_described(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    said = [f"{'.'.join(map(str, item['loc']))}: {item['msg']}" for item in error.errors()]
    return _details(422, [Fault(said=text, fix="see /openapi.json") for text in said])


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return _details(error.status_code, [Fault(said=str(error.detail))])
