"""A case: what an investigator writes down.

Facts stand in `facts`, typed by the rulebook: a word for a choice, words for a list, a whole number, a date,
or the word `unknown`. A case is checked against the rulebook when it is routed, with every fault told at
once.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated

from pydantic import Field

from routing.core.domain import KINDS_OF_NEED
from routing.model.base import Model, NeedId, Sentence, described

Stated = str | int | date | tuple[str, ...]
"""What a case can state of a fact. `unknown` is a word like any other."""

OWN_STATE = (
    "Our own State: its name or ISO 3166 code of two or three letters; null where it is not known;"
    " `unknown` says the same."
)
FACTS = (
    "Facts by their id, as `routing schema case` lists them: a word, words, a whole number in the fact's"
    " unit, or a date. A fact that is left out is presumed where the rulebook presumes it, else unknown."
)


class Assumptions(Model):
    """What is stipulated for a what-if, against or beyond the law data."""

    ties: Annotated[
        Mapping[str, str],
        described(
            "By instrument id, how it is taken to stand between the two States: `in_force`, `signed`, `none`"
            " or `unknown`."
        ),
    ] = Field(default_factory=dict)


class Need(Model):
    """One thing that is needed: a measure, in one direction, with one other State."""

    id: Annotated[str, described("A short name: up to 40 letters, digits, `-` and `_`; unique in the case.")]
    kind: Annotated[
        str,
        described(
            "`request`: we ask; `answer`: we are asked; `share`: we give and nobody asked; `use`: of material"
            " that we hold. Without it, `request`.",
            json_schema_extra={"enum": list(KINDS_OF_NEED)},
        ),
    ] = "request"
    measure: Annotated[str, described("What is sought: the id of a measure of the rulebook.")]
    partner: Annotated[
        str | None,
        described(
            "The other State: its name or ISO 3166 code of two or three letters; null where it is not"
            " known; `unknown` says the same."
        ),
    ] = None
    via: Annotated[
        Mapping[str, str],
        described(
            "States that are crossed, by code, each with its consent: `yes`, `no`, `requested`, `not_asked`"
            " or `unknown`."
        ),
    ] = Field(default_factory=dict)
    facts: Annotated[
        Mapping[str, Stated], described(FACTS + " Facts of a need go before those of the case.")
    ] = Field(default_factory=dict)
    awaits: Annotated[
        tuple[NeedId, ...],
        described("Ids of the other needs of the case that this one waits for, where its facts name them."),
    ] = ()
    line: Annotated[
        int, described("The line, from 1, on which it stands in the file it was read from; 0 for none.")
    ] = 0


class Case(Model):
    """A case file: what its needs share, and the needs.

    Building one with a wrong type or an unknown name raises `pydantic.ValidationError`, which is not of this
    program's errors; what the rulebook does not know is told as CaseProblems when the case is read or routed.
    """

    title: Annotated[str, described("A name for the case, printed above the plan; may be empty.")] = ""
    state: Annotated[str | None, described(OWN_STATE)] = None
    as_of: Annotated[
        date | None,
        described(
            "The day for which the answer holds, year-month-day; null where the caller gives it. The law is"
            " read as of this day and terms run from it."
        ),
    ] = None
    facts: Annotated[Mapping[str, Stated], described(FACTS)] = Field(default_factory=dict)
    needs: Annotated[
        tuple[Need, ...], described("What is needed, one entry for each measure and State; at least one.")
    ]
    assume: Annotated[Assumptions, described("What is stipulated for a what-if; empty for a real case.")] = (
        Assumptions()
    )
    notes: Annotated[
        tuple[Sentence, ...],
        described("Remarks on what was read, as `UK` for `GB`."),
    ] = ()
