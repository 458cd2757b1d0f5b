"""Which lines of a case can say what is written after a name: `with` a State, `measure` something sought."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from routing.case.doubt import in_doubt
from routing.case.line_names import PARTNER
from routing.case.written_day import written_day
from routing.core.domain import KINDS_OF_NEED, NO, YES
from routing.law.states import States
from routing.rulebook.model import Rulebook
from routing.rulebook.spelling import as_id
from routing.rulebook.state_names import find_state, state_or_place, states_in
from routing.rulebook.words import JOINED, KIND, LONGEST, MEASURE, SIDE, STATE
from routing.yaml.tree import Items, Node, Text

OF_STATES = (STATE, PARTNER)
COUNTED = ("number", "date")
MOST = 3  # lines that are suggested at once


def could_say(rulebook: Rulebook, states: States, name: str, node: Node) -> bool:
    """Whether a line can say what is written; one that takes any text can."""
    parts = node.values if isinstance(node, Items) else (node,)
    texts = [part.value.strip()[:LONGEST] for part in parts if isinstance(part, Text)]
    return bool(texts) and all(_reads(rulebook, states, name, text) for text in texts)


def lines_for(rulebook: Rulebook, states: States, text: str, sides: Collection[str] = ()) -> tuple[str, ...]:
    """The lines, with what they would say, for a text written under a name that is none; empty where there
    are none, or too many to choose from. sides: whose State the case tells, `own` or `other`."""
    said = text.strip()[:LONGEST]
    if as_id(said) not in (YES, NO) and find_state(said, rulebook.words, states) is not None:
        left = [name for name, side in zip(OF_STATES, ("own", "other"), strict=True) if side not in sides]
        return tuple(f"{name}: {said}" for name in left or OF_STATES)
    found = tuple(_told_by(rulebook, said))
    return found if len(found) <= MOST else ()


def danger_in(rulebook: Rulebook, text: str) -> tuple[str, ...]:
    """The lines for a danger of which a text tells: written under a name that is none, it would be lost."""
    return tuple(
        f"{fact.id}: {value}"
        for fact in rulebook.facts.values()
        if fact.urgent
        for value in dict.fromkeys(
            value for it in rulebook.words.mentions(fact.id, text[:LONGEST]) for value in it.targets
        )
        if value in fact.urgent
    )[:MOST]


def _told_by(rulebook: Rulebook, said: str) -> Iterator[str]:
    words = rulebook.words
    if len(meant := words.read(MEASURE, said)) == 1:
        yield f"{MEASURE}: {meant[0]}"
    for fact in rulebook.facts.values():
        if fact.told and fact.type not in COUNTED and len(meant := words.read(fact.id, said)) == 1:
            yield f"{fact.id}: {meant[0]}"


def _reads(rulebook: Rulebook, states: States, name: str, text: str) -> bool:
    words, key = rulebook.words, as_id(text)
    if name in OF_STATES:
        named = (text, *JOINED.split(text))
        told = any(find_state(part, words, states) is not None for part in named if part)
        return told or (name == PARTNER and state_or_place(text, words, states) is not None)
    if name == MEASURE:
        asked = (text,), tuple(filter(None, JOINED.split(text)))  # one thing, or several
        return key in rulebook.measures or any(
            all(words.read(MEASURE, part) for part in parts) for parts in asked
        )
    if name == KIND:
        return key in KINDS_OF_NEED or bool(words.whole(KIND, text))
    fact = rulebook.facts.get(name)
    if fact is None or fact.type == "text" or key in (YES, NO):
        return True  # a bare yes tells nothing of what was meant
    if fact.type == "date":
        return written_day(text) is not None
    if fact.type == "number":
        return any(map(str.isdigit, text)) or bool(words.read(name, text))
    compared = any(row.split()[0] == name for row in words.story.get("by_state", ()))
    is_place = text.split()[0].lower() in words.story.get("within", ()) if text else False
    if compared and not is_place and (states_in(text, words, states) or words.whole(SIDE, text)):
        return True
    if key in fact.values or text in fact.values or in_doubt(text):
        return True
    return bool(words.mentions(name, text) or words.whole(name, text))
