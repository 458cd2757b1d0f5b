"""JSON Schema of a case and of a plan, for editors and other programs."""

from __future__ import annotations

from typing import Any

from routing.case.blocks import CONSENT
from routing.case.line_names import PURPOSE
from routing.core.domain import KINDS_OF_NEED, UNKNOWN, Fact
from routing.model.base import Model
from routing.model.case import Assumptions, Case, Need
from routing.model.plan import Plan
from routing.rulebook.model import Rulebook
from routing.rulebook.parse.conditions import TIE_VALUES

DIALECT = "https://json-schema.org/draft/2020-12/schema"
TEXT: dict[str, Any] = {"type": ["string", "null"]}
STATE = {**TEXT, "description": "A State: its name, or its ISO 3166 code of two or three letters."}
BLANK: dict[str, Any] = {"enum": ["", None], "description": "A line that was left empty says nothing."}
TIE = {
    "enum": [*TIE_VALUES, UNKNOWN],
    "description": "How the instrument is taken to stand between the two States.",
}
WORDS: dict[str, Any] = {"type": "array", "items": {"type": "string"}}


PARTS = {
    "pathway": "Id of the pathway.",
    "route": "Id of the route: the pathway under one legal basis.",
    "role": "What the step is for: an id of `roles` in the rulebook.",
    "certainty": "`confirmed`, or `conditional` on what is not known.",
    "basis": "Provisions, as a plan refers to them.",
    "code": "Id of the warning, the duty or the limit.",
    "rule": "Id of the rule.",
}
"""What the parts of a column of several mean."""


def _column(description: str, *parts: str) -> dict[str, Any]:
    """A column of the answers to a batch: one word, or a list of what has these parts."""
    if not parts:
        return {"type": ["string", "null"], "description": description}
    of_each = {part: {"type": ["string", "null"], "description": PARTS[part]} for part in parts}
    return {
        "type": "array",
        "description": description,
        "items": {"type": "object", "properties": of_each, "required": list(parts)},
    }


ANSWER_TO_A_ROW: dict[str, Any] = {
    "title": "An answer of `routing batch`: one row of Parquet, or one line of JSON",
    "description": "With `--only main` the columns down to `certainty` alone.",
    "type": "object",
    "properties": {
        "row": {"type": "integer", "description": "The row or the line that is answered, counted from 1."},
        "id": _column("What the row is called; of a case file its name and the id of the need."),
        "status": _column("The status of the need, as in a plan."),
        "primary": _column("The pathway of the main step."),
        "certainty": _column("Whether the main step is `confirmed` or `conditional`."),
        "route": _column("The route of the main step."),
        "steps": _column(
            "The steps, each with its pathway.", "pathway", "route", "role", "certainty", "basis"
        ),
        "warnings": _column("Warnings, with the rules that give them.", "code", "rule"),
        "duties": _column("Duties, with the rules that give them.", "code", "rule"),
        "limits": _column("Limits of a pathway, with the rules that give them.", "pathway", "code", "rule"),
        "exclusions": _column(
            "Routes that are closed, with the rules that close them.", "pathway", "route", "rule"
        ),
        "questions": {**WORDS, "description": "Facts that are not known and matter."},
        "read_as": {
            **WORDS,
            "description": "What was read differently from what was written, as a plan says it of its case.",
        },
    },
}
SINGLE, SEVERAL = {"description": "One value."}, {"description": "Several values, as a list."}


def plan_schema() -> dict[str, Any]:
    """The schema of the JSON plan, from its public model."""
    return {"$schema": DIALECT, **Plan.model_json_schema(by_alias=True, mode="serialization")}


def batch_schema(rulebook: Rulebook) -> dict[str, Any]:
    """The columns of the flat form of a need, as a JSON Schema of one row."""
    case = case_schema(rulebook)["properties"]
    properties = {**case["needs"]["items"]["properties"], **case}
    columns = [
        fact.id for fact in rulebook.facts.values() if fact.statable and "from" not in (fact.looked_up or {})
    ]
    return {
        "$schema": DIALECT,
        "title": "A need in the flat form: one row of a table",
        "description": (
            "An empty cell says nothing; `unknown` says that it is not known. Several values of a list "
            "stand in one cell with commas between them."
        ),
        "type": "object",
        "required": ["measure"],
        "additionalProperties": False,
        "properties": {
            "id": {"type": "string", "description": "What the row is called; it comes back in the answer."},
            **{name: properties[name] for name in ("measure", "kind", "state", "with", "as_of")},
            "via": {
                "type": "string",
                "description": "States crossed, each with its consent, as `FRA=yes; DEU=unknown`.",
            },
            **{name: properties[name] for name in columns},
        },
        "patternProperties": {
            "^tie:": {
                "enum": [*TIE_VALUES, UNKNOWN],
                "description": "An assumed tie, as `tie:INSTRUMENT`: what it is between the two States.",
            }
        },
        "$defs": {"answer": ANSWER_TO_A_ROW},
    }


def case_schema(rulebook: Rulebook) -> dict[str, Any]:
    """The schema of a case file: the public model, with every fact of the rulebook, its question and its
    values."""
    names = [
        fact for fact in rulebook.facts.values() if fact.statable and "from" not in (fact.looked_up or {})
    ]
    note = {**TEXT, "description": "For the writer's own use; nothing reads it."}
    ties: dict[str, Any] = {
        "type": "object",
        "propertyNames": {"enum": sorted(rulebook.instruments), "description": "Id of an instrument."},
        "additionalProperties": TIE,
    }
    need = {
        "type": "object",
        "description": Need.__doc__,
        "additionalProperties": False,
        "properties": {
            "id": _field(Need, "id", type="string"),
            "kind": _field(Need, "kind", enum=[*KINDS_OF_NEED, "", None], default="request"),
            "measure": _field(
                Need,
                "measure",
                " Left out, it is read from the note and the facts where only one measure fits.",
                anyOf=[
                    BLANK,
                    *(
                        {
                            "title": words,
                            "description": f"A measure of this group: {words}.",
                            "oneOf": [{"const": m.id, "description": m.name} for m in measures],
                        }
                        for words, measures in rulebook.in_groups().items()
                    ),
                ],
            ),
            "with": _field(
                Need,
                "partner",
                " Several, as a list, make one need for each.",
                anyOf=[STATE, {**SEVERAL, "type": "array", "minItems": 1, "items": STATE}],
            ),
            "note": note,
            "via": _field(
                Need,
                "via",
                type="object",
                propertyNames={"type": "string", "description": STATE["description"]},
                additionalProperties={"enum": list(CONSENT), "description": "Its consent."},
            ),
            **{fact.id: _fact(fact) for fact in names if fact.of != "case"},
        },
    }
    return {
        "$schema": DIALECT,
        "title": "Case",
        "description": Case.__doc__,
        "type": "object",
        "additionalProperties": False,
        "required": ["needs"],
        "properties": {
            "title": _field(Case, "title", **TEXT),
            "state": _field(Case, "state", **TEXT),
            "note": note,
            "as_of": _field(
                Case, "as_of", anyOf=[BLANK, {"type": "string", "format": "date", "description": "The day."}]
            ),
            "assume": _field(
                Case,
                "assume",
                type="object",
                additionalProperties=False,
                properties={"ties": _field(Assumptions, "ties", **ties)},
            ),
            "needs": _field(Case, "needs", type="array", minItems=1, items=need),
            **{fact.id: _fact(fact) for fact in names},
        },
    }


def _field(model: type[Model], field: str, more: str = "", **schema: Any) -> dict[str, Any]:
    """The schema of a part of a case file, with what its field in the model means, and more that a file
    allows."""
    return {**schema, "description": f"{model.model_fields[field].description}{more}"}


def _fact(fact: Fact) -> dict[str, Any]:
    worded = "".join(f" In `{kind}`: {asks}" for kind, asks in fact.asks_in.items())
    assumed = fact.presumed
    always = (
        ""
        if assumed is None
        else " where the case does not speak against it"
        if assumed.unless or fact.usual
        else ""
    )
    words: dict[str, Any] = {
        "description": f"{fact.asks}{worded}"
        + (
            f" Assumed{always}: {assumed.value} ({assumed.because.removeprefix('Assumed: ')})"
            if assumed
            else ""
        )
    }
    values = [*fact.values, UNKNOWN, "", None]
    if fact.type in ("many", "instruments"):
        value = {**SINGLE, "enum": values}
        return {**words, "anyOf": [value, {**SEVERAL, "type": "array", "items": value}]}
    if fact.type == "number":
        return {**words, "type": ["integer", "string", "null"]}
    if fact.type == "text":
        return {**words, "type": ["string", "array", "null"], "items": {**SINGLE, "type": "string"}}
    if fact.type in ("date", "state"):
        return {**words, "type": ["string", "null"]}
    plain = {"enum": [*values, *([True, False] if "yes" in fact.values else [])]}
    if fact.id == PURPOSE:
        return {
            **words,
            "anyOf": [
                {**SINGLE, **plain},
                {**SEVERAL, "type": "array", "minItems": 1, "items": {**SINGLE, **plain}},
            ],
        }
    return {**words, **plain}
