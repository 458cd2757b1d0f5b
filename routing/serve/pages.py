"""The page about a case: from what happened to the plan, and what a plan can be saved as."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.responses import HTMLResponse, RedirectResponse, Response

from routing.analyse.interview import Interview
from routing.analyse.interview.opening import DANGER, KINDS, dangers, groups
from routing.core.domain import UNKNOWN
from routing.core.errors import CaseProblems, Problem, Problems
from routing.core.grouping import grouped
from routing.core.limits import limited
from routing.explain.why_not import why_not
from routing.plan.build import findings_of
from routing.plan.model import Plan
from routing.render import rendered
from routing.render.sections import sections
from routing.serve.cases import Cases, today
from routing.serve.confirmed import confirmed
from routing.serve.form import case_of, fields, needs_of, spread, with_unasked
from routing.serve.shown import Pages
from routing.serve.store import Draft, Store
from routing.serve.told import lines, readings_of
from routing.serve.wants import wants_of
from routing.yaml.tree import plain, read_bytes

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
LONGEST_STORY = 10_000


class Lost(Exception):
    """A state that is not, or no longer, in memory."""


def case_pages(cases: Cases, store: Store, pages: Pages) -> APIRouter:
    """The addresses of a case."""
    api = APIRouter(include_in_schema=False)
    router = cases.router

    def keep(request: Request, draft: Draft | str) -> str:
        return store.keep(request.state.session, draft)

    def draft_of(request: Request, name: str) -> Draft:
        draft = store.find(request.state.session, name)
        if not isinstance(draft, Draft):
            raise Lost
        return draft

    def go(path: str) -> RedirectResponse:
        return RedirectResponse(path, 303)

    def opened(draft: Draft) -> tuple[Interview, Plan | None]:
        with cases.lock:
            interview = cases.interview(draft)
            return interview, cases.plan(interview)

    # The beginning

    @api.get("/")
    def start(request: Request) -> HTMLResponse:
        by_kind = {kind: list(groups(router.rulebook, kind)) for kind in KINDS}
        return pages.show(
            request,
            "start",
            dangers=list(dangers(router.rulebook)),
            kinds=KINDS,
            groups=by_kind,
            today=today(),
        )

    @api.post("/begin")
    async def begin(request: Request) -> Response:
        form = await said(request)
        draft = Draft(_text(form, "as_of") or today())
        picked = tuple(map(str, form.getlist("danger")))
        if picked:
            draft = draft.with_answer(DANGER, picked)
        kind, _, group = _text(form, "group").partition("|")
        if kind:
            draft = draft.with_answer("kind", kind).with_answer("group", group)
        await run_in_threadpool(cases.interview, draft)
        return go(f"/ask/{keep(request, draft)}")

    @api.post("/told")
    async def tell(request: Request) -> Response:
        form = await said(request)
        return go(f"/told/{keep(request, _text(form, 'story')[:LONGEST_STORY])}")

    @api.get("/told/{name}")
    def told(request: Request, name: str) -> HTMLResponse:
        story = store.find(request.state.session, name)
        if not isinstance(story, str):
            raise Lost
        told = lines(router, story)
        meanings = readings_of(router, told)
        return pages.show(
            request,
            "told",
            story=story,
            states=[item for item in meanings if item.fact == "state"],
            wants=wants_of(router.rulebook, told),
            rest=grouped((item.asks, item) for item in meanings if item.fact != "state"),
            places=cases.states,
            today=today(),
        )

    @api.post("/confirm")
    async def confirm(request: Request) -> Response:
        form = await said(request)
        draft = confirmed(router.rulebook, Draft(_text(form, "as_of") or today()), form)
        await run_in_threadpool(cases.interview, draft)
        return go(f"/ask/{keep(request, draft)}")

    @api.post("/open")
    async def open_file(request: Request) -> Response:
        async with request.form(max_files=1) as form:
            upload = form.get("file")
            data = await upload.read() if isinstance(upload, UploadFile) else b""
        try:
            tree = plain(read_bytes(data, "your file"))
        except Problems as error:
            raise CaseProblems(error.problems) from None
        if not isinstance(tree, dict) or not tree:
            raise CaseProblems.of("this is not a case file", "your file", None, "choose the file of a case")
        draft = Draft(str(tree.get("as_of") or today()), tree)
        interview = await run_in_threadpool(cases.interview, draft)
        return go(f"/{'ask' if interview.without_plan() else 'plan'}/{keep(request, draft)}")

    # The interview and the form

    @api.get("/ask/{name}")
    def ask(request: Request, name: str) -> Response:
        draft = draft_of(request, name)
        with cases.lock:
            interview = cases.interview(draft)
            question = cases.question(interview)
        if question is None:
            if interview.without_plan():
                return pages.show(request, "stuck", name=name, why=interview.without_plan())
            return go(f"/plan/{name}")
        return pages.show(
            request,
            "ask",
            name=name,
            question=question,
            number=len(draft.answers) + 1,
            plan=not interview.without_plan(),
            notes=interview.notes,
            first=not draft.answers,
            states=cases.states,
        )

    @api.post("/ask/{name}")
    async def answer(request: Request, name: str) -> Response:
        draft, form = draft_of(request, name), await said(request)
        if _text(form, "do") == "back":
            return go(f"/ask/{keep(request, draft.back())}")
        value = _value(form)
        draft = draft.with_answer(_text(form, "fact"), value, _text(form, "need"))
        await run_in_threadpool(cases.interview, draft)
        return go(f"/ask/{keep(request, draft)}")

    @api.get("/form")
    def blank(request: Request) -> HTMLResponse:
        return whole(request, Draft(today()), {"as_of": today(), "needs": [{}]}, "")

    @api.get("/form/{name}")
    def filled(request: Request, name: str) -> HTMLResponse:
        draft = draft_of(request, name)
        with cases.lock:
            data = spread(router.rulebook, cases.interview(draft).data())
        return whole(request, draft, {**data, "needs": [*data["needs"], {}]}, name)

    def whole(
        request: Request, draft: Draft, data: Mapping[str, Any], name: str, faults: tuple[Problem, ...] = ()
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
            kinds=KINDS,
            states=cases.states,
        )

    @api.post("/form")
    async def take(request: Request) -> Response:
        return await taken(request, "")

    @api.post("/form/{name}")
    async def resaid(request: Request, name: str) -> Response:
        return await taken(request, name)

    async def taken(request: Request, name: str) -> Response:
        form = await said(request)
        data = case_of(router.rulebook, form)
        if name:
            before = await run_in_threadpool(cases.interview, draft_of(request, name))
            data = with_unasked(router.rulebook, data, before.data())
        draft = Draft(str(data.get("as_of") or today()), data)
        try:
            await run_in_threadpool(cases.router.read, data, "the form", None)
            interview = await run_in_threadpool(cases.interview, draft)
        except Problems as error:
            shown = {**data, "needs": [*needs_of(router.rulebook, form), {}]}
            return await run_in_threadpool(whole, request, draft, shown, name, tuple(error.problems))
        return go(f"/{'ask' if interview.without_plan() else 'plan'}/{keep(request, draft)}")

    # The plan

    @api.get("/plan/{name}")
    def plan(request: Request, name: str) -> Response:
        return of_plan(request, name, draft_of(request, name), "plan")

    @api.get("/shared/{name}")
    def shared(request: Request, name: str) -> Response:
        draft = draft_of(request, name)
        with cases.lock:
            bare = Draft(draft.day, cases.without_names(cases.interview(draft).data()))
        return of_plan(request, name, bare, "plan", shared=True)

    def of_plan(request: Request, name: str, draft: Draft, page: str, shared: bool = False) -> Response:
        with cases.lock:
            interview = cases.interview(draft)
            made = cases.plan(interview)
            open_question = None if made is None or shared else cases.question(interview)
        if made is None:
            return go(f"/ask/{name}")
        used = {step.pathway for step in made.steps}
        others = {
            need.id: [
                (id, router.rulebook.pathways[id].name)
                for id in dict.fromkeys(
                    [item.pathway for item in made.excluded if item.need == need.id]
                    + [*router.rulebook.measures[need.measure].ways, *router.rulebook.pathways]
                )
                if id in router.rulebook.pathways and id not in used
            ]
            for need in made.needs
        }
        return pages.show(
            request,
            page,
            name=name,
            page=sections(made, cases.words),
            plan=made,
            rows=() if shared else tuple(cases.rows(interview, made)),
            others=others,
            shared=shared,
            more=open_question,
            shut={} if shared else {item.fact: item for item in interview.shut()},
        )

    @api.post("/plan/{name}")
    async def change(request: Request, name: str) -> Response:
        draft, form = draft_of(request, name), await said(request)
        draft = draft.with_answer(_text(form, "fact"), _value(form), _text(form, "need"))
        await run_in_threadpool(cases.interview, draft)
        return go(f"/changed/{name}/{keep(request, draft)}")

    @api.get("/changed/{name}/{changed}")
    def side_by_side(request: Request, name: str, changed: str) -> Response:
        draft = draft_of(request, changed)
        (_, before), (_, after) = opened(draft_of(request, name)), opened(draft)
        if before is None or after is None:
            return go(f"/ask/{changed}")
        last = draft.answers[-1]
        known = router.rulebook.facts.get(last.fact)
        return pages.show(
            request,
            "changed",
            name=name,
            changed=changed,
            asks=known.asks if known else last.fact,
            value=last.value if isinstance(last.value, str) else ", ".join(last.value),
            before=sections(before, cases.words),
            after=sections(after, cases.words),
            changes=cases.changes(before, after),
            many=len(after.needs) > 1,
        )

    @api.get("/plan/{name}/why-not")
    def against(request: Request, name: str, pathway: str, need: str) -> HTMLResponse:
        with cases.lock, limited(router.limits):
            interview = cases.interview(draft_of(request, name))
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
            interview = cases.interview(draft_of(request, name))
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
        _, made = opened(draft_of(request, name))
        if made is None:
            raise Lost
        return Response(rendered(made, router, "svg"), media_type="image/svg+xml")

    @api.get("/plan/{name}/{file}")
    def saved(request: Request, name: str, file: str) -> Response:
        if file not in FILES:
            raise Lost
        draft = draft_of(request, name)
        with cases.lock:
            interview = cases.interview(draft)
            if file == "case.yaml":
                text = interview.file_text()
            else:
                made = cases.plan(interview)
                if made is None:
                    raise Lost
                text = (
                    _receipt(interview)
                    if file == "receipt.json"
                    else rendered(made, router, FORMS[file.rpartition(".")[2]])
                )
        headers = {"content-disposition": f"attachment; filename*=UTF-8''{quote(file)}"}
        return Response(text, media_type=FILES[file], headers=headers)

    def _receipt(interview: Interview) -> str:
        from routing.receipt import receipt_text

        assert interview.case is not None
        return receipt_text(interview.case, router, interview.day)[1]

    return api


async def said(request: Request) -> FormData:
    """The text of a form; files are dropped."""
    async with request.form(max_files=1, max_fields=5000) as form:
        return FormData([(name, value) for name, value in form.multi_items() if isinstance(value, str)])


def _text(form: FormData, name: str) -> str:
    value = form.get(name, "")
    return value if isinstance(value, str) else ""


def _value(form: FormData) -> str | tuple[str, ...]:
    """The answer of a form: `unknown` where that was chosen or nothing was said."""
    if _text(form, "do") == UNKNOWN:
        return UNKNOWN
    given = [str(item) for item in form.getlist("value") if isinstance(item, str) and item.strip()]
    if _text(form, "type") == "many":
        given = [part.strip() for item in given for part in item.split(",") if part.strip()]
        return tuple(given) if given and given != [UNKNOWN] else UNKNOWN
    if _text(form, "fact") == "with" and given and "," in given[0]:
        return tuple(part.strip() for part in given[0].split(",") if part.strip())
    return given[0] if given else UNKNOWN
