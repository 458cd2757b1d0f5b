"""The papers that carry the steps of a plan: what is missing, filled in on the page, and drafts as files."""

from __future__ import annotations

import json
from urllib.parse import quote

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from routing.papers.drafting import Desk
from routing.papers.layout import page as printed
from routing.papers.written import check_suffix, written
from routing.serve.cases import Cases
from routing.serve.pages import Lost, said
from routing.serve.shown import Pages
from routing.serve.store import Draft, Store

TYPES = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".html": "text/html",
    ".md": "text/markdown",
}


def paper_pages(cases: Cases, store: Store, pages: Pages) -> APIRouter:
    """The addresses of papers, under their plan. `a` names the answers that were given to a paper."""
    api = APIRouter(include_in_schema=False)

    def desk(request: Request, name: str) -> Desk:
        draft = store.find(request.state.session, name)
        if not isinstance(draft, Draft):
            raise Lost
        interview = cases.interview(draft)
        if interview.case is None:
            raise Lost
        return Desk(interview.case, cases.router, interview.day)

    def answers(request: Request, name: str) -> dict[str, tuple[str, ...]]:
        kept = store.find(request.state.session, name) if name else "{}"
        if not isinstance(kept, str):
            raise Lost
        given: dict[str, list[str]] = json.loads(kept)
        return {key: tuple(lines) for key, lines in given.items()}

    @api.get("/plan/{name}/papers")
    def listed(request: Request, name: str) -> HTMLResponse:
        with cases.lock:
            ready = desk(request, name)
        return pages.show(request, "papers", name=name, steps=ready.plan.steps, papers=ready.papers)

    @api.get("/plan/{name}/paper/{step}/{document}")
    def paper(request: Request, name: str, step: int, document: str, a: str = "") -> HTMLResponse:
        given = answers(request, a)
        with cases.lock:
            ready = desk(request, name)
            made = ready.draft(ready.choose(step, document), given)
        fields = [
            field
            for section in made.sections
            for field in section.fields
            if field.status in ("blank", "ticks", "answered")
        ]
        return pages.show(
            request,
            "paper",
            name=name,
            step=step,
            document=document,
            a=a,
            draft=made,
            paper=printed(made),
            fields={field.key: field for field in fields}.values(),
            given=given,
        )

    @api.post("/plan/{name}/paper/{step}/{document}")
    async def answer(request: Request, name: str, step: int, document: str) -> Response:
        form = await said(request)
        given: dict[str, list[str]] = {}
        for key in form:
            values = [item for item in form.getlist(key) if isinstance(item, str) and item.strip()]
            lines = [line.strip() for item in values for line in item.splitlines() if line.strip()]
            if lines:
                given[key] = lines
        with cases.lock:
            desk(request, name).read_answers(dict(given))
        kept = store.keep(request.state.session, json.dumps(given))
        return RedirectResponse(f"/plan/{name}/paper/{step}/{quote(document)}?a={kept}", 303)

    @api.get("/plan/{name}/paper/{step}/{document}/{suffix}")
    def saved(request: Request, name: str, step: int, document: str, suffix: str, a: str = "") -> Response:
        if f".{suffix}" not in TYPES:
            raise Lost
        if suffix == "docx":
            from pathlib import Path

            check_suffix(Path("draft.docx"))
        given = answers(request, a)
        with cases.lock:
            ready = desk(request, name)
            data = written(ready.draft(ready.choose(step, document), given), f".{suffix}")
        file = quote(f"{document}.{suffix}")
        headers = {"content-disposition": f"attachment; filename*=UTF-8''{file}"}
        return Response(data, media_type=TYPES[f".{suffix}"], headers=headers)

    return api
