"""JSON Schema of a case and of a plan, for editors and other programs."""

from __future__ import annotations

from typing import Any

from routing.case.blocks import CONSENT
from routing.case.line_names import PURPOSE
from routing.core.domain import KINDS_OF_NEED, UNKNOWN, Fact
from routing.model.base import Model, described_with_source
from routing.model.case import Assumptions, Case, Need
from routing.model.plan import Plan
from routing.model.sources import PROGRAM, RULES, WORKED_OUT, WRITER
from routing.plan.model import CERTAINTIES, STATUSES
from routing.rulebook.model import Rulebook
from routing.rulebook.parse.conditions import TIE_VALUES

DIALECT = "https://json-schema.org/draft/2020-12/schema"
TEXT: dict[str, Any] = {"type": ["string", "null"]}
STATE: dict[str, Any] = {
    **TEXT,
    "description": "A State: its name, or its ISO 3166 code of two or three letters.",
}
BLANK: dict[str, Any] = {"enum": ["", None], "description": "A line that was left empty says nothing."}
TIE = {
    "enum": [*TIE_VALUES, UNKNOWN],
    "description": "How the instrument is taken to stand between the two States.",
}
BY_RULES = f" Source: {RULES}."
BY_ANSWER = f" Source: {WORKED_OUT}."
PARTS: dict[str, dict[str, Any]] = {
    "pathway": {"description": f"Id of the pathway.{BY_RULES}"},
    "route": {"description": f"Id of the route: the pathway under one legal basis.{BY_RULES}"},
    "role": {"description": f"What the step is for: an id of `roles` in the rulebook.{BY_RULES}"},
    "certainty": {
        "description": f"`confirmed`, or `conditional` on what is not known.{BY_ANSWER}",
        "enum": list(CERTAINTIES),
    },
    "basis": {"description": f"The leading provision, as a plan refers to it.{BY_RULES}"},
    "code": {"description": f"Id of the warning, the duty or the limit.{BY_RULES}"},
    "rule": {"description": f"Id of the rule.{BY_RULES}"},
}
"""What the parts of a column of several mean."""


def _word(description: str, *enum: str) -> dict[str, Any]:
    """A column of the answers to a batch that holds a word: one of these, where some are given."""
    allowed: dict[str, Any] = {"enum": list(enum)} if enum else {}
    return {"type": "string", **allowed, "description": f"{description}{BY_ANSWER}"}


def _words(description: str, each: str, source: str = WORKED_OUT) -> dict[str, Any]:
    """A column that holds a list of words."""
    item = {"type": "string", "description": f"{each} Source: {source}."}
    return {"type": "array", "items": item, "description": f"{description} Source: {source}."}


def _entries(description: str, each: str, *parts: str) -> dict[str, Any]:
    """A column that holds a list of what has these parts."""
    item = {
        "type": "object",
        "description": f"{each}{BY_ANSWER}",
        "properties": {part: {"type": "string", **PARTS[part]} for part in parts},
        "required": list(parts),
    }
    return {"type": "array", "items": item, "description": f"{description}{BY_ANSWER}"}


ANSWER_TO_A_ROW: dict[str, Any] = {
    "title": "An answer of `routing batch`: one row of Parquet, or one line of JSON",
    "description": "With `--only main` the columns down to `certainty` alone.",
    "type": "object",
    "properties": {
        "row": {
            "type": "integer",
            "description": f"The row or the line that is answered, counted from 1.{BY_ANSWER}",
        },
        "id": {
            "type": ["string", "null"],
            "description": (
                "What the row is called; of a case file its name and the id of the need; null where it "
                f"has none. Source: {WRITER}."
            ),
        },
        "status": _word("The status of the need, as in a plan.", *STATUSES),
        "primary": _word("Id of the pathway of the main step; `refer` where no route is lawful."),
        "certainty": _word("Whether the main step is `confirmed` or `conditional`.", *CERTAINTIES),
        "route": _word("Id of the route of the main step."),
        "steps": _entries(
            "The steps, each with its pathway.", "A step.", "pathway", "route", "role", "certainty", "basis"
        ),
        "warnings": _entries("Warnings, with the rules that give them.", "A warning.", "code", "rule"),
        "duties": _entries("Duties, with the rules that give them.", "A duty.", "code", "rule"),
        "limits": _entries(
            "Limits of a pathway, with the rules that give them.", "A limit.", "pathway", "code", "rule"
        ),
        "exclusions": _entries(
            "Routes that are closed, with the rules that close them.",
            "A route that is closed.",
            "pathway",
            "route",
            "rule",
        ),
        "questions": _words(
            "Facts that are not known and matter.", "Id of a fact, or `tie:` and an instrument."
        ),
        "read_as": _words(
            "What was read differently from what was written, as a plan says it of its case.",
            "A sentence on one reading.",
            PROGRAM,
        ),
    },
}
BY_WRITER = f" Source: {WRITER}."
SINGLE = {
    "description": (
        f"One value. `{UNKNOWN}` says that it is not known; a line that was left empty says nothing."
    )
}
SEVERAL = {"description": "Several values, as a list."}
MOST_WORDED = 40  # values whose meanings are told; `routing rules show` has those of a longer list


def plan_schema() -> dict[str, Any]:
    """The schema of the JSON plan, from its public model."""
    schema = Plan.model_json_schema(by_alias=True, mode="serialization")
    for part in (schema, *schema["$defs"].values()):
        for field in part["properties"].values():
            for node in (field.get("items", {}), *field.get("anyOf", ())):
                if set(node) == {"$ref"}:
                    meaning = schema["$defs"][node["$ref"].rsplit("/", 1)[-1]]["description"]
                    node["description"] = meaning.split("\n\n")[0]
    return {"$schema": DIALECT, **schema}


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
    note = {**TEXT, "description": f"For the writer's own use; nothing reads it.{BY_WRITER}"}
    ties: dict[str, Any] = {
        "type": "object",
        "propertyNames": {
            "enum": sorted(rulebook.instruments),
            "description": f"Id of an instrument of the law data.{BY_RULES}",
        },
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
                additionalProperties={
                    "enum": list(CONSENT),
                    "description": f"Whether the State that is crossed consents.{BY_WRITER}",
                },
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
                Case,
                "as_of",
                anyOf=[
                    BLANK,
                    {"type": "string", "format": "date", "description": "The day: year-month-day."},
                ],
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
    return {**schema, "description": f"{described_with_source(model, field)}{more}"}


def _allowed(fact: Fact) -> str:
    """What the values of a fact mean, where the words are others than the value; or its unit or form."""
    if fact.type == "number":
        return f" A whole number. Unit: {fact.unit}."
    if fact.type == "date":
        return " A day: year-month-day."
    if fact.type == "state":
        return f" {STATE['description']}"
    if fact.type == "text":
        return " In free words."
    worded = [(value, words) for value, words in fact.values.items() if words != value.replace("_", " ")]
    if not worded or len(fact.values) > MOST_WORDED:
        return ""
    return " " + "; ".join(f"`{value}`: {words}" for value, words in worded) + "."


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
        "description": f"{fact.asks}{worded}{_allowed(fact)}"
        + (
            f" Assumed{always}: {assumed.value} ({assumed.because.removeprefix('Assumed: ')})"
            if assumed
            else ""
        )
        + BY_WRITER
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
