"""A step of a plan: who sends what to whom, on what basis, by when and on which terms."""

from __future__ import annotations

import datetime
from typing import Annotated

from routing.law.confidence import ADDRESSED
from routing.law.office_records import Needed
from routing.model.base import (
    FactName,
    Language,
    Model,
    NeedId,
    ProvisionRef,
    RuleId,
    Sentence,
    StepId,
    Unsettled,
    Way,
    described,
)
from routing.model.basis import Basis, SupportingFact
from routing.plan.model import Certainty, DateKind, Footing, Translate, When

OfficeRemark = Annotated[
    str | None,
    described("What is said beside the name: which of several it is, who decides there; null for nothing."),
]
OfficeUnit = Annotated[str | None, described("Unit and address of the office; null where none is held.")]
OfficeSource = Annotated[
    str | None,
    described(
        "Official address that can be quoted for the office; null where none is known or no office is held."
    ),
]
OfficeReadAt = Annotated[
    str | None,
    described("Address of the page that was read; null where it is `source` itself or no office is held."),
]
TextOf = Annotated[
    int | None,
    described("Year of the text that names it; null where that is ten years old or less, or not known."),
]


class LikelyOffice(Model):
    """The office of the same role under another instrument than that of the step: probably the one, not
    surely."""

    name: Annotated[str, described("The office.")]
    remark: OfficeRemark = None
    unit: OfficeUnit = None
    declared_under: Annotated[
        str | None,
        described(
            "Instrument and article, or the law or page, under which it was named; null where none is told."
        ),
    ] = None
    source: OfficeSource = None
    read_at: OfficeReadAt = None
    confidence: Annotated[
        str,
        described("How sure the row is: `high` or `medium`.", json_schema_extra={"enum": list(ADDRESSED)}),
    ]
    text_of: TextOf = None
    checked: Annotated[datetime.date, described("Day on which the row was last compared with its source.")]
    says: Annotated[str, described("That it was not declared under the instrument of the step.")]
    only_asked: Annotated[
        bool,
        described(
            "Whether the office is held for another kind of help: not the addressee, and asked who is."
        ),
    ] = False


class Party(Model):
    """Who sends or receives."""

    role: Annotated[
        str, described("The part played, a key of `parties` in the rulebook, as `central_authority`.")
    ]
    state: Annotated[str | None, described("ISO 3166 alpha-3 code of its State; null when not known.")] = None
    name: Annotated[
        str | None,
        described(
            "Office held for this State, role, instrument and day, from `rules/offices/`; null where "
            "none is held: then `ask` says whom to ask."
        ),
    ] = None
    remark: OfficeRemark = None
    unit: OfficeUnit = None
    declared_under: Annotated[
        str | None,
        described(
            "Instrument and article of the declaration, or the law or page, that names the office; null "
            "where no office is held or none is told."
        ),
    ] = None
    source: OfficeSource = None
    read_at: OfficeReadAt = None
    confidence: Annotated[
        str | None,
        described(
            "How sure the row is: `high` or `medium`; null without an office.",
            json_schema_extra={"enum": [*ADDRESSED, None]},
        ),
    ] = None
    text_of: TextOf = None
    checked: Annotated[
        datetime.date | None,
        described("Day on which the row was last compared with its source; null without an office."),
    ] = None
    likely: Annotated[
        LikelyOffice | None,
        described(
            "Where `name` is null: the office that the State named in the same role under another "
            "instrument. To be confirmed before anything is sent to it. It is null where there is none."
        ),
    ] = None
    ask: Annotated[
        str | None,
        described(
            "Where no office is held: whom to ask for it. Where only the treaty itself names one: that. "
            "It is null where an office is held, and where nobody is to be asked."
        ),
    ] = None


class Via(Model):
    """The way between sender and receiver."""

    channel: Annotated[str, described("Code of that way, a key of `rules/offices/wording.csv`.")]
    says: Annotated[str, described("The way in words.")]
    basis: Annotated[
        tuple[ProvisionRef, ...], described("References of the provisions that allow this way.")
    ] = ()
    also: Annotated[
        tuple[Way, ...],
        described("Codes of other ways that the same law leaves open."),
    ] = ()
    also_basis: Annotated[
        tuple[ProvisionRef, ...],
        described("For each of `also`, the reference of the provision that allows it."),
    ] = ()
    unsettled: Unsettled = ()
    declared: Annotated[bool, described("Whether the State asked wants it so, by its own declaration.")] = (
        False
    )


class RequestLanguage(Model):
    """In which language the request is written."""

    accepted: Annotated[
        tuple[Language, ...],
        described("Languages that the receiver accepts, by name; empty where not known."),
    ] = ()
    needed: Annotated[Needed, described("`one` of them is enough, or `all` are needed.")] = "one"
    translate: Annotated[
        Translate,
        described(
            "Whether a request in an official language of the sender has to be translated; `unknown` "
            "where the accepted languages are not known."
        ),
    ]
    into: Annotated[
        tuple[Language, ...],
        described(
            "Languages to translate into: one of them, or all where `needed` is `all`; empty where none."
        ),
    ] = ()
    short: Annotated[str, described("The languages, and whether a translation is due, in a few words.")] = ""
    says: Annotated[str, described("The same in a sentence.")]
    condition: Annotated[str, described("Under which condition the receiver accepts it; empty for none.")] = (
        ""
    )
    basis: Annotated[tuple[ProvisionRef, ...], described("References of the provisions on language.")] = ()
    declared_under: Annotated[
        str | None,
        described("Instrument and article of the declaration that names the languages; null for none."),
    ] = None
    source: Annotated[
        str | None, described("Official address that can be quoted; null where none is known.")
    ] = None
    read_at: Annotated[
        str | None, described("Address of the page that was read; null where it is `source` itself.")
    ] = None


class CodedTerm(Model):
    """A limit on use, or a duty."""

    code: Annotated[str, described("Id in the rulebook's list of limits or duties.")]
    says: Annotated[str, described("The sentence that is printed.")]
    basis: Annotated[
        tuple[ProvisionRef, ...],
        described("References of those provisions of the rule that speak to the case."),
    ] = ()
    unsettled: Unsettled = ()
    standing: Annotated[
        Footing,
        described(
            "`law`: owed by law here; `practice`: usual and not owed, or no provision speaks to the case."
        ),
    ] = "law"
    why: Annotated[str, described("Id of the rule that it comes from.")] = ""
    needs: Annotated[
        tuple[NeedId, ...],
        described("Ids of the needs that it concerns; inside a step empty where for all of them."),
    ] = ()


class Deadline(Model):
    """The last day for taking a step: a back-stop. The day on which to act is the step's `when`."""

    date: Annotated[
        datetime.date | None, described("Last day for the step; null where it cannot be computed.")
    ] = None
    limit: Annotated[str, described("The legal limit, in words, with its unit; empty for none.")] = ""
    source: Annotated[
        str, described("Reference of the provision, or id of the fact, that the day comes from.")
    ] = ""
    expected: Annotated[
        str,
        described("Usual time until an answer, in words, with its unit; empty where the rules tell none."),
    ] = ""
    reason: Annotated[str, described("What ends on that day.")] = ""
    runs_from: Annotated[
        str, described("Event from which the limit runs, in words; empty where the rules name none.")
    ] = ""
    needs: Annotated[
        tuple[NeedId, ...], described("Ids of the needs, of all that the step serves, whose day it is.")
    ] = ()


class DerivedDate(Model):
    """A day that follows when a step is taken on the first day on which it can start."""

    what: Annotated[
        DateKind,
        described("What falls on the day: an answer is due or expected, an objection ends, a hold ends."),
    ]
    date: Annotated[datetime.date, described("The day on which it falls.")]
    limit: Annotated[str, described("How long after the event, in words, with its unit.")] = ""
    source: Annotated[
        str, described("Reference of the provision, or id of the pathway, that the time comes from.")
    ] = ""
    runs_from: Annotated[
        str, described("Event from which it runs, in words; empty where the rules name none.")
    ] = ""
    needs: Annotated[
        tuple[NeedId, ...],
        described("Ids of the needs, of all that the step serves, for which the day was named."),
    ] = ()


class Act(Model):
    """What a step does for some of the needs that it serves, which differs from what it does for others."""

    needs: Annotated[tuple[NeedId, ...], described("Ids of those needs.")]
    says: Annotated[str, described("How it is done for them, in sentences.")]


class Step(Model):
    """One step of the plan."""

    id: Annotated[str, described("Id within the plan: pathway and State.")]
    needs: Annotated[tuple[NeedId, ...], described("Ids of the needs that the step serves.")]
    pathway: Annotated[str, described("Id of the channel; `routing pathway` prints its card.")]
    route: Annotated[str, described("Id of the channel under one legal basis.")]
    family: Annotated[str, described("Family of the channel, a key of `families` in the rulebook.")]
    role: Annotated[
        str, described("Part of the step, a key of `roles` in the rulebook, as `preserve` or `deliver`.")
    ]
    called: Annotated[
        str, described("The channel by the name that it has in this case; empty where it is its usual one.")
    ] = ""
    action: Annotated[str, described("What is done, as a heading.")]
    tells: Annotated[str, described("How it is done, in sentences; may be empty.")] = ""
    acts: Annotated[
        tuple[Act, ...], described("The same need by need where it differs; empty where it does not.")
    ] = ()
    sender: Annotated[Party, described("Who sends.")]
    receiver: Annotated[Party, described("Who receives.")]
    also_to: Annotated[
        tuple[Party, ...],
        described(
            "Who receives it in further States, where one step goes to all of them; "
            "of a step at home, whom our own office then writes to."
        ),
    ] = ()
    via: Annotated[Via | None, described("The way between them; null where none is told.")] = None
    language: Annotated[
        RequestLanguage | None, described("Language of the request; null where none is written.")
    ] = None
    basis: Annotated[tuple[Basis, ...], described("Provisions on which the step rests, the lead first.")]
    why: Annotated[tuple[RuleId, ...], described("Ids of the rules that make it a step.")]
    because: Annotated[
        tuple[SupportingFact, ...], described("Facts on which that rests, with their origin.")
    ] = ()
    limits: Annotated[tuple[CodedTerm, ...], described("Limits on the use of what is received.")] = ()
    when: Annotated[
        When,
        described(
            "`now`: at once, waiting for nobody but another step taken at once; `today`: nothing "
            "comes first; `after`: once the steps in `after` are done."
        ),
    ] = "today"
    start: Annotated[
        datetime.date | None,
        described(
            "First day on which it can start, each step before it taken in its shortest usual time; "
            "null where not known."
        ),
    ] = None
    deadline: Annotated[Deadline | None, described("Last day for the step; null where nothing sets one.")] = (
        None
    )
    dates: Annotated[tuple[DerivedDate, ...], described("Days that follow from it, in order.")] = ()
    after: Annotated[tuple[StepId, ...], described("Ids of the steps that come first.")] = ()
    together: Annotated[tuple[StepId, ...], described("Ids of the steps that start with it.")] = ()
    certainty: Annotated[
        Certainty,
        described(
            "`conditional` while a fact or tie is open that could take the step away; else `confirmed`."
        ),
    ]
    sure_for: Annotated[
        tuple[NeedId, ...],
        described("Of several needs, ids of those for which it stands already; empty where for all or none."),
    ] = ()
    waits_for: Annotated[
        tuple[FactName, ...], described("Facts and ties that decide whether it stands; empty when confirmed.")
    ] = ()
    put_in: Annotated[
        tuple[Sentence, ...], described("What the request has to contain, a sentence each.")
    ] = ()
