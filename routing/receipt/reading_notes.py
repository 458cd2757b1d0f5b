"""The notes on how a case was read that a plan may hold, and of what case each may be.

A receipt holds the case as it was understood, so that the words that were written cannot be read again: what
a note says was understood is compared with the case.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

from routing.case.line_names import NOTE, PARTNER
from routing.case.line_sides import OURS_OF
from routing.case.model import Case
from routing.case.normal_form import OF_EVERY_NEED
from routing.case.times import in_words
from routing.core.domain import FIRST_OF_ALL, LEFT_OUT
from routing.rulebook.state_names import find_state
from routing.rulebook.words import ASIDE, IS, KIND, NAME_LINE, STATE, YES_LINE

if TYPE_CHECKING:
    from routing.opened import Router

Holds = Callable[[re.Match[str], Case, "Router"], bool]
QUOTED = re.compile(r"`([^`]*)`")
SAID_YES = re.compile(r"`([^`]*)` as `(\w+): (\w+)`")
KIND_ANSWER = "`kind: answer` if it is you who are asked"
LIST = r"(`[^`]*`(?:, `[^`]*`)*)"
CALLED_SO = re.compile(r"`([^`]*)` as `(\w+)`")


def notes_hold(notes: object, now: Collection[object], case: Case, router: Router) -> bool:
    """Whether every note is one that the reader makes, of a word that this case may have had, or one that the
    plan has now."""
    return isinstance(notes, list) and all(note in now or _holds(note, case, router) for note in notes)


def _holds(note: object, case: Case, router: Router) -> bool:
    if not isinstance(note, str):
        return False
    matches = ((pattern.fullmatch(note), holds) for pattern, holds in NOTES)
    return next((holds(match, case, router) for match, holds in matches if match is not None), False)


def _quoted(match: re.Match[str]) -> set[str]:
    return set(QUOTED.findall(match[1]))


def _needs(match: re.Match[str], case: Case, _: Router) -> bool:
    """Each thing that is named is the id of a need."""
    return set(match.groups()) <= {need.id for need in case.needs}


def _listed_needs(match: re.Match[str], case: Case, _: Router) -> bool:
    return _quoted(match) <= {need.id for need in case.needs}


def _facts_of_the_case(match: re.Match[str], case: Case, _: Router) -> bool:
    return _quoted(match) <= case.facts.keys()


def _left_out(_: re.Match[str], __: Case, ___: Router) -> bool:
    """Of what has no part in a case nothing can be compared with it."""
    return True


def _is_warning(match: re.Match[str], _: Case, router: Router) -> bool:
    """What is said is what the rules say of something that no measure covers."""
    return match[1] in {warning.says for warning in router.rulebook.warnings.values()}


def _lines_of_every_need(match: re.Match[str], _: Case, __: Router) -> bool:
    return _quoted(match) <= set(OF_EVERY_NEED)


def _names_of_lines(match: re.Match[str], _: Case, router: Router) -> bool:
    """Each name is one of the rules for the line that it is read as."""
    named = (CALLED_SO.fullmatch(pair) for pair in match[1].split(", "))
    words = router.rulebook.words
    return all(
        pair and pair[2] in (*words.line(pair[1]), *words.within(NAME_LINE, pair[1])) for pair in named
    )


def _lines_of_sides(match: re.Match[str], case: Case, router: Router) -> bool:
    """Each name is one for a side, read as the State that the kind of a need makes it."""
    named = [CALLED_SO.fullmatch(pair) for pair in match[2].split(", ")]
    sides = {pair[1]: router.rulebook.words.side(pair[1]) for pair in named if pair}
    ours = OURS_OF.get(match[1])
    return _kind(match, case, router) and all(
        pair and sides[pair[1]] and pair[2] == (STATE if sides[pair[1]] == ours else PARTNER)
        for pair in named
    )


def _lines_beside(match: re.Match[str], _: Case, router: Router) -> bool:
    """Each name is one for a line on which no way depends, or that may be a note."""
    words = router.rulebook.words
    return all(
        words.whole(ASIDE, name.replace("_", " ")) or NOTE in words.line(name) for name in _quoted(match)
    )


def _said_yes(match: re.Match[str], case: Case, router: Router) -> bool:
    """Each name tells, said yes, the value that the case states."""
    words = router.rulebook.words
    pairs = [SAID_YES.fullmatch(pair) for pair in match[1].split(", ")]
    return all(
        pair
        and f"{pair[2]}{IS}{pair[3]}" in words.whole(YES_LINE, pair[1].replace("_", " "))
        and (_states(pair[2], pair[3], case) or pair[2] == KIND)
        for pair in pairs
    )


def _said_no(match: re.Match[str], _: Case, router: Router) -> bool:
    """Each name is one for a line that tells something where it is said yes."""
    return all(router.rulebook.words.whole(YES_LINE, name.replace("_", " ")) for name in _quoted(match))


def _measure_of_the_need(match: re.Match[str], case: Case, _: Router) -> bool:
    return (match[1], match[2].replace(" ", "_")) in {(need.id, need.measure) for need in case.needs}


def _measure_and_kind(match: re.Match[str], case: Case, _: Router) -> bool:
    return match.groups() in {(need.measure, need.kind) for need in case.needs}


def _kind(match: re.Match[str], case: Case, _: Router) -> bool:
    return match[1] in {need.kind for need in case.needs}


def _measure_for_the_kind(match: re.Match[str], case: Case, router: Router) -> bool:
    """The measure has another, of this name, in needs of the kind, and a need of the case has that one."""
    kind, measure, name = match.groups()
    measures = router.rulebook.measures
    instead = measures[measure].otherwise.get(kind, "") if measure in measures else ""
    called_so = instead in measures and measures[instead].name == name
    return called_so and (instead, kind) in {(need.measure, need.kind) for need in case.needs}


def _fact_and_value(match: re.Match[str], case: Case, _: Router) -> bool:
    """The case, or a need of it, states the fact with the value."""
    fact, value = match.groups()
    return _states(fact, value, case)


def _states(fact: str, value: str, case: Case) -> bool:
    stated = (facts.get(fact) for facts in (case.facts, *(need.facts for need in case.needs)))
    return any(value == it or (isinstance(it, tuple) and value in it) for it in stated)


def _state_or_value(match: re.Match[str], case: Case, router: Router) -> bool:
    """A word is read as a State of the case, as the reader says it, or as a value that the case states."""
    place = find_state(match[1], router.rulebook.words, router.law.states)
    if place is not None and place.note == match.string and place.place.alpha3 in case.states():
        return True
    return _is_a_value(re.split("[,;] ", match[2])[0], case)


def _is_a_value(meant: str, case: Case) -> bool:
    """Whether a word is what the case states of a fact, with its unit if it has one or as days to come are
    told, a measure or a kind."""
    words = {word for need in case.needs for word in (need.measure, need.kind)}
    for facts in (case.facts, *(need.facts for need in case.needs)):
        for value in facts.values():
            words |= set(map(str, value if isinstance(value, tuple) else (value,)))
            words |= {in_words(value)} if isinstance(value, int) else set()
    number, _, unit = meant.partition(" ")
    stated = {word.replace("_", " ") for word in words}
    return (
        meant in stated
        or stated.issuperset(meant.split(" and "))
        or (bool(unit) and number.isdigit() and number in words)
    )


NOTES: tuple[tuple[re.Pattern[str], Holds], ...] = tuple(
    (re.compile(pattern), holds)
    for pattern, holds in (
        (rf"need `[^`]*` is read as one need for each [A-Za-z ]+: {LIST}", _listed_needs),
        (rf"{LIST} of a need (?:is|are) read as said of the whole case", _facts_of_the_case),
        (rf"{LIST} above the needs (?:is|are) read as said of each", _lines_of_every_need),
        (r"lines called otherwise here: (.+)", _names_of_lines),
        (
            rf"as of a need of kind `(\w+)` these lines are read: (.+?)(?:; write {KIND_ANSWER})?",
            _lines_of_sides,
        ),
        (r"lines that say yes: (.+)", _said_yes),
        (rf"a no tells nothing: {LIST}", _said_no),
        (rf"kept as a note and not read: {LIST}", _lines_beside),
        (rf"{re.escape(LEFT_OUT)}(?:the rest of )?`[^\n]*", _left_out),
        (rf"{re.escape(FIRST_OF_ALL)}([^\n]*)", _is_warning),
        (r"not read: `[^`]*`[^\n]*", _left_out),
        (r"`[^`]*` is told as over, [^\n]*", _left_out),
        (r"`[^`]*` is read as `kind: (\w+)`; write `kind:` with another if that is wrong", _kind),
        (r"need `[^`]*` is called `([^`]*)`", _needs),
        (r"of the note of need `([^`]*)` the first \d+ letters are read, not `[^`]*`", _needs),
        (r"need `([^`]*)` is read as ([a-z ]+) \(.*\)", _measure_of_the_need),
        (r"`(\w+)` is read as `kind: (\w+)`, as no other kind has it", _measure_and_kind),
        (r"`[^`]*` came unasked and nobody waits for an answer: it is read as `kind: (\w+)`", _kind),
        (r"`[^`]*` is asked of the other State: it is read as `kind: (\w+)`", _kind),
        (r"As the kind is `(\w+)`, `(\w+)` is read as (.+)", _measure_for_the_kind),
        (
            r"Need `([^`]+)` is read as one for what need `([^`]+)` says that another State gave;"
            r" write `\w+: no` there if it is not",
            _needs,
        ),
        (r"[^\n]* also tells [^`]*`(\w+): (\w+)`\)?", _fact_and_value),
        (r"`[^`]*` is read as `(\w+): (\w+)`", _fact_and_value),
        (r"`([^`]*)` is read as (.*)", _state_or_value),
    )
)
"""Each note that the reader makes, and whether it may be one of a case; the first that fits counts."""
