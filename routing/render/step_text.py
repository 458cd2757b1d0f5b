"""A step of a plan on a terminal: who, how, what, by when and on which terms, as far as there is room."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import click

from routing.core.domain import CONSULT, DELIVER, PRESERVE
from routing.core.grouping import grouped
from routing.core.kinds import PRACTICE
from routing.core.printable import sentences
from routing.phrasing.of_plans import TURNS_ON
from routing.plan.model import Act
from routing.render.detail_levels import LEADING, DetailLevel
from routing.render.page import Remark, StepSection
from routing.render.remarks import for_needs, remarks
from routing.render.room import CONTENTS, More, parted
from routing.render.worked_out import DrawnStep, OnceAsked, WorkedOut
from routing.rulebook.spans import NUMBERS

MAIN = (DELIVER, "follow", PRESERVE)
"""What a step does that says on every page what goes into it."""
SPARE = 3
"""The sentences that the main step keeps where room is short; one less where it is shortest."""
MANY = 99
"""As many sentences as there are."""
REST_OF_REMARK = re.compile(rf"{TURNS_ON}[^()]*(?=\))")
"""What the law of a step turns on, which the answer at the top tells where room is short."""
LABEL = 13
"""Where the words of a step begin."""
LONG = 30
"""The letters from which what was told of an earlier step is not told again, where that keeps a line."""
BARE = f" ({PRACTICE})."
"""How a step ends that rests on practice alone: where room is short what to do is told, not its name."""
MARKS = (("Limits", ("stop", "limit")), ("Watch", ("caution", "note")), ("Do", ("duty",)))
"""What stands before limits, warnings and duties."""


class StepText:
    """The lines of the steps of a page, in their order. many: whether it has several needs. left: counts what
    is left out, by its kind."""

    def __init__(
        self,
        many: bool,
        full: bool,
        width: int,
        shared: WorkedOut,
        detail: DetailLevel,
        more: More,
        left: Counter[str],
    ) -> None:
        self.many = many
        self.full, self.width, self.detail, self.more, self.left = full, width, detail, more, left
        self.lines_of, self.untold = shared.lines_of, shared.untold
        self._first_told: dict[str, int] = {}
        self._drawn = shared.steps.setdefault(detail.of_steps, {})
        self._remarks, self._unsaid = _by_step(more.remarks), _by_step(more.unsaid)
        self._asked: list[OnceAsked] = []
        self._left: list[str] = []

    def lines(self, step: StepSection) -> Sequence[str]:
        """The lines of a step. Pages differ in few of their steps, so that one that was drawn at this level,
        with no more to tell and with the same told before it, is not drawn again."""
        number, more = step.number, self.more
        beyond = (
            number,
            number in more.fuller,
            number in more.contents,
            more.first_items if number <= LEADING else more.items,
            self._remarks.get(number),
            self._unsaid.get(number),
        )
        drawn = self._drawn.get(beyond)
        if drawn is None or not self._still_stands(drawn, step):
            self._asked, self._left = [], []
            lines = tuple(self._lines(step))
            drawn = self._drawn[beyond] = DrawnStep(tuple(self._asked), lines, tuple(self._left))
        self.left.update(drawn.left)
        return drawn.lines

    def _still_stands(self, drawn: DrawnStep, step: StepSection) -> bool:
        """Whether all that a drawing asked is answered as it was; what is asked is noted as it would be."""
        return all(
            self._told_once(asked.words, step, asked.longest, asked.whole) == asked.told_as
            for asked in drawn.asked
        )

    def _lines(self, step: StepSection) -> Iterator[str]:
        yield from self._head(step)
        what = self._what(step)
        bare = self.detail.compact and bool(what) and step.how.endswith(BARE) and not step.write_in
        if bare:
            by_practice = "" if self.detail.brief else f" ({PRACTICE})"
            joined = self.detail.joined != "none"
            yield from self._line("What" if joined else "How", f"{what}{by_practice}")
        elif what and self.detail.joins(step.role == DELIVER, step.when == "Now"):
            language = f" Language: {step.write_in}" if step.write_in else ""
            law = REST_OF_REMARK.sub("", step.how).rstrip(".")
            yield from self._line("What", f"{what} {law}.{language}")
            bare = True
        else:
            yield from self._how(step)
        yield from self._manner(step, "" if bare else what)
        shown, brief = self._shown(step), self.detail.brief
        for label, kinds in MARKS:
            yield from self._line(label, remarks((it for it in shown if it.kind in kinds), brief))
        if self.full:
            yield from self._details(step)

    def _head(self, step: StepSection) -> Iterator[str]:
        """When, what for, and who; where room is short who stands beside it, if that keeps a line."""
        when = step.when.upper() if step.when == "Now" else step.when
        title = list(self._title(f"{step.number:>2}  {when}", step))
        again = self._once(step.who, step, LONG)
        if self.detail.compact and len(title) == 1:
            for who in (step.who, again):
                if len(title[0]) + 2 + len(who) <= self.width:
                    yield f"{click.style(title[0], bold=True)}  {who}"
                    return
        who = step.who if len(step.who) <= self.width - LABEL else again
        apart = list(self._line("Who", who))
        beside = self.lines_of(f"{title[-1]}  {who}", self.width, under=" " * LABEL, cut=True)
        if self.detail.compact and len(beside) <= len(apart):
            *title, last = title
            yield from (click.style(line, bold=True) for line in title)
            yield click.style(last, bold=True) + beside[0][len(last) :]
            yield from beside[1:]
            return
        yield from (click.style(line, bold=True) for line in title)
        yield from apart

    def _once(self, words: str, step: StepSection, longest: int, whole: str = "") -> str:
        """What is longer than so many letters is told once; a later step names the first. whole: words of
        which there is room for these; an earlier step may say more of them."""
        told_as = self._told_once(words, step, longest, whole)
        self._asked.append(OnceAsked(words, longest, whole, told_as))
        return told_as

    def _told_once(self, words: str, step: StepSection, longest: int, whole: str) -> str:
        first = self._first_told.setdefault(words, step.number)
        if self.full or len(words) <= longest:
            return words
        if whole.startswith(words) and whole != words:
            first = next(
                number
                for earlier, number in self._first_told.items()
                if earlier.startswith(words) and whole.startswith(earlier)
            )
        return words if first == step.number else f"as in step {first}"

    def _how(self, step: StepSection) -> Iterator[str]:
        """The channel and the law, and the language; where room is short both stand on one line."""
        written = f"Language: {step.write_in}" if step.write_in else ""
        how = step.how if self.detail.usual else REST_OF_REMARK.sub("", step.how)
        if self.detail.compact and written:
            yield from self._line("How", f"{how.rstrip('.')}. {written}")
        else:
            yield from self._line("How", how)
            yield from self._line("Language", step.write_in)

    def _what(self, step: StepSection) -> str:
        """What to do, as far as there is room, for each of its needs."""
        parts = [
            (_first(act.says, self._sentences(step, place)), act)
            for place, act in enumerate(step.acts)
            if act.says
        ]
        if step.turns and not any(step.turns in words for words, _ in parts):
            parts.append((step.turns, Act(needs=(), says=step.turns)))
        alike = grouped(parts)
        return " ".join(self._part(words, same, step) for words, same in alike.items())

    def _sentences(self, step: StepSection, place: int) -> int:
        """How many sentences a step says of how it is done for some of its needs, at the least one. A step
        with which a plan for several needs begins says more for those named first, a main step for each."""
        urgent, more = step.when == "Now", step.number in self.more.fuller
        if step.role in (DELIVER, PRESERVE) and (self.detail.what > 1 or more):
            return MANY
        if step.role == DELIVER:
            return SPARE - (self.detail.joined != "none")
        leads = step.number <= LEADING and place == 0 and step.role != CONSULT
        least = 2 if (leads and self.many) or (urgent and self.detail.forbidden) else 1
        return max(least, self.detail.what + urgent + more)

    def _part(self, words: str, same: Sequence[Act], step: StepSection) -> str:
        """What to do in the same words for some needs, with all of them, without any where it is for all.

        What an earlier step says in these words is told there.
        """
        needs = tuple(need for act in same for need in act.needs)
        again = self._once(words, step, 2 * LONG, same[0].says)
        what = words if again == words else f"{again}."
        return for_needs(what, () if {*needs} >= {*step.serves} else needs)

    def _manner(self, step: StepSection, what: str) -> Iterator[str]:
        """With what and by when. what: what to do, where it is not told yet."""
        yield from self._line("What", what)
        contents, times = self._with(step), " ".join(self._by(step))
        if contents and times and self.many and self.detail.joined == "all":
            yield from self._line("With", f"{contents} {_time_after_contents(times)}")
            return
        yield from self._line("With", contents)
        yield from self._line("By when", self._once(times, step, self.width - LABEL))

    def _by(self, step: StepSection) -> Sequence[str]:
        """By when, as far as there is room; of several needs a main step that waits tells what is usual."""
        if step.only_if and step.role != DELIVER and not self.many and self.detail.what < 0:
            return step.ends  # of what may not be open, on the shortest page, what may end
        dated = [text for text in step.by if self.detail.usual or self._counts(text)]
        waits = self.many and step.role == DELIVER and step.when != "Now"
        return dated or (step.by if waits else [])

    def _with(self, step: StepSection) -> str:
        """With what: of a main step always what it must contain, of another as far as there is room."""
        level, more = self.detail.contents, step.number in self.more.contents
        main = step.role in MAIN
        if (step.number, CONTENTS) in self.more.unsaid:
            return ""
        if not (main or self.full or more or level in ("all", "items")):
            return ""
        signed = step.role == DELIVER or (level == "all" and step.role == PRESERVE)
        whole = self.full or (signed and (more or level != "bare"))
        most = self.more.first_items if step.number <= LEADING else self.more.items
        return self._once(step.with_what(whole, most), step, LONG)

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
        bare = self.detail.what < 0
        if not step.only_if or self.full or (len(rest) == len(step.depends) and not bare):
            return step.only_if
        also = f" Also needed to decide: {', '.join(rest)}." if rest and not bare else ""
        return f"{_first(step.only_if, 1)}{also}"

    def _shown(self, step: StepSection) -> tuple[Remark, ...]:
        """What a step says on this page; what is left out is counted."""
        if self.full:
            return step.remarks
        shown, left = parted(step, self.detail, self.more)
        self._left += (_COUNTED[item.kind] for item in left)
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

    def _line(self, label: str, words: str) -> Iterator[str]:
        """A line of a step: its label under the number, its words in their own column."""
        if words.strip():
            yield from self.lines_of(words, self.width, f"    {label}".ljust(LABEL), cut=True)


def _by_step(places: Iterable[tuple[int, str]]) -> dict[int, frozenset[str]]:
    """What is to be told or left out at each step, by its code."""
    return {number: frozenset(codes) for number, codes in grouped(places).items()}


def _time_after_contents(times: str) -> str:
    """By when, after other words; what is usual alone stands by itself."""
    usual = times.removeprefix("Usually ")
    return f"By when: {times}" if usual == times else f"Usually takes {usual}"


def _first(words: str, most: int) -> str:
    """The first sentences of a text."""
    return " ".join(sentences(words)[:most])


_COUNTED = {"duty": "duty", "caution": "warning", "note": "note", "stop": "warning", "limit": "limit"}
"""What each kind is called where it is counted."""
