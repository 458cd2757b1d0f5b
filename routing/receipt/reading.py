"""Reading a receipt: whole, unchanged, and in the shape of one."""

from __future__ import annotations

from typing import Any

import msgspec

from routing.core.errors import Problems
from routing.core.printable import small_first
from routing.core.records import Record
from routing.core.strict_json import read_json
from routing.receipt.written import FORMAT, digest_of, pieces_of

LARGEST = 80_000_000  # more than twice what a case of a hundred needs takes


class _Rules(Record, forbid_unknown_fields=True):
    version: str
    hash: str
    overlays: list[str]
    data_date: str


class _Fact(Record, forbid_unknown_fields=True):
    value: str
    origin: str
    source: str
    complete: bool = True


class _Line(Record, forbid_unknown_fields=True):
    claim: str
    holds: bool
    by: str
    facts: list[str]
    claims: list[tuple[str, bool]]


class _Proof(Record, forbid_unknown_fields=True):
    need: str
    goals: list[tuple[str, bool]]
    facts: dict[str, _Fact]
    lines: list[_Line]


class _Shape(Record, forbid_unknown_fields=True):
    """What a receipt holds."""

    format: str
    program: str
    as_of: str
    rulebook: _Rules
    rules: dict[str, str]
    data_reach: dict[str, str]
    case: dict[str, Any]
    facts: dict[str, dict[str, _Fact]]
    plan: dict[str, Any]
    proof: list[_Proof]
    definitions: dict[str, dict[str, list[Any]]]
    digest: str


def read_receipt(text: str, name: str) -> dict[str, Any]:
    """A receipt that is as it was written. Raises Problems where a byte was changed, or it is none."""
    try:
        data = read_json(text, name)
        return _checked(data, text, name)
    except (ValueError, RecursionError):
        message = "the receipt is not readable as JSON: it was changed or cut off"
        raise Problems.of(message, name) from None


def _checked(data: Any, text: str, name: str) -> dict[str, Any]:
    if not isinstance(data, dict) or not str(data.get("format", "")).startswith("routing-receipt/"):
        fix = "`routing route CASE --receipt FILE` writes one"
        raise Problems.of("this is not a receipt", name, None, fix)
    if data["format"] != FORMAT:
        message = f"the receipt has format `{str(data['format'])[:40]}`; this program reads `{FORMAT}`"
        raise Problems.of(message, name)
    body = {key: value for key, value in data.items() if key != "digest"}
    if data.get("digest") != digest_of(body) or not _is(text, data):
        message = "the receipt was changed after it was written: its digest does not fit its content"
        raise Problems.of(message, name)
    try:
        msgspec.convert(data, _Shape)
    except msgspec.ValidationError as error:
        why = str(error)[:200]
        message = f"this is not a receipt, though its digest fits: {small_first(why)}"
        raise Problems.of(message, name) from None
    return data


def _is(text: str, data: dict[str, Any]) -> bool:
    """Whether a text is, to the letter, what is written for such data."""
    place = 0
    for piece in pieces_of(data):
        if not text.startswith(piece, place):
            return False
        place += len(piece)
    return place == len(text)
