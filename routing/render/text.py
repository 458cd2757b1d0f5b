"""The plan on a terminal: the answer first, within a screen or two."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING, TypeVar

import click

from routing.plan.model import Assumption, Exclusion, NeedAnswer, Plan, Step
from routing.render.wording import STATUS, Wording, day, due, lists_checked, sentence, unread

if TYPE_CHECKING:
    from routing.api import Router

T = TypeVar("T")
COLOUR = {"routed": "green", "conditional": "yellow", "undecided": "yellow", "no_lawful_route": "red"}
LEVEL = {"stop": "red", "caution": "yellow", "note": None}
LABEL = 16
MOST_PARTNERS = 4
MANY_TIES = 8
TO_NAME = ("state", "with")  # asked above the answer, as nothing is known without them
PAGE = 60
"""The lines that a plan should not go beyond, unless the case is large."""
AMPLE = {"excluded": 5, "warnings": 8, "obligations": 4, "unknowns": 2}
SPARE = {"excluded": 3, "warnings": 5, "obligations": 3, "unknowns": 1}
"""How many of each kind are shown, and how many where that would go beyond the page."""


def text(plan: Plan, router: Router, full: bool = False, width: int | None = None) -> str:
    """The plan as text with colours; click strips them where they are not wanted."""
    width = width or min(max(shutil.get_terminal_size((100, 24)).columns, 72), 110)
    words = Wording(router)
    lines = list(_Page(plan, words, full, width, AMPLE).lines())
    if len(lines) > PAGE and not full:
        lines = list(_Page(plan, words, full, width, SPARE).lines())
    return "\n".join(line.rstrip() for line in lines) + "\n"


class _Page:
    def __init__(self, plan: Plan, words: Wording, full: bool, width: int, shown: Mapping[str, int]) -> None:
        self.plan, self.words, self.full, self.width, self.shown = plan, words, full, width, shown
        self.number = {step.id: str(number) for number, step in enumerate(plan.steps, 1)}

    def lines(self) -> Iterator[str]:
        yield from self._head()
        yield ""
        for need in self.plan.needs:
            yield from self._answer(need)
        yield ""
        for step in self.plan.steps:
            yield from self._step(step)
        sections = [
            list(self._excluded()),
            list(self._given()),
            [*self._questions(), *self._unknowns()],
            list(self._warnings()),
            list(self._duties()),
            list(self._contested()),
            list(self._footing()),
        ]
        for section in sections:
            if section:
                yield ""
                yield from section
        yield self.plan.notice

    def _head(self) -> Iterator[str]:
        partners = list(
            dict.fromkeys(self.words.state(need.partner) for need in self.plan.needs if need.partner)
        )
        arrow = "<-" if all(need.kind == "answer" for need in self.plan.needs) else "->"
        own = self.words.state(self.plan.state) if self.plan.state else ""
        rest = len(partners) - MOST_PARTNERS
        named = ", ".join(partners if rest <= 1 else partners[:MOST_PARTNERS]) + (
            f" and {rest} more" if rest > 1 else ""
        )
        where = f"{own} {arrow} {named}".strip() if partners else own
        right = f"{where}, as of {day(self.plan.as_of)}" if where else f"as of {day(self.plan.as_of)}"
        title = self.plan.title or "Case"
        gap = self.width - len(title) - len(right)
        if gap >= 3:
            yield click.style(title, bold=True) + " " * gap + right
        else:
            yield from (click.style(line, bold=True) for line in textwrap.wrap(title, self.width))
            yield from (line.rjust(self.width) for line in textwrap.wrap(right, self.width))
        for note in self.plan.notes:
            yield click.style(f"Note: {note}", dim=True)

    def _answer(self, need: NeedAnswer) -> Iterator[str]:
        if need.proposed is not None:
            verdict = {"as_proposed": "yes", "not_as_proposed": "no", "depends": "it depends"}[
                need.proposed.answer
            ]
            channel = (
                self._inside(self.words.pathway(need.proposed.pathway))
                if need.proposed.pathway
                else need.proposed.channel
            )
            yield from self._wrap(f"As proposed ({channel}): {verdict}. {need.proposed.says}", bold=True)
        unnamed = [
            question.asks
            for question in self.plan.questions
            if need.id in question.needs and question.fact in TO_NAME
        ]
        if unnamed:
            yield from self._wrap(
                sentence(
                    f"{need.id + ': ' if len(self.plan.needs) > 1 else ''}name the States first ({self.words.measure(need.measure)})"
                ),
                bold=True,
            )
            yield from self._wrap(
                " ".join(
                    [*unnamed, "The law that binds them decides the channel; what follows is what may serve."]
                )
            )
        if need.first:
            yield from self._wrap(need.first, bold=True)
        name = self.words.pathway(need.primary.pathway)
        before = [
            self.words.pathway(step.pathway)
            for step in self.plan.steps
            if need.id in step.needs and step.role == "preserve" and not need.first
        ]
        lead = f"first {self._inside(before[0])}, then " if before else ""
        many = f"{need.id}: " if len(self.plan.needs) > 1 else ""
        main = (
            f"perhaps {self._inside(name)}"
            if unnamed and need.status == "undecided"
            else self._inside(name)
            if lead
            else name
        )
        yield from self._wrap(
            sentence(f"{many}{lead}{main} ({self.words.need(self.plan, need)})"), bold=not unnamed
        )
        status = f"{STATUS[need.status]}."
        more = []
        if need.waits_for:
            more.append(
                "It hangs on: " + ", ".join(self.words.fact(name) for name in need.waits_for[:4]) + "."
            )
        day_by = [
            step.deadline.date
            for step in self.plan.steps
            if need.id in step.needs
            and step.role in ("deliver", "follow")
            and step.deadline
            and step.deadline.date
        ]
        if day_by:
            more.append(f"File by {day(min(day_by))}.")
        if need.alternatives:
            shown = "; ".join(self._inside(self.words.alternative(a)) for a in need.alternatives[:3])
            more.append(f"Otherwise: {shown}.")
        first, *rest = self._wrap(" ".join([status, *more]))
        yield first.replace(status, click.style(status, fg=COLOUR[need.status], bold=True), 1)
        yield from rest

    def _step(self, step: Step) -> Iterator[str]:
        when = self._when(step)
        action = step.action + (
            " (if open)" if step.certainty == "conditional" and step.role != "deliver" else ""
        )
        head = f"{self.number[step.id]:>2}  {when:<11} {action:<22}"
        basis, route = self.words.basis(step.basis), self.words.route(step, self.plan.state)
        indent = " " * LABEL
        if len(head) + len(route) + len(basis) + 4 <= self.width:
            yield self._bold_action(f"{head} {route}".ljust(self.width - len(basis)) + basis, action)
        elif len(head) + len(route) + 1 <= self.width:
            yield self._bold_action(f"{head} {route}", action)
            yield from textwrap.wrap(basis, self.width, initial_indent=indent, subsequent_indent=indent)
        else:
            yield self._bold_action(head, action)
            yield from textwrap.wrap(
                f"{route}. {basis}", self.width, initial_indent=indent, subsequent_indent=indent
            )
        told = sentence(step.tells)
        if len(self.plan.needs) > 1:
            told = f"For {', '.join(step.needs)}. {told}"
        told += "".join(f" {sentence(limit.says)}" for limit in step.limits[: None if self.full else 2])
        if step.deadline and (step.deadline.limit or step.deadline.expected):
            usual = f"Usually {step.deadline.expected}." if step.deadline.expected else ""
            runs = f", counted from {step.deadline.runs_from}" if step.deadline.runs_from else ""
            limit = sentence(step.deadline.limit.rstrip(".") + runs) if step.deadline.limit else ""
            told += " " + " ".join(part for part in (limit, usual) if part)
        if step.deadline and step.deadline.date:
            told += f" At the latest by {day(step.deadline.date)}, {step.deadline.reason}."
        told += "".join(f" {line}" for line in due(step, self.full))
        if step.waits_for and step.certainty == "conditional":
            told += " Waits for: " + ", ".join(self.words.fact(name) for name in step.waits_for[:3]) + "."
        for line in textwrap.wrap(
            told.strip(), self.width, initial_indent=" " * LABEL, subsequent_indent=" " * LABEL
        ):
            yield click.style(line, dim=True)
        if self.full:
            yield from self._details(step)

    def _details(self, step: Step) -> Iterator[str]:
        def wrapped(words: str) -> list[str]:
            return textwrap.wrap(
                words, self.width, initial_indent=" " * LABEL, subsequent_indent=" " * (LABEL + 2)
            )

        for line in self.words.reach(step):
            yield from wrapped(line)
        if step.put_in:
            yield from wrapped("put in: " + "; ".join(step.put_in))
        if step.deadline and step.deadline.date:
            yield from wrapped(
                f"by {day(step.deadline.date)}: {step.deadline.reason} ({step.deadline.source})"
            )
        yield from wrapped("why: " + ", ".join(step.why))
        facts = ", ".join(f"{b.fact} = {b.value} ({b.origin.replace('_', ' ')})" for b in step.because)
        if facts:
            yield from wrapped("because: " + facts)
        for basis in step.basis:
            since = f", in force between them since {basis.in_force_since}" if basis.in_force_since else ""
            yield f"{' ' * LABEL}{basis.instrument} {basis.article}: {basis.role}, {basis.kind}, read: {basis.mark}{since}"

    def _when(self, step: Step) -> str:
        if step.after:
            return "after " + ",".join(self.number[other] for other in step.after[:3])
        return step.when

    def _bold_action(self, line: str, action: str) -> str:
        return line.replace(action, click.style(action, bold=True), 1)

    def _excluded(self) -> Iterator[str]:
        if not self.plan.excluded:
            return
        yield click.style("Not this way", bold=True)
        groups: dict[tuple[str, str | None, str], list[Exclusion]] = {}
        for item in self.plan.excluded:
            groups.setdefault((item.pathway, item.route, item.how), []).append(item)
        merged = [items[0] for items in groups.values()]
        steps = {step.pathway for step in self.plan.steps}
        many = len(self.plan.needs) > 1
        shown = self._some("excluded", merged)
        before = None
        for item in shown:
            name = self.words.pathway(item.pathway) + (f" ({item.route.split('/')[1]})" if item.route else "")
            how = (
                ""
                if item.how == "closed"
                else "Only to prepare: "
                if item.pathway in steps
                else "Not alone: "
            )
            if many:
                concerned = dict.fromkeys(one.need for one in groups[item.pathway, item.route, item.how])
                how = f"For {', '.join(concerned)}. {how}"
            facts = ", ".join(f"{b.fact} = {b.value}" for b in item.because[:3])
            says = "The same." if (item.how, item.says) == before else f"{how}{sentence(item.says)}"
            before = item.how, item.says
            yield from self._entry(
                f" {name}", f"{says} why: {item.why[0]}" + (f" ({facts})" if self.full and facts else ""), 28
            )
        yield from self._left(merged, shown)

    def _questions(self) -> Iterator[str]:
        asked = [question for question in self.plan.questions if question.fact not in TO_NAME]
        first = {
            need: question for question in reversed(asked) for need in question.needs
        }  # the one that settles most
        shown = asked if self.full else [question for question in asked if question in first.values()]
        for question in shown:
            leads: dict[str, list[str]] = {}
            for answer in question.answers:
                leads.setdefault(answer.leads_to, []).append(answer.value.replace("_", " "))
            outcome = "; ".join(
                f"{'/'.join(values[:4])}: {self._inside(end)}" for end, values in leads.items()
            )
            rests = f" ({self.words.refs(question.basis[:1])})" if question.basis else ""
            waiting = f" why: {question.why[0]}{rests}" if question.why else ""
            yield from self._entry("Ask", question.asks + (f" {outcome}." if outcome else "") + waiting)
        yield from self._left(asked, shown)

    def _unknowns(self) -> Iterator[str]:
        shown = self._some("unknowns", self.plan.unknowns)
        for number, unknown in enumerate(shown):
            come = " ".join(sentence(words) for words in unknown.may_come[: None if self.full else 2])
            spared = "".join(
                f" Yet: {sentence(said.says)} ({self.words.refs(said.basis[:2])})"
                for said in unknown.does_not_stop[: None if self.full else 1]
            )
            yield from self._entry(
                "Not known" if number == 0 else "", f"{unknown.asks} It may be that: {come}{spared}"
            )
        yield from self._left(self.plan.unknowns, shown)

    def _warnings(self) -> Iterator[str]:
        stops = [warning for warning in self.plan.warnings if warning.level == "stop"]
        shown = max(self._some("warnings", self.plan.warnings), stops, key=len)
        for number, warning in enumerate(shown):
            label = {"stop": "STOP", "caution": "Watch", "note": "Note"}[warning.level]
            words = sentence(warning.says) + (f" [{warning.code}] why: {warning.why}" if self.full else "")
            lines = list(
                self._entry(label if number == 0 or shown[number - 1].level != warning.level else "", words)
            )
            colour = LEVEL[warning.level]
            yield from (click.style(lines[0][:LABEL], fg=colour, bold=True) + lines[0][LABEL:], *lines[1:])
        yield from self._left(self.plan.warnings, shown)

    def _duties(self) -> Iterator[str]:
        shown = self._some("obligations", self.plan.obligations)
        for number, duty in enumerate(shown):
            basis = f" ({self.words.refs(duty.basis[:2])})" if duty.basis else ""
            yield from self._entry("Duties" if number == 0 else "", sentence(duty.says) + basis)
        yield from self._left(self.plan.obligations, shown)

    def _contested(self) -> Iterator[str]:
        for number, point in enumerate(self.plan.contested):
            yield from self._entry(
                "Contested" if number == 0 else "",
                f"One view: {sentence(point.a)} Another: {sentence(point.b)} Followed: {sentence(point.default)} [{point.rule}]",
            )

    def _given(self) -> Iterator[str]:
        presumed = [item for item in self.plan.assumptions if item.origin == "presumed"]
        stipulated = [item for item in self.plan.assumptions if item.origin == "stipulated"]
        if lists := lists_checked(self.plan, self.words, self.full):
            yield from self._entry("Lists checked", lists)
        if stipulated:
            yield from self._entry("ASSUMED", self._stipulated(stipulated))
        if presumed and self.full:
            for number, item in enumerate(presumed):
                yield from self._entry(
                    "Taken as given" if number == 0 else "", f"{item.fact} = {item.value}: {item.because}"
                )
        elif presumed:
            first = ", ".join(
                f"{self.words.fact(item.fact)}: {item.value.replace('_', ' ')}" for item in presumed[:3]
            )
            yield from self._entry(
                "Taken as given", f"{first}, ... ({len(presumed)}; --full)" if len(presumed) > 3 else first
            )
        for future in self.plan.future:
            yield from self._entry("Not yet", f"{future.instrument}: {future.status}; no basis today")

    def _stipulated(self, items: list[Assumption]) -> str:
        """Ties by what was stipulated of them, those in force first."""
        by_value: dict[str, list[str]] = {}
        for item in sorted(items, key=lambda item: item.value != "in_force"):
            by_value.setdefault(item.value.replace("_", " "), []).append(self.words.tie(item.fact))
        parts = []
        for value, names in by_value.items():
            many = not self.full and len(names) > MANY_TIES
            parts.append(
                f"{value}: "
                + (f"{', '.join(names[:3])}, ... ({len(names)}; --full)" if many else ", ".join(names))
            )
        return "; ".join(parts)

    def _footing(self) -> Iterator[str]:
        basis = {b.provision: b for step in self.plan.steps for b in step.basis}
        read = sum(b.mark == "text" for b in basis.values())
        words = f"{read} of {len(basis)} provisions read in the text"
        if unread(basis.values()):
            words += ". NOT CHECKED AGAINST TEXT"
        yield from self._entry("Basis checked", words)
        for overlay in self.plan.rulebook.overlays:
            yield from self._entry("Your own data", overlay)

    def _entry(self, label: str, words: str, column: int = LABEL) -> Iterator[str]:
        labels = textwrap.wrap(
            label, column - 1, subsequent_indent=" " * (len(label) - len(label.lstrip()) + 1)
        ) or [""]
        lines = textwrap.wrap(words, self.width - column)
        for left, right in zip_longest(labels, lines, fillvalue=""):
            yield left.ljust(column) + right

    def _some(self, key: str, items: Sequence[T]) -> Sequence[T]:
        return items if self.full else items[: self.shown[key]]

    def _left(self, items: Sequence[object], shown: Sequence[object]) -> Iterator[str]:
        if len(items) > len(shown):
            yield " " * LABEL + f"... and {len(items) - len(shown)} more (--full)"

    def _inside(self, words: str) -> str:
        return _lower(words, self.words.rulebook.proper_names)

    def _wrap(self, words: str, bold: bool = False) -> Iterator[str]:
        for line in textwrap.wrap(words, self.width):
            yield click.style(line, bold=True) if bold else line


def _lower(words: str, proper: tuple[str, ...]) -> str:
    """A name inside a sentence; abbreviations and proper names keep their capitals."""
    keeps = not words[1:2].islower() or words.split(" ")[0] in proper
    return words if keeps else words[:1].lower() + words[1:]
