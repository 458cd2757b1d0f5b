"""What the law data say: what ties two States, what an instrument is to one, and what it holds itself."""

from __future__ import annotations

import datetime
from typing import Annotated

from routing.core.domain import Mark
from routing.core.kinds import OfInstrument as Kind
from routing.law.bilateral import Kind as KindOfHelp
from routing.law.bilateral import Status as TreatyStatus
from routing.law.confidence import Confidence
from routing.law.standing import Status
from routing.model.base import Model, ProvisionRef, Sparse, StateCode, described

CONFIDENCE = "How sure this is: `high`, `medium`, or `low` for a mere hint; null where nothing is held."
STATUS = (
    "`in_force`: it binds; `signed`: it is signed and surely does not bind; `none`: it surely does not bind; "
    "`unknown`: the data do not tell."
)
PARTIAL = " As year-month-day, or a year or month where no more is known."
KIND = "What kind of instrument it is; `practice`, `policy` and `reference` tie no State to another."
MARK = (
    "How it was read: `text`, in the text itself; `copy`, in a private copy of it, as no official text is "
    "known; `secondary`, in another source; `unverified`."
)
Provision = Annotated[str, described("An article of the instrument, as the rules write it.")]
Source = Annotated[str, described("Address of the source, or `unsourced`.")]
RowChecked = Annotated[datetime.date, described("Day on which the row was last compared with its source.")]
RowNote = Annotated[str, described("What is said beside the row; empty for nothing.")]


class SeenLast(Model):
    """The day and the list from which a status is presumed to go on."""

    day: Annotated[datetime.date, described("The last day on which it was seen to be so.")]
    register_: Annotated[
        str,
        described(
            "The instrument whose list showed it, or the State whose profile did. In JSON it is called "
            "`register`.",
            alias="register",
        ),
    ]


class StateNamed(Model):
    """A State."""

    code: StateCode
    name: Annotated[str, described("Its name in English.")]


class _Status(Model):
    """How an instrument stands."""

    status: Annotated[Status, described(STATUS)]
    reason: Annotated[str, described("Why the status is so, in words.")]
    since: Annotated[str | None, described("First day of the status; null where it is not known." + PARTIAL)]
    confidence: Annotated[Confidence | None, described(CONFIDENCE)]
    as_last_seen: Annotated[
        SeenLast | None,
        described(
            "When and where it was last seen; null where the status is not presumed to go on since then."
        ),
    ]


class SideOfTie(_Status):
    """How an instrument stands to one State."""

    state: StateCode
    until: Annotated[str | None, described("Last day of the status; null where none is set." + PARTIAL)]
    seen: Annotated[
        Status | None,
        described("What the data last showed or suggest; null for another status than `unknown`."),
    ]
    source: Annotated[
        str | None,
        described("Official address of who is bound; null where none is known."),
    ]
    read_at: Annotated[
        str | None, described("Address of the page that was read; null where it is `source` itself.")
    ]
    checked: Annotated[
        datetime.date | None,
        described("Day on which the row was compared with its source; null for none."),
    ]
    note: RowNote


class StandingGiven(SideOfTie):
    """What an instrument is to one State on a day, and where that is known from."""

    instrument: Annotated[str, described("Id of the instrument.")]
    on: Annotated[datetime.date, described("The day.")]


class TieGiven(_Status):
    """What an instrument is between two States."""

    instrument: Annotated[str, described("Id of the instrument.")]
    short: Annotated[str, described("Its short name.")]
    kind: Annotated[Kind, described(KIND)]
    binding: Annotated[bool, described("Whether it binds those that are parties to it.")]
    list_reaches: Annotated[
        str | None, described("Day up to which its list speaks; null where no list is kept." + PARTIAL)
    ]
    sides: Annotated[tuple[SideOfTie, ...], described("How it stands to each of the two, in their order.")]


class TreatyOfTwo(Model):
    """A treaty of the two States alone."""

    kind: Annotated[
        KindOfHelp,
        described(
            "What it is on: `assistance` with evidence and the like, `extradition`, or `transfer` of "
            "sentenced persons."
        ),
    ]
    title: Annotated[str, described("Its title.")]
    status: Annotated[TreatyStatus, described("How it stands, by the source.")]
    binds: Annotated[
        bool | None, described("Whether it binds the two on the day; null where that is not known.")
    ]
    signed: Annotated[str | None, described("When it was signed; null where not known." + PARTIAL)]
    in_force: Annotated[str | None, described("When it came into force; null where not known." + PARTIAL)]
    ended: Annotated[str | None, described("When it ended; null where it did not, or not known." + PARTIAL)]
    source: Source
    confidence: Annotated[Confidence, described("How sure the row is; `low` is a mere hint.")]
    checked: RowChecked
    note: RowNote


class TieAsked(Model):
    """A tie of which no data are held and which is asked of the user."""

    tie: Annotated[str, described("Name of the tie.")]
    fact: Annotated[str, described("Id of the fact that says whether there is one.")]
    says: Annotated[str, described("What it is.")]


class BetweenStates(Model):
    """What ties two States on a day."""

    as_of: Annotated[datetime.date, described("The day.")]
    states: Annotated[tuple[StateNamed, ...], described("The two States, in the order asked.")]
    ties: Annotated[tuple[TieGiven, ...], described("The instruments with a list of members.")]
    bilateral: Annotated[
        tuple[TreatyOfTwo, ...], described("Treaties of the two alone that are held; the list is incomplete.")
    ]
    asked: Annotated[tuple[TieAsked, ...], described("Ties of which no data are held.")]


class Eligible(Sparse):
    """Who alone can be bound."""

    says: Annotated[str, described("Who, in words.")]
    groups: Annotated[
        tuple[Annotated[str, described("Id of a group of States.")], ...], described("Groups of States.")
    ] = ()
    members_of: Annotated[
        tuple[Annotated[str, described("Id of an instrument.")], ...],
        described("Instruments whose members can."),
    ] = ()
    states: Annotated[tuple[StateCode, ...], described("States named one by one.")] = ()
    mark: Annotated[Mark, described(MARK)]


class Bloc(Sparse):
    """An agreement of outside States with one side."""

    side: Annotated[str, described("Id of the instrument whose members are the one side.")]
    outside: Annotated[
        tuple[StateCode, ...] | None,
        described("The outside States; left out where every State on the list is one."),
    ] = None


class Declared(Sparse):
    """A reservation, notification or territorial statement, in our words."""

    instrument: Annotated[str, described("Id of the instrument.")]
    state: Annotated[str, described("Code of the State; `*` where it concerns every party.")]
    article: Annotated[str, described("The article it is made under.")]
    effect: Annotated[str, described("What follows from it.")]
    source: Source
    checked: Annotated[datetime.date, described("Day on which it was last compared with its source.")]
    line: Annotated[int, described("Its line in `rules/declarations.csv`.")]


class InstrumentShown(Sparse):
    """An instrument: how it is read, who is listed, its declarations, and the provisions that are held."""

    id: Annotated[str, described("Id of the instrument.")]
    short: Annotated[str, described("Its short name.")]
    name: Annotated[str, described("Its full name.")]
    kind: Annotated[Kind, described(KIND)]
    binding: Annotated[bool, described("Whether it binds those that are parties to it.")]
    checked: Annotated[str, described("Day on which the entry was last compared with its source.")]
    source: Annotated[str, described("Address of the list that was read, or `unsourced`.")]
    confidence: Annotated[Confidence, described("How sure the list is.")]
    adopted: Annotated[str | None, described("When it was adopted." + PARTIAL)] = None
    in_force: Annotated[str | None, described("When it came into force." + PARTIAL)] = None
    applies_from: Annotated[
        str | None, described("From when it applies, where that is another day." + PARTIAL)
    ] = None
    start_not_set: Annotated[bool, described("Whether it is known that no first day is set yet.")]
    ended: Annotated[str | None, described("When it ended." + PARTIAL)] = None
    idle_through: Annotated[str | None, described("Day through which it is known to bind nobody.")] = None
    last_seen: Annotated[str | None, described("Day on which it was last seen to be as it is said here.")] = (
        None
    )
    depositary: Annotated[str | None, described("Who keeps it.")] = None
    citation: Annotated[str | None, described("Where it is published.")] = None
    published_total: Annotated[
        str | None, described("How many parties the source counts, with the source and its day.")
    ] = None
    reaches: Annotated[str | None, described("Day up to which its list speaks." + PARTIAL)] = None
    complete: Annotated[
        str | None, described("The days within which the list is complete, as `first to last`.")
    ] = None
    circle: Annotated[Eligible | None, described("Who alone can be bound.")] = None
    hub: Annotated[Bloc | None, described("The sides, where it binds one bloc with outside States.")] = None
    deposit_days: Annotated[int | None, described("Days from deposit until it binds a State.")] = None
    horizon_days: Annotated[
        int | None, described("Days after which its list is to be looked up again, where not the usual.")
    ] = None
    look_up: Annotated[str | None, described("Address where the list of members is published.")] = None
    members_called: Annotated[str | None, described("What its members are called.")] = None
    text_url: Annotated[str | None, described("Address of the official text.")] = None
    no_list: Annotated[str | None, described("Why no address of an official list is given.")] = None
    no_text: Annotated[str | None, described("Why no address of the official text is given.")] = None
    notes: Annotated[str | None, described("What is said beside the entry.")] = None
    listed: Annotated[
        dict[str, Annotated[int, described("How many rows have this status.")]] | None,
        described("Rows of the list by status, as `party`; `ended` where the span is over."),
    ] = None
    declarations: Annotated[tuple[Declared, ...], described("What States declared on it.")] = ()
    provisions: Annotated[tuple[Provision, ...], described("The articles that are held.")] = ()


class ProvisionShown(Sparse):
    """One paragraph of an instrument."""

    ref: ProvisionRef
    instrument: Annotated[str, described("Id of the instrument.")]
    article: Provision
    says: Annotated[str, described("What it says, in our words.")]
    mark: Annotated[Mark, described(MARK)]
    in_force_from: Annotated[str | None, described("Day from which it is in force, where another.")] = None
    in_force_until: Annotated[str | None, described("Last day on which it was in force.")] = None
    read_at: Annotated[str | None, described("Address of the page that was read.")] = None
    checked: Annotated[str | None, described("Day on which it was read.")] = None
    anchor: Annotated[str | None, described("Words of the text by which the place is found.")] = None
    obstacle: Annotated[str | None, described("What stands in the way of reading the text.")] = None
    bilateral: Annotated[
        str | None, described("The kind of help of the treaty of two States that it stands for.")
    ] = None
    for_measures: Annotated[
        dict[str, ProvisionRef] | None,
        described("By measure, the provision that names it, cited too or, of a list, in its place."),
    ] = None
    quote: Annotated[str | None, described("Official address that can be quoted.")] = None
