"""Which State a person means: a code, a usual name, or the name that the law data carry."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import lru_cache

from routing.core.errors import quoted
from routing.law.states import StateMatch, States
from routing.rulebook.spelling import alike, tidy
from routing.rulebook.words import ACTOR, AGENCY, LONGEST, NATIONALITY, STATE, TOWN, Words

SHORTEST = 2  # letters of a State's name: `K` is not `K.S.A.`
CODE = 3  # letters of the longest code of a State
OF_A_BODY = (
    "write the State, where it stands for one; for a court or body that is none, such as the International "
    "Criminal Court, ask your central authority or ministry of foreign affairs, by telephone where it "
    "presses: the ways between States are not its ways"
)
"""What to write in place of a court or body where a State is expected."""
LONGEST_TOWN = 4  # words
LONGEST_NAME = 5  # words of a State's name that follow one another
FORMS = frozenset(
    {
        "republic",
        "rep",
        "kingdom",
        "sultanate",
        "principality",
        "islamic",
        "federal",
        "emirate",
        "from",
        "citizen",
        "national",
    }
)
SOUTH = re.compile(r"^\s*s(?:\.\s*|\s+)(?=\w{3})", re.IGNORECASE)
"""A lone `s.` before a name is `South`; elsewhere it makes no difference, and would leave another State."""
IN = re.compile(r"\s+in\s+", re.IGNORECASE)
"""What stands between a town, or an office, and where it is."""
REMARK = re.compile(r"\([^()]*\)")
SHORTENED = re.compile(r"^(?:[A-Z]{3,6}\s+)+(?=[A-Z]\w*[a-z])")
"""An office by the first letters of its name, before its town."""
PROVINCE = "state"
"""A word that may make another place of a State's name: `... State Police`."""


def find_state(text: str, words: Words, states: States) -> StateMatch | None:
    """The place that a text names, with a note where it was read as another word; None if there is none."""
    match = states.find(text)
    if match is not None:
        return match
    if sum(map(str.isalpha, text)) < SHORTEST:
        return None
    wanted, southern = tidy(text), tidy(SOUTH.sub("south ", text))
    code = (
        _code_of(southern, words, states)
        or _code_of(wanted, words, states)
        or _code_of(_without_office(wanted, words, forms=frozenset()), words, states)
        or _code_of(_without_office(wanted, words), words, states)
        or _code_of(_without_office(wanted, words, _names_of_offices(wanted, words)), words, states)
        or _of_town_with_state(text, words, states)
        or _of_smaller_town(text, words)
    )
    if code is None or code not in states:
        return None
    place = states[code]
    differs = tidy(place.name) not in (wanted, southern)
    return StateMatch(place, f"`{text.strip()}` is read as {place.name} ({code})" if differs else "")


def _code_of(wanted: str, words: Words, states: States) -> str | None:
    own = _names(states).get(wanted)
    if own is not None:
        return own
    meant = words.by_topic.get(STATE, {}).get(wanted) or words.by_topic.get(NATIONALITY, {}).get(wanted)
    if meant is None:
        meant = words.by_topic.get(AGENCY, {}).get(wanted)
    return meant[0] if meant else _of_town(wanted, words)


def states_in(text: str, words: Words, states: States) -> frozenset[str]:
    """The codes of the States whose name, or the word for whose people, a text has among other words."""
    peoples = {it.targets[0] for it in words.mentions(NATIONALITY, text) if len(it.targets) == 1}
    return _named_in(text, words, states) | {code for code in peoples if code in states}


def _named_in(text: str, words: Words, states: States) -> frozenset[str]:
    """The codes of the States whose name stands among other words of a text."""
    codes = {word.strip(".,;:()") for word in text.split() if word.strip(".,;:()").isupper()}
    named = {
        it.targets[0]
        for it in words.mentions(STATE, text)
        if len(it.targets) == 1 and (len(it.phrase) > CODE or it.phrase.upper() in codes)  # not `asked us`
    }
    spoken = f" {tidy(text)} "
    named |= {code for name, code in _names(states).items() if f" {name} " in spoken}
    first, _, office = text.strip().partition(" ")
    if first.isupper() and len(first) <= CODE and words.mentions(ACTOR, office):
        named |= {match.place.alpha3 for match in (states.find(first),) if match is not None}  # `NL customs`
    return frozenset(code for code in named if code in states)


def states_placed(text: str, words: Words, states: States) -> frozenset[str]:
    """The codes of the States that a text names as a place, after `in`, `from` or the like, or as that of a
    thing which is there, as plates are: not as whose people or language something is. A long text is read
    at its beginning."""
    text = text[:LONGEST]
    placed = {code for _, _, code in _places(text.split(), words, states)}
    return frozenset(placed | {code for code in _of_things(tidy(text).split(), words) if code in states})


def state_or_place(text: str, words: Words, states: States) -> StateMatch | None:
    """The State that a text names, or the one that it names as a place, as `living in` a town of it."""
    return find_state(text, words, states) or _only(text, states_placed(text, words, states), states)


def answering_state(code: str, words: Words, states: States) -> str:
    """The code of the State that answers for a place: of a part of a State without powers of its own, that
    State; of any other place, itself."""
    parent = states[code].parent
    return parent if parent and code in words.story.get("parts_of_states", ()) else code


def state_told(text: str, words: Words, states: States) -> StateMatch | None:
    """The State that a text names, also as a place; where it names none as a place, the only one whose name
    stands in it, as after an office: `analyst, ... (FIU)`."""
    if match := find_state(text, words, states):
        return match
    plain = REMARK.sub("", text).strip()
    if plain != text.strip() and (match := find_state(plain, words, states)):
        return match  # `the office in that town (we got it)`
    placed = states_placed(text, words, states)
    match = _only(text, placed or _named_in(text[:LONGEST], words, states), states)
    return match or _by_service(text, words, states)


def _by_service(text: str, words: Words, states: States) -> StateMatch | None:
    """The State of a service with whose short name a text begins: `FBI, a field office`."""
    first = text.split(maxsplit=1)[0].strip(".,;:()") if text.strip() else ""
    meant = words.by_topic.get(AGENCY, {}).get(tidy(first)) if first.isupper() else None
    return _only(text, [code for code in meant or () if code in states], states)


def _only(text: str, codes: Collection[str], states: States) -> StateMatch | None:
    """The State of a text that names one; None where it names none, or several."""
    if len(codes) != 1:
        return None
    place = states[min(codes)]
    return StateMatch(place, f"{quoted(text.strip())} is read as {place.name} ({place.alpha3})")


def without_places(text: str, words: Words, states: States) -> str:
    """A text without the States that it names as a place, and what leads to them."""
    tokens = text.split()
    for start, end, _ in reversed(tuple(_places(tokens, words, states))):
        del tokens[start:end]
    return " ".join(tokens)


def _places(tokens: list[str], words: Words, states: States) -> Iterator[tuple[int, int, str]]:
    """Where each begins and ends among the words that are said, with the code of its State."""
    begin = 0
    for at, word in enumerate(tokens):
        if at < begin or tidy(word) not in words.story.get("before_a_place", ()):
            continue
        for end in range(min(len(tokens), at + 1 + LONGEST_NAME), at + 1, -1):
            name = " ".join(tokens[at + 1 : end]).strip(",;:()?!\"'")
            written_as_name = len(name) > CODE or name.isupper()  # `to us`, `in it` are no codes
            peoples = tidy(name) in words.by_topic.get(NATIONALITY, {})  # `in` their language
            match = find_state(name, words, states) if written_as_name and not peoples else None
            if match is not None:
                yield at, end, match.place.alpha3
                begin = end
                break


def _of_things(tokens: list[str], words: Words) -> Iterator[str]:
    """The codes of the States whose word stands right before a thing that is there: `Swiss bank`."""
    there = set(words.story.get("of_a_place", ()))
    for at in range(1, len(tokens)):
        for begin in range(max(0, at - LONGEST_NAME), at) if tokens[at] in there else ():
            for topic in (NATIONALITY, STATE):
                yield from words.by_topic.get(topic, {}).get(" ".join(tokens[begin:at]), ())


def _of_town_with_state(text: str, words: Words, states: States) -> str | None:
    """The State of `Town, State` or `Town in State`: written after a town of it, or an office there; also
    where the name is that of a part of the State of the town."""
    town, comma, state = IN.sub(", ", text).rpartition(",")
    code = _code_of(tidy(state), words, states) if comma else None
    if code is None:
        return None
    wanted = tidy(town)
    names = (wanted, _without_office(wanted, words, _names_of_offices(wanted, words)))
    towns = words.by_topic.get(TOWN, {})
    bearing = {its for name in names for its in towns.get(name, ())}
    parts = dict(row.split() for row in words.story.get("named_as_parts", ()))
    return next((its for its in (code, parts.get(code)) if its in bearing), None)


def _names_of_offices(wanted: str, words: Words) -> frozenset[str]:
    """The words for an office that a text names: `asset recovery office` in one of a State."""
    return frozenset(word for it in words.mentions(ACTOR, wanted) for word in it.phrase.split())


def _without_office(
    wanted: str, words: Words, office: frozenset[str] = frozenset(), forms: frozenset[str] = FORMS
) -> str:
    """A name without the form of the State or an office of it: `Kenyan police` is `kenyan`. office: words of
    its name. forms: words that may stand around the name of a State, and may be part of it."""
    offices = (*words.story.get("within", ()), *words.story.get("authorities", ()))
    around = {*office, *forms, *offices} - {PROVINCE}
    tokens = wanted.split()
    while tokens and tokens[0] in around:
        del tokens[0]
    while tokens and tokens[-1] in around:
        del tokens[-1]
    return "" if tokens == [PROVINCE] else " ".join(tokens)


def suggest_state(text: str, words: Words, states: States) -> str:
    """What may have been meant, as the fix of a problem; no suggestion where nothing is like enough."""
    if hint := words.otherwise.get(STATE, {}).get(tidy(text)):
        return hint
    if names_body(text, words):
        return OF_A_BODY
    bearing = [code for code in words.by_topic.get(TOWN, {}).get(tidy(text), ()) if code in states]
    if len(bearing) > 1:
        named = " and ".join(f"{states.name(code)} (`{code}`)" for code in bearing)
        return f"towns of {named} have this name: write which State"
    code = _alike(text, words, states)
    meant = f"did you mean `{code}`, {states.name(code)}? " if code else ""
    return f"{meant}write its name or its ISO code of two or three letters"


def names_body(text: str, words: Words) -> bool:
    """Whether a text that names no State names a court or body, as `International Criminal Court`."""
    return not set(tidy(text).split()).isdisjoint(words.story.get("no_states", ()))


def like_state(text: str, words: Words, states: States) -> bool:
    """Whether a word is almost the name of a State, or of a town that several have."""
    towns = words.by_topic.get(TOWN, {}).get(tidy(text), ())
    return len(towns) > 1 or tidy(text) in words.otherwise.get(STATE, {}) or bool(_alike(text, words, states))


def _alike(text: str, words: Words, states: States) -> str:
    """The State whose name is almost a word; empty where none is."""
    table = {
        **_names(states),
        **{phrase: targets[0] for phrase, targets in words.by_topic.get(STATE, {}).items()},
    }
    code = alike(tidy(text), table)
    return code if code and code in states else ""


def _of_town(wanted: str, words: Words) -> str | None:
    """The State of a town; None where it is none, or towns of several States have the name."""
    bearing = words.by_topic.get(TOWN, {}).get(wanted, ())
    return bearing[0] if len(bearing) == 1 else None


def _of_smaller_town(text: str, words: Words) -> str | None:
    """The State of a smaller town, alone or with an office of it, written with capital letters."""
    plain = SHORTENED.sub("", text)
    if plain != text and (state := _of_town(tidy(plain), words)):
        return state
    for name in (tidy(plain), _without_office(tidy(plain), words, _names_of_offices(tidy(plain), words))):
        first = name.split()[0] if name and len(name.split()) <= LONGEST_TOWN else ""
        named = re.search(rf"(?i)\b{re.escape(first)}", text) if first else None
        if named and named[0][0].isupper() and (state := words.smaller_towns.get(name)):
            return state
    return None


@lru_cache(maxsize=4)
def _names(states: States) -> dict[str, str]:
    return {tidy(place.name): place.alpha3 for place in states}
