"""The plan: what is printed, stored and embedded. Its JSON form is a contract with a schema."""

from __future__ import annotations

import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

FORMAT = "routing-plan/1"
Status = Literal["routed", "conditional", "undecided", "no_lawful_route"]
Certainty = Literal["confirmed", "conditional"]
WORST_FIRST: tuple[Status, ...] = ("no_lawful_route", "undecided", "conditional", "routed")


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class RulebookMark(_Frozen):
    """Which rules answered."""

    version: str
    hash: str
    source: str
    overlays: tuple[str, ...] = ()


class Because(_Frozen):
    """A fact that decided something, its value, and whether it was told, looked up, presumed or assumed."""

    fact: str
    value: str
    origin: str
    source: str = ""


class Basis(_Frozen):
    """A provision a step rests on.

    in_force_since: the later of the two States' dates, or null where the provision is no treaty
    or the date is not known. certainty: conditional while it is open whether it binds or covers.
    """

    provision: str
    instrument: str
    article: str
    role: Literal["lead", "support"]
    kind: str
    in_force_since: str | None = None
    mark: str
    certainty: Certainty = "confirmed"


class Party(_Frozen):
    role: str
    state: str | None = None
    name: str | None = None


class Said(_Frozen):
    """A limit or duty with its sentence, its provisions and the rule it comes from."""

    code: str
    says: str
    basis: tuple[str, ...] = ()
    why: str = ""
    needs: tuple[str, ...] = ()


class Deadline(_Frozen):
    """date: the last day, when it can be computed; limit: the limit in words; source: provision or reason."""

    date: datetime.date | None = None
    limit: str = ""
    source: str = ""
    expected: str = ""


class Step(_Frozen):
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
    basis: tuple[Basis, ...]
    why: tuple[str, ...]
    because: tuple[Because, ...] = ()
    limits: tuple[Said, ...] = ()
    deadline: Deadline | None = None
    after: tuple[str, ...] = ()
    together: tuple[str, ...] = ()
    certainty: Certainty
    waits_for: tuple[str, ...] = ()
    put_in: tuple[str, ...] = ()


class Primary(_Frozen):
    pathway: str
    route: str
    family: str
    certainty: Certainty


class Alternative(_Frozen):
    """Another pathway that would deliver; `waits_for` names the facts it hangs on, if any."""

    pathway: str
    family: str
    certainty: Certainty
    waits_for: tuple[str, ...] = ()


class NeedAnswer(_Frozen):
    id: str
    kind: str
    measure: str
    partner: str | None = Field(alias="with")
    status: Status
    settled: bool
    primary: Primary
    alternatives: tuple[Alternative, ...] = ()
    waits_for: tuple[str, ...] = ()
    proposed: "Proposed | None" = None


class Proposed(_Frozen):
    """The answer to a channel that was proposed: `as_proposed`, `not_as_proposed` or `depends`."""

    channel: str
    pathway: str | None
    answer: Literal["as_proposed", "not_as_proposed", "depends"]
    says: str
    why: tuple[str, ...] = ()


class Exclusion(_Frozen):
    pathway: str
    route: str | None = None
    need: str
    how: Literal["closed", "not_the_last_step"]
    says: str
    why: tuple[str, ...]
    because: tuple[Because, ...] = ()


class Warned(_Frozen):
    code: str
    level: Literal["stop", "caution", "note"]
    says: str
    why: str
    basis: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()


class Answer(_Frozen):
    value: str
    leads_to: str


class Question(_Frozen):
    fact: str
    asks: str
    why: tuple[str, ...]
    answers: tuple[Answer, ...]
    needs: tuple[str, ...] = ()


class Assumption(_Frozen):
    """What was taken as given: presumed by the rulebook or stipulated by the user."""

    fact: str
    value: str
    because: str
    origin: Literal["presumed", "stipulated"]
    needs: tuple[str, ...] = ()


class Contested(_Frozen):
    """A point on which views differ; the plan follows the default."""

    rule: str
    a: str
    b: str
    default: str


class Future(_Frozen):
    """An instrument that is signed but binds nobody here yet."""

    instrument: str
    status: str


class Plan(_Frozen):
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
    obligations: tuple[Said, ...]
    questions: tuple[Question, ...]
    assumptions: tuple[Assumption, ...]
    contested: tuple[Contested, ...] = ()
    future: tuple[Future, ...] = ()
    data_reach: dict[str, str] = Field(default_factory=dict)
    notes: tuple[str, ...] = ()
    notice: str

    def json_text(self) -> str:
        """The plan as JSON, two spaces deep, with a final newline."""
        return self.model_dump_json(by_alias=True, indent=2) + "\n"
