"""The interface for programs: the library over HTTP, described by OpenAPI, with no state on the server."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from contextlib import AbstractContextManager
from http import HTTPStatus
from threading import RLock
from typing import Annotated, Any, TypeVar

from fastapi import FastAPI, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute
from pydantic.json_schema import models_json_schema
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import ASGIApp

from routing.core.errors import LimitReached, NoAnswer, Problem, Problems
from routing.core.records import asdict
from routing.core.strict_json import read_json
from routing.json_schema import case_schema
from routing.library import Router
from routing.library.comparison import Comparison
from routing.model.asking import FactList, Health, InterviewStep
from routing.model.law import BetweenStates, InstrumentShown, ProvisionShown, StandingGiven
from routing.model.plan import Plan
from routing.model.reaching import StateProfile, WhoReceives
from routing.model.reasons import DifferenceGiven, LawDeltaGiven, Sides, Why, WhyNotGiven
from routing.opened import Router as Opened
from routing.papers.drafting import Desk
from routing.rulebook.model import Rulebook
from routing.serve.asked import (
    Asked,
    AskedDays,
    AskedDraft,
    AskedRoute,
    AskedStep,
    AskedText,
    AskedWhatIf,
    AskedWhy,
    AskedWhyNot,
    Day,
    Fault,
    PaperOfStep,
    Pathway,
    ProblemDetails,
)
from routing.serve.gate import Gate
from routing.serve.steps import fact_list, given, next_step, papers_of_plan, standing_data
from routing.serve.store import Store
from routing.serve.warm import warm
from routing.serve.wrongly_sent import wrongly_sent
from routing.version import VERSION

PROBLEM = "application/problem+json"
TYPES = {"md": "text/markdown", "html": "text/html"}
State = Annotated[
    str, Query(max_length=80, description="A State: its name or ISO 3166 code.", examples=["CAN"])
]
Answer = TypeVar("Answer")
FAULTS = (400, 401, 403, 404, 413, 422, 500)
"""The statuses of faults, of which every address can answer with any."""
MESSAGES = {
    400: (
        "what was sent cannot be read",
        "send one JSON object in UTF-8, not nested hundreds of levels deep",
    ),
    404: ("there is nothing at this address", "see /openapi.json"),
    405: ("this address is not asked in this way", "see /openapi.json"),
}
"""The message of a status that the service itself gives, and its cure."""
STRANGER = "no key was sent, or a wrong one"
FIX = "send `Authorization: Bearer` and the key that `routing serve --api` printed"


def interface(opened: Opened, key: str, port: int | None = None) -> ASGIApp:
    """The interface. key: the bearer token. port: the port served on."""
    lock = RLock()
    if port is not None:
        warm(opened, lock, lambda: None)
    return Gate(application(opened, lock), Store(), key, port, refused, STRANGER)


def refused(status: int, words: str) -> tuple[str, str]:
    """A refusal of the gate as problem details."""
    fault = Fault(message=words.rstrip("."), fix=FIX if status == HTTPStatus.UNAUTHORIZED else None)
    return PROBLEM, _problem(status, [fault]).model_dump_json()


def application(opened: Opened, lock: AbstractContextManager[object] | None = None) -> FastAPI:
    """The interface without its gate. lock: of the engine, which works for one caller at a time."""
    router, held = Router(opened), lock or RLock()
    app = FastAPI(
        title="Cooperation routing",
        version=VERSION,
        description="Which channel of international cooperation, in which order, on what legal basis.",
        docs_url=None,
        redoc_url=None,
    )
    app.router.route_class = _Strict
    app.openapi = lambda: _described(app, opened.rulebook)  # type: ignore[method-assign] # as FastAPI documents it

    def locked(work: Callable[[], Answer]) -> Answer:
        with held:
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

    @app.post("/papers")
    def papers(asked: Asked) -> list[PaperOfStep]:
        """The papers that go with each step of the plan."""
        return locked(lambda: papers_of_plan(Desk(asked.case, opened, asked.as_of)))

    @app.post("/draft", response_class=PlainTextResponse)
    def draft(asked: AskedDraft) -> PlainTextResponse:
        """The draft of a paper, with what is missing first."""
        made = locked(
            lambda: router.draft(asked.case, asked.step, asked.document, dict(asked.answers), asked.as_of)
        )
        text = router.written(made, asked.form).decode()
        return PlainTextResponse(text, media_type=TYPES[asked.form])

    @app.post("/why")
    def why(asked: AskedWhy) -> Why:
        """The chain from facts through rules to a pathway; null where it is not in the plan."""
        reason = locked(lambda: router.why(asked.case, asked.pathway, asked.need, asked.as_of))
        return given(Why, {"why": reason.data() if reason else None})

    @app.post("/why-not")
    def why_not(asked: AskedWhyNot) -> WhyNotGiven:
        """What stands in the way of a pathway, and the least that would change that."""
        answer = locked(lambda: router.why_not(asked.case, asked.pathway, asked.need, asked.as_of))
        return given(WhyNotGiven, answer.data())

    @app.post("/what-if")
    def what_if(asked: AskedWhatIf) -> Sides:
        """The plan beside the plan with other facts."""
        return _sides(locked(lambda: router.what_if(asked.case, asked.settings, asked.as_of)))

    @app.post("/compare")
    def compare(asked: AskedDays) -> Sides:
        """The plan on two days."""
        return _sides(locked(lambda: router.compare(asked.case, asked.first, asked.second)))

    @app.post("/interview")
    def interview(asked: AskedStep) -> InterviewStep:
        """The next question, the case so far, and whether it can be routed."""
        step = locked(lambda: next_step(router, asked.case, asked.answers, asked.as_of))
        return given(InterviewStep, step)

    @app.get("/facts")
    def facts(
        words: Annotated[
            str, Query(max_length=200, description="Words that all of them hold; everything without.")
        ] = "",
    ) -> FactList:
        """The facts that a case can state, and the measures."""
        return given(FactList, fact_list(router.rulebook, words))

    @app.get("/law/between")
    def between(
        a: State,
        b: State,
        as_of: Day,
        everything: Annotated[bool, Query(description="Tell also what does not bind them.")] = False,
    ) -> BetweenStates:
        """What ties two States on a day."""
        return given(BetweenStates, router.between(a, b, as_of, everything))

    @app.get("/law/standing")
    def standing(
        instrument: Annotated[str, Query(max_length=80, description="Id of an instrument.")],
        state: State,
        as_of: Day,
    ) -> StandingGiven:
        """What an instrument is to a State on a day, and where that is known from."""
        if instrument not in router.law.instruments:
            raise Problems.of(f"`{instrument}` is not an instrument")
        return given(StandingGiven, standing_data(router.law, router.standing(instrument, state, as_of)))

    @app.get("/law/who", response_model_exclude_unset=True)
    def who(
        state: State,
        as_of: Day,
        pathway: Annotated[
            str | None, Query(max_length=100, description=f"{Pathway}; every kind of help without.")
        ] = None,
        asking: Annotated[
            str | None, Query(max_length=80, description="The State that asks; any State without.")
        ] = None,
    ) -> WhoReceives:
        """How the authorities of a State are reached."""
        return given(WhoReceives, router.who(state, as_of, pathway, asking))

    @app.get("/law/state")
    def state(state: State, as_of: Day) -> StateProfile:
        """What is known of a State and changes a route, gaps included."""
        return given(StateProfile, router.state(state, as_of))

    @app.get("/law/show", response_model_exclude_unset=True)
    def show(
        reference: Annotated[
            str,
            Query(
                max_length=100,
                description="An instrument by id or short name, or that and an article.",
            ),
        ],
    ) -> InstrumentShown | list[ProvisionShown]:
        """An instrument, or the provisions of an article."""
        shown = router.show(reference)
        if isinstance(shown, dict):
            return given(InstrumentShown, shown)
        return [given(ProvisionShown, each) for each in shown]

    @app.get("/health")
    def health() -> Health:
        """Whether it answers, and with which rules."""
        return Health(status="ok", version=VERSION, rules=router.rulebook.hash[:16])

    app.add_exception_handler(Problems, _faults)
    app.add_exception_handler(NoAnswer, _no_answer)
    app.add_exception_handler(RequestValidationError, _not_as_described)
    app.add_exception_handler(HTTPException, _http)
    return app


class _StrictBody(Request):
    """A call whose body gives every name once."""

    async def json(self) -> Any:
        return read_json(await self.body())


class _Strict(APIRoute):
    """An address that reads bodies so."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        answer = super().get_route_handler()

        async def strictly(request: Request) -> Response:
            return await answer(_StrictBody(request.scope, request.receive))

        return strictly


def _sides(comparison: Comparison) -> Sides:
    return Sides(
        before=comparison.before,
        after=comparison.after,
        differences=tuple(given(DifferenceGiven, asdict(each)) for each in comparison.differences),
        law=tuple(given(LawDeltaGiven, asdict(each)) for each in comparison.law),
    )


def _described(app: FastAPI, rulebook: Rulebook) -> dict[str, Any]:
    """The description of the interface, with what a case can say and how a fault and the key are sent."""
    if app.openapi_schema is None:
        schema = get_openapi(
            title=app.title, version=app.version, description=app.description, routes=app.routes
        )
        parts = schema["components"]
        for name, model_schema in models_json_schema(
            [(ProblemDetails, "serialization")], ref_template="#/components/schemas/{model}"
        )[1]["$defs"].items():
            parts["schemas"][name] = model_schema
        parts["schemas"]["CaseFile"] = {
            name: node for name, node in case_schema(rulebook).items() if name != "$schema"
        }
        parts["securitySchemes"] = {"key": {"type": "http", "scheme": "bearer"}}
        schema["security"] = [{"key": []}]
        fault = {PROBLEM: {"schema": {"$ref": "#/components/schemas/ProblemDetails"}}}
        for path, methods in schema["paths"].items():
            for described in methods.values():
                for code in FAULTS:
                    described["responses"][str(code)] = {
                        "description": HTTPStatus(code).phrase,
                        "content": fault,
                    }
                if path == "/health":
                    described["security"] = []
        for unused in ("HTTPValidationError", "ValidationError"):
            parts["schemas"].pop(unused, None)
        app.openapi_schema = schema
    return app.openapi_schema


def _problem(status: int, problems: list[Fault]) -> ProblemDetails:
    detail = "; ".join(f"{item.message} ({item.fix})" if item.fix else item.message for item in problems)
    return ProblemDetails(title=HTTPStatus(status).phrase, status=status, detail=detail, problems=problems)


def _details(status: int, problems: list[Fault]) -> Response:
    return JSONResponse(_problem(status, problems).model_dump(), status, media_type=PROBLEM)


def _faults(request: Request, error: Exception) -> Response:
    assert isinstance(error, Problems)
    status = 413 if isinstance(error, LimitReached) else 422
    return _details(
        status, [Fault(message=item.message, line=item.line or None, fix=item.fix) for item in error.problems]
    )


def _no_answer(request: Request, error: Exception) -> Response:
    return _details(500, [Fault(message=Problem(str(error)).message)])


def _not_as_described(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    messages = wrongly_sent(error.errors())
    return _details(422, [Fault(message=Problem(text).message, fix="see /openapi.json") for text in messages])


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if isinstance(error.__cause__, Problems):
        return _faults(request, error.__cause__)
    message, fix = MESSAGES.get(error.status_code, (str(error.detail), None))
    answer = _details(error.status_code, [Fault(message=message, fix=fix)])
    answer.headers.update(error.headers or {})
    return answer
