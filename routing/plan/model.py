"""The plan: what is printed, stored and embedded. Its JSON form is a contract with a schema.

What each field means is written once, in the models of `routing.model` (`plan`, `step`, `basis`).
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from typing import Any, Literal, get_args

from routing.core.domain import Level
from routing.core.records import Record, field, names
from routing.law.office_records import Needed

FORMAT = "routing-plan/2"
"""The second form adds when and from which day a step starts, from which event a limit runs, and what a need
says first."""
Status = Literal["routed", "conditional", "undecided", "no_lawful_route"]
Certainty = Literal["confirmed", "conditional"]
DateKind = Literal[
    "answer_due",
    "answer_owed",
    "needed",
    "needed_there",
    "objection_until",
    "hold_ends",
    "hold_ends_if_prolonged",
    "may_end",
    "ends",
    "expected_from",
    "expected_by",
]
Part = Literal["lead", "support"]
Translate = Literal["yes", "no", "unknown"]
Verdict = Literal["as_proposed", "not_as_proposed", "depends"]
Shut = Literal["closed", "not_the_last_step"]
Assumed = Literal["presumed", "stipulated", "last_seen"]
CERTAINTIES: tuple[Certainty, ...] = get_args(Certainty)
STATUSES: tuple[Status, ...] = get_args(Status)
WORST_FIRST = STATUSES[::-1]


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
    """A provision a step rests on."""

    provision: str
    instrument: str
    article: str
    role: Part
    kind: str
    in_force_since: str | None = None
    source: str | None = None
    mark: str
    certainty: Certainty = "confirmed"
    waits_for: tuple[str, ...] = ()
    states: tuple[str, ...] = ()


class LikelyOffice(Record, kw_only=True):
    """The office that a State named in the same role under another instrument than that of the step, or that
    the treaty itself names: probably the one that receives, and to be confirmed.

    says: that sentence. only_asked: it is held for another kind of help, so that it is not the addressee but
    knows who is. The rest is as in `Party`.
    """

    name: str
    remark: str | None = None
    unit: str | None = None
    declared_under: str | None = None
    source: str | None = None
    read_at: str | None = None
    confidence: str
    text_of: int | None = None
    checked: datetime.date
    says: str
    only_asked: bool = False


class Party(Record, kw_only=True):
    """Who sends or receives. likely: where `name` is null, the office named in the same role elsewhere."""

    role: str
    state: str | None = None
    name: str | None = None
    remark: str | None = None
    unit: str | None = None
    declared_under: str | None = None
    source: str | None = None
    read_at: str | None = None
    confidence: str | None = None
    text_of: int | None = None
    checked: datetime.date | None = None
    likely: LikelyOffice | None = None
    ask: str | None = None


class Via(Record, kw_only=True):
    """The way between sender and receiver. also: other ways; also_basis: the provision of each of them."""

    channel: str
    says: str
    basis: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    also_basis: tuple[str, ...] = ()
    unsettled: tuple[str, ...] = ()
    declared: bool = False


class RequestLanguage(Record, kw_only=True):
    """In which language the request is written."""

    accepted: tuple[str, ...] = ()
    needed: Needed = "one"
    translate: Translate
    into: tuple[str, ...] = ()
    short: str = ""
    says: str
    condition: str = ""
    basis: tuple[str, ...] = ()
    declared_under: str | None = None
    source: str | None = None
    read_at: str | None = None


Footing = Literal["law", "practice"]
LAW: Footing = "law"


class CodedTerm(Record, kw_only=True):
    """A limit or duty with its sentence, its provisions and the rule it comes from."""

    code: str
    says: str
    basis: tuple[str, ...] = ()
    unsettled: tuple[str, ...] = ()
    standing: Footing = "law"
    why: str = ""
    needs: tuple[str, ...] = ()


class Deadline(Record, kw_only=True):
    """The last day for taking a step: a back-stop, not the day on which to act, which is `Step.when`."""

    date: datetime.date | None = None
    limit: str = ""
    source: str = ""
    expected: str = ""
    reason: str = ""
    runs_from: str = ""
    needs: tuple[str, ...] = ()


class DerivedDate(Record, kw_only=True):
    """A date that runs from a step taken on the day it can start.

    needs: of those that the step serves, the ones for which the day was named; none where it is of all.
    """

    what: DateKind
    date: datetime.date
    limit: str = ""
    source: str = ""
    runs_from: str = ""
    needs: tuple[str, ...] = ()


When = Literal["now", "today", "after"]


class Act(Record, kw_only=True):
    """What a step does for some of the needs that it serves, which differs from what it does for others."""

    needs: tuple[str, ...]
    says: str


class Step(Record, kw_only=True):
    id: str
    needs: tuple[str, ...]
    pathway: str
    route: str
    family: str
    role: str
    called: str = ""
    action: str
    tells: str = ""
    acts: tuple[Act, ...] = ()
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
    sure_for: tuple[str, ...] = ()
    waits_for: tuple[str, ...] = ()
    put_in: tuple[str, ...] = ()


class Primary(Record, kw_only=True):
    pathway: str
    route: str
    family: str
    certainty: Certainty


class Alternative(Record, kw_only=True):
    """Another pathway that would deliver."""

    pathway: str
    family: str
    certainty: Certainty
    waits_for: tuple[str, ...] = ()


class NeedAnswer(Record, kw_only=True):
    """What a need comes to."""

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
    also_proposed: tuple[Proposed, ...] = ()
    first: str = ""
    stands: str = ""
    """What is said of the main step in place of its status, where a ground or a doubt was told."""
    open_anyway: bool = False
    """Whether the main step can be taken whatever turns out; it is only open whether another goes first."""


class Proposed(Record, kw_only=True):
    """The answer to a channel that was proposed."""

    channel: str
    pathway: str | None
    answer: Verdict
    says: str
    why: tuple[str, ...] = ()
    basis: tuple[str, ...] = ()
    unsettled: tuple[str, ...] = ()
    serves_from: datetime.date | None = None


class Exclusion(Record, kw_only=True):
    pathway: str
    route: str | None = None
    need: str
    how: Shut
    says: str
    basis: tuple[str, ...] = ()
    unsettled: tuple[str, ...] = ()
    why: tuple[str, ...]
    because: tuple[SupportingFact, ...] = ()


class Warned(Record, kw_only=True):
    code: str
    level: Level
    says: str
    why: str
    basis: tuple[str, ...] = ()
    unsettled: tuple[str, ...] = ()
    standing: Footing = "law"
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
    unsettled: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()


class Unknown(Record, kw_only=True):
    """A fact that is not known and alone decides whether something else must be told."""

    fact: str
    asks: str
    may_come: tuple[str, ...]
    why: tuple[str, ...]
    does_not_stop: tuple[CodedTerm, ...] = ()
    needs: tuple[str, ...] = ()


class Assumption(Record, kw_only=True):
    """What the plan assumes: presumed by the rulebook, stipulated, or as a list last showed it."""

    fact: str
    value: str
    because: str
    origin: Assumed
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
    """An ordered plan for every need of a case."""

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
    unweighed: tuple[str, ...] = ()
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
