"""The papers that carry the steps of a plan: what is missing, filled in on the page, and drafts as files."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.responses import HTMLResponse, Response

from routing.core.errors import Problem, Problems
from routing.core.records import Record, replace
from routing.papers.answers import answers_text
from routing.papers.choose import Paper
from routing.papers.drafting import Desk
from routing.papers.layout import page as printed
from routing.papers.model import Draft
from routing.papers.written import check_suffix, written
from routing.serve.cases import Cases
from routing.serve.paper_boxes import Lines, boxes, holding, story_of, to_keep, typed_in, written_for
from routing.serve.shown import Pages
from routing.serve.store import FieldWords
from routing.serve.visit import Lost, Visits, form_of, go, text_of

TYPES = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".html": "text/html",
    ".md": "text/markdown",
}
ANSWERS = "yaml"
"""The suffix of a file that holds only what the officer wrote."""
MOST_DESKS = 8
FIT = "Make it fit for the reader before the paper leaves: no names of sources, nothing of another State."


class Sheet(Record):
    """A paper of a case as it stands. bare: without what the officer wrote. given: the words that hold.
    story: the story, by the keys of the fields in which it may stand."""

    desk: Desk
    paper: Paper
    case: str
    bare: Draft
    written: Mapping[str, FieldWords]
    given: Mapping[str, Lines]
    story: Mapping[str, FieldWords]

    def draft(self) -> Draft:
        made = self.desk.draft(self.paper, self.given)
        as_told = tuple(
            f"{each.name}: as told at the start of the case, and not changed since. {FIT}"
            for each in made.fields()
            if each.key in self.story and self.given.get(each.key) == self.story[each.key].lines
        )
        return replace(made, doubtful=(*dict.fromkeys(as_told), *made.doubtful))


class Desks:
    """The desks of the plans that were looked at last, as each takes a whole plan to make."""

    def __init__(self, cases: Cases, visits: Visits) -> None:
        self.cases, self.visits = cases, visits
        self._made: OrderedDict[tuple[str, str], Desk] = OrderedDict()

    def desk(self, request: Request, name: str) -> Desk:
        """The desk of a state. Raises Lost."""
        draft = self.visits.draft(request, name)
        key = (request.state.session, name)
        if key not in self._made:
            state = self.cases.state(draft)
            case, plan = state.interview.case, state.plan
            if case is None or plan is None:
                raise Lost
            self._made[key] = Desk(case, self.cases.router, state.interview.day, plan)
        self._made.move_to_end(key)
        while len(self._made) > MOST_DESKS:
            self._made.popitem(last=False)
        return self._made[key]

    def sheet(self, request: Request, name: str, step: int, document: str) -> Sheet:
        """A paper with the newest words that were written in it. Raises Lost, and Problems for none."""
        desk, case = self.desk(request, name), self.visits.draft(request, name).case
        paper = desk.choose(step, document)
        bare = desk.draft(paper, {})
        kept = self.visits.store.written(request.state.session, case)
        texts = written_for(paper, kept, (need.id for need in desk.case.needs))
        return Sheet(desk, paper, case, bare, texts, holding(paper, bare, texts), story_of(kept))


def paper_pages(cases: Cases, visits: Visits, pages: Pages) -> APIRouter:
    """The addresses of papers, under their plan."""
    api = APIRouter(include_in_schema=False)
    desks = Desks(cases, visits)

    @api.get("/plan/{name}/papers")
    def listed(request: Request, name: str) -> HTMLResponse:
        with cases.lock:
            ready = desks.desk(request, name)
            without = [ready.without(number) for number in range(1, len(ready.plan.steps) + 1)]
        return pages.show(
            request, "papers", name=name, steps=ready.plan.steps, papers=ready.papers, without=without
        )

    @api.get("/plan/{name}/paper/{step}/{document}")
    def paper(request: Request, name: str, step: int, document: str) -> HTMLResponse:
        return shown(request, name, step, document)

    def shown(
        request: Request,
        name: str,
        step: int,
        document: str,
        typed: Mapping[str, Lines] | None = None,
        faults: tuple[Problem, ...] = (),
    ) -> HTMLResponse:
        """The page of a paper. typed, faults: what could not be taken, and why."""
        with cases.lock:
            sheet = desks.sheet(request, name, step, document)
            made = sheet.draft()
        return pages.show(
            request,
            "paper",
            422 if faults else 200,
            name=name,
            step=step,
            document=document,
            draft=made,
            paper=printed(made),
            boxes=boxes(made, sheet.written, typed or {}, sheet.story),
            answered=bool(sheet.given),
            fit=FIT,
            faults=faults,
        )

    @api.post("/plan/{name}/paper/{step}/{document}")
    async def answer(request: Request, name: str, step: int, document: str) -> Response:
        return await run_in_threadpool(take, request, name, step, document, await form_of(request))

    def take(request: Request, name: str, step: int, document: str, form: FormData) -> Response:
        typed, do = typed_in(form), text_of(form, "do")
        with cases.lock:
            sheet = desks.sheet(request, name, step, document)
            try:
                sheet.desk.read_answers({key: list(lines) for key, lines in typed.items()})
            except Problems as error:
                return shown(request, name, step, document, typed, error.problems)
            changes = list(to_keep(sheet.paper, sheet.bare, typed, sheet.story))
        visits.store.write(request.state.session, sheet.case, changes)
        if do == "keep":
            return Response(status_code=204)
        address = f"/plan/{name}/paper/{step}/{quote(document)}"
        return go(f"{address}/{do}" if f".{do}" in TYPES else address)

    @api.get("/plan/{name}/paper/{step}/{document}/{suffix}")
    def saved(request: Request, name: str, step: int, document: str, suffix: str) -> Response:
        if f".{suffix}" not in TYPES and suffix != ANSWERS:
            raise Lost
        if suffix == "docx":
            check_suffix(Path("draft.docx"))
        with cases.lock:
            sheet = desks.sheet(request, name, step, document)
            made = sheet.draft()
            data = (
                answers_text(dict(sheet.given), made).encode()
                if suffix == ANSWERS
                else written(made, f".{suffix}", sheet.desk.router.rulebook.source)
            )
        file = quote(f"{document}{'-answers' if suffix == ANSWERS else ''}.{suffix}")
        headers = {"content-disposition": f"attachment; filename*=UTF-8''{file}"}
        return Response(data, media_type=TYPES.get(f".{suffix}", "application/yaml"), headers=headers)

    return api
