"""The plan on a terminal: one page that says what to do, or with `full` everything that the plan holds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

import click

from routing.core.domain import CONSULT, DELIVER
from routing.core.kinds import PRACTICE
from routing.core.lines import lines_of, terminal_width
from routing.core.printable import day
from routing.phrasing.numbers import number_of
from routing.phrasing.of_plans import TURNS_ON, Wording
from routing.plan.model import Plan
from routing.render.measures import ALL, MEASURES, NOT_TOLD, Measure
from routing.render.page import AnswerSection, Page, Said, StepSection
from routing.render.room import NO_MORE, More, filled, parted, shortened
from routing.render.sections import sections, sentences
from routing.render.worked_out import WorkedOut
from routing.rulebook.spans import NUMBERS

if TYPE_CHECKING:
    from routing.api import Router

COLOUR = {"routed": "green", "conditional": "yellow", "undecided": "yellow", "no_lawful_route": "red"}
SPARE = 3
"""The sentences that the main step keeps where room is short; one less where it is shortest."""
PAGE, FURTHER = 45, 17
"""The lines of a page for one need, and how many more for each further need."""
OF_LISTS = 2
"""The lines that are kept free for lists that are old, so that they take no room from what is to be done."""
MOST_NOT_YET = 1
"""The treaties not yet in force that the page names; where there are more they are counted."""
MOST_FACTS = 4
"""The facts on which an answer depends that the page names."""
MOST_THAT_MAY_COME = 3
"""The warnings that one fact keeps open, of which the gravest is said; more are counted."""
ADDRESS = re.compile(r" \((?:see|ask:) [^)]*\)")
"""Where a list is looked up, which the full plan tells."""
REST_OF_REMARK = re.compile(rf"{TURNS_ON}[^()]*(?=\))")
"""What the law of a step turns on, which the answer at the top tells where room is short."""
LABEL = 13
"""Where the words of a step begin."""
MANY = 8
BARE = f" ({PRACTICE})."
"""How a step ends that rests on practice alone: where room is short what to do is told, not its name."""


def text(plan: Plan, router: Router, full: bool = False, width: int | None = None) -> str:
    """The plan as text with colours; click strips them where they are not wanted."""
    page = sections(plan, Wording(router, sources=full))
    width = width or terminal_width()
    of_page = partial(_Text, page, full, width, WorkedOut(page, MOST_FACTS))
    notice = lines_of(page.notice, width, cut=True)
    most = PAGE + FURTHER * (len(page.answers) - 1) - len(notice) - OF_LISTS

    def drawn(measure: Measure, more: More = NO_MORE) -> list[str]:
        return list(of_page(measure, more).lines())

    lines: list[str] = []
    for measure in (ALL,) if full else MEASURES:
        lines = drawn(measure)
        if len(lines) <= most - measure.free * len(page.answers):
            lines = filled(page, measure, lines, most, partial(drawn, measure))
            break
    if not full and len(lines) > most:
        room = most + (PAGE - FURTHER) * (len(page.answers) - 1)
        lines = shortened(page, room, partial(drawn, MEASURES[-1]))
    # The age of a list takes no room from what is to be done.
    outdated = page.outdated if full else ADDRESS.sub("", page.outdated)
    lines += of_page(ALL).labelled("Look up", outdated, most=None if full else OF_LISTS)
    lines += notice
    return "\n".join(line.rstrip() for line in lines) + "\n"


class _Text:
    """The lines of a page. more: what it tells beyond its measure."""

    def __init__(
        self, page: Page, full: bool, width: int, shared: WorkedOut, measure: Measure, more: More = NO_MORE
    ) -> None:
        self.page, self.full, self.width, self.measure, self.more = page, full, width, measure, more
        self.lines_of, self.untold = shared.lines_of, shared.untold
        self.left: Counter[str] = Counter()
        self._named: dict[str, int] = {}

    def lines(self) -> Iterator[str]:
        yield from self._head()
        yield ""
        for says, needs in self.page.before_all:
            yield from self._wrap(self._with_needs(says, needs), bold=True)
        for answer in self.page.answers:
            yield from self._answer(answer)
        for stop in self.page.stops:
            yield from self.labelled("STOP", self._with_needs(_told(stop), stop.needs), colour="red")
        yield ""
        for step in self.page.steps:
            yield from self._step(step)
        yield ""
        for section in (self._forbidden(), self._missing(), self._behind()):
            yield from section

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
        headline = name + answer.headline
        status = f"{answer.status}."
        more = []
        if answer.missing:
            more.append(
                f"{answer.turns_on}: {', '.join(answer.missing[: None if self.full else MOST_FACTS])}."
            )
        if answer.by:
            more.append(answer.by)
        if answer.otherwise and self.measure.further:
            more.append(f"Other ways: {', '.join(answer.otherwise[: None if self.full else 3])}.")
        coloured = click.style(status, fg=COLOUR[answer.code], bold=True)
        if self.page.many and not more:
            lines = self._wrap(f"{headline} {status}", bold=not answer.to_name)
            yield from (line.replace(status, coloured) for line in lines)
            return
        yield from self._wrap(headline, bold=not answer.to_name)
        first, *rest = self._wrap(" ".join([status, *more]))
        yield first.replace(status, coloured, 1)
        yield from rest

    def _step(self, step: StepSection) -> Iterator[str]:
        when = step.when.upper() if step.when == "Now" else step.when
        title = list(self._title(f"{step.number:>2}  {when}", step))
        who = self._once(step.who, step)
        joined = f"{title[0]}  {who}"
        if self.measure.compact and len(title) == 1 and len(joined) <= self.width:
            yield click.style(title[0], bold=True) + joined[len(title[0]) :]
        else:
            yield from (click.style(line, bold=True) for line in title)
            yield from self._line("Who", who)
        what = self._what(step)
        bare = self.measure.compact and bool(what) and step.how.endswith(BARE) and not step.write_in
        if bare:
            yield from self._line("What" if self.measure.joined else "How", f"{what} ({PRACTICE})")
        elif what and self.measure.joins(step.role == DELIVER, step.when == "Now"):
            language = f" Language: {step.write_in}" if step.write_in else ""
            law = REST_OF_REMARK.sub("", step.how).rstrip(".")
            yield from self._line("What", self._once(f"{what} {law}.{language}", step))
            bare = True
        else:
            yield from self._how(step)
        if not (step.only_if and step.role != DELIVER and self.measure.what < 0):
            yield from self._manner(step, "" if bare else what)
        else:
            yield from self._line("What", "" if bare else what)
            yield from self._line("By when", " ".join(step.ends))
        shown = self._shown(step)
        for label, kinds in (
            ("Limits", ("stop", "limit")),
            ("Watch", ("caution", "note")),
            ("Do", ("duty",)),
        ):
            told = [self._with_needs(_told(said), said.needs) for said in shown if said.kind in kinds]
            yield from self._line(label, " ".join(told))
        if self.full:
            yield from self._details(step)

    def _once(self, words: str, step: StepSection) -> str:
        """What takes more than a line, as who acts or by when, is told once; a later step names the first."""
        first = self._named.setdefault(words, step.number)
        named = first != step.number and len(words) > self.width - LABEL and not self.full
        return f"as in step {first}" if named else words

    def _how(self, step: StepSection) -> Iterator[str]:
        """The channel and the law, and the language; where room is short both stand on one line."""
        written = f"Language: {step.write_in}" if step.write_in else ""
        how = step.how if self.measure.usual else REST_OF_REMARK.sub("", step.how)
        if self.measure.compact and written:
            yield from self._line("How", f"{how.rstrip('.')}. {written}")
        else:
            yield from self._line("How", how)
            yield from self._line("Language", step.write_in)

    def _what(self, step: StepSection) -> str:
        """What to do, as far as there is room."""
        urgent, told = step.when == "Now", step.number in self.more.told
        bare = step.how.endswith(BARE) and step.role != CONSULT
        some = urgent or told or bare or self.measure.what > NOT_TOLD
        least = 2 if urgent and self.measure.forbidden else int(some)
        most = max(least, self.measure.what + urgent + told)
        if step.role == DELIVER:
            whole = self.measure.what > 1 or told
            most = 999 if whole else SPARE - self.measure.joined
        what = " ".join(_first(part, most) for part in step.parts)
        return what if step.turns in what else f"{what} {step.turns}".strip()

    def _manner(self, step: StepSection, what: str) -> Iterator[str]:
        """With what and by when. what: what to do, where it is not told yet."""
        main = step.role == DELIVER
        yield from self._line("What", self._once(what, step))
        listed = {"now": main or step.when == "Now", "main": main, "none": False}[self.measure.contents]
        if step.contents and (self.full or listed or step.number in self.more.contents):
            yield from self._line("Include", f"{'; '.join(step.contents)}.")
        by = [text for text in step.by if self.measure.usual or self._counts(text)]
        yield from self._line("By when", self._once(" ".join(by), step))

    @staticmethod
    def _counts(by: str) -> bool:
        """Whether a time is one to keep where room is short: it gives a day or a number, and not only what is
        usual."""
        words = re.findall(r"\w+", by.casefold())
        dated = any(word.isdigit() or word in NUMBERS for word in words)
        return by.startswith("Today") or (dated and not by.startswith("Usually"))

    def _title(self, lead: str, step: StepSection) -> Iterator[str]:
        needs = f" (for {', '.join(step.needs)})" if step.needs else ""
        only_if = self._only_if(step)
        title = f"{step.title}{needs}. {only_if}".strip() if only_if else f"{step.title}{needs}"
        yield from self.lines_of(title, self.width, f"{lead} ".ljust(LABEL), cut=True)

    def _only_if(self, step: StepSection) -> str:
        """What a step depends on, without what the answers to its needs tell, or where room is shortest."""
        rest = self.untold(step)
        bare = self.measure.what < 0
        if not step.only_if or self.full or (len(rest) == len(step.depends) and not bare):
            return step.only_if
        also = f" Also needed to decide: {', '.join(rest)}." if rest and not bare else ""
        return f"{_first(step.only_if, 1)}{also}"

    def _shown(self, step: StepSection) -> tuple[Said, ...]:
        """What a step says on this page; what is left out is counted."""
        if self.full:
            return step.said
        shown, left = parted(step, self.measure, self.more)
        self.left.update(_COUNTED[item.kind] for item in left)
        return shown

    def _details(self, step: StepSection) -> Iterator[str]:
        for line in step.reach:
            yield from self._line("", line)
        if step.language and not step.reach:
            yield from self._line("", step.language)
        if step.together:
            yield from self._line("", f"together with {', '.join(map(str, step.together))}")
        yield from self._line("Why", f"{' '.join(step.why)} [{', '.join(step.rules)}]")
        yield from self._line("Facts", "; ".join(step.because))
        for basis in step.basis:
            since = f", in force between them since {basis.in_force_since}" if basis.in_force_since else ""
            condition = f"; only if {basis.condition}" if basis.condition else ""
            source = f", listed at {basis.source}" if basis.source else ""
            yield from self._line(
                "", f"{basis.name}: {basis.role}, {basis.kind}, read: {basis.mark}{since}{source}{condition}"
            )

    def _forbidden(self) -> Iterator[str]:
        items = [item for item in self.page.forbidden if self.full or not item.far]
        shown = items[: self.measure.forbidden]
        self.left["other excluded channel"] += len(self.page.forbidden) - len(shown)
        for number, item in enumerate(shown):
            facts = f" [{item.rules[0]}; {'; '.join(item.because[:3])}]" if self.full and item.rules else ""
            views = "; views differ" if item.views_differ else ""
            law = f" ({item.law}{views})" if item.law or views else ""
            names = item.names if self.full else item.few or item.names
            words = f"{', '.join(names)}: {item.says}{law.replace('(; ', '(')}{facts}"
            yield from self.labelled("Do not use" if number == 0 else "", self._with_needs(words, item.needs))

    def _missing(self) -> Iterator[str]:
        for question in self.page.questions:
            if not (question.first or self.full):
                self.left["further question"] += 1
                continue
            led = question.leads if self.measure.forbidden else ()
            leads = "; ".join(f"{values}: {end}" for values, end in led)
            law = f" ({question.law})" if question.law else ""
            words = f"{question.asks}{' ' + leads + '.' if leads else ''}{law}"
            yield from self.labelled("Ask", self._with_needs(words, question.needs))
        refused = all(answer.code == "no_lawful_route" for answer in self.page.answers)
        asked = {question.asks for question in self.page.questions if question.first or self.full}
        unknowns = [unknown for unknown in self.page.unknowns if unknown.asks not in asked]
        shown = unknowns[: 0 if refused and not self.full else self.measure.unknowns]
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
        if not self.full and self.measure.counted:
            yield from self.labelled("Not weighed", behind.unweighed, most=1)
        if self.full:
            yield from self._all_behind()
            return
        counted = [
            *((count, what) for what, count in self.left.items()),
            (len(behind.assumed), "assumption"),
            (len(behind.contested), "contested point"),
        ]
        age = f"; lists up to {behind.oldest} days old" if behind.oldest else ""
        warning = " NOT CHECKED AGAINST TEXT." if behind.unread else ""
        if not self.measure.counted:
            rest = sum(count for count, _ in counted)
            law = f"law, {behind.read} of {behind.of} texts read{age}"  # on one line
            yield from self.labelled("--full adds", f"{rest} duties, assumptions and more; {law}.{warning}")
            return
        parts = [number_of(count, what) for count, what in counted if count]
        if behind.future:
            count = len(behind.future)
            few = f"{' and '.join(behind.not_yet)} not yet in force"
            parts.append(few if count <= MOST_NOT_YET else f"{count} treaties not yet in force")
        law = f"the law ({behind.read} of {behind.of} texts read{age})"
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

    def _with_needs(self, words: str, needs: tuple[str, ...]) -> str:
        return f"For {', '.join(needs)}: {words}" if needs else words

    def _line(self, label: str, words: str) -> Iterator[str]:
        """A line of a step: its label under the number, its words in their own column."""
        if words.strip():
            yield from self.lines_of(words, self.width, f"    {label}".ljust(LABEL), cut=True)

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


_COUNTED = {"duty": "duty", "caution": "warning", "note": "note", "stop": "warning", "limit": "limit"}


def _told(said: Said) -> str:
    """What is said, with its law and the further steps it belongs to."""
    also = f" (also {said.also_at})" if said.also else ""
    views = "; views differ" if said.views_differ else ""
    return f"{said.says} ({said.law}{views}){also}"


def _first(words: str, most: int) -> str:
    """The first sentences of a text."""
    return " ".join(sentences(words)[:most])
