"""Small things that the data of all look-ups are made of."""

from __future__ import annotations

from typing import Any


def filled(data: dict[str, Any]) -> dict[str, Any]:
    """The entries that say something."""
    return {key: value for key, value in data.items() if value not in (None, "", (), [])}


def as_text(value: object | None) -> str | None:
    return None if value is None else str(value)
