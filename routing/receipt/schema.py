"""The JSON Schema of a receipt."""

from __future__ import annotations

from typing import Any

from routing.receipt.written import FORMAT


def receipt_schema() -> dict[str, Any]:
    """The JSON Schema of a receipt."""
    text = {"type": "string"}
    claim = {"type": "array", "prefixItems": [text, {"type": "boolean"}], "minItems": 2, "maxItems": 2}
    fact = {
        "type": "object",
        "required": ["value", "origin", "source"],
        "properties": {"value": text, "origin": text, "source": text, "complete": {"type": "boolean"}},
    }
    line = {
        "type": "object",
        "required": ["claim", "holds", "by", "facts", "claims"],
        "properties": {
            "claim": text,
            "holds": {"type": "boolean"},
            "by": text,
            "facts": {"type": "array", "items": text},
            "claims": {"type": "array", "items": claim},
        },
    }
    proof = {
        "type": "object",
        "required": ["need", "goals", "facts", "lines"],
        "properties": {
            "need": text,
            "goals": {"type": "array", "items": claim},
            "facts": {"type": "object", "additionalProperties": fact},
            "lines": {"type": "array", "items": line},
        },
    }
    properties = {
        "format": {"const": FORMAT},
        "program": text,
        "as_of": {"type": "string", "format": "date"},
        "rulebook": {
            "type": "object",
            "required": ["version", "hash", "overlays", "data_date"],
            "properties": {
                "version": text,
                "hash": text,
                "overlays": {"type": "array", "items": text},
                "data_date": text,
            },
        },
        "rules": {
            "type": "object",
            "description": (
                "Every rule, pathway and route the decision rests on, with a digest of what it says."
            ),
            "additionalProperties": text,
        },
        "data_reach": {"type": "object", "additionalProperties": text},
        "case": {"type": "object"},
        "facts": {
            "type": "object",
            "description": "By need: every fact that bears on it and is known.",
            "additionalProperties": {"type": "object", "additionalProperties": fact},
        },
        "plan": {"type": "object"},
        "proof": {"type": "array", "items": proof},
        "definitions": {
            "type": "object",
            "description": (
                "By measure: what each conclusion of the proof comes down to, as the rules say it."
            ),
            "additionalProperties": {"type": "object", "additionalProperties": {"type": "array"}},
        },
        "digest": {"type": "string", "pattern": "^sha256:[0-9a-f]{64}$"},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Receipt",
        "type": "object",
        "additionalProperties": False,
        "required": list(properties),
        "properties": properties,
    }
