"""Which lines of a case can say what is written after a name: `with` a State, `measure` something sought."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date

from routing.case.doubt import in_doubt
from routing.case.line_names import PARTNER
from routing.case.terms import TERM
from routing.case.times import how_pressing
from routing.case.written_day import written_day
from routing.core.domain import KINDS_OF_NEED, NO, YES
from routing.core.printable import either_of
from routing.law.states import States
from routing.rulebook.model import Rulebook
from routing.rulebook.spelling import alike, as_id, one_slip, tidy
from routing.rulebook.state_names import find_state, state_told, states_in
from routing.rulebook.words import JOINED, KEY, KIND, LONGEST, MEASURE, POINTING, SIDE, STATE
from routing.yaml.tree import Node, Text, blank, each_of, words_of_text

OF_STATES = (STATE, PARTNER)
CHANNEL, PATHWAY = "proposed_channel", "pathway"
SENTENCE = 5  # words of what may be more than the name of a channel
COUNTED = ("number", "date")
ANY_DAY = date(2026, 1, 1)
"""A day from which a time in words can be counted, where only that it is one matters."""
MOST = 3  # lines that are suggested at once
SHORTEST_NAME = 4  # letters of a name that may have a slip
NO_LINE = "`routing new --all` shows the lines of a case; what none of them says goes into `note`"


def could_say(rulebook: Rulebook, states: States, name: str, node: Node) -> bool:
    """Whether a line can say what is written; one that takes any text can."""
    texts = [part.value.strip()[:LONGEST] for part in each_of(node) if isinstance(part, Text)]
    return bool(texts) and all(_reads(rulebook, states, name, text) for text in texts)


def lines_for(rulebook: Rulebook, states: States, text: str, sides: Collection[str] = ()) -> tuple[str, ...]:
    """The lines, with what they would say, for a text written under a name that is none; empty where there
    are none, or too many to choose from. sides: whose State the case tells, `own` or `other`."""
    wording = text.strip()[:LONGEST]
    first = wording.split(",")[0].strip()  # `a State, this is us`
    wording = first if find_state(first, rulebook.words, states) is not None else wording
    if as_id(wording) not in (YES, NO) and find_state(wording, rulebook.words, states) is not None:
        left = [name for name, side in zip(OF_STATES, ("own", "other"), strict=True) if side not in sides]
        return tuple(f"{name}: {wording}" for name in left)
    if TERM.fullmatch(wording.lower()):
        return ()  # a number says nothing of what is counted
    lines = tuple(_lines_meant_by(rulebook, wording))
    return lines if len(lines) <= MOST else ()


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


def misspelled(rulebook: Rulebook, name: str) -> bool:
    """Whether the name of a line is almost that of one that a case has; one of a program is, unless it is the
    name of something else that the rules know."""
    if "_" in name and name not in rulebook.measures:
        return True
    return _spelled(tidy(name), (*OF_STATES, MEASURE, KIND, *_stated_facts(rulebook))) is not None


def _stated_facts(rulebook: Rulebook) -> Iterator[str]:
    """The facts that a case may tell, each by its id."""
    return (fact.id for fact in rulebook.facts.values() if fact.statable)


def _lines_meant_by(rulebook: Rulebook, text: str) -> Iterator[str]:
    words = rulebook.words
    if len(meant := words.read(MEASURE, text)) == 1 and _mostly(rulebook, MEASURE, text):
        yield f"{MEASURE}: {meant[0]}"
    for fact in rulebook.facts.values():
        if not fact.statable or fact.type in COUNTED or not _mostly(rulebook, fact.id, text):
            continue
        if len(meant := words.read(fact.id, text)) == 1:
            yield f"{fact.id}: {meant[0]}"


def _mostly(rulebook: Rulebook, topic: str, text: str) -> bool:
    """Whether what is read in a text is half of its words: one word of a sentence makes no line of it."""
    read = {word for it in rulebook.words.mentions(topic, text) for word in it.phrase.split()}
    words = tidy(text).split()
    return bool(rulebook.words.whole(topic, text)) or 2 * sum(word in read for word in words) > len(words)


def _reads(rulebook: Rulebook, states: States, name: str, text: str) -> bool:
    words, key = rulebook.words, as_id(text)
    if name in OF_STATES:
        parts = filter(None, JOINED.split(text))
        return state_told(text, words, states) is not None or any(
            find_state(part, words, states) is not None for part in parts
        )
    if name == MEASURE:
        asked = (text,), tuple(filter(None, JOINED.split(text)))  # one thing, or several
        first = asked[1][:1]  # what stands beside it may say of it how or where
        return key in rulebook.measures or any(
            parts and all(words.read(MEASURE, part) for part in parts) for parts in (*asked, first)
        )
    if name == KIND:
        return key in KINDS_OF_NEED or bool(words.whole(KIND, text))
    fact = rulebook.facts.get(name)
    if fact is not None and fact.type in COUNTED and key == YES:
        return False
    if name == CHANNEL:
        return len(text.split()) < SENTENCE or bool(words.mentions(PATHWAY, text))
    if fact is None or fact.type == "text" or key in (YES, NO):
        return True  # a bare yes tells nothing of what was meant
    if fact.type == "date":
        return written_day(text) is not None
    if fact.type == "number":
        counted = any(map(str.isdigit, text)) or bool(words.read(name, text))
        return counted or (name == rulebook.clocks.needed and how_pressing(words, text, ANY_DAY) is not None)
    compared = any(row.split()[0] == name for row in words.story.get("by_state", ()))
    is_place = text.split()[0].lower() in words.story.get("within", ()) if text else False
    if compared and not is_place and (states_in(text, words, states) or words.whole(SIDE, text)):
        return True
    if key in fact.values or text in fact.values or in_doubt(text):
        return True
    if words.whole(name, text):
        return True
    mentions = words.mentions(name, text)  # `no` in a sentence says nothing of a danger
    return any(not fact.urgent or not set(fact.urgent).isdisjoint(it.targets) for it in mentions)


def instead_of(
    rulebook: Rulebook,
    states: States,
    line: tuple[str, Node],
    keys: Iterable[str],
    sides: Collection[str],
    helped: bool,
    as_of: date | None = None,
) -> str:
    """What to write instead of a line that is none: as its name suggests, else as what it says does.

    line: its name and its value; keys: of the block it stands in; sides: whose State the case tells;
    helped: whether lines of a like name or value are looked for; as_of: the day from which a time is ahead.
    """
    key, value = line[0].replace("_", " "), line[1]
    if instead := rulebook.words.meant_otherwise(KEY, key):
        return instead
    if not helped:
        return NO_LINE
    if danger := danger_in(rulebook, f"{key} {words_of_text(value)}"):
        return f"write {either_of(danger)}"
    names = [*keys, *_stated_facts(rulebook)]
    spelled = _spelled(tidy(key), names)
    near = _named_in(rulebook, key, names) or spelled
    time = how_pressing(rulebook.words, words_of_text(value), as_of or ANY_DAY)
    no_time = near == rulebook.clocks.needed and time is None and len(words_of_text(value).split()) > 1
    if near is None or no_time or not could_say(rulebook, states, near, value):
        if lines := lines_for(rulebook, states, words_of_text(value), sides):
            return f"write {either_of(lines)}"
        near = near if blank(value) else spelled
    return (
        f"did you mean `{near}`?"
        if near
        else _line_for_what_is_told(rulebook, states, words_of_text(value), as_of)
    )


def _line_for_what_is_told(rulebook: Rulebook, states: States, text: str, as_of: date | None) -> str:
    """Where to write what a line of no name tells: a need, a time or a State would be lost in the note."""
    wording = text[:LONGEST]
    time = how_pressing(rulebook.words, wording, as_of) if as_of else None
    candidates = {
        f"`{MEASURE}` what you ask for": bool(rulebook.words.mentions(MEASURE, wording)),
        f"`{rulebook.clocks.needed}` by when you need it": time is not None and time[0] is not None,
        f"`{PARTNER}` the other State": bool(states_in(wording, rulebook.words, states)),
    }
    lines = [line for line, tells in candidates.items() if tells]
    return f"not understood; write under {', under '.join(lines)}, if it is that" if lines else NO_LINE


def _named_in(rulebook: Rulebook, key: str, ids: Iterable[str]) -> str | None:
    """The line that a name means by the name of one in it."""
    within = rulebook.words.read(KEY, key)
    heard = {word for it in rulebook.words.mentions(KEY, key) for word in it.phrase.split()}
    if len(within) == 1 and not (heard and heard <= POINTING):
        return within[0]
    tokens = set(tidy(key).split())
    named = [id for id in ids if set(tidy(id.replace("_", " ")).split()) <= tokens]
    return max(named, key=len, default=None)


def _spelled(name: str, ids: Iterable[str]) -> str | None:
    """The line whose name is spelled almost so."""
    by_name = {tidy(id.replace("_", " ")): id for id in ids}
    slips = {line for own, line in by_name.items() if len(name) >= SHORTEST_NAME and one_slip(name, own)}
    return slips.pop() if len(slips) == 1 else alike(name, by_name)
