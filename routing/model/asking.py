"""What a case can state, one step of an interview, and the state of the interface itself."""

from __future__ import annotations

from typing import Annotated, Literal

from routing.core.domain import Scope, TypeOfFact
from routing.model.base import Model, described

TYPE = "How it is answered: one value, several, a number, a day, a State, free text, or instruments."


RuleReason = Annotated[str, described("A rule or a basis that waits for it, in words.")]


class Option(Model):
    """An answer that can be given."""

    value: Annotated[str, described("The value to send back.")]
    means: Annotated[str, described("What it means, in words; empty where the value says it.")]
    leads_to: Annotated[str, described("The main step it would lead to, where that is known; else empty.")]
    group: Annotated[str, described("The plain group in which it is offered; empty for none.")]


class QuestionAsked(Model):
    """One plain question."""

    fact: Annotated[
        str,
        described(
            "What is asked: a fact, a tie, a part of a need (`kind`, `measure`, `state`, `with`), or one of "
            "`danger`, `group`, `keep` and `more`."
        ),
    ]
    need: Annotated[str, described("Id of the need it is asked for.")]
    about: Annotated[str, described("What the need is about, where there are several; else empty.")]
    asks: Annotated[str, described("The question as a person is asked it.")]
    type: Annotated[TypeOfFact, described(TYPE)]
    unit: Annotated[str, described("Unit of a number; empty for none.")]
    means: Annotated[str, described("What the question means, in more words; empty for nothing.")]
    why: Annotated[tuple[RuleReason, ...], described("What waits for the answer.")]
    options: Annotated[tuple[Option, ...], described("The answers offered; empty for free words.")]


class InterviewStep(Model):
    """Where an interview stands after the answers that were sent."""

    question: Annotated[
        QuestionAsked | None, described("The next question; null where nothing that matters is open.")
    ]
    case_file: Annotated[str, described("The case so far, as a case file in YAML.")]
    can_be_routed: Annotated[bool, described("Whether the case so far can be routed.")]


Meaning = Annotated[str, described("What the value of this key means; empty where the value says it.")]


class FactAsked(Model):
    """A fact that a case can state."""

    id: Annotated[str, described("Id of the fact: its line in a case.")]
    of: Annotated[
        Scope,
        described("What it is told of: the whole case, one need, or the two States of a need."),
    ]
    asks: Annotated[str, described("The question that it answers.")]
    type: Annotated[TypeOfFact, described(TYPE)]
    unit: Annotated[str | None, described("Unit of a number; null for none.")]
    values: Annotated[
        dict[str, Meaning], described("The allowed values, each with what it means; empty for free ones.")
    ]
    means: Annotated[str | None, described("What the question means, in more words; null for nothing.")]
    presumed: Annotated[
        str | None, described("The value that is assumed where nothing is said; null for none.")
    ]


class MeasureAsked(Model):
    """A measure that a need can ask for."""

    id: Annotated[str, described("Id of the measure.")]
    name: Annotated[str, described("What it is called.")]
    group: Annotated[str, described("Id of the group in which it is offered; empty for none.")]


class FactList(Model):
    """What a case can state."""

    facts: Annotated[tuple[FactAsked, ...], described("The facts, in the order of the rules.")]
    measures: Annotated[tuple[MeasureAsked, ...], described("The measures, in the order of the rules.")]


class Health(Model):
    """Whether the interface answers."""

    status: Annotated[Literal["ok"], described("`ok`: it answers.")]
    version: Annotated[str, described("Version of the program.")]
    rules: Annotated[str, described("The beginning of the content id of the rules that answer.")]
