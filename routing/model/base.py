"""What all public models have in common."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field


class Model(BaseModel):
    """A model that does not change, refuses a name that it does not know, and converts no types."""

    model_config = ConfigDict(
        frozen=True,
        strict=True,
        extra="forbid",
        from_attributes=True,
        populate_by_name=True,
        json_schema_serialization_defaults_required=True,
    )


def described(text: str, **more: Any) -> Any:
    """The mark of a field with its description: meaning, unit, allowed values, and where the value comes
    from."""
    return Field(description=text, **more)


FactName = Annotated[str, described("Id of a fact of the rulebook, or `tie:` and the id of an instrument.")]
InstrumentText = Annotated[str, described("A day as text, or an address, of the instrument of this key.")]
Language = Annotated[str, described("Name of a language.")]
NeedId = Annotated[str, described("Id of a need of the case.")]
OverlayName = Annotated[
    str, described("Name of an overlay, with the beginning of its digest and what it says.")
]
ProvisionRef = Annotated[str, described("Reference of a provision: the id of an instrument and an article.")]
Unsettled = Annotated[
    tuple[ProvisionRef, ...],
    described("Those of these provisions of which the case leaves open whether they apply."),
]
StateCode = Annotated[str, described("Code of a State: three letters after ISO 3166-1.")]
Way = Annotated[str, described("Code of a way between two sides, a key of `rules/offices/wording.csv`.")]
RuleId = Annotated[str, described("Id of a rule of the rulebook.")]
Sentence = Annotated[str, described("A sentence, or a part of one, as it is printed.")]
StepId = Annotated[str, described("Id of a step of the plan.")]
Waiting = Annotated[str, described("Id of a rule, or reference of a provision.")]
