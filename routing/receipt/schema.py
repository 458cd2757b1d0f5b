"""The JSON Schema of a receipt."""

from __future__ import annotations

from typing import Any

from routing.case.facts import ORIGINS
from routing.receipt.written import FORMAT


def _text(description: str, **more: str) -> dict[str, Any]:
    return {"type": "string", "description": description, **more}


def _object(description: str, properties: dict[str, Any], needed: tuple[str, ...] = ()) -> dict[str, Any]:
    return {
        "type": "object",
        "description": description,
        "required": list(needed or properties),
        "properties": properties,
    }


def _list(description: str, items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "description": description, "items": items}


def _by_name(description: str, each: dict[str, Any]) -> dict[str, Any]:
    """The schema of an object with names of its own, each with the same kind of value."""
    return {"type": "object", "description": description, "additionalProperties": each}


def receipt_schema() -> dict[str, Any]:
    """The JSON Schema of a receipt."""
    from routing.model.sources import SAYS_OF_ORIGIN

    claim = {
        "type": "array",
        "description": "A conclusion of the rules, and whether it holds.",
        "prefixItems": [_text("The conclusion."), {"type": "boolean", "description": "Whether it holds."}],
        "minItems": 2,
        "maxItems": 2,
    }
    fact = _object(
        "A fact as it was read.",
        {
            "value": _text("What it is; several values with commas between them."),
            "origin": {**_text(SAYS_OF_ORIGIN), "enum": list(ORIGINS)},
            "source": _text("Where that was read; empty where the case says it."),
            "complete": {"type": "boolean", "description": "Of several values, whether there are no others."},
        },
        ("value", "origin", "source"),
    )
    line = _object(
        "One step of a proof. It rests on facts and on the claims of earlier lines.",
        {
            "claim": _text("The conclusion."),
            "holds": {"type": "boolean", "description": "Whether it surely holds, or surely does not."},
            "by": _text("The id of the rule or the route that it comes from."),
            "facts": _list("The facts that it rests on.", _text("Id of a fact.")),
            "claims": _list("The earlier claims that it rests on.", claim),
        },
    )
    proof = _object(
        "The proof of what the plan says of one need.",
        {
            "need": _text("Id of the need."),
            "goals": _list("What was to be proved.", claim),
            "facts": _by_name("By id: every fact on which a line rests.", fact),
            "lines": _list("The steps, in order.", line),
        },
    )
    rulebook = _object(
        "The rules that decided.",
        {
            "version": _text("Version of the rulebook."),
            "hash": _text("Hash of every file of the rules and the law data."),
            "overlays": _list("Files laid over the rules.", _text("Name and digest of an overlay.")),
            "data_date": _text("Day of the law data (year-month-day)."),
        },
    )
    properties = {
        "format": {"const": FORMAT, "description": "The form of the receipt, with its number."},
        "program": _text("Version of the program that wrote it."),
        "as_of": _text("The day the answer is for (year-month-day).", format="date"),
        "rulebook": rulebook,
        "rules": _by_name(
            "Every rule, pathway and route the decision rests on, with a digest of what it says.",
            _text("SHA-256 of what it says."),
        ),
        "data_reach": _by_name(
            "By id of an instrument, the day up to which its list of members is known.",
            _text("A day (year-month-day)."),
        ),
        "case": {"type": "object", "description": "The case; `routing schema case` describes it."},
        "facts": _by_name(
            "By need: every fact that bears on it and is known.", _by_name("By id of the fact.", fact)
        ),
        "plan": {"type": "object", "description": "The plan; `routing schema plan` describes it."},
        "proof": _list("The proof for each need.", proof),
        "definitions": _by_name(
            "By measure: what each conclusion of the proof comes down to, as the rules say it.",
            _by_name("By conclusion.", {"type": "array", "description": "A condition."}),
        ),
        "digest": _text("SHA-256 of all the rest.", pattern="^sha256:[0-9a-f]{64}$"),
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Receipt",
        "description": "What was decided for a case, from which facts, by which rules, with the proof.",
        "type": "object",
        "additionalProperties": False,
        "required": list(properties),
        "properties": properties,
    }
