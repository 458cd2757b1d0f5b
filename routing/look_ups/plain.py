"""Small things that the data of all look-ups are made of."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any


def filled(data: dict[str, Any]) -> dict[str, Any]:
    """The entries that say something."""
    return {key: value for key, value in data.items() if value not in (None, "", (), [])}


def as_text(value: object | None) -> str | None:
    return None if value is None else str(value)


def as_json(data: Any) -> Any:
    """Data in dictionaries, lists, text and numbers alone: days as text, what is kept in order as a list."""
    if isinstance(data, Mapping):
        return {str(key): as_json(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [as_json(value) for value in data]
    return data.isoformat() if isinstance(data, date) else data
