"""What all public models have in common."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from routing.model.sources import ASKER, CASE, LAW, PROGRAM, RULES, WORKED_OUT, source_of


def described_with_source(model: type[BaseModel], field: str) -> str:
    """What a field means, and where its value comes from."""
    says = model.model_fields[field].description or ""
    source = source_of(model.__name__, field)
    return f"{says} Source: {source}." if source else says


def _with_sources(schema: dict[str, Any], model: type[BaseModel]) -> None:
    """Say the source of each field in the schema of a model."""
    for name, field in model.model_fields.items():
        part = schema.get("properties", {}).get(field.alias or name)
        if part is not None:
            part["description"] = described_with_source(model, name)
            _describe_branches(part, field.description or "", left_out=issubclass(model, Sparse))


LEFT_OUT = "Never null: the field is left out where there is none."
NULL_WHERE = re.compile(r"null (?:where|when|for|without|if|until|unless|in)\b[^.;]*")


def _describe_branches(part: dict[str, Any], says: str, *, left_out: bool) -> None:
    """Say of `this or null` what each of the two is: of null when it stands, of the other what it means.

    left_out: what would be null is not written. Raises ValueError for a field that does not say when it is
    null."""
    branches = part.get("anyOf", [])
    if {"type": "null"} not in branches:
        return
    when = NULL_WHERE.search(says)
    for branch in branches:
        if branch == {"type": "null"}:
            if when is None and not left_out:
                raise ValueError(f"a description does not say when the field is null: {says}")
            branch["description"] = f"N{when[0][1:]}." if when else LEFT_OUT
        elif "$ref" not in branch and "description" not in branch:
            branch["description"] = re.split(r"[.;](?:\s|$)", says)[0] + "."


class Model(BaseModel):
    """A model that does not change, refuses a name that it does not know, and converts no types."""

    model_config = ConfigDict(
        frozen=True,
        strict=True,
        extra="forbid",
        from_attributes=True,
        populate_by_name=True,
        json_schema_serialization_defaults_required=True,
        json_schema_extra=_with_sources,
    )


class Sparse(Model):
    """A model whose empty fields are left out of its JSON."""

    model_config = ConfigDict(json_schema_serialization_defaults_required=False)


def described(text: str, **more: Any) -> Any:
    """The mark of a field with its description: meaning, unit and allowed values. Where the value comes from
    stands in `routing.model.sources`."""
    return Field(description=text, **more)


def _part(text: str, source: str) -> Any:
    """The mark of what stands in a list or among keys."""
    return described(f"{text} Source: {source}.")


FactName = Annotated[
    str,
    _part("Id of a fact of the rulebook, or `tie:` and the id of an instrument.", RULES),
]
InstrumentText = Annotated[str, _part("A day as text, or an address, of the instrument of this key.", LAW)]
Language = Annotated[str, _part("Name of a language.", LAW)]
NeedId = Annotated[str, _part("Id of a need of the case.", CASE)]
OverlayName = Annotated[
    str,
    _part("Name of an overlay, with the beginning of its digest and what it says.", ASKER),
]
ProvisionRef = Annotated[
    str, _part("Reference of a provision: the id of an instrument and an article.", RULES)
]
Unsettled = Annotated[
    tuple[ProvisionRef, ...],
    described("Those of these provisions of which the case leaves open whether they apply."),
]
StateCode = Annotated[str, _part("Code of a State: three letters after ISO 3166-1.", CASE)]
Way = Annotated[
    str,
    _part("Code of a way between two sides, a key of `rules/offices/wording.csv`.", LAW),
]
RuleId = Annotated[str, _part("Id of a rule of the rulebook.", RULES)]
Sentence = Annotated[str, _part("A sentence, or a part of one, as it is printed.", f"{RULES} or {PROGRAM}")]
StepId = Annotated[
    str,
    _part("Id of a step of the plan.", WORKED_OUT),
]
Waiting = Annotated[str, _part("Id of a rule, or reference of a provision.", RULES)]
