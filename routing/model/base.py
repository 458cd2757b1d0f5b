"""What all public models have in common."""

from __future__ import annotations

from typing import Any

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
