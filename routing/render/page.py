"""The sections of a plan as every face shows them: the types, and what each field means.

`sections(plan, words)` makes a `Page` once from a plan; the text, the Markdown, the calendar and a page in a
browser show it and make no sentences of their own. Everything in it is words for people, except the fields
that say otherwise.

A `Page` is read from top to bottom:

- `before_all`: what goes before all else, where a danger presses;
- `answers`: for each need, the answer in a sentence;
- `stops`: what must be settled before anything else;
- `steps`: what to do, in the order of time; each with who, how, with what, by when, and on which terms. A
  limit, a duty or a warning stands at the first step it belongs to, once, and names the others;
- `forbidden`: what must not be done, and why;
- `questions`, `unknowns`: what is missing; the first question of a need is the one to settle first;
- `behind`: what the choice rests on, which the full plan shows and the short page counts.

What each `Remark` weighs decides whether the short page shows it (`Weight` in core/domain.py); the rules say
it beside its sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

from routing.core.domain import Weight
from routing.core.grouping import grouped
from routing.core.printable import small_first
from routing.core.records import Record, replace
from routing.plan.model import Act

Kind = Literal["stop", "limit", "duty", "caution", "note"]


class Remark(Record, kw_only=True):
    """A stop, limit, duty or warning.

    code: of the rules. law: the provisions, or `practice`. needs: for which needs, empty where that goes
    without saying. also: numbers of further steps it belongs to. why: the rule, by its id. views_differ:
    whether that rule is contested.
    """

    kind: Kind
    code: str
    says: str
    law: str
    weight: Weight
    needs: tuple[str, ...] = ()
    also: tuple[int, ...] = ()
    why: str = ""
    views_differ: bool = False

    @property
    def also_at(self) -> str:
        """The further steps, as `step 4` or `steps 4, 5`."""
        return " ".join(("steps" if len(self.also) > 1 else "step", ", ".join(map(str, self.also))))


class AnswerSection(Record, kw_only=True):
    """The answer for a need.

    need: its id, of several alike theirs. first: what goes before all else. headline: the answer in a
    sentence; brief: the same without the State, where all needs are of one. sought: the part of it that says
    what is sought; a face with little room may tell together what differs in that alone. status: `Confirmed`,
    `Conditional`, ... code: of the status, as in the plan. proposal: the answer to a channel that was
    proposed, with its law. to_name: what to name first, as the States are not known. missing: the facts that
    decide, as nouns. turns_on: what is said before them. by: by when to take the main step, as a sentence;
    empty where nothing sets a day. otherwise: further channels that would deliver.
    """

    need: str
    first: str = ""
    headline: str
    brief: str = ""
    sought: str = ""
    status: str
    code: str
    proposal: str = ""
    to_name: str = ""
    missing: tuple[str, ...] = ()
    turns_on: str = ""
    by: str = ""
    otherwise: tuple[str, ...] = ()


def answers_alike(answers: Sequence[AnswerSection], further: bool) -> tuple[AnswerSection, ...]:
    """The answers, those that differ in what is sought alone as one. further: whether other channels are told
    too."""
    groups = grouped((_but_what_is_sought(item, further), item) for item in answers)
    return tuple(_together(items) for items in groups.values())


def _but_what_is_sought(item: AnswerSection, further: bool) -> AnswerSection:
    if item.proposal or item.to_name:
        return item
    worded = {name: _with_sought(getattr(item, name), item.sought, "") for name in ("headline", "brief")}
    return replace(item, need="", first="", sought="", otherwise=item.otherwise if further else (), **worded)


def _together(items: Sequence[AnswerSection]) -> AnswerSection:
    first, *others = items
    if not others:
        return first
    every = "; ".join((first.headline[: len(first.sought)], *(small_first(it.sought) for it in others)))
    worded = {name: _with_sought(getattr(first, name), first.sought, every) for name in ("headline", "brief")}
    return replace(first, need=", ".join(item.need for item in items), sought=every, **worded)


def _with_sought(words: str, sought: str, instead: str) -> str:
    return f"{instead}{words[len(sought) :]}" if words else ""


class BasisLine(Record, kw_only=True):
    """A provision a step rests on, as the full plan lists it. condition: empty, or what has to hold, in
    words."""

    name: str
    role: str
    kind: str
    mark: str
    in_force_since: str = ""
    source: str = ""
    condition: str = ""


class StepSection(Record, kw_only=True):
    """A step.

    number, id: its place in the plan and its id there. pathway, channel: its id and its name. when: `Now`,
    `Today`, or `After 1, 2`. start: the earliest day. serves: ids of the needs it serves. needs: those that
    are named, none where it serves all. title: what is done. only_if: what it depends on, as a sentence;
    empty where it is sure. depends: the facts of it, as nouns.
    who: sender and receiver with their offices. office: what is known of the receiver's office where its name
    is not, and of the way. how: channel and law. what: what to do; acts: the same, for each of the needs
    that it does something for. turns: the sentence of it that turns the
    step round, which is never left out. contents: what the request or message must contain. paper: the form
    that it is, by its name; attach: what goes with it; signs: who signs it.
    by: time limits and dates, each a sentence; ends: those of them on which what was done may end, or ends,
    which are never left out. remarks: limits, duties and warnings. reach: way, offices with
    address and source, language. language: a sentence; write_in: the same in a few words.
    basis, because, why: for the full plan; why are rules
    in words, rules their ids.
    """

    number: int
    id: str
    pathway: str
    channel: str
    role: str
    when: str
    start: date | None = None
    serves: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    title: str
    only_if: str = ""
    depends: tuple[str, ...] = ()
    who: str
    office: str = ""
    how: str
    what: str = ""
    acts: tuple[Act, ...] = ()
    turns: str = ""
    contents: tuple[str, ...] = ()
    paper: str = ""
    attach: str = ""
    signs: str = ""
    by: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()
    language: str = ""
    write_in: str = ""
    reach: tuple[str, ...] = ()
    after: tuple[int, ...] = ()
    together: tuple[int, ...] = ()
    basis: tuple[BasisLine, ...] = ()
    because: tuple[str, ...] = ()
    why: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()

    def with_what(self, whole: bool = True, most: int | None = None) -> str:
        """What goes out and what it must contain. whole: also what is attached and who signs. most: so many
        items at most; a single one more is told, and of several how many they are."""
        most = None if most is None or len(self.contents) <= most + 1 else most
        more = () if most is None else (f"{len(self.contents) - most} more points",)
        items = "; ".join((*self.contents[:most], *more))
        named = f"{self.paper}: {items}" if self.paper and items else self.paper or items
        rest = (("Attach", self.attach), ("Signs", self.signs)) if whole else ()
        labelled = (f"{label}: {words}" for label, words in rest if words)
        return " ".join((*([f"{named}."] if named else ()), *labelled))


class Forbidden(Record, kw_only=True):
    """What must not be done, and why. names: the channels. needs: empty where the case has one need only.
    far: whether nobody would think of them here: they are meant for a circle to which no State of the case
    belongs, or never bring what is sought. few: those of the names of which somebody would."""

    names: tuple[str, ...]
    says: str
    law: str
    needs: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    because: tuple[str, ...] = ()
    views_differ: bool = False
    far: bool = False
    few: tuple[str, ...] = ()


class QuestionSection(Record, kw_only=True):
    """A question that decides. leads: the answers that lead to one end, with that end. first: whether to ask
    it first."""

    asks: str
    leads: tuple[tuple[str, str], ...] = ()
    law: str = ""
    needs: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    first: bool = False


class UnknownSection(Record, kw_only=True):
    """What is not known and may add a warning. may_come: the warnings. spared: what it does not stop, with
    its law."""

    asks: str
    may_come: tuple[str, ...]
    spared: tuple[str, ...] = ()


class Behind(Record, kw_only=True):
    """What the choice rests on. Each is a sentence.

    stipulated: what the user assumed for this question, by value. assumed: what the rules presume, with the
    reason. lists: how old they are; oldest: the days since the oldest that a step rests on was checked.
    sources: of each leading instrument, the official address of who is bound. contested: where views differ.
    future: what is signed only, and not_yet its names. read, of: provisions whose text was read, of how many.
    unread: whether none was; unread_at: the steps, by number, of which what leads was not read. own_data: the
    user's own rules. unweighed: what was told and moves nothing.
    """

    stipulated: tuple[tuple[str, tuple[str, ...]], ...] = ()
    assumed: tuple[str, ...] = ()
    lists: str = ""
    oldest: int = 0
    sources: tuple[tuple[str, str], ...] = ()
    contested: tuple[str, ...] = ()
    future: tuple[str, ...] = ()
    not_yet: tuple[str, ...] = ()
    read: int = 0
    of: int = 0
    unread: bool = False
    unread_at: tuple[int, ...] = ()
    own_data: tuple[str, ...] = ()
    unweighed: str = ""


class Page(Record, kw_only=True):
    """A plan in sections. sides: our State and the others, with an arrow. left_out: what of the case tells
    nothing here, as lines that were not understood. read_as: words read otherwise, in one line. outdated: the
    lists to look up before the plan is relied on."""

    title: str
    sides: str
    as_of: date
    left_out: str = ""
    read_as: str = ""
    answers: tuple[AnswerSection, ...]
    stops: tuple[Remark, ...] = ()
    steps: tuple[StepSection, ...]
    forbidden: tuple[Forbidden, ...] = ()
    questions: tuple[QuestionSection, ...] = ()
    unknowns: tuple[UnknownSection, ...] = ()
    behind: Behind
    rules: str
    outdated: str = ""
    notice: str

    @property
    def many(self) -> bool:
        """Whether the case has several needs, which then have to be named."""
        return len(self.answers) > 1

    @property
    def before_all(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """What goes before all else, each sentence once, with the needs of which it is said; none where that
        is all."""
        of = grouped((answer.first, answer.need) for answer in self.answers if answer.first)
        return tuple(
            (says, tuple(needs) if len(needs) < len(self.answers) else ()) for says, needs in of.items()
        )

    def untold(self, step: StepSection, most: int) -> list[str]:
        """The facts on which a step depends that the answers to its needs do not tell, where each tells so
        many at most."""
        of = set(step.needs)
        answers = [item for item in self.answers if not of or of & {*item.need.split(", ")}]
        missing = {fact for item in answers for fact in item.missing[:most]}
        return [fact for fact in step.depends if fact not in missing]
