"""A draft as DOCX, by a template of the rules folder that a lawyer can edit in a word processor."""

from __future__ import annotations

import io
from importlib.util import find_spec
from typing import Any

from routing.core.errors import Problems
from routing.core.files import read_bounded
from routing.core.records import asdict
from routing.core.snapshot import Location
from routing.papers.layout import page
from routing.papers.model import Draft

TEMPLATES = "documents/templates"


def need_extra() -> None:
    """Raises Problems where the library that writes DOCX is not installed."""
    if find_spec("docxtpl") is None:
        fix = "install the extra `papers`: pip install 'cooperation-routing[papers]', or write .md or .html"
        raise Problems.of("docxtpl is not installed, so no .docx can be written", fix=fix)


def docx(draft: Draft, rules: Location) -> bytes:
    """The draft as the bytes of a DOCX file. rules: those that it was drafted by, with their templates.

    Raises Problems where the extra or the template is missing, or the template cannot be filled in.
    """
    need_extra()
    from docxtpl import DocxTemplate
    from jinja2 import TemplateError
    from jinja2.sandbox import SandboxedEnvironment

    path = _template(draft.template, rules)
    template: Any = DocxTemplate(io.BytesIO(read_bounded(path)))
    written = io.BytesIO()
    try:
        # Sandboxed: a template is text of others too. Escaped: a text of the case is never markup.
        template.render(_context(draft), jinja_env=SandboxedEnvironment(autoescape=True), autoescape=True)
        template.save(written)
    except TemplateError as error:
        message = f"the template cannot be filled in: {error.message or type(error).__name__}"
        raise Problems.of(
            message, str(path), fix="compare its tags with the template that came with the rules"
        ) from None
    return written.getvalue()


def _template(name: str, rules: Location) -> Location:
    template = rules / TEMPLATES / f"{name}.docx"
    if not template.is_file():
        fix = "put it back, or write .md or .html"
        raise Problems.of("there is no such template", str(template), fix=fix)
    return template


def _context(draft: Draft) -> dict[str, object]:
    shown = page(draft)
    context = {key: value for key, value in asdict(shown).items() if key != "parts"}
    context["about"] = [{"name": name, "text": text} for name, text in shown.about]
    context["origins"] = [{"name": name, "text": text} for name, text in shown.origins]
    context["parts"] = [{**asdict(part), "rows": [asdict(row) for row in part.rows]} for part in shown.parts]
    return context
