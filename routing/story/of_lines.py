"""A file of lines that cannot be read as a case, as a story: each line as a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from routing.case.line_names import PARTNER
from routing.case.line_sides import BARE
from routing.core.records import Record
from routing.law.states import StateMatch, States
from routing.rulebook.spelling import as_id
from routing.rulebook.state_names import find_state, state_told
from routing.rulebook.words import ACTOR, MEASURE, NAME_LINE, STATE, Words
from routing.story.sides import OTHER, OWN, Side

LINE = re.compile(r"\s*(?:[-*]\s+)?(?:([^:#]{1,80}):(?=\s|$))?\s*(.*?)\s*")
"""A line of a file: what it is called, and what it says."""
SIDES_OF = {STATE: OWN, PARTNER: OTHER}
REMARK = re.compile(r"(?:^|\s)#(?:\s.*|$)")
"""A remark as a file has it; `account #12` is none."""
BLOCK = frozenset({"|", ">", "|-", ">-", "[]", "{}"})
"""What stands after the name of a line that goes on below it."""


class Told(Record):
    """A file of lines as a story. text: its sentences; sides: the State of each side of which a line says by
    what it is called that it is ours, or the other one."""

    text: str
    sides: tuple[Side, ...] = ()


def story_of_lines(text: str, words: Words, states: States) -> Told:
    """The lines of a file as a story. Our State is said first, and the other one; what is called as another
    line of a case says as much; of any other its name stays before it."""
    read = [(key, says, _state_in(says, words, states)) for key, says in _lines(text)]
    told = [(key, says, match, _line_of(key, match, words)) for key, says, match in read]
    leads = dict(row.split(" ", 1) for row in words.story.get("leads_of_lines", ()))
    placed = {
        name: (match.place, says)
        for _, says, match, name in reversed(told)
        if name in SIDES_OF and match is not None
    }
    if len({place.alpha3 for place, _ in placed.values()}) < len(placed):
        placed = {}
    said = [f"{leads[name]} {place.name}." for name, (place, _) in placed.items() if name in leads]
    for key, says, _, name in told:
        lead = leads.get(name, "") if name not in SIDES_OF else ""
        said.append(f"{lead} {says}." if lead else f"{key}: {says}." if key else f"{says}.")
    sides = (Side(place.alpha3, SIDES_OF[name], says) for name, (place, says) in placed.items())
    return Told("\n".join(said), tuple(sides))


def _lines(text: str) -> Iterator[tuple[str, str]]:
    """What each line of a file is called, by itself or by the one above it, and what it says."""
    above = ""
    for line in text.splitlines():
        match = LINE.fullmatch(REMARK.sub("", line))
        key, says = (match[1] or "", match[2]) if match else ("", line.strip())
        key = key.replace("_", " ").strip()
        if key and (not says or says in BLOCK):
            above = key
        elif says:
            under = line.startswith((" ", "-", "\t"))
            yield key or (above if under else ""), says.strip("\"'").rstrip(".;, ")


def _line_of(key: str, state: StateMatch | None, words: Words) -> str:
    """The line of a case that a line stands for by what it is called; empty where that may be several.
    state: the one that it names."""
    meant = (as_id(key),) if as_id(key) in (STATE, PARTNER, MEASURE) else words.line(key)
    if state is not None:
        if as_id(key) in BARE:
            return STATE
        if meant == (ACTOR,):
            return STATE
        meant = tuple({STATE, PARTNER}.intersection((*meant, *words.within(NAME_LINE, key))))
    return meant[0] if len(meant) == 1 else ""


def _state_in(says: str, words: Words, states: States) -> StateMatch | None:
    """The State that a line names, alone, with an office or a town of it, or after a comma."""
    match = state_told(says, words, states)
    return match or find_state(says.rpartition(",")[2].strip(), words, states)
