"""The plan as Markdown, for a file or a message: every section in full, in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from routing.core.printable import capital_first, day
from routing.phrasing.of_plans import Wording
from routing.plan.model import Plan
from routing.render.page import AnswerSection, Forbidden, Page, QuestionSection, Remark, StepSection
from routing.render.sections import sections

if TYPE_CHECKING:
    from routing.opened import Router

TAG = re.compile(r"(?<!\\)((?:\\\\)*)<")  # one that is not escaped already
LABELS = {"stop": "STOP", "limit": "Limit", "duty": "Do", "caution": "Watch", "note": "Note"}


def markdown(plan: Plan, router: Router) -> str:
    """The whole plan as Markdown."""
    return "\n".join(map(_inert, _lines(sections(plan, Wording(router))))) + "\n"


def _inert(line: str) -> str:
    """A line in which no words, whoever wrote them, become a tag, a link or its address, or a picture."""
    return TAG.sub(r"\1&lt;", line).replace("](", "]\\(").replace("]:", "]\\:")


def _lines(page: Page) -> Iterator[str]:
    yield f"# {_plain(page.title)}"
    yield ""
    yield f"{page.sides}, as of {day(page.as_of)}".removeprefix(", ")
    if page.left_out:
        yield f"\n**{_plain(page.left_out)}**"
    if page.read_as:
        yield f"\nNote: {_plain(page.read_as)}"
    yield ""
    for says, needs in page.before_all:
        yield f"- {_for(needs)}**{says}**"
    for answer in page.answers:
        yield from _answer(answer, page.many)
    yield from (f"- **STOP**: {_remark(stop)}" for stop in page.stops)
    yield from ("", "## What to do", "")
    for step in page.steps:
        yield from _step(step)
    yield from _section("What not to use", [_forbidden(item) for item in page.forbidden if not item.far])
    yield from _section("What is missing", [_question(item) for item in page.questions])
    yield from _section(
        "What is not known",
        [
            f"{item.asks} It depends on the answer: {' '.join((*item.may_come, *item.spared))}"
            for item in page.unknowns
        ],
    )
    behind = page.behind
    yield from _section(
        "Assumed",
        [
            *(f"For this question: {value}: {', '.join(names)}" for value, names in behind.stipulated),
            *behind.assumed,
            *((f"Lists checked: {behind.lists}",) if behind.lists else ()),
            *(f"List of {name}: {address}" for name, address in behind.sources),
        ],
    )
    yield from _section("Not in force yet", behind.future)
    yield from _section("Where views differ", behind.contested)
    yield from _section("Not weighed", (behind.unweighed,) if behind.unweighed else ())
    warning = " NOT CHECKED AGAINST TEXT." if behind.unread else ""
    yield from ("", f"Basis: {behind.read} of {behind.of} provisions read in the text.{warning}")
    yield from (f"\nYour own data: {_plain(data)}" for data in behind.own_data)
    if page.outdated:
        yield from ("", _plain(page.outdated))
    yield from ("", f"{page.rules} {page.notice}")


def _answer(answer: AnswerSection, many: bool) -> Iterator[str]:
    name = f"{_plain(answer.need.replace('_', ' '))}: " if many else ""
    if answer.proposal:
        yield f"- {name}{_plain(answer.proposal)}"
    if answer.to_name:
        yield f"- {name}Name the States first. {answer.to_name}"
    missing = f" {answer.turns_on}: {', '.join(answer.missing)}." if answer.missing else ""
    by = f" {answer.by}" if answer.by else ""
    otherwise = f" Other ways: {', '.join(answer.otherwise)}." if answer.otherwise else ""
    yield f"- {name}**{answer.headline}** {answer.status}.{missing}{by}{otherwise}"


def _step(step: StepSection) -> Iterator[str]:
    needs = f" (for {', '.join(map(_plain, step.needs))})" if step.needs else ""
    only_if = f" {step.only_if}" if step.only_if else ""
    yield f"{step.number}. **{step.title}**{needs}.{only_if} {step.what}".rstrip()
    when = f", not before {day(step.start)}" if step.after and step.start else ""
    yield f"   - When: {step.when}{when}"
    yield f"   - Who: {step.who}"
    yield f"   - How: {step.how}"
    if with_what := step.with_what():
        yield f"   - With: {with_what}"
    if step.by:
        yield f"   - By when: {' '.join(step.by)}"
    yield from (f"   - {LABELS[remark.kind]}: {_remark(remark)}" for remark in step.remarks)
    yield from (f"   - {capital_first(line)}" for line in step.reach)
    if step.together:
        yield f"   - Together with step {', '.join(map(str, step.together))}"
    if step.why:
        yield f"   - Why: {' '.join(step.why)}"
    bases = [f"{basis.name} (if {basis.condition})" for basis in step.basis if basis.condition]
    if bases:
        yield f"   - Further law, not sure: {'; '.join(bases)}"


def _remark(remark: Remark) -> str:
    needs = _for(remark.needs)
    also = f" Also {remark.also_at}." if remark.also else ""
    views = "; views differ" if remark.views_differ else ""
    return f"{needs}{remark.says} ({remark.law}{views}){also}"


def _forbidden(item: Forbidden) -> str:
    needs = f" (for {', '.join(map(_plain, item.needs))})" if item.needs else ""
    law = "; ".join(part for part in (item.law, "views differ" if item.views_differ else "") if part)
    return f"{', '.join(item.names)}{needs}: {item.says}" + (f" ({law})" if law else "")


def _question(item: QuestionSection) -> str:
    leads = "; ".join(f"{values}: {end}" for values, end in item.leads)
    needs = _for(item.needs)
    return f"{needs}{item.asks}" + (f" ({leads})" if leads else "") + (f" ({item.law})" if item.law else "")


def _for(needs: tuple[str, ...]) -> str:
    return f"For {', '.join(map(_plain, needs))}: " if needs else ""


def _section(heading: str, items: tuple[str, ...] | list[str]) -> Iterator[str]:
    if items:
        yield from ("", f"## {heading}", "", *(f"- {item}" for item in items))


def _plain(words: str) -> str:
    """A user's words with Markdown's marks taken as themselves."""
    return "".join("\\" + ch if ch in "\\`*_{}[]<>#|" else ch for ch in words)
