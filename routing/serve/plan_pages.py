"""The plan of a case on a page, what a changed fact makes of it, and what it can be saved as."""

from __future__ import annotations

from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, Response

from routing.analyse.interview import Interview
from routing.core.errors import CaseProblems, Problem
from routing.core.limits import limited
from routing.core.records import replace
from routing.explain.why_not import why_not
from routing.opened import Router
from routing.plan.build import findings_of
from routing.render import rendered
from routing.render.sections import sections
from routing.serve.cases import Cases, FactRow, today_written
from routing.serve.shown import Pages
from routing.serve.store import Answered, CaseDraft
from routing.serve.visit import Lost, Visits, answer_of, form_of, go, text_of, values_of

FILES = {
    "case.yaml": "application/yaml",
    "plan.md": "text/markdown",
    "plan.txt": "text/plain",
    "plan.json": "application/json",
    "plan.ics": "text/calendar",
    "plan.mmd": "text/plain",
    "receipt.json": "application/json",
}
"""What a case can be saved as, with the type of each file."""
FORMS = {"md": "markdown", "txt": "text", "json": "json", "ics": "ics", "mmd": "mermaid"}


def plan_pages(cases: Cases, visits: Visits, pages: Pages) -> APIRouter:
    """The addresses of a plan."""
    api = APIRouter(include_in_schema=False)
    router = cases.router

    @api.get("/plan/{name}")
    def plan(request: Request, name: str) -> Response:
        return of_plan(request, name, visits.draft(request, name))

    @api.get("/shared/{name}")
    def shared(request: Request, name: str) -> Response:
        draft = visits.draft(request, name)
        with cases.lock:
            bare = CaseDraft(draft.day, cases.without_names(cases.state(draft).interview.data()))
        return of_plan(request, name, bare, shared=True)

    def of_plan(
        request: Request,
        name: str,
        draft: CaseDraft,
        shared: bool = False,
        typed: Answered | None = None,
        faults: tuple[Problem, ...] = (),
    ) -> Response:
        """The page of a plan. typed, faults: a change that could not be read, and why."""
        with cases.lock:
            state = cases.state(draft)
            interview, made = state.interview, state.plan
            if made is None:
                return go(f"/ask/{name}")
            open_question = None if shared else state.question
            shut = {} if shared else state.shut
        now = today_written()
        rows = () if shared else tuple(cases.rows(interview, made))
        called = cases.called(made)
        return pages.show(
            request,
            "plan",
            422 if faults else 200,
            name=name,
            page=sections(made, cases.words, called),
            plan=made,
            heading=made.title or cases.heading(made),
            called=called,
            rows=tuple(_as_typed(row, typed) for row in rows),
            typed=typed,
            faults=faults,
            others=cases.other_channels(made),
            shared=shared,
            more=open_question,
            left_out=() if shared else interview.left_out(),
            states=cases.states,
            shut=shut,
            later="" if shared or made.as_of.isoformat() >= now else now,
        )

    @api.post("/plan/{name}")
    async def change(request: Request, name: str) -> Response:
        draft, form = visits.draft(request, name), await form_of(request)
        fact, need = text_of(form, "fact"), text_of(form, "need")
        changed = draft.with_answer(fact, answer_of(form), need)
        try:
            await run_in_threadpool(cases.state, changed)
        except CaseProblems as error:
            typed = Answered(fact, values_of(form), need)
            return await run_in_threadpool(of_plan, request, name, draft, False, typed, error.problems)
        return go(f"/changed/{name}/{visits.keep(request, changed)}")

    @api.post("/plan/{name}/today")
    def on_today(request: Request, name: str) -> Response:
        """The same case on the present day; the plan as it was stays where it is."""
        draft, now = visits.draft(request, name), today_written()
        file = {**draft.file, "as_of": now} if "as_of" in draft.file else draft.file
        return go(f"/plan/{visits.keep(request, replace(draft, day=now, file=file))}")

    @api.get("/changed/{name}/{changed}")
    def side_by_side(request: Request, name: str, changed: str) -> Response:
        draft = visits.draft(request, changed)
        with cases.lock:
            before, after = cases.state(visits.draft(request, name)).plan, cases.state(draft).plan
        if before is None or after is None:
            return go(f"/ask/{changed}")
        last, called = draft.answers[-1], (cases.called(before), cases.called(after))
        return pages.show(
            request,
            "changed",
            name=name,
            changed=changed,
            asks=cases.asks(last.fact),
            value=last.value if isinstance(last.value, str) else ", ".join(last.value),
            before=sections(before, cases.words, called[0]),
            after=sections(after, cases.words, called[1]),
            changes=cases.changes(before, after),
            called=called,
            many=len(before.needs) > 1 or len(after.needs) > 1,
        )

    @api.get("/plan/{name}/why-not")
    def against(request: Request, name: str, pathway: str, need: str) -> HTMLResponse:
        with cases.lock, limited(router.limits):
            interview = cases.state(visits.draft(request, name)).interview
            case = interview.case
            if case is None or need not in {item.id for item in case.needs}:
                raise Lost
            if pathway not in router.rulebook.pathways:
                raise Lost
            answer = why_not(case, need, pathway, router.judge, router.law, interview.day)
        return pages.show(
            request, "why_not", name=name, channel=router.rulebook.pathways[pathway], answer=answer
        )

    @api.get("/plan/{name}/why")
    def reasons(request: Request, name: str, pathway: str, need: str) -> HTMLResponse:
        from routing.explain.why import why

        with cases.lock, limited(router.limits):
            interview = cases.state(visits.draft(request, name)).interview
            case = interview.case
            stated = next((item for item in case.needs if item.id == need), None) if case else None
            if case is None or stated is None or pathway not in router.rulebook.pathways:
                raise Lost
            findings, _, _ = findings_of(case, stated, router.judge, router.law, interview.day)
            reason = why(findings, router.law, pathway)
        channel = router.rulebook.pathways[pathway]
        return pages.show(request, "why", name=name, channel=channel, reason=reason)

    @api.get("/plan/{name}/picture.svg")
    def picture(request: Request, name: str) -> Response:
        with cases.lock:
            made = cases.state(visits.draft(request, name)).plan
        if made is None:
            raise Lost
        return Response(rendered(made, router, "svg"), media_type="image/svg+xml")

    @api.get("/plan/{name}/{file}")
    def saved(request: Request, name: str, file: str) -> Response:
        if file not in FILES:
            raise Lost
        draft = visits.draft(request, name)
        with cases.lock:
            state = cases.state(draft)
            if file == "case.yaml":
                text = state.interview.file_text()
            else:
                made = state.plan
                if made is None:
                    raise Lost
                text = (
                    _receipt(state.interview, router)
                    if file == "receipt.json"
                    else rendered(made, router, FORMS[file.rpartition(".")[2]])
                )
        headers = {"content-disposition": f"attachment; filename*=UTF-8''{quote(file)}"}
        return Response(text, media_type=FILES[file], headers=headers)

    return api


def _receipt(interview: Interview, router: Router) -> str:
    from routing.receipt import receipt_text

    assert interview.case is not None
    return receipt_text(interview.case, router, interview.day)[1]


def _as_typed(row: FactRow, typed: Answered | None) -> FactRow:
    """A fact as it was typed, where that is the change that could not be read."""
    if typed is None or (row.fact.id, row.need) != (typed.fact, typed.need):
        return row
    return FactRow(row.need, row.fact, ", ".join(typed.value), row.stated)
