"""What a program sent in another shape than was asked for, told in our own words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

WHERE = ("body", "query", "path", "header")
"""The parts of a request, which are not named: what is in them has a name of its own."""
OBJECT = "has to be an object of names and values"
LIST = "has to be a list"
TEXT = "has to be text"
WHOLE = "has to be a whole number"
TRUTH = "has to be true or false"
SHAPES: Mapping[str, str] = {
    "missing": "is missing",
    "extra_forbidden": "is not known here",
    "dict_type": OBJECT,
    "model_type": OBJECT,
    "model_attributes_type": OBJECT,
    "list_type": LIST,
    "tuple_type": LIST,
    "string_type": TEXT,
    "string_unicode": "has a character that is none",
    "int_type": WHOLE,
    "int_parsing": WHOLE,
    "int_from_float": WHOLE,
    "bool_type": TRUTH,
    "bool_parsing": TRUTH,
    "string_too_long": "has more than {max_length} characters",
    "string_too_short": "has fewer than {min_length} characters",
    "too_long": "has more than {max_length} entries",
    "literal_error": "has to be one of these: {expected}",
    "enum": "has to be one of these: {expected}",
    "greater_than_equal": "has to be {ge} or more",
    "less_than_equal": "has to be {le} or less",
}
"""What is said of a value by the kind of fault that was found; of another kind: `cannot be read`."""
UNREAD = "what was sent cannot be read"
ALTERNATIVES = ("str", "int", "float", "bool", "dict", "list", "tuple", "date", "none")
"""The names of the kinds of a value that may be of several: they end the place of a fault."""


def wrongly_sent(errors: Iterable[Mapping[str, Any]]) -> list[str]:
    """Each fault in one sentence part, as `why_not` has to be true or false; one for each place."""
    places: dict[str, list[str]] = {}
    for error in errors:
        place, of_several = _place(error.get("loc", ()))
        message = SHAPES.get(str(error.get("type", "")), "cannot be read")
        if of_several:
            message = "is of a kind that is not taken here"
        try:
            message = message.format(**(error.get("ctx") or {}))
        except (KeyError, IndexError, ValueError):
            message = "cannot be read"
        places.setdefault(place, []).append(message)
    return [f"`{place}` {messages[0]}" if place else UNREAD for place, messages in places.items()]


def _place(loc: Sequence[object]) -> tuple[str, bool]:
    """The name of a value, as `answers[0].fact`, and whether it may be of several kinds."""
    parts = list(loc)
    if parts and parts[0] in WHERE:
        parts = parts[1:]
    place = ""
    for number, part in enumerate(parts):
        if isinstance(part, int):
            if not place:
                return "", False  # a place in the text of what was sent
            place += f"[{part}]"
        elif number and (str(part) in ALTERNATIVES or "[" in str(part)):
            return place, True
        else:
            place += f".{part}" if place else str(part)
    return place, False
