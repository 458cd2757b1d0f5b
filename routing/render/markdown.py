"""The plan as Markdown, for a file or a message."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from routing.plan.model import Plan, Step
from routing.render.wording import STATUS, Wording, day, due, lists_checked, sentence, unread

if TYPE_CHECKING:
    from routing.api import Router


TAG = re.compile(r"(?<!\\)<")  # one that is not escaped already


def markdown(plan: Plan, router: Router) -> str:
    """The whole plan as Markdown."""
    return "\n".join(map(_inert, _lines(plan, Wording(router)))) + "\n"


def _inert(line: str) -> str:
    """A line in which no words, whoever wrote them, become a tag, a link or a picture."""
    return TAG.sub("&lt;", line).replace("](", "]\\(")


def _lines(plan: Plan, words: Wording) -> Iterator[str]:
    yield f"# {_plain(plan.title or 'Case')}"
    yield ""
    yield f"{words.state(plan.state)}, as of {day(plan.as_of)}"
    yield from (f"\nNote: {note}" for note in plan.notes)
    yield ""
    for need in plan.needs:
        if need.proposed:
            yield f"- As proposed ({_plain(need.proposed.channel)}): {need.proposed.answer.replace('_', ' ')}. {need.proposed.says}"
        if need.first:
            yield f"- **{need.first}**"
        waits = (
            f" It hangs on: {', '.join(words.fact(name) for name in need.waits_for)}."
            if need.waits_for
            else ""
        )
        others = [words.alternative(other) for other in need.alternatives]
        otherwise = f" Otherwise: {'; '.join(others)}." if others else ""
        yield f"- **{words.pathway(need.primary.pathway)}** for {words.need(plan, need)}. {STATUS[need.status]}.{waits}{otherwise}"
    yield from ("", "## Steps", "")
    number = {step.id: place for place, step in enumerate(plan.steps, 1)}
    for step in plan.steps:
        yield from _step(step, number, words)
    if plan.excluded:
        yield from ("", "## Not this way", "")
        for item in plan.excluded:
            route = f" ({item.route})" if item.route else ""
            how = "" if item.how == "closed" else "not as the last step: "
            yield f"- {words.pathway(item.pathway)}{route}: {how}{sentence(item.says)} Why: {', '.join(item.why)}."
    if plan.assumptions:
        yield from ("", "## Taken as given", "")
        if lists := lists_checked(plan, words, full=True):
            yield f"- Lists checked: {lists}"
        yield from (f"  - {short}: {address}" for short, address in plan.data_sources.items())
        for given in plan.assumptions:
            if given.origin == "last_seen":
                continue
            concerned = f" [{', '.join(given.needs)}]" if len(plan.needs) > 1 else ""
            yield f"- {given.fact} = {given.value} ({given.origin}){concerned}: {given.because}"
    if plan.future:
        yield from ("", "## Not yet", "")
        yield from (f"- {future.instrument}: {future.status}; no basis today" for future in plan.future)
    if plan.questions:
        yield from ("", "## Ask", "")
        for question in plan.questions:
            answers = "; ".join(f"{answer.value}: {answer.leads_to}" for answer in question.answers)
            yield (
                f"- {question.asks}"
                + (f" ({answers})" if answers else "")
                + (f" [{', '.join(question.why)}]" if question.why else "")
            )
    if plan.unknowns:
        yield from ("", "## Not known", "")
        for unknown in plan.unknowns:
            yield f"- {unknown.asks} It may be that: {' '.join(sentence(said) for said in unknown.may_come)}"
            yield from (
                f"   - Yet: {sentence(said.says)}" + (f" ({words.refs(said.basis)})" if said.basis else "")
                for said in unknown.does_not_stop
            )
    for heading, items in (("Warnings", plan.warnings), ("Duties", plan.obligations)):
        if items:
            yield from ("", f"## {heading}", "")
            for said in items:
                level = f"**{said.level}**: " if hasattr(said, "level") else ""
                yield f"- {level}{sentence(said.says)}" + (
                    f" ({words.refs(said.basis)})" if said.basis else ""
                )
    if plan.contested:
        yield from ("", "## Contested", "")
        for point in plan.contested:
            yield f"- One view: {sentence(point.a)} Another: {sentence(point.b)} Followed: {sentence(point.default)} ({point.rule})"
    basis = {item.provision: item for step in plan.steps for item in step.basis}
    read = sum(item.mark == "text" for item in basis.values())
    warning = " NOT CHECKED AGAINST TEXT." if unread(basis.values()) else ""
    yield from ("", f"Basis checked: {read} of {len(basis)} provisions read in the text.{warning}")
    for overlay in plan.rulebook.overlays:
        yield from ("", f"Your own data: {overlay}")
    yield from ("", f"Rules {plan.rulebook.version}, hash {plan.rulebook.hash[:16]}. {plan.notice}")


def _step(step: Step, number: dict[str, int], words: Wording) -> Iterator[str]:
    open_ = " (if open)" if step.certainty == "conditional" else ""
    yield f"{number[step.id]}. **{step.action}**{open_}: {words.route(step)}. {sentence(step.tells)}"
    yield f"   - Basis: {words.basis(step.basis)}"
    when = f", not before {day(step.start)}" if step.when == "after" and step.start else ""
    yield f"   - When: {step.when}{when}"
    yield from (f"   - {line[:1].upper()}{line[1:]}" for line in words.reach(step))
    if step.deadline and step.deadline.date:
        why = ", ".join(part for part in (step.deadline.reason, step.deadline.limit) if part)
        yield f"   - At the latest by {day(step.deadline.date)} ({why})"
    elif step.deadline and (step.deadline.limit or step.deadline.expected):
        yield f"   - Time: {step.deadline.limit or 'usually ' + step.deadline.expected}"
    if step.dates:
        yield f"   - Dates: {' '.join(due(step, full=True))}"
    if step.after:
        yield f"   - After: {', '.join(str(number[other]) for other in step.after)}"
    if step.together:
        yield f"   - Together with: {', '.join(str(number[other]) for other in step.together)}"
    for limit in step.limits:
        yield f"   - Limit: {sentence(limit.says)}"
    if step.put_in:
        yield f"   - Put in: {'; '.join(step.put_in)}"
    yield f"   - Why: {', '.join(step.why)}"


def _plain(words: str) -> str:
    """A user's words with Markdown's marks taken as themselves."""
    return "".join("\\" + ch if ch in "\\`*_{}[]<>#|" else ch for ch in words)
