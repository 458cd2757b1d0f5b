"""The questions of a case, one a page, and the whole form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, Response

from routing.core.domain import SAYS_OF_KIND
from routing.core.errors import CaseProblems, Problem, Problems
from routing.serve.cases import Cases, today_written
from routing.serve.form import case_of, fields, needs_of, spread, with_unasked
from routing.serve.shown import Pages
from routing.serve.store import CaseDraft
from routing.serve.visit import Visits, answer_of, form_of, go, text_of, values_of


def ask_pages(cases: Cases, visits: Visits, pages: Pages) -> APIRouter:
    """The addresses under `/ask` and `/form`."""
    api = APIRouter(include_in_schema=False)
    router = cases.router

    @api.get("/ask/{name}")
    def ask(request: Request, name: str) -> Response:
        return asking(request, name, visits.draft(request, name))

    def asking(
        request: Request,
        name: str,
        draft: CaseDraft,
        typed: tuple[str, ...] = (),
        faults: tuple[Problem, ...] = (),
    ) -> Response:
        """The question that is next, or the same again with what was typed and the faults in it."""
        with cases.lock:
            state = cases.state(draft)
            interview, question = state.interview, state.question
        if question is None:
            if interview.without_plan():
                return pages.show(request, "stuck", name=name, why=interview.without_plan())
            return go(f"/plan/{name}")
        return pages.show(
            request,
            "ask",
            422 if faults else 200,
            name=name,
            question=question,
            number=draft.number,
            plan=not interview.without_plan(),
            notes=() if faults else interview.notes,
            first=draft.number == 1,
            states=cases.states,
            typed=typed or draft.taken_back(question.fact, question.need),
            faults=faults,
        )

    @api.post("/ask/{name}")
    async def answer(request: Request, name: str) -> Response:
        draft, form = visits.draft(request, name), await form_of(request)
        if text_of(form, "do") == "back":
            return go(f"/ask/{visits.keep(request, draft.back())}")
        answered = draft.with_answer(text_of(form, "fact"), answer_of(form), text_of(form, "need"))
        try:
            await run_in_threadpool(cases.state, answered)
        except CaseProblems as error:
            faults = tuple(error.problems)
            return await run_in_threadpool(asking, request, name, draft, values_of(form), faults)
        return go(f"/ask/{visits.keep(request, answered)}")

    @api.get("/form")
    def blank(request: Request) -> HTMLResponse:
        return whole(request, {"as_of": today_written(), "needs": [{}]}, "")

    @api.get("/form/{name}")
    def filled(request: Request, name: str) -> HTMLResponse:
        draft = visits.draft(request, name)
        with cases.lock:
            data = spread(router.rulebook, cases.state(draft).interview.data())
        return whole(request, {**data, "needs": [*data["needs"], {}]}, name)

    def whole(
        request: Request, data: Mapping[str, Any], name: str, faults: tuple[Problem, ...] = ()
    ) -> HTMLResponse:
        return pages.show(
            request,
            "form",
            422 if faults else 200,
            name=name,
            data=data,
            faults=faults,
            of_case=fields(router.rulebook, "case"),
            of_need=fields(router.rulebook, "need"),
            measures=[(measure.id, measure.name) for measure in router.rulebook.measures.values()],
            kinds=SAYS_OF_KIND,
            states=cases.states,
        )

    @api.post("/form")
    async def take(request: Request) -> Response:
        return await draft_of(request, "")

    @api.post("/form/{name}")
    async def resaid(request: Request, name: str) -> Response:
        return await draft_of(request, name)

    async def draft_of(request: Request, name: str) -> Response:
        form = await form_of(request)
        data = case_of(router.rulebook, form)
        of_case = ""
        if name:
            old = visits.draft(request, name)
            before = await run_in_threadpool(cases.interview, old)
            data, of_case = with_unasked(router.rulebook, data, before.data()), old.case
        draft = CaseDraft(str(data.get("as_of") or today_written()), data, case=of_case)
        try:
            await run_in_threadpool(cases.router.read, data, "the form", None)
            interview = await run_in_threadpool(cases.interview, draft)
        except Problems as error:
            shown = {**data, "needs": [*needs_of(router.rulebook, form), {}]}
            return await run_in_threadpool(whole, request, shown, name, tuple(error.problems))
        return go(f"/{'ask' if interview.without_plan() else 'plan'}/{visits.keep(request, draft)}")

    return api
