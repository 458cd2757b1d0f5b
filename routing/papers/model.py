"""A draft of a paper: what is printed, in order, with what is missing."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Literal

from routing.core.printable import day, with_written_days
from routing.core.records import Record
from routing.rulebook.documents import Weight

HEAD = "DRAFT for the competent authority - not issued"
"""What a paper with gaps says of itself, on every page."""
FOR_SIGNATURE = "Draft for signature: check it, then delete this line"
"""What a complete one says, once; nothing else in it has to go before it is signed."""
Status = Literal["filled", "answered", "fixed", "ticks", "by_hand", "blank"]
"""filled: from plan, case or law data. answered: by the officer. fixed: a sentence of the form. ticks: boxes.
by_hand: written by hand when the paper is issued. blank."""


class Choice(Record):
    """A box. says: what stands beside it. ticked: only where the officer ticked it."""

    says: str
    ticked: bool


class DraftField(Record, kw_only=True):
    """One thing that the paper says, or a blank.

    key: the name under which the officer answers. lines: the text, none in a blank. source: where it is from,
    in words. program, program_source: what the program has for it and from where, also where the officer says
    otherwise. asks: what to fill in. hint: what the case or the plan says of it, which the officer has to
    confirm.
    """

    key: str
    name: str
    status: Status
    lines: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    source: str = ""
    program: tuple[str, ...] = ()
    program_source: str = ""
    asks: str = ""
    hint: str = ""
    weight: Weight
    when: str = ""
    asked_by: tuple[str, ...] = ()

    @property
    def corrected(self) -> bool:
        """Whether the officer says otherwise than the program, or leaves blank what the program fills in."""
        return bool(self.program) and self.status != "filled"


class DraftSection(Record, kw_only=True):
    """A section. used: `no` where the plan asks for nothing that it is for; its fields are then left out.

    asked_by: the provisions that demand it and speak to this step, as a lawyer cites them.
    """

    id: str
    name: str
    weight: Weight
    when: str = ""
    mark: str
    asked_by: tuple[str, ...] = ()
    says: str = ""
    used: bool = True
    fields: tuple[DraftField, ...] = ()


class MissingItem(Record, kw_only=True):
    """A blank that matters. key: of the field, to answer it by; asked_by: who demands it, in words.

    supposed: whether it is needed only under a condition of which the case says nothing.
    """

    key: str
    section: str
    name: str
    weight: Weight
    asks: str
    when: str = ""
    asked_by: tuple[str, ...] = ()
    hint: str = ""
    choices: tuple[str, ...] = ()
    supposed: bool = False


class Draft(Record, kw_only=True):
    """A draft of a paper for one step of a plan.

    document, name: the id of the paper, and what it is called. title: what stands above it. step: for which
    step of the plan it is, in words. missing: what is still blank and demanded or usual, first of all.
    doubtful: what the plan itself leaves open. notes: what the officer should know, each under its heading.
    sections: what is printed, in order. as_of, data_date: the day of the plan, and of the law data. template:
    `letter` or `form`.
    """

    document: str
    name: str
    title: str
    as_of: datetime.date
    data_date: str
    step: str
    template: str
    missing: tuple[MissingItem, ...]
    doubtful: tuple[str, ...] = ()
    notes: tuple[tuple[str, str], ...] = ()
    sections: tuple[DraftSection, ...]

    def fields(self) -> Iterator[DraftField]:
        """The fields of every section that is used, in their order."""
        return (each for section in self.sections for each in section.fields)

    @property
    def complete(self) -> bool:
        """Whether all is filled in that is demanded or usual, but for what is written by hand."""
        return all(item.supposed for item in self.missing)

    @property
    def notice(self) -> str:
        """That it is a draft."""
        return FOR_SIGNATURE if self.complete else HEAD

    @property
    def face(self) -> str:
        """What the first page says of the gaps."""
        supposed = sum(item.supposed for item in self.missing)
        count = len(self.missing) - supposed
        more = f"{supposed} more {'is' if supposed == 1 else 'are'} needed only in certain cases."
        if not count:
            filled = "Every field that is demanded or usual is filled in. Check each of them."
            return f"{filled} {more}" if supposed else filled
        demanded = sum(item.weight == "required" for item in self.missing)
        many = "1 field is" if count == 1 else f"{count} fields are"
        face = f"Incomplete: {many} missing, {demanded or 'none'} of them demanded by law or form."
        return f"{face} {more}" if supposed else face

    @property
    def foot(self) -> str:
        """What stands on every page; of a complete paper only on the sheet for the officer."""
        made = f"Law data as of {with_written_days(self.data_date)}. Paper for the plan of {day(self.as_of)}."
        return made if self.complete else f"{self.notice}. {made}"
