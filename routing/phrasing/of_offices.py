"""Offices in words: their short names, and how the two sides of a step are reached."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from routing.law.addresses import Quotable
from routing.plan.model import Party, Step

LONGEST_NAME = 50
LONGEST_NAMES = 90
LONGEST_WHOLE = 140
LONGEST_DIVIDED = 170
LONGEST_REMARK = 120
"""Names of offices with what divides them by place, matter or stage, which tells which one to write to."""
BRACKETS = re.compile(r" \((?:[^()]|\([^()]*\))*\)")
BY_KIND = "the office for this kind of request (--full lists them)"


def short_name(name: str) -> str:
    """The name of an office; of a longer one its first part, before a comma, a bracket or the next office.

    Where each is for a place, a matter or a stage of the proceedings, the first would be the wrong one for
    the rest; then what divides them is told, or all of it where it is short. A list that only defines who
    counts stands in brackets and names nobody to write to.
    """
    first = name.split(";")[0]
    if len(name) <= LONGEST_NAME:
        return name
    whole = BRACKETS.sub("", name)
    if first != name and "(" not in first and len(whole) <= LONGEST_WHOLE:
        return whole
    if "(" in first and first != name:
        parts = [part.strip() for part in name.split(";")]
        divided = " or ".join(dict.fromkeys(re.sub(r",[^(]*(?= \()", "", part) for part in parts))
        if len(divided) <= LONGEST_DIVIDED:
            return divided
        each = " or ".join(
            dict.fromkeys(part.split(" (")[0].split(",")[0].strip() for part in name.split(";"))
        )
        return each if len(each) <= LONGEST_NAMES else BY_KIND
    return first.split(" (")[0].split(",")[0]


def remark_beside(remark: str | None) -> str:
    """What stands beside the name of an office on a short page: a remark, without its brackets."""
    text = BRACKETS.sub("", remark or "")
    return f"; {text}" if text and len(text) <= LONGEST_REMARK else ""


def first_name(name: str) -> str:
    """The first office of a name that stands for several, as whom to ask."""
    return short_name(BRACKETS.sub("", name.split(";")[0]).strip())


def seated(office: str, state: str) -> str:
    """An office by its short name, with its State where the name does not tell it."""
    name = short_name(office)
    return name if name.endswith(state) or f" {state} " in f" {name} " else f"{name}, {state}"


def how_reached(
    step: Step, wording: Mapping[str, str], refs: Callable[[tuple[str, ...]], str]
) -> Iterator[str]:
    """The way, each office with its address and source, and the language.

    wording: the sentences of `wording.csv`; refs: provisions in words.
    """
    via = step.via
    if via is not None:
        wish = ", as the State asked wants" if via.declared else ""
        yield f"way: {via.says}{wish}{_under(via.basis, refs)}"
        for way, ref in zip(via.also, via.also_basis, strict=True):
            yield f"or: {wording[f'way.{way}']}{_under((ref,) if ref else (), refs)}"
    for label, party in (("from", step.sender), *(("to", to) for to in (step.receiver, *step.also_to))):
        text = _party(party)
        if text:
            yield f"{label}: {text}"
    if step.language is not None:
        yield f"language: {step.language.says} {step.language.condition}".strip()


def _under(basis: tuple[str, ...], refs: Callable[[tuple[str, ...]], str]) -> str:
    law = refs(basis) if basis else ""
    return f" ({law})" if law else ""


def _party(party: Party) -> str:
    if party.name:
        parts = (
            party.name,
            party.remark,
            party.unit,
            party.declared_under and f"named in {party.declared_under}",
            party.text_of and f"text of {party.text_of}",
        )
        doubt = f". {party.ask}" if party.ask else ""
        named = "; ".join(str(part) for part in parts if part)
        return f"{named}; {Quotable(party.source, party.read_at)}{doubt}"
    likely = party.likely
    if likely is not None:
        quoted = Quotable(likely.source, likely.read_at)
        who = "; ".join(part for part in (likely.name, likely.remark, likely.unit) if part)
        first = "office not known; ask" if likely.only_asked else "probably"
        return f"{first} {who}. {likely.says} {party.ask or ''} {quoted}"
    return f"office not known. {party.ask}" if party.ask else ""
