"""A plan: what is recommended, on what basis, and what is open. Its JSON form is a contract with a schema.

Two fields have another name in JSON: `partner` is `with`, `seen_in` is `register`.
Days are ISO dates; ids are those of the rulebook.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from routing.core.domain import KINDS_OF_NEED, Level
from routing.model.base import (
    FactName,
    InstrumentText,
    Model,
    NeedId,
    OverlayName,
    ProvisionRef,
    RuleId,
    Sentence,
    Unsettled,
    Waiting,
    described,
)
from routing.model.basis import SupportingFact
from routing.model.step import CodedTerm, Step
from routing.plan.model import FORMAT, Assumed, Certainty, Footing, Shut, Status, Verdict


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
        tuple[OverlayName, ...],
        described("Names of the overlays laid over the rules, in order of reading; empty for none."),
    ] = ()


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
        tuple[FactName, ...], described("Facts and ties that decide whether it stands; empty when confirmed.")
    ] = ()


class Proposed(Model):
    """The answer to a channel that the case proposed."""

    channel: Annotated[str, described("The channel as it was proposed.")]
    pathway: Annotated[str | None, described("Id of the channel it was read as; null where it is none.")]
    answer: Annotated[
        Verdict,
        described(
            "`as_proposed`: the plan uses it; `not_as_proposed`: it does not; `depends`: open facts decide, "
            "or its words are known as no channel."
        ),
    ]
    says: Annotated[str, described("The answer in a sentence, with the reason that is this channel's own.")]
    why: Annotated[tuple[RuleId, ...], described("Ids of the rules that decide it.")] = ()
    basis: Annotated[
        tuple[ProvisionRef, ...],
        described("References of the provisions behind them that speak to the case."),
    ] = ()
    unsettled: Unsettled = ()
    serves_from: Annotated[
        datetime.date | None,
        described(
            "Day from which the channel could serve; null where that is not known or not still to come."
        ),
    ] = None


class NeedAnswer(Model):
    """What a need comes to."""

    id: Annotated[str, described("Id of the need, from the case.")]
    kind: Annotated[
        str,
        described(
            "Who asks whom. `request`: we ask; `answer`: we are asked; `share`: we give and nobody asked; "
            "`use`: of material that we hold.",
            json_schema_extra={"enum": list(KINDS_OF_NEED)},
        ),
    ]
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
        tuple[FactName, ...], described("Facts and ties that decide the main step; empty when settled.")
    ] = ()
    proposed: Annotated[
        Proposed | None,
        described("The answer to the channel that the case proposes; null where it proposes none."),
    ] = None
    also_proposed: Annotated[
        tuple[Proposed, ...],
        described("The answers to further channels, where the case proposes several."),
    ] = ()
    first: Annotated[
        str, described("What has to be done before all else, in words, where a danger rules it; else empty.")
    ] = ""
    stands: Annotated[
        str,
        described(
            "How the main step stands, in words, where a ground of refusal, a doubt or a missing consent was "
            "told; it is said in place of the status. Else empty."
        ),
    ] = ""
    open_anyway: Annotated[
        bool,
        described(
            "Whether the main step can be taken whatever the open facts turn out to be, so that they decide "
            "only whether another goes before it. False where it is sure, and where it depends on them."
        ),
    ] = False


class Exclusion(Model):
    """A channel, or a basis of one, that does not serve a need."""

    pathway: Annotated[str, described("Id of the channel.")]
    route: Annotated[
        str | None,
        described("Id of the channel under one basis, where only that basis is closed; null for all of it."),
    ] = None
    need: Annotated[str, described("Id of the need.")]
    how: Annotated[
        Shut,
        described(
            "`closed`: it may not be used; `not_the_last_step`: it may be used and does not deliver "
            "what is sought."
        ),
    ]
    says: Annotated[str, described("The reason in a sentence.")]
    basis: Annotated[tuple[ProvisionRef, ...], described("References of the provisions behind it.")] = ()
    unsettled: Unsettled = ()
    why: Annotated[tuple[RuleId, ...], described("Ids of the rules that exclude it.")]
    because: Annotated[
        tuple[SupportingFact, ...], described("Facts on which that rests, with their origin.")
    ] = ()


class Warned(Model):
    """A warning."""

    code: Annotated[str, described("Id in the rulebook's list of warnings.")]
    level: Annotated[
        Level,
        described("`stop`: do not go on before it is cleared; `caution`; `note`."),
    ]
    says: Annotated[str, described("The sentence that is printed.")]
    why: Annotated[str, described("Id of the rule that it comes from.")]
    basis: Annotated[
        tuple[ProvisionRef, ...], described("References of the provisions that speak to the case.")
    ] = ()
    unsettled: Unsettled = ()
    standing: Annotated[
        Footing, described("`law`: by law here; `practice`: usual, or no provision speaks to the case.")
    ] = "law"
    needs: Annotated[tuple[NeedId, ...], described("Ids of the needs that it concerns.")] = ()


class Answer(Model):
    """A possible answer to a question."""

    value: Annotated[str, described("The value of the fact, as the rulebook spells it.")]
    leads_to: Annotated[str, described("The main step that it would lead to, in words.")]


class Question(Model):
    """A question whose answer can change the plan."""

    fact: Annotated[str, described("Id of the fact that is asked for.")]
    asks: Annotated[str, described("The question, in words.")]
    why: Annotated[tuple[Waiting, ...], described("What waits for the answer: ids of rules, or provisions.")]
    answers: Annotated[tuple[Answer, ...], described("The possible answers and where each leads.")]
    basis: Annotated[
        tuple[ProvisionRef, ...], described("References of the provisions that wait for it.")
    ] = ()
    unsettled: Unsettled = ()
    needs: Annotated[tuple[NeedId, ...], described("Ids of the needs that it concerns.")] = ()


class Unknown(Model):
    """A fact that is not known and alone decides whether something else must be told."""

    fact: Annotated[str, described("Id of the fact.")]
    asks: Annotated[str, described("The question, in words.")]
    may_come: Annotated[
        tuple[Sentence, ...], described("What may come of it: warnings, duties or limits, in words.")
    ]
    why: Annotated[tuple[RuleId, ...], described("Ids of the rules that wait for it.")]
    does_not_stop: Annotated[
        tuple[CodedTerm, ...],
        described("What the law says of steps of this plan that the fact never closes."),
    ] = ()
    needs: Annotated[tuple[NeedId, ...], described("Ids of the needs that it concerns.")] = ()


class Assumption(Model):
    """Something that the plan assumes."""

    fact: Annotated[str, described("Id of the fact, or `tie:` and an instrument.")]
    value: Annotated[str, described("The value that is assumed.")]
    because: Annotated[str, described("Why, in a sentence.")]
    origin: Annotated[
        Assumed,
        described(
            "`presumed` by the rulebook, `stipulated` by the user, or `last_seen`: as a list or "
            "profile last showed it."
        ),
    ]
    as_last_seen: Annotated[
        datetime.date | None,
        described("Day on which the list or profile was checked; null for another origin than `last_seen`."),
    ] = None
    seen_in: Annotated[
        str,
        described(
            "For `last_seen`, id of the instrument whose list it is, or code of the State whose "
            "profile it is; else empty. In JSON it is called `register`.",
            alias="register",
        ),
    ] = ""
    needs: Annotated[tuple[NeedId, ...], described("Ids of the needs that it concerns.")] = ()


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
        Mapping[str, InstrumentText],
        described("By instrument id, the day (year-month-day) up to which its list of members is known."),
    ] = Field(default_factory=dict)
    data_sources: Annotated[
        Mapping[str, InstrumentText],
        described("By instrument id, the address where its list can be looked up."),
    ] = Field(default_factory=dict)
    strict_dates: Annotated[
        bool, described("Whether what a list last showed was taken as unknown on the days after it.")
    ] = False
    unweighed: Annotated[
        tuple[Sentence, ...],
        described("What was told and no rule weighs for the kind of need, and for which needs if not all."),
    ] = ()
    notes: Annotated[tuple[Sentence, ...], described("Remarks on how the case was read.")] = ()
    notice: Annotated[str, described("What holds for every plan: who confirms it.")]

    def json_text(self) -> str:
        """The plan as JSON, two spaces deep, with a final newline: as the command line writes it."""
        return json.dumps(self.model_dump(mode="json", by_alias=True), indent=2, ensure_ascii=False) + "\n"
