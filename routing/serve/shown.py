"""Templates, and what they may call."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from routing.analyse.interview import Question
from routing.core.domain import SAID_OF_MARK, Fact
from routing.core.errors import Problems
from routing.core.printable import day, with_written_days
from routing.look_ups.named import named_provision
from routing.phrasing.of_basis import how_read
from routing.phrasing.of_facts import IF_IT_APPLIES, in_words
from routing.phrasing.of_plans import Wording, sentence
from routing.phrasing.without_commands import without_commands
from routing.plan.model import Step
from routing.rulebook.parse.conditions import TIE
from routing.serve.cases import shown
from routing.serve.cited import Citations

OTHERWISE = {"`routing schema case`": "The whole form", "As_of: ": "The day: ", "as_of: ": "the day: "}
"""What a fault of a file or a command calls otherwise than a page does."""
PARTED = re.compile(r"[Nn]eed `[^`]*` is read as one need for each ([\w ]+): `[^`]*`(?:, `[^`]*`)*")
QUOTED = re.compile(r"`([^`]*)`")
USUAL = ("expected_from", "expected_by")
TEMPLATES = Path(__file__).parent / "templates"


class Pages:
    """The templates. Everything that is put into one is escaped."""

    def __init__(self, words: Wording) -> None:
        self.words = words
        rulebook = words.rulebook
        self.env = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        citations = Citations(rulebook)
        self.env.globals |= {
            "at": address_with,
            "tie": TIE,
            "rulebook": rulebook,
            "words": words,
            "outside": outside,
        }
        self.env.globals["provision_name"] = partial(provision_name, words)
        self.env.globals["behind_dates"] = partial(behind_dates, words)
        self.env.globals["said_for"] = partial(said_for, words)
        self.env.globals["resolved"] = lru_cache(10_000)(partial(resolved, words))
        self.env.filters["asks"] = asks
        self.env.filters |= {
            "day": lambda value: day(_date(value)),
            "plain": partial(plain, words),
            "on_page": on_page,
            "dated": with_written_days,
            "how_read": how_read,
            "linked": citations.linked,
            "law": partial(citations.linked, bare=True),
            "arrow": arrow,
            "sentence": sentence,
            "shown": shown,
            "places": partial(states_shown, words),
        }

    def make(self) -> None:
        """Compile every template, before the first page."""
        for name in self.env.list_templates():
            self.env.get_template(name)

    def show(self, request: Request, template: str, status: int = 200, **values: Any) -> HTMLResponse:
        """A page. template: its name, without the ending."""
        text = self.env.get_template(f"{template}.html").render(nonce=request.state.nonce, **values)
        return HTMLResponse(text, status)


def address_with(path: str, **query: str) -> str:
    """An address with what is asked of it."""
    return f"{path}?{urlencode(query)}"


def outside(address: str | None) -> str:
    """An address on the web, if it is one; else empty, so that nothing else becomes a link."""
    return address if address and urlsplit(address).scheme in ("https", "http") else ""


def plain(words: Wording, value: object) -> str:
    """A word of the rules as people write it, names with their capitals."""
    return in_words(words.rulebook, str(value))


def states_shown(words: Wording, value: object) -> str:
    """The States of a field as a form shows them: by name where the case has the code."""
    names = words.law.states
    codes = {place.alpha3 for place in names}
    return ", ".join(names.name(part) if part in codes else part for part in shown(value).split(", "))


def on_page(text: str) -> str:
    """A sentence of the program as a page says it: in quotation marks, and with neither commands nor ids of
    needs."""
    text = without_commands(PARTED.sub(r"One need is made for each \1", text))
    for words, here in OTHERWISE.items():
        text = text.replace(words, here)
    return QUOTED.sub("\u201c\\1\u201d", text)


def arrow(text: str) -> str:
    """Sides of a step with an arrow that no end of a line breaks."""
    return text.replace(" ->", "\u00a0\u2192").replace(" <-", "\u00a0\u2190")


def provision_name(words: Wording, ref: str) -> str:
    """A provision as it is cited."""
    provision = words.rulebook.provisions.get(ref)
    return (
        f"{words.rulebook.instruments[provision.instrument].short} {provision.article}" if provision else ref
    )


def behind_dates(words: Wording, step: Step) -> tuple[str, ...]:
    """The provisions that set the time limits and dates of a step; how long it usually takes none sets."""
    limit = step.deadline
    sources = [limit.source] if limit and (limit.date or limit.limit) else []
    sources += [date.source for date in step.dates if date.what not in USUAL]
    refs = dict.fromkeys(ref for source in sources for ref in source.split(", "))
    return tuple(ref for ref in refs if ref in words.rulebook.provisions)


def said_for(words: Wording, fact: str, value: str) -> str:
    """The words by which people call a value, for a search on the page."""
    table = words.rulebook.words.by_topic.get(fact, {})
    return "; ".join(phrase for phrase, meant in table.items() if value in meant)


def resolved(words: Wording, written: str) -> str:
    """The provision that is cited in words, by its id; empty where it is none that is held."""
    for remark in (*filter(None, SAID_OF_MARK.values()), IF_IT_APPLIES):
        written = written.replace(remark, "")
    try:
        instrument, article = named_provision(words.law, written)
    except Problems:
        return ""
    ref = f"{instrument} {article}"
    return ref if ref in words.rulebook.provisions else ""


def asks(asked: Fact | Question) -> str:
    """A question with its unit, unless that is said in it."""
    text = asked.asks.replace("`", "")
    return text if not asked.unit or asked.unit in text else f"{text} ({asked.unit})"


def _date(value: date | str) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)
