"""How the authorities of a State are reached, and what is known of a State that changes a route."""

from __future__ import annotations

import datetime
from typing import Annotated

from routing.core.domain import Mark
from routing.law.confidence import Confidence
from routing.law.standing import Status
from routing.model.base import Model, ProvisionRef, Sparse, StateCode, described
from routing.model.law import CONFIDENCE, MARK, RowChecked
from routing.model.step import Party, RequestLanguage, Via

DAY = Annotated[datetime.date, described("The day.")]
NAME = "Its name in English."


class NamedBy(Model):
    """A declaration, law or page that names an office."""

    under: Annotated[
        str | None, described("Instrument and article as they are cited, or the law or page; null for none.")
    ]
    instrument: Annotated[
        str, described("Id of the instrument; `office` where the State named it whatever the treaty.")
    ]
    provision: Annotated[str | None, described("Article under which it is named; null for none.")]
    partner: Annotated[
        str | None, described("Code of the only other State for which it counts; null for every State.")
    ]
    since: Annotated[
        str | None,
        described("First day on which it counts, or a year or month; null where none is set."),
    ]
    source: Annotated[str | None, described("Official address that can be quoted; null where none is known.")]
    read_at: Annotated[
        str | None, described("Address of the page that was read; null where it is `source` itself.")
    ]
    confidence: Annotated[Confidence, described(CONFIDENCE)]
    text_of: Annotated[
        int | None,
        described("Year of the text that names it; null where that is ten years old or less, or not known."),
    ]
    checked: RowChecked
    note: Annotated[str | None, described("What is said beside the row; null for nothing.")]


class OfficeNamed(Model):
    """An office of the State, with all that names it."""

    name: Annotated[str, described("The office.")]
    remark: Annotated[
        str | None, described("What is said beside the name, as which of several it is; null for nothing.")
    ]
    unit: Annotated[str | None, described("Unit and address; null where none is held.")]
    through: Annotated[
        str | None,
        described(
            "Code of the way by which the State wants its requests, a key of `rules/offices/wording.csv`; "
            "null for none."
        ),
    ]
    named_by: Annotated[tuple[NamedBy, ...], described("The declarations, laws or pages that name it.")]


class KindOfHelp(Model):
    """A role that an office can have, with the offices of the State that have it."""

    role: Annotated[str, described("Id of the role, as `rules/offices/roles.csv` has it.")]
    title: Annotated[str, described("The kind of help in words.")]
    offices: Annotated[
        tuple[OfficeNamed, ...], described("The offices that are held; empty where none is: then see `ask`.")
    ]
    leads: Annotated[
        tuple[OfficeNamed, ...], described("Offices of low confidence: to be confirmed, never addressed.")
    ]
    ask: Annotated[str | None, described("Whom to ask where no office is held; null for nobody.")]


class BasisReached(Model):
    """How a request on some bases reaches the State asked."""

    basis: Annotated[
        tuple[Annotated[str, described("Short name of an instrument.")], ...],
        described("The bases for which all of this is so."),
    ]
    receiver: Annotated[Party, described("Who receives.")]
    also_to: Annotated[tuple[Party, ...], described("Who is written to as well.")]
    via: Annotated[Via | None, described("The way; null where none is known.")]
    language: Annotated[
        RequestLanguage | None, described("The language; null where no request is written between States.")
    ]


class WhoReceives(Sparse):
    """How the authorities of a State are reached: in general, or for one pathway."""

    state: StateCode
    name: Annotated[str, described(NAME)]
    from_: Annotated[
        str | None,
        described(
            "Code of the State that asks; null where none was named. In JSON it is called `from`.",
            alias="from",
        ),
    ]
    from_name: Annotated[str | None, described("Name of the State that asks; null where none was named.")]
    as_of: DAY
    kinds: Annotated[
        tuple[KindOfHelp, ...] | None, described("Offices by kind of help; left out for one pathway.")
    ] = None
    languages: Annotated[
        tuple[RequestLanguage, ...] | None,
        described("Languages in which it takes requests, by instrument; left out for one pathway."),
    ] = None
    pathway: Annotated[str | None, described("Id of the pathway asked for; left out where none was.")] = None
    pathway_name: Annotated[str | None, described("Its name; left out where no pathway was asked for.")] = (
        None
    )
    bases: Annotated[
        tuple[BasisReached, ...] | None,
        described("For each basis of the pathway how it is reached; left out where none was asked for."),
    ] = None
    also_by: Annotated[
        dict[str, Annotated[str, described("Name of the pathway.")]] | None,
        described(
            "The names of the other pathways that deliver the measure that was named, by id, best first; "
            "none where a pathway was named."
        ),
    ] = None
    why_none: Annotated[
        tuple[Annotated[str, described("One reason, in a sentence.")], ...] | None,
        described("Where no basis is told: why each that there is does not serve."),
    ] = None


class ProfileEntry(Model):
    """One line of the profile of a State; every part but the question is null where nothing is known."""

    key: Annotated[str, described("Key of the line.")]
    asks: Annotated[str, described("What it answers.")]
    for_rules: Annotated[bool, described("Whether a rule asks for it; else it is for the reader.")]
    value: Annotated[str | None, described("What is known; null where nothing is.")]
    says: Annotated[
        str | None, described("The same in words, with what goes with it; null where nothing is known.")
    ]
    basis: Annotated[
        str | None, described("Reference of the provision it rests on; null where none is named.")
    ]
    source: Annotated[
        str | None, described("Address it was read at, or `unsourced`; null where nothing is known.")
    ]
    anchor: Annotated[
        str | None, described("Words of the text by which the place is found; null where none are noted.")
    ]
    mark: Annotated[Mark | None, described(f"{MARK} It is null where nothing is known.")]
    checked: Annotated[
        str | None,
        described("Day on which it was last compared with its source; null where nothing is known."),
    ]
    quote: Annotated[str | None, described("The source as it is quoted; null where nothing is known.")]
    presumed: Annotated[
        str | None, described("The value that is assumed where nothing is known; null where none is assumed.")
    ]


class CitedFor(Model):
    """A provision of the State's own law that is cited for a pathway."""

    pathway: Annotated[str, described("Id of the pathway.")]
    provision: ProvisionRef


Partner = Annotated[str, described("Name of a State.")]


class TreatyPartners(Model):
    """States with which it has a treaty of its own that is held, by name."""

    assistance: Annotated[tuple[Partner, ...], described("For evidence and the like.")]
    extradition: Annotated[tuple[Partner, ...], described("For extradition.")]
    transfer: Annotated[tuple[Partner, ...], described("For the transfer of sentenced persons.")]


class StateProfile(Model):
    """What is known of a State and changes a route, gaps included."""

    state: StateCode
    name: Annotated[str, described(NAME)]
    as_of: DAY
    kinds: Annotated[tuple[KindOfHelp, ...], described("Offices by kind of help.")]
    languages: Annotated[
        tuple[RequestLanguage, ...], described("Languages in which it takes requests, by instrument.")
    ]
    entries: Annotated[tuple[ProfileEntry, ...], described("Every line that a profile can have.")]
    cites: Annotated[tuple[CitedFor, ...], described("Provisions of its own law, by pathway.")]
    memberships: Annotated[
        dict[Status, Annotated[int, described("How many instruments stand so.")]],
        described("Instruments with a list, counted by how they stand to the State."),
    ]
    bilateral: Annotated[TreatyPartners, described("Its treaties with one other State.")]
