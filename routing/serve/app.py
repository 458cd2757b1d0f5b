"""The application: pages, look-ups and, for programs, the interface."""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, Response
from starlette.types import ASGIApp

from routing.core.errors import LimitReached, NoAnswer, Problem, Problems
from routing.opened import Router
from routing.serve.ask_pages import ask_pages
from routing.serve.cases import Cases
from routing.serve.gate import Gate
from routing.serve.law_pages import law_pages
from routing.serve.paper_pages import paper_pages
from routing.serve.plan_pages import plan_pages
from routing.serve.shown import Pages
from routing.serve.start_pages import start_pages
from routing.serve.store import Store
from routing.serve.visit import Lost, Visits
from routing.serve.warm import warm

STATIC = Path(__file__).parent / "static"
UNREADABLE = "the address cannot be read; go back and follow the link again"
UNREADABLE_FORM = "what was sent cannot be read; go back and send it again"
UNKNOWN_WAY = "this address is not meant to be used so; go back and follow the link again"
ASSETS = {"app.css": "text/css", "app.js": "text/javascript", "icon.svg": "image/svg+xml"}


def page(router: Router, key: str, port: int | None = None) -> ASGIApp:
    """The page for one person. key: the secret of its address. port: the port served on; None in tests."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    cases, store = Cases(router), Store()
    pages = Pages(cases.words)

    @app.get("/static/{name}")
    def asset(name: str) -> Response:
        if name not in ASSETS:
            raise HTTPException(404)
        return FileResponse(STATIC / name, media_type=ASSETS[name])

    @app.get("/health")
    def health() -> dict[str, str]:
        return {"status": "ok"}

    @app.exception_handler(Problems)
    def faults(request: Request, error: Problems) -> Response:
        status = 413 if isinstance(error, LimitReached) else 422
        return pages.show(request, "fault", status, problems=error.problems)

    @app.exception_handler(RequestValidationError)
    def not_as_asked(request: Request, error: RequestValidationError) -> Response:
        problems = [
            Problem(f"the address lacks `{item['loc'][-1]}`" if item["type"] == "missing" else UNREADABLE)
            for item in error.errors()
        ]
        return pages.show(request, "fault", 422, problems=problems)

    @app.exception_handler(NoAnswer)
    def no_answer(request: Request, error: NoAnswer) -> Response:
        return pages.show(request, "fault", 500, problems=(Problem(str(error)),))

    @app.exception_handler(Lost)
    def lost(request: Request, error: Lost) -> Response:
        return pages.show(request, "lost", 404)

    @app.exception_handler(HTTPException)
    def missing(request: Request, error: HTTPException) -> Response:
        if error.status_code == 404:
            return pages.show(request, "lost", 404)
        problems = (Problem(UNKNOWN_WAY if error.status_code == 405 else UNREADABLE_FORM),)
        shown = pages.show(request, "fault", error.status_code, problems=problems)
        shown.headers.update(error.headers or {})
        return shown

    visits = Visits(store)
    app.include_router(law_pages(cases, pages))
    for under in (start_pages, ask_pages, paper_pages, plan_pages):
        app.include_router(under(cases, visits, pages))
    if port is not None:
        warm(router, cases.lock, pages.make)
    return Gate(app, store, key, port)
