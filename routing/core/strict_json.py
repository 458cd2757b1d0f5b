"""JSON in which every name of an object is given once. Of two the last would win, and a reader who sees the
first would be told another thing than the program."""

from __future__ import annotations

import json
from typing import Any

from routing.core.errors import Problems, quoted


def read_json(text: str | bytes, name: str | None = None) -> Any:
    """What a JSON text holds. name: of the file, for what is told.

    Raises Problems for a name that is given twice, ValueError or RecursionError for what is no JSON.
    """
    try:
        return json.loads(text, object_pairs_hook=_object)
    except _Twice as error:
        raise Problems.of(f"{quoted(error.args[0])} is given twice", name, fix="keep one of them") from None


class _Twice(Exception):
    """A name that an object gives twice."""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members: dict[str, Any] = {}
    for name, value in pairs:
        if name in members:
            raise _Twice(name)
        members[name] = value
    return members
