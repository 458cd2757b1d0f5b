"""What the pages share: the states of a browser's cases, and what a form says."""

from __future__ import annotations

from fastapi import Request
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse

from routing.core.domain import UNKNOWN
from routing.serve.store import CaseDraft, Store

PARTNER = "with"


class Lost(Exception):
    """A state that is not, or no longer, in memory."""


class Visits:
    """The states that a browser made, found again by its session and their names."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def keep(self, request: Request, draft: CaseDraft | str) -> str:
        return self.store.keep(request.state.session, draft)

    def draft(self, request: Request, name: str) -> CaseDraft:
        """The state of that name. Raises Lost."""
        draft = self.store.find(request.state.session, name)
        if not isinstance(draft, CaseDraft):
            raise Lost
        return draft

    def story(self, request: Request, name: str) -> str:
        """What was told under that name. Raises Lost."""
        story = self.store.find(request.state.session, name)
        if not isinstance(story, str):
            raise Lost
        return story


def go(path: str) -> RedirectResponse:
    return RedirectResponse(path, 303)


async def form_of(request: Request) -> FormData:
    """The text of a form; files are dropped."""
    async with request.form(max_files=1, max_fields=5000) as form:
        return FormData([(name, value) for name, value in form.multi_items() if isinstance(value, str)])


def text_of(form: FormData, name: str) -> str:
    value = form.get(name, "")
    return value if isinstance(value, str) else ""


def values_of(form: FormData) -> tuple[str, ...]:
    """Every value that an answer holds, as it was typed."""
    return tuple(str(item) for item in form.getlist("value") if isinstance(item, str) and item.strip())


def answer_of(form: FormData) -> str | tuple[str, ...]:
    """The answer of a form: `unknown` where that was chosen or nothing was said."""
    if text_of(form, "do") == UNKNOWN:
        return UNKNOWN
    given = values_of(form)
    if text_of(form, "type") == "many":
        given = tuple(part.strip() for item in given for part in item.split(",") if part.strip())
        return given if given and given != (UNKNOWN,) else UNKNOWN
    if text_of(form, "fact") == PARTNER and given and "," in given[0]:
        return tuple(part.strip() for part in given[0].split(",") if part.strip())
    return given[0] if given else UNKNOWN
