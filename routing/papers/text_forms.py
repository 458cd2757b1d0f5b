"""A draft as Markdown, and as an HTML page that needs nothing but itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape

from routing.papers.layout import PrintedDraft, page
from routing.papers.model import Draft

SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~!&])")
AT_START = re.compile(r"^(\s*)([-+=:])")
NUMBER_AT_START = re.compile(r"^(\s*\d+)([.)])")
MISSING, OPEN = "What is missing", "What the plan leaves open"
ABOUT, ORIGINS = "About this paper", "Where the values are from"
STYLE = """
:root{color-scheme:light dark}
body{font:11pt/1.45 'Times New Roman',serif;max-width:46rem;margin:2rem auto;padding:0 1rem}
.head{border:2px solid #a00;color:#a00;padding:.4rem .8rem;font-weight:bold;text-align:center}
h1,.title{font-size:1.5rem}h2{font-size:1.15rem;margin-top:1.6rem}h3{font-size:1rem;margin-bottom:.2rem}
.remark{font-size:.85rem;opacity:.8;margin:.1rem 0}.blank{background:#fff3b0;color:#000}
dt{font-weight:bold;margin-top:.5rem}dd{margin:0 0 0 1.2rem;white-space:pre-wrap;overflow-wrap:anywhere}
.paper{border-top:2px solid;margin-top:2rem}
.form dl{border:1px solid;padding:.4rem .8rem}
@media (prefers-color-scheme:dark){.head{color:#ff8a80;border-color:#ff8a80}}
@page{margin:1.5cm}
@media print{.head{position:fixed;top:0;left:0;right:0;margin:0}body{margin:0 auto}
main{padding-top:3.4rem;-webkit-box-decoration-break:clone;box-decoration-break:clone}
.paper{break-before:page;border:0;margin-top:0}h2,h3,dt,.remark{break-after:avoid}}
"""


def markdown(draft: Draft) -> str:
    """The draft as Markdown; nothing that the case or the officer wrote becomes markup."""
    return "\n".join(_markdown(page(draft))) + "\n"


def _markdown(shown: PrintedDraft) -> Iterator[str]:
    yield from (
        f"**{without_markup(shown.notice)}**",
        "",
        f"# {without_markup(shown.title)}",
        "",
        without_markup(shown.face),
        without_markup(shown.step),
    )
    if shown.missing:
        yield from ("", f"## {MISSING}", "")
        yield from (f"{number}. {without_markup(line)}" for number, line in enumerate(shown.missing, 1))
    if shown.doubtful:
        yield from ("", f"## {OPEN}", "")
        yield from (f"- {without_markup(line)}" for line in shown.doubtful)
    yield from ("", f"## {ABOUT}", "")
    yield from (f"- {without_markup(name)}: {without_markup(text)}" for name, text in shown.about)
    if shown.origins:
        yield from ("", f"## {ORIGINS}", "")
        yield from (f"- {without_markup(name)}: {without_markup(text)}" for name, text in shown.origins)
    if shown.complete:
        yield from ("", f"*{without_markup(shown.foot)}*")
    yield from ("", "---", "")
    if shown.complete:
        yield from (f"*{without_markup(shown.notice)}*", "", f"# {without_markup(shown.title)}")
    else:
        yield from (
            f"**{without_markup(shown.notice)}**",
            "",
            f"# {without_markup(shown.title)}",
            "",
            f"**{without_markup(shown.face)}**",
        )
    for part in shown.parts:
        yield from ("", f"## {without_markup(part.heading)}")
        if part.remark:
            yield from ("", f"*{without_markup(part.remark)}*")
        if part.says:
            yield from ("", without_markup(part.says))
        for row in part.rows:
            yield from ("", f"**{without_markup(row.name)}**", "")
            yield from (f"- {without_markup(line)}" for line in row.lines)
    if not shown.complete:
        yield from ("", "---", "", f"*{without_markup(shown.foot)}*")


def without_markup(text: str) -> str:
    """A text in which Markdown finds no markup."""
    text = SPECIAL.sub(r"\\\1", text)
    return NUMBER_AT_START.sub(r"\1\\\2", AT_START.sub(r"\1\\\2", text))


def html(draft: Draft) -> str:
    """The draft as one HTML page: no script, nothing loaded, every text escaped."""
    return "\n".join(_html(page(draft), draft.template)) + "\n"


def _html(shown: PrintedDraft, template: str) -> Iterator[str]:
    yield "<!doctype html>"
    yield '<html lang="en"><head><meta charset="utf-8">'
    yield (
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; style-src'
        " 'unsafe-inline'\">"
    )
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{escape(f'DRAFT: {shown.title}')}</title><style>{STYLE}</style></head><body>"
    if not shown.complete:  # else it stands once, on the paper
        yield f'<p class="head" role="note">{escape(shown.notice)}</p>'
    yield f"<main><h1>{escape(shown.title)}</h1>"
    yield f"<p><strong>{escape(shown.face)}</strong></p><p>{escape(shown.step)}</p>"
    if shown.missing:
        yield f"<h2>{MISSING}</h2><ol>{_items(shown.missing)}</ol>"
    if shown.doubtful:
        yield f"<h2>{OPEN}</h2><ul>{_items(shown.doubtful)}</ul>"
    yield f"<h2>{ABOUT}</h2><dl>{_pairs(shown.about)}</dl>"
    if shown.origins:
        yield f"<h2>{ORIGINS}</h2><dl>{_pairs(shown.origins)}</dl>"
    foot = f"<footer><p>{escape(shown.foot)}</p></footer>"
    if shown.complete:
        yield foot
    yield f'<article class="paper {escape(template)}">'
    if shown.complete:
        yield f'<p class="remark" role="note">{escape(shown.notice)}</p>'
    yield f'<h2 class="title">{escape(shown.title)}</h2>'
    if not shown.complete:
        yield f"<p><strong>{escape(shown.notice)}. {escape(shown.face)}</strong></p>"
    for part in shown.parts:
        yield f"<h2>{escape(part.heading)}</h2>"
        if part.remark:
            yield f'<p class="remark">{escape(part.remark)}</p>'
        if part.says:
            yield f"<p>{escape(part.says)}</p>"
        if part.rows:
            yield "<dl>"
            for row in part.rows:
                yield f"<dt>{escape(row.name)}</dt>"
                shade = ' class="blank"' if row.blank else ""
                yield from (f"<dd{shade}>{escape(line)}</dd>" for line in row.lines)
            yield "</dl>"
    yield "</article></main>"
    if not shown.complete:
        yield foot
    yield "</body></html>"


def _items(lines: Iterable[str]) -> str:
    return "".join(f"<li>{escape(line)}</li>" for line in lines)


def _pairs(pairs: Iterable[tuple[str, str]]) -> str:
    return "".join(f"<dt>{escape(name)}</dt><dd>{escape(text)}</dd>" for name, text in pairs)
