"""Which treaty a person means by a word or a sentence."""

from __future__ import annotations

import re
from collections.abc import Collection

from routing.core.domain import CitedInstrument
from routing.core.kinds import AGREED
from routing.rulebook.model import Rulebook
from routing.rulebook.spelling import tidy
from routing.rulebook.words import LONGEST, PATHWAY

BOUND_BY = "both_bound_by"
"""The topic in which the words for treaties stand."""
"""The kinds of instruments that somebody may propose as the way."""
NUMBER = re.compile(r"\d{4}/\d+")
"""The number of an act of the Union, as in `2018/1805`."""


def treaty_meant(rulebook: Rulebook, text: str) -> CitedInstrument | None:
    """The treaty that a text names: as a whole, by its id too, unless it is the name of a channel, or by the
    longest name of two words or more that it holds."""
    wanted = tidy(text[:LONGEST])
    if wanted in rulebook.words.by_topic.get(PATHWAY, {}):
        return None
    names = _names(rulebook)
    if (entry := rulebook.instruments.get(text.strip().casefold())) and entry.kind in AGREED:
        return entry
    if wanted in names:
        return rulebook.instruments[names[wanted]]
    held = [name for name in names if " " in name and f" {name} " in f" {wanted} "]
    return rulebook.instruments[names[max(held, key=len)]] if held else None


def acts_named(rulebook: Rulebook, acts: Collection[str], text: str) -> tuple[str, ...]:
    """Those of some acts that a text names: by a name or words for one that it holds, or by its number."""
    wanted, words = tidy(text[:LONGEST]), rulebook.words
    alone, always = words.alone.get(BOUND_BY, {}), words.by_topic.get(BOUND_BY, {})
    whole = alone.get(wanted, ())
    held = {ids[0] for phrase, ids in always.items() if f" {phrase} " in f" {wanted} "} | set(whole[:1])
    numbers = set(NUMBER.findall(text))
    return tuple(
        act
        for act in sorted(acts)
        if act in held
        or numbers.intersection(NUMBER.findall(rulebook.instruments[act].name))
        or any(f" {tidy(name)} " in f" {wanted} " for name in _called(rulebook.instruments[act]))
    )


def _called(entry: CitedInstrument) -> tuple[str, str]:
    return entry.short, entry.name


def _names(rulebook: Rulebook) -> dict[str, str]:
    """What treaties are called, with the id of each: their short and full names, and the words for them."""
    names = {
        tidy(name): entry.id
        for entry in rulebook.instruments.values()
        if entry.kind in AGREED
        for name in (entry.short, entry.name)
    }
    words = rulebook.words
    alone, always = words.alone.get(BOUND_BY, {}), words.by_topic.get(BOUND_BY, {})
    for phrase, targets in (*alone.items(), *always.items()):
        if targets[0] in rulebook.instruments and rulebook.instruments[targets[0]].kind in AGREED:
            names[phrase] = targets[0]
    return names
