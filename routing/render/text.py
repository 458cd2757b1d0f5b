"""The plan on a terminal: one page that says what to do, or with `full` everything that the plan holds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

import click

from routing.core.lines import lines_of, terminal_width
from routing.core.printable import day
from routing.core.records import replace
from routing.phrasing.numbers import number_of
from routing.phrasing.of_plans import STATUS, Wording
from routing.plan.model import Plan
from routing.render.detail_levels import ALL, DETAIL_LEVELS, DetailLevel
from routing.render.page import AnswerSection, Page, answers_alike
from routing.render.remarks import for_needs, remark
from routing.render.room import NO_MORE, More, filled, shortened
from routing.render.sections import sections
from routing.render.step_text import LABEL, StepText
from routing.render.worked_out import WorkedOut

if TYPE_CHECKING:
    from routing.opened import Router

COLOUR = {"routed": "green", "conditional": "yellow", "undecided": "yellow", "no_lawful_route": "red"}
PAGE, FURTHER, MOST_FURTHER = 45, 11, 15
"""The lines of a page for one need, how many more for each further answer, and for each further need where
what is needed has no room else."""
OF_LISTS = 2
"""The lines that are kept free for lists that are old, so that they take no room from what is to be done."""
MOST_NOT_YET = 1
"""The treaties not yet in force that the page names; where there are more they are counted."""
MOST_FACTS = 4
"""The facts on which an answer depends that the page names."""
MOST_THAT_MAY_COME = 3
"""The warnings that one fact keeps open, of which the gravest is said; more are counted."""
ONLY_PRACTICE = "No law named: practice."
"""What a page says once that does not say so at each place."""
ADDRESS = re.compile(r" \((?:see|ask:) [^)]*\)")
"""Where a list is looked up, which the full plan tells."""
MANY = 8


def text(plan: Plan, router: Router, full: bool = False, width: int | None = None) -> str:
    """The plan as text with colours; click strips them where they are not wanted."""
    page = sections(plan, Wording(router, sources=full))
    width = width or terminal_width()
    of_page = partial(_Text, page, full, width, WorkedOut(page, MOST_FACTS))
    notice = lines_of(page.notice, width, cut=True)
    below = len(notice) + OF_LISTS
    most = PAGE + FURTHER * (len(page.answers) - 1) - below

    def drawn(detail: DetailLevel, more: More = NO_MORE) -> list[str]:
        return list(of_page(detail, more).lines())

    # The age of a list takes no room from what is to be done.
    outdated = page.outdated if full else ADDRESS.sub("", page.outdated)
    of_lists = list(of_page(ALL).labelled("Look up", outdated, most=None if full else OF_LISTS))
    lines: list[str] = []
    for detail in (ALL,) if full else DETAIL_LEVELS:
        # What does not fit is drawn no further: one line too many shows it.
        lines = list(islice(of_page(detail).lines(), None if full else most + 1))
        if len(lines) <= most - detail.free * len(page.answers):
            lines = filled(page, detail, lines, most, partial(drawn, detail))
            break
    if not full and len(lines) > most:
        room = PAGE + MOST_FURTHER * (len(plan.needs) - 1) - below
        lines = shortened(page, room, partial(drawn, DETAIL_LEVELS[-1]))
        if len(lines) + len(of_lists) + len(notice) > PAGE and not page.many:
            least = partial(_at_the_least, drawn=partial(drawn, DETAIL_LEVELS[-1]))
            lines = shortened(page, room, least)
            notice = lines_of(f"{ONLY_PRACTICE} {page.notice}", width, cut=True)
    lines += [*of_lists, *notice]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _at_the_least(more: More, drawn: Callable[[More], list[str]]) -> list[str]:
    """The lines of a page for one need that has no room for where the answers to its question lead, and
    names practice in its last line."""
    return drawn(replace(more, unled=True, practice_named=False))


KEPT_OF_MANY = 3
"""So much of what must not be done stands on every page of several needs, however short of room."""


class _Text:
    """The lines of a page. more: what it tells beyond its level of detail."""

    def __init__(
        self, page: Page, full: bool, width: int, shared: WorkedOut, detail: DetailLevel, more: More = NO_MORE
    ) -> None:
        self.page, self.full, self.width, self.detail, self.more = page, full, width, detail, more
        self.shared, self.lines_of = shared, shared.lines_of
        self.left: Counter[str] = Counter()
        self._depends: dict[tuple[str, ...], str] = {}
        self.steps = StepText(page.many, full, width, shared, detail, more, self.left)

    def lines(self) -> Iterator[str]:
        top = self.shared.tops.get(self.detail)
        if top is None:
            top = self.shared.tops[self.detail] = tuple(self._top())
        yield from top
        for step in self.page.steps:
            yield from self.steps.lines(step)
        yield ""
        for section in (self._forbidden(), self._missing(), self._behind()):
            yield from section

    def _top(self) -> Iterator[str]:
        """What stands above the steps, the same on every page of one level of detail."""
        yield from self._head()
        yield ""
        for says, needs in self.page.before_all:
            yield from self._wrap(for_needs(says, needs), bold=True)
        answers = self.page.answers
        for answer in answers if self.full else answers_alike(answers, self.detail.further):
            yield from self._answer(answer)
        for stop in self.page.stops:
            yield from self.labelled("STOP", for_needs(remark(stop), stop.needs), colour="red")
        yield ""

    def _head(self) -> Iterator[str]:
        page = self.page
        right = f"{page.sides}, as of {day(page.as_of)}".removeprefix(", ")
        gap = self.width - len(page.title) - len(right)
        if gap >= 3:
            yield click.style(page.title, bold=True) + " " * gap + right
        else:
            yield from (
                click.style(line, bold=True) for line in self.lines_of(page.title, self.width, cut=True)
            )
            yield from (line.rjust(self.width) for line in self.lines_of(right, self.width, cut=True))
        yield from self._wrap(page.left_out, bold=True)
        if page.read_as:
            note = f"Note: {page.read_as}"
            yield from (click.style(line, dim=True) for line in self.lines_of(note, self.width, cut=True))

    def _answer(self, answer: AnswerSection) -> Iterator[str]:
        name = f"{answer.need.replace('_', ' ')}: " if self.page.many else ""
        if answer.proposal:
            yield from self._wrap(name + answer.proposal, bold=True)
        if answer.to_name:
            yield from self._wrap(f"{name}Name the States first. {answer.to_name}", bold=True)
        more = []
        if answer.missing:
            more.append(f"{answer.turns_on}: {self._missing_of(answer)}.")
        if answer.by:
            more.append(answer.by)
        if answer.otherwise and self.detail.further:
            more.append(f"Other ways: {', '.join(answer.otherwise[: None if self.full else 3])}.")
        headline = name + (answer.brief if self.detail.brief and answer.brief else answer.headline)
        status = f"{answer.status}."
        if self.page.many and self.detail.compact and answer.status == STATUS["routed"]:
            status = f"{status.partition(':')[0]}."
        coloured = click.style(status, fg=COLOUR[answer.code], bold=True)
        if self.page.many:
            lines = self._wrap(" ".join((headline, status, *more)), bold=not answer.to_name)
            yield from (line.replace(status, coloured) for line in lines)
            return
        yield from self._wrap(headline, bold=not answer.to_name)
        first, *rest = self._wrap(" ".join([status, *more]))
        yield first.replace(status, coloured, 1)
        yield from rest

    def _missing_of(self, answer: AnswerSection) -> str:
        """The facts on which an answer depends, or an earlier answer that depends on the same."""
        first = self._depends.setdefault(answer.missing, answer.need)
        if first != answer.need and len(answer.missing) > 1 and not self.full:
            return f"as for {first.replace('_', ' ')}"
        return ", ".join(answer.missing[: None if self.full else MOST_FACTS])

    def _forbidden(self) -> Iterator[str]:
        items = [item for item in self.page.forbidden if self.full or not item.far]
        kept = KEPT_OF_MANY if self.page.many else 0
        shown = items[: max(self.detail.forbidden, self.more.forbidden, kept)]
        self.left["other excluded channel"] += len(self.page.forbidden) - len(shown)
        for number, item in enumerate(shown):
            facts = f" [{item.rules[0]}; {'; '.join(item.because[:3])}]" if self.full and item.rules else ""
            views = "; views differ" if item.views_differ else ""
            law = f" ({item.law}{views})" if item.law or views else ""
            names = item.names if self.full else item.few or item.names
            words = f"{', '.join(names)}: {item.says}{law.replace('(; ', '(')}{facts}"
            yield from self.labelled("Do not use" if number == 0 else "", for_needs(words, item.needs))

    def _missing(self) -> Iterator[str]:
        for question in self.page.questions:
            if not (question.first or self.full):
                self.left["further question"] += 1
                continue
            led = () if self.more.unled else question.leads
            leads = "; ".join(f"{values}: {end}" for values, end in led)
            law = f" ({question.law})" if question.law else ""
            words = f"{question.asks}{' ' + leads + '.' if leads else ''}{law}"
            yield from self.labelled("Ask", for_needs(words, question.needs))
        refused = all(answer.code == "no_lawful_route" for answer in self.page.answers)
        asked = {question.asks for question in self.page.questions if question.first or self.full}
        unknowns = [unknown for unknown in self.page.unknowns if unknown.asks not in asked]
        shown = unknowns[: 0 if refused and not self.full else self.detail.unknowns]
        self.left["fact not known"] += len(unknowns) - len(shown)
        for unknown in shown:
            if len(unknown.may_come) > MOST_THAT_MAY_COME and not self.full:
                more = f"{len(unknown.may_come) - 1} more depend on it; --full lists them."
                words = " ".join((unknown.may_come[0], more, *unknown.spared[:1]))
            else:
                most = None if self.full else 1
                words = " ".join((*unknown.may_come[:most], *unknown.spared[:most]))
            words = f"It depends on the answer: {words}"
            yield from self.labelled("Not known", f"{unknown.asks} {words}")

    def _behind(self) -> Iterator[str]:
        behind = self.page.behind
        if behind.stipulated:
            yield from self.labelled(
                "ASSUMED", "; ".join(self._stipulated(value, names) for value, names in behind.stipulated)
            )
        for overlay in behind.own_data:
            yield from self.labelled("Own data", overlay)
        if not self.full and self.detail.counted:
            yield from self.labelled("Not weighed", behind.unweighed, most=1)
        if self.full:
            yield from self._all_behind()
            return
        counted = [
            *((count, what) for what, count in self.left.items()),
            (len(behind.assumed), "assumption"),
            (len(behind.contested), "contested point"),
        ]
        missing = (
            f", not that of {_steps(behind.unread_at)}" if behind.unread_at and not behind.unread else ""
        )
        age = f"; lists up to {behind.oldest} days old" if behind.oldest else ""
        warning = " NOT CHECKED AGAINST TEXT." if behind.unread else ""
        if not self.detail.counted:
            rest = sum(count for count, _ in counted)
            law = f"{behind.read} of {behind.of} texts read{missing}{age}"  # on one line
            unnamed = f" {ONLY_PRACTICE}" if self.detail.brief and self.more.practice_named else ""
            yield from self.labelled("--full adds", f"{rest} more points; {law}.{warning}{unnamed}")
            return
        parts = [number_of(count, what) for count, what in counted if count]
        if behind.future:
            count = len(behind.future)
            few = f"{' and '.join(behind.not_yet)} not yet in force"
            parts.append(few if count <= MOST_NOT_YET else f"{count} treaties not yet in force")
        law = f"the law ({behind.read} of {behind.of} texts read{missing}{age})"
        yield from self.labelled("--full adds", f"{', '.join((*parts, law))}.{warning}")

    def _all_behind(self) -> Iterator[str]:
        behind = self.page.behind
        for label, items in (
            ("Assumed", behind.assumed),
            ("Views differ", behind.contested),
            ("Not yet", behind.future),
            ("Lists", (behind.lists,) if behind.lists else ()),
        ):
            for number, item in enumerate(items):
                yield from self.labelled(label if number == 0 else "", item)
        yield from self.labelled("Not weighed", behind.unweighed)
        warning = " NOT CHECKED AGAINST TEXT." if behind.unread else ""
        yield from self.labelled("Law", f"{behind.read} of {behind.of} provisions read in the text.{warning}")
        yield from self.labelled("Rules", self.page.rules.removeprefix("Rules "))

    def _stipulated(self, value: str, names: tuple[str, ...]) -> str:
        if self.full or len(names) <= MANY:
            return f"{value}: {', '.join(names)}"
        return f"{value}: {len(names)} others"

    def labelled(
        self, label: str, words: str, colour: str | None = None, most: int | None = None
    ) -> Iterator[str]:
        lines = self.lines_of(words, self.width, label.ljust(LABEL), cut=True, most=most) if words else ()
        for number, line in enumerate(lines):
            styled = number == 0 and label
            yield (
                click.style(line[: len(label)], fg=colour, bold=True) + line[len(label) :] if styled else line
            )

    def _wrap(self, words: str, bold: bool = False) -> Iterator[str]:
        for line in self.lines_of(words, self.width, cut=True):
            yield click.style(line, bold=True) if bold else line


def _steps(numbers: tuple[int, ...]) -> str:
    """Steps by their numbers, as `step 4` or `steps 4, 5`."""
    return f"{'steps' if len(numbers) > 1 else 'step'} {', '.join(map(str, numbers))}"
