"""What stands above a plan that is made of a story: what was read of it, to be checked before anything else;
or the one question without which no plan is made."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from routing.case.danger_lines import for_dangers_alone
from routing.case.danger_words import closed_at_its_end, is_over
from routing.case.denied_lines import answer_in
from routing.case.doubt import says_unknown
from routing.core.domain import NO
from routing.core.lines import lines_of
from routing.core.printable import printable
from routing.render.case_template import spoken
from routing.rulebook.denial import denies
from routing.rulebook.spelling import tidy
from routing.rulebook.words import KIND
from routing.story.needs import Want
from routing.story.offered import Offered
from routing.story.readings import NONE, Reading
from routing.story.signatures import OFFENCE

if TYPE_CHECKING:
    from routing.api import Router

WIDTH = 100
CHECK = "Check this first."
NOT_SAID = "not said"
NAMED = re.compile(r"\s*(?:[-*\u2022]\s+)?([^:=#]{1,80}?)\s*(?::|\s=)\s*(.*?)\s*")
"""A line of a file: its name, and what it says."""
EMERGENCY, OF_MONEY = "emergency", "imminent_dissipation"
TELEPHONE_UNIT = "telephone your own financial intelligence unit now, do not wait for this answer."
TELEPHONE = "telephone your own duty desk now, do not wait for this answer."


def told_head(router: Router, offer: Offered, story: str) -> str:
    """What was read of a story, in a few lines. story: where it stands, for the command that writes the case
    out."""
    read = "; ".join((*_read(router, offer), *_not_used(router, offer)))
    written = f"{CHECK} `routing new case.yaml --told {story}` writes it as a file, to be mended."
    return "\n".join(
        (*lines_of(printable(f"Read from what was told: {read}."), WIDTH, "", "  "), printable(written))
    )


def open_question(router: Router, offer: Offered) -> tuple[str, str]:
    """The one question that a story must answer before a plan is made of it, and how to answer it; both
    empty where none is open."""
    kinds = {item.value: item.says for item in offer.facts if item.fact == KIND}
    if not offer.own:
        others = {offer.other, *offer.away, *(want.state for want in offer.needed)}
        left = [it.says for it in offer.states if it.value not in others]
        return _asked("in which State are you", left), "add a sentence: \u201cWe are police in ...\u201d"
    if not offer.needed:
        names = [router.rulebook.measures[want.measures[0]].name for want in offer.perhaps]
        return _asked("what do you need", names), "add a sentence: \u201cWe want ...\u201d"
    if len(kinds) > 1 and not all(want.kind for want in offer.needed):
        return _asked("which is it", kinds.values()), "leave the other out, or tell it apart"
    for want in offer.needed:
        if not _state(offer, want):
            where = [it.says for it in offer.states if it.value != offer.own]
            sought = f"in which State is what you want (\u201c{want.held_by or want.phrase}\u201d)"
            return _asked(sought, where), "name it in the sentence that asks for it"
    return "", ""


def in_danger(router: Router, offer: Offered, text: str, day: date) -> str:
    """With what a refusal begins where a danger is told that is neither denied nor past, or a line that is
    for one by its name does not deny it; else empty. day: of the answer."""
    lined = tuple(_lines_for_dangers(router, text))
    denied = [says for _, says in lined if _denied(router, says)]
    dangers = [it for it in _dangers(router, offer) if not any(it.phrase in says for says in denied)]
    facts = router.rulebook.facts
    dangers.sort(key=lambda it: (it.fact != EMERGENCY, facts[it.fact].urgent.index(it.value)))
    if dangers and dangers[0].value == OF_MONEY:
        return _call((dangers[0].says,), TELEPHONE_UNIT)
    return _call(it.says for it in dangers) or open_danger(router, text)


def open_danger(router: Router, text: str) -> str:
    """With what a page begins where a line that is for a danger by its name neither denies it nor leaves it
    open; else empty."""
    named = (
        f"{key}: {says}"
        for key, says in _lines_for_dangers(router, text)
        if not _denied(router, says) and not says_unknown(says)
    )
    return _call(named)


def _call(dangers: Iterable[str], whom: str = TELEPHONE) -> str:
    """The call that the first of some dangers wants; empty where there is none. whom: is to be telephoned."""
    told = next(iter(dangers), "")
    return printable(f"It presses ({told}): {whom}") if told else ""


def _lines_for_dangers(router: Router, text: str) -> Iterator[tuple[str, str]]:
    """The lines that are for a danger by their name and say something, each as its name and what it says."""
    nothing = router.rulebook.words.story.get("says_nothing", ())
    for match in filter(None, map(NAMED.fullmatch, text.splitlines())):
        key, says = match[1], match[2].strip("\"'")
        if tidy(says) and tidy(says) not in nothing and for_dangers_alone(router.rulebook, key):
            yield key, says


def _denied(router: Router, says: str) -> bool:
    """Whether what a line for a danger says denies it, or says that it is over: `he is held, so no`."""
    words, tokens = router.rulebook.words, tidy(says).split()
    no = answer_in(words, says)[0] == NO or closed_at_its_end(words, says) or denies(tokens[:1])
    return no or is_over(words, says) or NONE in words.read(EMERGENCY, says)


def _asked(question: str, answers: Iterable[str]) -> str:
    named = " or ".join(dict.fromkeys(answers))
    return f"{question}: {named}?" if named else f"{question}?"


def _dangers(router: Router, offer: Offered) -> Iterator[Reading]:
    facts = router.rulebook.facts
    return (it for it in offer.facts if it.fact in facts and it.value in facts[it.fact].urgent)


def _state(offer: Offered, want: Want) -> str:
    state = "" if want.state == offer.own else want.state
    return state or ("" if want.anywhere else offer.other)


def _read(router: Router, offer: Offered) -> Iterator[str]:
    """What a plan is made of."""
    name = router.law.states.name
    states = dict.fromkeys(state for want in offer.needed if (state := _state(offer, want)))
    yield f"we: {name(offer.own) if offer.own else NOT_SAID}"
    yield f"other State: {', '.join(map(name, states)) or NOT_SAID}"
    yield f"sought: {', '.join(_sought(router, offer)) or NOT_SAID}"
    yield from (
        f"direction: {item.says}"
        for item in offer.facts
        if item.fact == KIND and len({it.value for it in offer.facts if it.fact == KIND}) == 1
    )
    dangers = (_quoted(it.says, it.phrase) for it in _dangers(router, offer))
    yield f"danger: {', '.join(dangers) or _no_danger(offer)}"
    yield from (f"crime: {spoken(item.value)}" for item in offer.facts if item.fact == OFFENCE)
    needed = router.rulebook.clocks.needed
    yield from (f"by when: {_quoted(item.says, item.phrase)}" for item in offer.facts if item.fact == needed)


def _no_danger(offer: Offered) -> str:
    """What a story says of danger that tells of none."""
    told = (item for item in offer.facts if item.fact == EMERGENCY and item.value == NONE)
    return next((_quoted(NONE, item.phrase) for item in told), NOT_SAID)


def _sought(router: Router, offer: Offered) -> Iterator[str]:
    for want in offer.needed:
        yield _quoted(router.rulebook.measures[want.measures[0]].name, want.phrase)


def _not_used(router: Router, offer: Offered) -> Iterator[str]:
    """What a story may also ask for, and what of it was not understood."""
    names = dict.fromkeys(
        _quoted(router.rulebook.measures[want.measures[0]].name, want.phrase) for want in offer.perhaps
    )
    if names:
        yield f"perhaps also meant, and not in this plan: {', '.join(names)}"
    if left := (*offer.unread, *offer.passed_over):
        yield "not used: " + ", ".join(f"\u201c{words}\u201d" for words in left)


def _quoted(says: str, phrase: str) -> str:
    return f"{says} (\u201c{phrase}\u201d)"
