"""What was sent in another shape, told in our words."""

from __future__ import annotations

from pydantic import BaseModel, ValidationError

from routing.serve.wrongly_sent import UNREAD, wrongly_sent


class Inner(BaseModel):
    number: int
    several: str | list[str]


class Outer(BaseModel):
    inner: list[Inner]


def said(given: object) -> list[str]:
    try:
        Outer.model_validate(given)
    except ValidationError as error:
        return wrongly_sent(dict(each) for each in error.errors())
    return []


def test_each_place_is_told_once() -> None:
    assert said({}) == ["`inner` is missing"]
    assert said({"inner": [{"number": "x", "several": {}}]}) == [
        "`inner[0].number` has to be a whole number",
        "`inner[0].several` is of a kind that is not taken here",
    ]
    assert said({"inner": {"number": 1}}) == ["`inner` has to be a list"]


def test_what_no_sentence_is_held_for_is_unreadable_and_never_a_crash() -> None:
    assert wrongly_sent([{"type": "json_invalid", "loc": ("body", 17), "ctx": {"error": "x"}}]) == [UNREAD]
    assert wrongly_sent([{"type": "unheard_of", "loc": ("query", "state")}]) == ["`state` cannot be read"]
    assert wrongly_sent([{"type": "string_too_long", "loc": ("query", "state")}]) == [
        "`state` cannot be read"
    ]
    assert wrongly_sent([{}]) == [UNREAD]
