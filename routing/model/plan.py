"""A plan: what is recommended, on what basis, and what is open. Its JSON form is a contract with a schema.

Two fields have another name in JSON: `partner` is `with`, `seen_in` is `register`.
Days are ISO dates; ids are those of the rulebook.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from routing.model.base import Model, described
from routing.plan.model import FORMAT, Certainty, Status, Told, When


class RulebookMark(Model):
    """Which rules and data answered."""

    version: Annotated[
        str,
        described(
            "Version of the rulebook, as `rules/rulebook.yaml` states it; it changes when the law does."
        ),
    ]
    hash: Annotated[
        str, described("Content id: SHA-256 over every file of rules and law data that was read.")
    ]
    source: Annotated[
        str, described("Where the rules were read from: `rules`, or the name of the folder given.")
    ]
    overlays: Annotated[
        tuple[str, ...],
        described("Names of the overlays laid over the rules, in order of reading; empty for none."),
    ] = ()


class SupportingFact(Model):
    """A fact that decided something."""

    fact: Annotated[str, described("Id of the fact, or `tie:` and an instrument.")]
    value: Annotated[str, described("Its value, as the rulebook spells it.")]
    origin: Annotated[
        str,
        described(
            "Where the value comes from: `case` or `told` by the user, `measure`, `presumed` by the "
            "rulebook, `assumed`, or looked up in the law data."
        ),
    ]
    source: Annotated[
        str,
        described(
            "For a looked-up value, the list or profile and its date; for a presumption, its reason; "
            "else empty."
        ),
    ] = ""


class Basis(Model):
    """A provision on which a step rests."""

    provision: Annotated[
        str,
        described(
            "Reference: id of the instrument and article, as `treaty 18(9)`; `routing law show` prints "
            "its text."
        ),
    ]
    instrument: Annotated[str, described("Short name of the instrument, for reading.")]
    article: Annotated[str, described("The article as it is cited, as `art. 18(9)`.")]
    role: Annotated[
        Literal["lead", "support"],
        described("`lead`: the power to ask or act; `support`: what goes with it."),
    ]
    kind: Annotated[
        str,
        described(
            "Kind of instrument: treaty, law, agreement, network, practice and so on, from "
            "`rules/instruments/`."
        ),
    ]
    in_force_since: Annotated[
        str | None,
        described(
            "First day (year-month-day, or a year or month) on which it binds both States: the later "
            "of the two; null where it is not a treaty or the day is not known."
        ),
    ] = None
    mark: Annotated[
        str,
        described(
            "How the provision was read: `text`, from the text itself; `secondary`, from another "
            "source; `unverified`."
        ),
    ]
    certainty: Annotated[
        Certainty,
        described("`conditional` while it is open whether it binds or covers the case; else `confirmed`."),
    ] = "confirmed"
    waits_for: Annotated[
        tuple[str, ...],
        described("Facts and ties that decide whether it binds or covers; empty when confirmed."),
    ] = ()


class LikelyOffice(Model):
    """The office of the same role under another instrument than that of the step: probably the one, not
    surely."""

    name: Annotated[str, described("The office.")]
    unit: Annotated[str | None, described("Unit and address of the office; null where none is held.")] = None
    declared_under: Annotated[
        str | None, described("Instrument and article, or the law or page, under which it was named.")
    ] = None
    source: Annotated[str | None, described("Official address that can be quoted for the office.")] = None
    read_at: Annotated[
        str | None, described("Address of the page that was read, where it is another one than `source`.")
    ] = None
    confidence: Annotated[str, described("How sure the row is: `high` or `medium`.")]
    checked: Annotated[datetime.date, described("Day on which the row was last compared with its source.")]
    says: Annotated[str, described("That it was not declared under the instrument of the step.")]


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
    unit: Annotated[str | None, described("Unit and address of the office; null where none is held.")] = None
    declared_under: Annotated[
        str | None,
        described("Instrument and article of the declaration, or the law or page, that names the office."),
    ] = None
    source: Annotated[str | None, described("Official address that can be quoted for the office.")] = None
    read_at: Annotated[
        str | None, described("Address of the page that was read, where it is another one than `source`.")
    ] = None
    confidence: Annotated[
        str | None, described("How sure the row is: `high` or `medium`; null without an office.")
    ] = None
    checked: Annotated[
        datetime.date | None, described("Day on which the row was last compared with its source.")
    ] = None
    likely: Annotated[
        LikelyOffice | None,
        described(
            "Where `name` is null: the office that the State named in the same role under another "
            "instrument. To be confirmed before anything is sent to it."
        ),
    ] = None
    ask: Annotated[str | None, described("Where no office is held: whom to ask for it; else null.")] = None


class Via(Model):
    """The way between sender and receiver."""

    channel: Annotated[str, described("Code of the way, a key of `rules/offices/wording.csv`.")]
    says: Annotated[str, described("The way in words.")]
    basis: Annotated[tuple[str, ...], described("References of the provisions that allow this way.")] = ()
    also: Annotated[tuple[str, ...], described("Other ways that the same law leaves open, in words.")] = ()
    declared: Annotated[bool, described("Whether the State asked wants it so, by its own declaration.")] = (
        False
    )


class RequestLanguage(Model):
    """In which language the request is written."""

    accepted: Annotated[
        tuple[str, ...], described("Languages that the receiver accepts, by name; empty where not known.")
    ] = ()
    needed: Annotated[Literal["one", "all"], described("`one` of them is enough, or `all` are needed.")] = (
        "one"
    )
    translate: Annotated[
        Literal["yes", "no", "unknown"],
        described(
            "Whether a request in an official language of the sender has to be translated; `unknown` "
            "where the accepted languages are not known."
        ),
    ]
    into: Annotated[
        tuple[str, ...],
        described(
            "Languages to translate into: one of them, or all where `needed` is `all`; empty where none."
        ),
    ] = ()
    says: Annotated[str, described("The same in a sentence.")]
    condition: Annotated[str, described("Under which condition the receiver accepts it; empty for none.")] = (
        ""
    )
    basis: Annotated[tuple[str, ...], described("References of the provisions on language.")] = ()
    declared_under: Annotated[
        str | None,
        described("Instrument and article of the declaration that names the languages; null for none."),
    ] = None
    source: Annotated[str | None, described("Official address that can be quoted.")] = None
    read_at: Annotated[
        str | None, described("Address of the page that was read, where it is another one.")
    ] = None


class CodedTerm(Model):
    """A limit on use, or a duty."""

    code: Annotated[str, described("Id in the rulebook's list of limits or duties.")]
    says: Annotated[str, described("The sentence that is printed.")]
    basis: Annotated[
        tuple[str, ...], described("References of those provisions of the rule that speak to the case.")
    ] = ()
    standing: Annotated[
        Told,
        described(
            "`law`: owed by law here; `practice`: usual and not owed, or no provision speaks to the case."
        ),
    ] = "law"
    why: Annotated[str, described("Id of the rule that it comes from.")] = ""
    needs: Annotated[
        tuple[str, ...], described("Ids of the needs that it concerns; empty inside a step.")
    ] = ()


class Deadline(Model):
    """The last day for taking a step: a back-stop. The day on which to act is the step's `when`."""

    date: Annotated[datetime.date | None, described("That day; null where it cannot be computed.")] = None
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
        tuple[str, ...], described("Ids of the needs, of all that the step serves, whose day it is.")
    ] = ()


class DerivedDate(Model):
    """A day that follows when a step is taken on the first day on which it can start."""

    what: Annotated[
        Literal[
            "answer_due",
            "objection_until",
            "hold_ends",
            "hold_ends_if_prolonged",
            "expected_from",
            "expected_by",
        ],
        described("What falls on the day: an answer is due or expected, an objection ends, a hold ends."),
    ]
    date: Annotated[datetime.date, described("The day.")]
    limit: Annotated[str, described("How long after the event, in words, with its unit.")] = ""
    source: Annotated[
        str, described("Reference of the provision, or id of the pathway, that the time comes from.")
    ] = ""
    runs_from: Annotated[
        str, described("Event from which it runs, in words; empty where the rules name none.")
    ] = ""


class Step(Model):
    """One step of the plan."""

    id: Annotated[str, described("Id within the plan: pathway and State.")]
    needs: Annotated[tuple[str, ...], described("Ids of the needs that the step serves.")]
    pathway: Annotated[str, described("Id of the channel; `routing pathway` prints its card.")]
    route: Annotated[str, described("Id of the channel under one legal basis.")]
    family: Annotated[str, described("Family of the channel, a key of `families` in the rulebook.")]
    role: Annotated[
        str, described("Part of the step, a key of `roles` in the rulebook, as `preserve` or `deliver`.")
    ]
    action: Annotated[str, described("What is done, as a heading.")]
    tells: Annotated[str, described("How it is done, in sentences; may be empty.")] = ""
    sender: Annotated[Party, described("Who sends.")]
    receiver: Annotated[Party, described("Who receives.")]
    also_to: Annotated[
        tuple[Party, ...], described("Who receives it in further States, where one step goes to all of them.")
    ] = ()
    via: Annotated[Via | None, described("The way between them; null where none is told.")] = None
    language: Annotated[
        RequestLanguage | None, described("Language of the request; null where none is written.")
    ] = None
    basis: Annotated[tuple[Basis, ...], described("Provisions on which the step rests, the lead first.")]
    why: Annotated[tuple[str, ...], described("Ids of the rules that make it a step.")]
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
    after: Annotated[tuple[str, ...], described("Ids of the steps that come first.")] = ()
    together: Annotated[tuple[str, ...], described("Ids of the steps that start with it.")] = ()
    certainty: Annotated[
        Certainty,
        described(
            "`conditional` while a fact or tie is open that could take the step away; else `confirmed`."
        ),
    ]
    waits_for: Annotated[
        tuple[str, ...], described("Facts and ties that decide whether it stands; empty when confirmed.")
    ] = ()
    put_in: Annotated[tuple[str, ...], described("What the request has to contain, a sentence each.")] = ()


class Primary(Model):
    """The main step of a need."""

    pathway: Annotated[str, described("Id of the channel; `refer` where no route is lawful.")]
    route: Annotated[str, described("Id of the channel under one legal basis.")]
    family: Annotated[str, described("Family of the channel, a key of `families` in the rulebook.")]
    certainty: Annotated[
        Certainty,
        described("`conditional` while an open fact could lead to another main step; else `confirmed`."),
    ]


class Alternative(Model):
    """Another channel that would deliver."""

    pathway: Annotated[str, described("Id of the channel.")]
    family: Annotated[str, described("Family of the channel, a key of `families` in the rulebook.")]
    certainty: Annotated[
        Certainty,
        described("`conditional` while a fact or tie is open that could close it; else `confirmed`."),
    ]
    waits_for: Annotated[
        tuple[str, ...], described("Facts and ties that decide whether it stands; empty when confirmed.")
    ] = ()


class Proposed(Model):
    """The answer to a channel that the case proposed."""

    channel: Annotated[str, described("The channel as it was proposed.")]
    pathway: Annotated[str | None, described("Id of the channel it was read as; null where it is none.")]
    answer: Annotated[
        Literal["as_proposed", "not_as_proposed", "depends"],
        described(
            "`as_proposed`: the plan uses it; `not_as_proposed`: it does not; `depends`: open facts decide."
        ),
    ]
    says: Annotated[str, described("The answer in a sentence, with the reason that is this channel's own.")]
    why: Annotated[tuple[str, ...], described("Ids of the rules that decide it.")] = ()
    basis: Annotated[
        tuple[str, ...], described("References of the provisions behind them that speak to the case.")
    ] = ()
    serves_from: Annotated[
        datetime.date | None,
        described(
            "Day from which the channel could serve, where that is known and still to come; else null."
        ),
    ] = None


class NeedAnswer(Model):
    """What a need comes to."""

    id: Annotated[str, described("Id of the need, from the case.")]
    kind: Annotated[str, described("`request`, `answer`, `share` or `use`, from the case.")]
    measure: Annotated[str, described("Id of what is sought, from the case.")]
    partner: Annotated[
        str | None,
        described(
            "ISO 3166 alpha-3 code of the other State; null when not known. In JSON it is called `with`.",
            alias="with",
        ),
    ]
    status: Annotated[
        Status,
        described(
            "`routed`: a main step stands; `conditional`: it stands while unknown facts come out as "
            "presumed; `undecided`: open facts decide between main steps; `no_lawful_route`: none is "
            "lawful."
        ),
    ]
    settled: Annotated[bool, described("Whether no open fact can change the main step.")]
    primary: Annotated[Primary, described("The main step.")]
    alternatives: Annotated[
        tuple[Alternative, ...], described("Other channels that would deliver, best first.")
    ] = ()
    waits_for: Annotated[
        tuple[str, ...], described("Facts and ties that decide the main step; empty when settled.")
    ] = ()
    proposed: Annotated[
        Proposed | None,
        described("The answer to the channel that the case proposes; null where it proposes none."),
    ] = None
    first: Annotated[
        str, described("What has to be done before all else, in words, where a danger rules it; else empty.")
    ] = ""


class Exclusion(Model):
    """A channel, or a basis of one, that does not serve a need."""

    pathway: Annotated[str, described("Id of the channel.")]
    route: Annotated[
        str | None,
        described("Id of the channel under one basis, where only that basis is closed; null for all of it."),
    ] = None
    need: Annotated[str, described("Id of the need.")]
    how: Annotated[
        Literal["closed", "not_the_last_step"],
        described(
            "`closed`: it may not be used; `not_the_last_step`: it may be used and does not deliver "
            "what is sought."
        ),
    ]
    says: Annotated[str, described("The reason in a sentence.")]
    basis: Annotated[tuple[str, ...], described("References of the provisions behind it.")] = ()
    why: Annotated[tuple[str, ...], described("Ids of the rules that exclude it.")]
    because: Annotated[
        tuple[SupportingFact, ...], described("Facts on which that rests, with their origin.")
    ] = ()


class Warned(Model):
    """A warning."""

    code: Annotated[str, described("Id in the rulebook's list of warnings.")]
    level: Annotated[
        Literal["stop", "caution", "note"],
        described("`stop`: do not go on before it is cleared; `caution`; `note`."),
    ]
    says: Annotated[str, described("The sentence that is printed.")]
    why: Annotated[str, described("Id of the rule that it comes from.")]
    basis: Annotated[tuple[str, ...], described("References of the provisions that speak to the case.")] = ()
    standing: Annotated[
        Told, described("`law`: by law here; `practice`: usual, or no provision speaks to the case.")
    ] = "law"
    needs: Annotated[tuple[str, ...], described("Ids of the needs that it concerns.")] = ()


class Answer(Model):
    """A possible answer to a question."""

    value: Annotated[str, described("The value of the fact, as the rulebook spells it.")]
    leads_to: Annotated[str, described("The main step that it would lead to, in words.")]


class Question(Model):
    """A question whose answer can change the plan."""

    fact: Annotated[str, described("Id of the fact that is asked for.")]
    asks: Annotated[str, described("The question, in words.")]
    why: Annotated[tuple[str, ...], described("What waits for the answer: ids of rules, or provisions.")]
    answers: Annotated[tuple[Answer, ...], described("The possible answers and where each leads.")]
    basis: Annotated[tuple[str, ...], described("References of the provisions that wait for it.")] = ()
    needs: Annotated[tuple[str, ...], described("Ids of the needs that it concerns.")] = ()


class Unknown(Model):
    """A fact that is not known and alone decides whether something else must be told."""

    fact: Annotated[str, described("Id of the fact.")]
    asks: Annotated[str, described("The question, in words.")]
    may_come: Annotated[
        tuple[str, ...], described("What may come of it: warnings, duties or limits, in words.")
    ]
    why: Annotated[tuple[str, ...], described("Ids of the rules that wait for it.")]
    does_not_stop: Annotated[
        tuple[CodedTerm, ...],
        described("What the law says of steps of this plan that the fact never closes."),
    ] = ()
    needs: Annotated[tuple[str, ...], described("Ids of the needs that it concerns.")] = ()


class Assumption(Model):
    """Something that the plan assumes."""

    fact: Annotated[str, described("Id of the fact, or `tie:` and an instrument.")]
    value: Annotated[str, described("The value that is assumed.")]
    because: Annotated[str, described("Why, in a sentence.")]
    origin: Annotated[
        Literal["presumed", "stipulated", "last_seen"],
        described(
            "`presumed` by the rulebook, `stipulated` by the user, or `last_seen`: as a list or "
            "profile last showed it."
        ),
    ]
    as_last_seen: Annotated[
        datetime.date | None,
        described("For `last_seen`, the day on which the list or profile was checked; else null."),
    ] = None
    seen_in: Annotated[
        str,
        described(
            "For `last_seen`, id of the instrument whose list it is, or code of the State whose "
            "profile it is; else empty. In JSON it is called `register`.",
            alias="register",
        ),
    ] = ""
    needs: Annotated[tuple[str, ...], described("Ids of the needs that it concerns.")] = ()


class Contested(Model):
    """A point on which views differ; the plan follows the default."""

    rule: Annotated[str, described("Id of the rule.")]
    a: Annotated[str, described("One view, in a sentence.")]
    b: Annotated[str, described("The view against it, in a sentence.")]
    default: Annotated[str, described("Which of the views the plan follows, and why.")]


class Future(Model):
    """An instrument that is signed but binds nobody here yet."""

    instrument: Annotated[str, described("Short name of the instrument.")]
    status: Annotated[str, described("How it stands, in words.")]


class Plan(Model):
    """An ordered plan for every need of a case."""

    format: Annotated[
        str, described("Name and number of this form; a change that breaks readers raises the number.")
    ] = FORMAT
    title: Annotated[str, described("Title of the case; may be empty.")] = ""
    rulebook: Annotated[RulebookMark, described("The rulebook behind the answer, by version and content.")]
    as_of: Annotated[datetime.date, described("The day for which the answer holds.")]
    state: Annotated[
        str | None, described("ISO 3166 alpha-3 code of our own State; null when not known.")
    ] = None
    status: Annotated[
        Status,
        described(
            "The worst status of its needs, from `routed` through `conditional` and `undecided` to "
            "`no_lawful_route`."
        ),
    ]
    needs: Annotated[tuple[NeedAnswer, ...], described("What each need comes to, in the order of the case.")]
    steps: Annotated[
        tuple[Step, ...], described("Steps for all needs together, in the order in which they start.")
    ]
    excluded: Annotated[tuple[Exclusion, ...], described("Channels that do not serve, with the reason.")]
    warnings: Annotated[tuple[Warned, ...], described("Warnings, the gravest first.")]
    obligations: Annotated[tuple[CodedTerm, ...], described("Duties of whoever sends or holds.")]
    questions: Annotated[
        tuple[Question, ...],
        described("Questions whose answers can change a main step, the most useful first."),
    ]
    assumptions: Annotated[
        tuple[Assumption, ...], described("What the plan assumes; each can be corrected in the case.")
    ]
    unknowns: Annotated[
        tuple[Unknown, ...],
        described("Facts that are not known and bear on warnings, duties or limits only."),
    ] = ()
    contested: Annotated[tuple[Contested, ...], described("Points on which views differ.")] = ()
    future: Annotated[tuple[Future, ...], described("Instruments that bind nobody here yet.")] = ()
    data_reach: Annotated[
        Mapping[str, str],
        described("By instrument id, the day (year-month-day) up to which its list of members is known."),
    ] = Field(default_factory=dict)
    data_sources: Annotated[
        Mapping[str, str], described("By instrument id, the address where its list can be looked up.")
    ] = Field(default_factory=dict)
    strict_dates: Annotated[
        bool, described("Whether what a list last showed was taken as unknown on the days after it.")
    ] = False
    notes: Annotated[tuple[str, ...], described("Remarks on how the case was read.")] = ()
    notice: Annotated[str, described("What holds for every plan: who confirms it.")]

    def json_text(self) -> str:
        """The plan as JSON, two spaces deep, with a final newline: as the command line writes it."""
        return json.dumps(self.model_dump(mode="json", by_alias=True), indent=2, ensure_ascii=False) + "\n"
