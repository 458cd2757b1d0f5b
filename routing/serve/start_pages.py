"""The beginning of a case: a few ticks, a story in somebody's own words, or a file that was saved."""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.responses import HTMLResponse, Response

from routing.analyse.interview.opening import DANGER, dangers, groups
from routing.core.domain import SAYS_OF_KIND
from routing.core.errors import CaseProblems, Problem, Problems
from routing.core.grouping import grouped
from routing.core.limits import limited
from routing.papers.drafting import DOCUMENTS
from routing.rulebook.documents import story_fields
from routing.rulebook.words import KIND
from routing.serve.cases import Cases, today_written
from routing.serve.confirmed import confirmed
from routing.serve.shown import Pages
from routing.serve.store import WHOLE_CASE, CaseDraft, FieldWords
from routing.serve.visit import Visits, form_of, go, text_of
from routing.story.offered import offered_by
from routing.story.open_parts import completed
from routing.story.written import LONGEST_STORY, as_far_as_read, as_seen
from routing.yaml.tree import read_bytes

SHOWN = 60  # letters of what is left unread of a longer story, so that one sees where it begins


def start_pages(cases: Cases, visits: Visits, pages: Pages) -> APIRouter:
    """The addresses before there is a question."""
    api = APIRouter(include_in_schema=False)
    rulebook = cases.router.rulebook

    def first(
        request: Request, begun: FormData | None = None, faults: tuple[Problem, ...] = ()
    ) -> HTMLResponse:
        """The first page, or the same again with what was said on it and the faults in it."""
        form = begun or FormData()
        return pages.show(
            request,
            "start",
            422 if faults else 200,
            dangers=list(dangers(rulebook)),
            kinds=SAYS_OF_KIND,
            groups={kind: list(groups(rulebook, kind)) for kind in SAYS_OF_KIND},
            day=text_of(form, "as_of") or today_written(),
            picked=tuple(map(str, form.getlist("danger"))),
            chosen=text_of(form, "group"),
            faults=faults,
        )

    @api.get("/")
    def start(request: Request) -> HTMLResponse:
        return first(request)

    @api.post("/begin")
    async def begin(request: Request) -> Response:
        form = await form_of(request)
        draft = _begun(form).begun()
        try:
            await run_in_threadpool(cases.interview, draft)
        except CaseProblems as error:
            return first(request, form, tuple(error.problems))
        return go(f"/ask/{visits.keep(request, draft)}")

    @api.post("/told")
    async def tell(request: Request) -> Response:
        form = await form_of(request)
        return go(f"/told/{visits.keep(request, as_seen(text_of(form, 'story'))[: LONGEST_STORY + SHOWN])}")

    @api.get("/told/{name}")
    def narrated(request: Request, name: str) -> HTMLResponse:
        text, rest = as_far_as_read(visits.story(request, name))
        day = today_written()
        with limited(cases.router.limits):
            offer = completed(cases.router, offered_by(cases.router, text, date.fromisoformat(day)))
        return pages.show(
            request,
            "told",
            name=name,
            story=text,
            unread=rest[:SHOWN],
            not_understood=offer.unread,
            passed_over=offer.passed_over,
            mentioned=offer.mentioned,
            longest=LONGEST_STORY,
            states=offer.states,
            sides={side.state: side for side in offer.sides},
            others=[item.says for item in offer.states if item.value != offer.own],
            wants=offer.wants,
            rest=grouped((item.asks, item) for item in offer.facts),
            kinds=SAYS_OF_KIND,
            several_kinds=len([item for item in offer.facts if item.fact == KIND]) > 1,
            places=cases.states,
            today=day,
        )

    @api.post("/confirm")
    async def confirm(request: Request) -> Response:
        form = await form_of(request)
        draft = confirmed(
            rulebook, cases.router.law.states, CaseDraft(text_of(form, "as_of") or today_written()), form
        )
        await run_in_threadpool(cases.interview, draft)
        name = visits.keep(request, draft.begun())
        if text_of(form, "tell"):
            keep_story(request, visits.draft(request, name).case, text_of(form, "tell"))
        return go(f"/ask/{name}")

    def keep_story(request: Request, case: str, name: str) -> None:
        """Put a story where the papers of its case tell the facts. It is in no state of the case."""
        text, _ = as_far_as_read(visits.story(request, name))
        lines = tuple(line.strip() for line in text.splitlines() if line.strip())
        keys = story_fields(DOCUMENTS(cases.router.law).values())
        visits.store.write(
            request.state.session, case, (((WHOLE_CASE, key), FieldWords(lines)) for key in keys)
        )

    @api.post("/open")
    async def open_file(request: Request) -> Response:
        async with request.form(max_files=1) as form:
            upload = form.get("file")
            data = await upload.read() if isinstance(upload, UploadFile) else b""
        now = date.fromisoformat(today_written())
        try:
            tree = read_bytes(data, "your file")
        except Problems as error:
            raise CaseProblems(error.problems) from None
        said_there, day, _ = await run_in_threadpool(cases.router.begun, tree, "your file", now)
        draft = CaseDraft((day or now).isoformat(), said_there)
        interview = await run_in_threadpool(cases.interview, draft)
        return go(f"/{'ask' if interview.without_plan() else 'plan'}/{visits.keep(request, draft)}")

    return api


def _begun(form: FormData) -> CaseDraft:
    """The case that the first page says. Danger is put in last, so that a remark on it is shown next."""
    draft = CaseDraft(text_of(form, "as_of") or today_written())
    kind, _, group = text_of(form, "group").partition("|")
    if kind:
        draft = draft.with_answer("kind", kind).with_answer("group", group)
    picked = tuple(map(str, form.getlist("danger")))
    return draft.with_answer(DANGER, picked) if picked else draft
