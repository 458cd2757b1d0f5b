"""What the tables of offices hold: competent authorities and their roles, channels, and languages.

How a row is read stands in `office_rows.py`; which one counts is chosen in `offices.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Literal, get_args

from routing.core.records import Record
from routing.law.partial_dates import PartialDate

GENERAL = "office"  # named whatever the treaty
MOST_LIKELY = 2  # names of offices; more of them say that the instrument decides
EVERY_PARTY = "every-party"  # in the place of a State, for the office that a treaty itself names
SIDES = ("sender", "receiver", "both")
ASKS, ASKED = "asks", "asked"
"""The sides on which the State of an office can stand."""
DUTY_CODE, DUTY_RULE = "duty.code", "duty.rule"  # keys of the wording: the duty to translate, and its rule
Needed = Literal["one", "all"]
NEEDED: tuple[Needed, ...] = get_args(Needed)
OLD_DAYS = 3652  # a text of more than ten years is told with its year


class Designated(Record, kw_only=True):
    """What a State named for itself.

    seen: the day, month or year of the text that names it, where it was told. file: the table it stands in,
    ours or one that a user laid over it.
    """

    state: str
    instrument: str
    provision: str
    partner: str
    since: PartialDate | None
    until: PartialDate | None
    source: str
    read_at: str
    confidence: str
    seen: PartialDate | None
    checked: date
    note: str
    line: int
    file: str

    @property
    def as_of(self) -> date:
        """The last day of which it surely speaks: that of its text, else that on which it was read."""
        return min(self.seen.last, self.checked) if self.seen else self.checked

    @property
    def old(self) -> int | None:
        """The year of the text, where it was more than ten years old when it was read; else None."""
        year = self.as_of.year
        return year if (self.checked - self.as_of).days > OLD_DAYS else None


class Office(Designated, kw_only=True):
    """An office that a State named. remark: which one of several it is, or what it does with a request."""

    role: str
    name: str
    unit: str
    through: str
    remark: str = ""

    @property
    def key(self) -> tuple[str, ...]:
        """What a remark on it is written under."""
        return (self.state, self.role, self.instrument, self.name)


class TreatyOffice(Record):
    """The office that a treaty names for each of its Parties, as long as none of them declared another.

    needs: the instrument that has to bind both States as well for the treaty to say so; empty: none. without:
    the States that have no office of this name, so that it is not told of them.
    """

    needs: str
    without: tuple[str, ...]
    office: Office


class AcceptedLanguages(Designated, kw_only=True):
    """The languages in which a State takes requests. needed: `one` of them, or `all`."""

    languages: tuple[str, ...]
    needed: str
    says: str


class OfficeRole(Record):
    """What an office can be: the party of pathways (of all, where none is named), on which side, whom else to
    ask.

    within: the instrument outside which no State has such an office; empty: every State may. carries: whether
    the office that a State named under one instrument may be told as the likely one under another. outside:
    whether it is no authority of a State, so that nobody has one of their own. measures: those of a need for
    which it is; empty: all. asked_of: the role whose office is asked which one is competent, where none is
    held in this one; empty: none.
    """

    role: str
    party: str
    pathways: tuple[str, ...]
    side: str
    within: str
    carries: bool
    outside: bool
    measures: tuple[str, ...]
    asked_of: str
    title: str
    ask: str
    line: int


class Channel(Record):
    """How a pathway, or one route of it, goes between two States.

    asked, asking: the only State on that side for which it holds; empty: every one. needs: the instrument
    that has to bind both as well; empty: none. Parties replace those of the pathway.
    declared_under: the instruments whose declarations name the offices, first one first.
    via: a way of wording.csv; basis: the provisions that allow it; also: other ways that are open, each with
    the provision that allows it.
    languages: the provision on the language of the request; empty: no request is written between the States.
    """

    pathway: str
    route: str
    asked: str
    asking: str
    needs: str
    sender_party: str
    receiver_party: str
    declared_under: tuple[str, ...]
    via: str
    basis: tuple[str, ...]
    also: tuple[tuple[str, str], ...]
    languages: str
    line: int


class CalledOffice(Record):
    """What a State calls the office that treaties name by another name. name: without a unit within it."""

    state: str
    office: str
    name: str
    line: int


class WayBetween(Record):
    """The way between two parties, where no channel names one."""

    sender: str
    receiver: str
    way: str
    line: int


class CopyTo(Record):
    """Who is written to as well, in the State asked.

    pathway: the only one for which it holds; empty: every one. instruments: those of which one names the
    offices of the step; empty: any. way: the way of the step; empty: any. duty: the one that must be due;
    empty: none. party: who; always: whether also where no office is held for it, so that one asks for it.
    """

    pathway: str
    instruments: tuple[str, ...]
    way: str
    duty: str
    party: str
    always: bool
    line: int


class OfStep(Record):
    """What of a step decides which part of an office applies.

    binding: whether an instrument binds both States. stage: of the case. side: whether the State of the
    office asks or is asked. None: not known, or it does not matter.
    """

    binding: Callable[[str], bool]
    stage: str | None = None
    way: str | None = None
    pathway: str | None = None
    side: str | None = None


class Counted(Record):
    """A role that is counted for the States that an instrument binds.

    under_any: whether an office named under whatever instrument counts. says: the role in words.
    """

    instrument: str
    role: str
    under_any: bool
    says: str
    line: int


class Narrow(Record):
    """An instrument on one matter only, whose offices are told for another only where no other is held; or,
    of one State, an office that deals with that matter only and is never told for another.

    state, role: empty where it speaks of the instrument.
    """

    instrument: str
    state: str
    role: str
    because: str
    line: int

    def of(self, office: Office) -> bool:
        return (self.instrument, self.state, self.role) == (office.instrument, office.state, office.role)


class RemarkOnOffice(Record):
    """What is said beside the name of an office, which is never part of the name."""

    of: tuple[str, ...]
    remark: str
    line: int


class PartOfOffice(Record):
    """What of a name that stands for several offices applies.

    name: as the office has it in its own table. part: the office that applies. stages: those of the case in
    which it does; empty: all. ways: those of the step on which it does; empty: all. binds: instruments, one
    of which then binds both States. pathways: those of the step; empty: all. side: whether its State asks or
    is asked; empty: either.
    """

    state: str
    role: str
    instrument: str
    name: str
    part: str
    stages: tuple[str, ...]
    ways: tuple[str, ...]
    binds: tuple[str, ...]
    pathways: tuple[str, ...]
    side: str
    line: int

    def of(self, office: Office) -> bool:
        return (self.state, self.role, self.instrument, self.name) == office.key

    def applies(self, step: OfStep) -> bool:
        return (
            (not self.stages or step.stage in self.stages)
            and (not self.ways or step.way in self.ways)
            and (not self.binds or any(map(step.binding, self.binds)))
            and (not self.pathways or step.pathway in self.pathways)
            and self.side in ("", step.side)
        )
