"""The plan: what is printed, stored and embedded. Its JSON form is a contract with a schema."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from typing import Any, Literal

from routing.core.records import Record, field, names

FORMAT = "routing-plan/2"
"""The second form adds when and from which day a step starts, from which event a limit runs, and what a need
says first."""
Status = Literal["routed", "conditional", "undecided", "no_lawful_route"]
Certainty = Literal["confirmed", "conditional"]
WORST_FIRST: tuple[Status, ...] = ("no_lawful_route", "undecided", "conditional", "routed")


class RulebookMark(Record, kw_only=True):
    """Which rules answered."""

    version: str
    hash: str
    source: str
    overlays: tuple[str, ...] = ()


class SupportingFact(Record, kw_only=True):
    """A fact that decided something, its value, and whether it was told, looked up, presumed or assumed."""

    fact: str
    value: str
    origin: str
    source: str = ""


class Basis(Record, kw_only=True):
    """A provision a step rests on.

    in_force_since: the later of the two States' dates, or null where the provision is not a treaty
    or the date is not known. certainty: conditional while it is open whether it binds or covers;
    waits_for: the facts and ties on which that hangs.
    """

    provision: str
    instrument: str
    article: str
    role: Literal["lead", "support"]
    kind: str
    in_force_since: str | None = None
    mark: str
    certainty: Certainty = "confirmed"
    waits_for: tuple[str, ...] = ()


class LikelyOffice(Record, kw_only=True):
    """The office that a State named in the same role under another instrument than that of the step: probably
    the one that receives, and to be confirmed.

    says: that sentence. The rest is as in `Party`.
    """

    name: str
    unit: str | None = None
    declared_under: str | None = None
    source: str | None = None
    read_at: str | None = None
    confidence: str
    checked: datetime.date
    says: str


class Party(Record, kw_only=True):
    """Who sends or receives.

    name: the office that is held for this State, role, instrument and day; null where none is, and then `ask`
    says whom to ask, and what is held elsewhere. unit: unit and address. declared_under: the instrument and
    article of the declaration, or the law or page that names the office. source: the official address to
    quote; read_at: the page that was read. confidence, checked: of the row, high or medium, and the day it
    was read. likely: where `name` is null, the office that the State named in the same role under another
    instrument.
    """

    role: str
    state: str | None = None
    name: str | None = None
    unit: str | None = None
    declared_under: str | None = None
    source: str | None = None
    read_at: str | None = None
    confidence: str | None = None
    checked: datetime.date | None = None
    likely: LikelyOffice | None = None
    ask: str | None = None


class Via(Record, kw_only=True):
    """The way between sender and receiver: a code of offices/wording.csv, in words, with the provisions that
    allow it.

    also: other ways that the same law leaves open. declared: the State asked wants it so, by its own
    declaration.
    """

    channel: str
    says: str
    basis: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    declared: bool = False


class RequestLanguage(Record, kw_only=True):
    """In which language the request is written.

    accepted: by the receiver; empty where not known. needed: one of them or all. translate: whether a
    translation is due for a request in an official language of the sender; `unknown` where the accepted ones
    are not known. into: the languages to translate into: one of them, or all if `needed` is all.
    """

    accepted: tuple[str, ...] = ()
    needed: Literal["one", "all"] = "one"
    translate: Literal["yes", "no", "unknown"]
    into: tuple[str, ...] = ()
    says: str
    condition: str = ""
    basis: tuple[str, ...] = ()
    declared_under: str | None = None
    source: str | None = None
    read_at: str | None = None


Told = Literal["law", "practice"]


class CodedTerm(Record, kw_only=True):
    """A limit or duty with its sentence, its provisions and the rule it comes from.

    basis: what of the rule's provisions speaks to the case. standing: `practice` where it is usual and not
    owed by law here, or where no provision of it speaks to the case.
    """

    code: str
    says: str
    basis: tuple[str, ...] = ()
    standing: Told = "law"
    why: str = ""
    needs: tuple[str, ...] = ()


class Deadline(Record, kw_only=True):
    """The last day for taking a step: a back-stop, not the day on which to act, which is `Step.when`.

    date: that day, when it can be computed; reason: what ends then; source: the provision, or the
    fact, it comes from. limit and expected: the limit and the usual time of the pathway, in words.
    runs_from: the event from which the limit runs, in words; empty where the rules name none. needs: those,
    of all that the step serves, whose day it is.
    """

    date: datetime.date | None = None
    limit: str = ""
    source: str = ""
    expected: str = ""
    reason: str = ""
    runs_from: str = ""
    needs: tuple[str, ...] = ()


class DerivedDate(Record, kw_only=True):
    """A date that runs from a step taken on the day it can start.

    limit: how long, in words. runs_from: the event from which it runs; empty where the rules name none.
    """

    what: Literal[
        "answer_due", "objection_until", "hold_ends", "hold_ends_if_prolonged", "expected_from", "expected_by"
    ]
    date: datetime.date
    limit: str = ""
    source: str = ""
    runs_from: str = ""


When = Literal["now", "today", "after"]


class Step(Record, kw_only=True):
    """One step.

    when: `now`, at once and waiting for nobody but another step that is taken at once; `today`, as nothing
    has to come first; `after`, once the steps named in `after` are done. start: the earliest day on which it
    can start, each step before it taken in its shortest usual time. together: the steps that start with it,
    since they wait for the same. also_to: the receivers in further States, where one step goes to all.
    """

    id: str
    needs: tuple[str, ...]
    pathway: str
    route: str
    family: str
    role: str
    action: str
    tells: str = ""
    sender: Party
    receiver: Party
    also_to: tuple[Party, ...] = ()
    via: Via | None = None
    language: RequestLanguage | None = None
    basis: tuple[Basis, ...]
    why: tuple[str, ...]
    because: tuple[SupportingFact, ...] = ()
    limits: tuple[CodedTerm, ...] = ()
    when: When = "today"
    start: datetime.date | None = None
    deadline: Deadline | None = None
    dates: tuple[DerivedDate, ...] = ()
    after: tuple[str, ...] = ()
    together: tuple[str, ...] = ()
    certainty: Certainty
    waits_for: tuple[str, ...] = ()
    put_in: tuple[str, ...] = ()


class Primary(Record, kw_only=True):
    pathway: str
    route: str
    family: str
    certainty: Certainty


class Alternative(Record, kw_only=True):
    """Another pathway that would deliver; `waits_for` names the facts it hangs on, if any."""

    pathway: str
    family: str
    certainty: Certainty
    waits_for: tuple[str, ...] = ()


class NeedAnswer(Record, kw_only=True):
    """What a need comes to. first: what has to be done before all else, in words, where a danger rules it."""

    id: str
    kind: str
    measure: str
    partner: str | None
    status: Status
    settled: bool
    primary: Primary
    alternatives: tuple[Alternative, ...] = ()
    waits_for: tuple[str, ...] = ()
    proposed: Proposed | None = None
    first: str = ""


class Proposed(Record, kw_only=True):
    """The answer to a channel that was proposed: `as_proposed`, `not_as_proposed` or `depends`.

    says: the reason that is this channel's own. basis: the provisions behind it that speak to the case.
    serves_from: the day from which it could serve, where that is known and still to come.
    """

    channel: str
    pathway: str | None
    answer: Literal["as_proposed", "not_as_proposed", "depends"]
    says: str
    why: tuple[str, ...] = ()
    basis: tuple[str, ...] = ()
    serves_from: datetime.date | None = None


class Exclusion(Record, kw_only=True):
    pathway: str
    route: str | None = None
    need: str
    how: Literal["closed", "not_the_last_step"]
    says: str
    basis: tuple[str, ...] = ()
    why: tuple[str, ...]
    because: tuple[SupportingFact, ...] = ()


class Warned(Record, kw_only=True):
    code: str
    level: Literal["stop", "caution", "note"]
    says: str
    why: str
    basis: tuple[str, ...] = ()
    standing: Told = "law"
    needs: tuple[str, ...] = ()


class Answer(Record, kw_only=True):
    value: str
    leads_to: str


class Question(Record, kw_only=True):
    fact: str
    asks: str
    why: tuple[str, ...]
    answers: tuple[Answer, ...]
    basis: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()


class Unknown(Record, kw_only=True):
    """A fact that is not known and alone decides whether something else must be told.

    may_come: what. does_not_stop: what the law says of steps of this plan that the fact never closes.
    """

    fact: str
    asks: str
    may_come: tuple[str, ...]
    why: tuple[str, ...]
    does_not_stop: tuple[CodedTerm, ...] = ()
    needs: tuple[str, ...] = ()


class Assumption(Record, kw_only=True):
    """What the plan assumes: presumed by the rulebook, stipulated by the user, or as a list last showed it.

    as_last_seen: for the last, the day on which the list or profile was checked; seen_in: the id of the
    instrument whose list it is, or the code of the State whose profile it is.
    """

    fact: str
    value: str
    because: str
    origin: Literal["presumed", "stipulated", "last_seen"]
    as_last_seen: datetime.date | None = None
    seen_in: str = ""
    needs: tuple[str, ...] = ()


class Contested(Record, kw_only=True):
    """A point on which views differ; the plan follows the default."""

    rule: str
    a: str
    b: str
    default: str


class Future(Record, kw_only=True):
    """An instrument that is signed but binds nobody here yet."""

    instrument: str
    status: str


class Plan(Record, kw_only=True):
    """An ordered plan for every need of a case.

    strict_dates: whether what a list last showed was taken as not known of the days after it.
    """

    format: str = FORMAT
    title: str = ""
    rulebook: RulebookMark
    as_of: datetime.date
    state: str | None = None
    status: Status
    needs: tuple[NeedAnswer, ...]
    steps: tuple[Step, ...]
    excluded: tuple[Exclusion, ...]
    warnings: tuple[Warned, ...]
    obligations: tuple[CodedTerm, ...]
    questions: tuple[Question, ...]
    assumptions: tuple[Assumption, ...]
    unknowns: tuple[Unknown, ...] = ()
    contested: tuple[Contested, ...] = ()
    future: tuple[Future, ...] = ()
    data_reach: Mapping[str, str] = field(default_factory=dict)
    data_sources: Mapping[str, str] = field(default_factory=dict)
    strict_dates: bool = False
    notes: tuple[str, ...] = ()
    notice: str

    def json_text(self) -> str:
        """The plan as JSON, two spaces deep, with a final newline."""
        return json.dumps(as_json(self), indent=2, ensure_ascii=False) + "\n"


NAMED_OTHERWISE = {"partner": "with", "seen_in": "register"}
"""Fields whose JSON name is a word that Python or a base class keeps for itself."""


def as_json(value: Any) -> Any:
    """A plan, or any part of it, as JSON-ready values."""
    if isinstance(value, Record):
        return {NAMED_OTHERWISE.get(name, name): as_json(getattr(value, name)) for name in names(value)}
    if isinstance(value, (tuple, list)):
        return [as_json(item) for item in value]
    if isinstance(value, Mapping):
        return {key: as_json(item) for key, item in value.items()}
    return value.isoformat() if isinstance(value, datetime.date) else value
