"""What stands above a plan that is made of a story: what was read of it, to be checked before anything else;
or the one question without which no plan is made."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING

from routing.case.danger_lines import for_dangers_alone
from routing.case.danger_words import closed_at_its_end, is_over
from routing.case.denied_lines import answer_in
from routing.case.doubt import says_unknown
from routing.core.domain import NO
from routing.core.lines import lines_of
from routing.core.printable import day as spelled
from routing.core.printable import in_quotes as _quote
from routing.core.printable import printable
from routing.phrasing.of_facts import fact_name
from routing.render.case_template import spoken
from routing.render.told_sentence import told_sentence
from routing.rulebook.denial import denies
from routing.rulebook.mentions import stands_in
from routing.rulebook.spelling import tidy
from routing.rulebook.words import KIND, MEASURE, STATE
from routing.story.by_dealing import EMERGENCY
from routing.story.offered import WITH, Offered
from routing.story.open_parts import OpenPart
from routing.story.plain_denials import NONE
from routing.story.questions import asks_something
from routing.story.readings import Reading
from routing.story.sides import NAMED_BY, THEIRS
from routing.story.signatures import OFFENCE

if TYPE_CHECKING:
    from routing.opened import Router

WIDTH = 100
IF_SO = "If so: telephone first, and add “Somebody is in danger.”"
IF_DANGER = "if somebody is in danger: telephone first, and add “Somebody is in danger.”"
CHECK = "Check this first."
NOT_SAID, NOT_SURE = "not said", "not sure"
NAMED = re.compile(r"\s*(?:[-*\u2022]\s+)?([^:=#]{1,80}?)\s*(?::|\s=)\s*(.*?)\s*")
"""A line of a file: its name, and what it says."""
OF_MONEY = "imminent_dissipation"
TELEPHONE_UNIT = "telephone your own financial intelligence unit now, do not wait for this answer."
IN_WHICH_STATE = {STATE: "in which State you are", WITH: "in which State is what you want"}
ANSWERED_AT: Mapping[str, str] = MappingProxyType(
    {
        "answered_by_when": "By when",
        "answered_limits": "Limits",
        "answered_watch": "Watch",
        "answered_with": "With",
        "answered_who": "Who",
        "answered_do": "Do",
        "answered_how": "How",
        "answered_steps": "",
    }
)
"""The parts of a step that answer a question, by the words of the rules for each; empty: all of them."""
IF_NOT_TAKEN = "If not so, say what you need: “We want ...”"
SAY_IT = "Say it in other words: “We want ...”"
ASKED_THERE = "Something seems to be asked there: say it in other words"
NOTHING: Mapping[str, str] = MappingProxyType({})
TELEPHONE = "telephone your own duty desk now, do not wait for this answer."


def told_head(
    router: Router,
    offer: Offered,
    story: str,
    parts: Iterable[OpenPart] = (),
    answered: Mapping[str, str] = NOTHING,
    planned: bool = True,
) -> str:
    """What was read of a story, in a few lines, behind what it leaves open. story: where it stands, for the
    command that writes the case out; parts: what the plan leaves open or presumes; answered: what was asked
    for, each with what was answered; planned: whether a plan stands below."""
    parts = tuple(parts)
    open_to = {it.value for part in parts for it in part.candidates}
    beside = offer.beside(open_to) if not answered else ()
    also = "; ".join((*_also_read(router, offer), *_facts_beside(router, offer), *_beside(beside)))
    written = f"{CHECK} `routing new case.yaml --told {story}` writes it as a file, to be mended."
    notes = (
        offer.cut_off,
        told_sentence(router, offer, answered),
        *map(_left_open, parts),
        *_seats(router, offer),
        f"Danger: {_danger(router, offer)}.",
        also and f"Also read: {also}.",
        *_asked_of_the_way(router, offer, planned),
        *(f"{it[0].upper()}{it[1:]}." for it in not_used(router, offer, answered.get(MEASURE, ""))),
    )
    return "\n".join((*(line for it in notes for line in wrapped(it)), printable(written)))


def blocking(parts: Iterable[OpenPart], story: str) -> tuple[str, str] | None:
    """The one question without which no plan is made of a story, and how to answer it; None where none is
    open. story: where it stands."""
    part = min((part for part in parts if part.stops), key=lambda it: it.part != KIND, default=None)
    if part is None:
        return None
    asked = f"or be asked: routing ask {story}"
    if part.part == KIND:
        lines = "; ".join(f"{at} {_quote(it)}" for at, it in enumerate(part.sentences(), 1))
        return _asked("who deals with whom", part), f"add the line for it: {lines}, {asked}"
    if not part.about:
        return _asked("what do you need", part), f"add a sentence: {_quote(part.sentence())}, {asked}"
    words = f"add a sentence: {_quote(part.sentence())}" if part.candidates else "say it in other words"
    return _asked(f"what do you need by {_quote(part.about)}", part), f"{words}, or take it out, {asked}"


def _left_open(part: OpenPart) -> str:
    """What a plan leaves open, or presumes, with how to say it."""
    named = " or ".join(dict.fromkeys(it.says for it in part.candidates))
    if part.presumed:
        return f"Not surely read: what you need. Taken here: {named} ({_quote(part.about)}). {IF_NOT_TAKEN}"
    if part.part == MEASURE:
        perhaps, add = (
            (f" (perhaps {named})", f"Add a sentence: {_quote(part.sentence())}") if named else ("", SAY_IT)
        )
        return f"Not read, and not in this plan: {_quote(part.about)}{perhaps}. {add}"
    beside = "; ".join(filter(None, (part.about and _quote(part.about), named and f"perhaps {named}")))
    what = f"{IN_WHICH_STATE[part.part]}{f' ({beside})' if beside else ''}"
    return f"Not said: {what}. Left open here. Add a sentence: {_quote(part.sentence())}"


def _seats(router: Router, offer: Offered) -> Iterator[str]:
    """Of each service for which a State is presumed, who answers there, and how to say otherwise."""
    providers = {want.provider: want.where_named for want in offer.needed if want.provider}
    for provider, words in providers.items():
        state = router.law.states.name(provider.state)
        read = "not read in its own text" if provider.is_lead else "checked"
        answers = f"{provider.company} answers for it there ({read}, {spelled(provider.checked)})"
        left = f"Not said: {IN_WHICH_STATE[WITH]} ({_quote(words)}). Presumed: {state}, as {answers}."
        yield f"{left} If not, add a sentence: {_quote(f'{NAMED_BY[THEIRS]} [State].')}"


def in_danger(router: Router, offer: Offered, text: str, day: date) -> str:
    """With what a refusal begins where a danger is told that is neither denied nor past, or a line that is
    for one by its name does not deny it; else empty. day: of the answer."""
    lined = tuple(_lines_for_dangers(router, text))
    denied = [says for _, says in lined if _denied(router, says)]
    dangers = [it for it in _dangers(router, offer) if not any(it.phrase in says for says in denied)]
    facts = router.rulebook.facts
    dangers.sort(key=lambda it: (it.fact != EMERGENCY, facts[it.fact].urgent.index(it.value)))
    money = router.rulebook.words.story.get("of_money", ())
    if dangers and dangers[0].value == OF_MONEY and stands_in(tidy(text).split(), money):
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
    danger = next(iter(dangers), "")
    return printable(f"It presses ({danger}): {whom}") if danger else ""


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


def _asked(question: str, part: OpenPart) -> str:
    numbered = "; ".join(
        f"{number} {_quoted(it.says, it.phrase) if it.phrase and part.part == KIND else it.says}"
        for number, it in enumerate(part.candidates, 1)
    )
    return f"{question}: {numbered}?" if numbered else f"{question}?"


def _dangers(router: Router, offer: Offered) -> Iterator[Reading]:
    facts = router.rulebook.facts
    return (it for it in offer.facts if it.fact in facts and it.value in facts[it.fact].urgent)


def _danger(router: Router, offer: Offered) -> str:
    """The dangers that a story tells, or what it says of none."""
    return ", ".join(_quoted(it.says, it.phrase) for it in _dangers(router, offer)) or _no_danger(offer)


def _also_read(router: Router, offer: Offered) -> Iterator[str]:
    """The crime, and by when something is needed."""
    yield from (f"crime: {spoken(item.value)}" for item in offer.facts if item.fact == OFFENCE)
    needed = router.rulebook.clocks.needed
    yield from (f"by when: {_quoted(item.says, item.phrase)}" for item in offer.facts if item.fact == needed)
    own = (want for want in offer.needed if want.days)
    yield from (
        f"by when, for {_quote(want.phrase)}: {_quoted(f'in {want.days} days', want.due)}" for want in own
    )


def _facts_beside(router: Router, offer: Offered) -> Iterator[str]:
    """What else is read of a story and used, and of which State it calls somebody a citizen, which is not."""
    facts, shown = router.rulebook.facts, {OFFENCE, EMERGENCY, KIND, router.rulebook.clocks.needed}
    for item in offer.facts:
        if item.fact not in shown and item.fact in facts and item.value not in facts[item.fact].urgent:
            yield f"{fact_name(router.rulebook, item.fact)}: {_quoted(spoken(item.value), item.phrase)}"
    used = {item.phrase for item in offer.facts}
    people = dict.fromkeys(
        _quoted(it.says, it.phrase) for it in offer.people if not any(it.phrase in phrase for phrase in used)
    )
    if people:
        yield f"named as somebody's State, and not used for his nationality: {', '.join(people)}"


def _asked_of_the_way(router: Router, offer: Offered, planned: bool) -> Iterator[str]:
    """What a story asks of the way itself, by the part of a step that answers it, each part once. planned:
    whether there is a plan that does."""
    by_answer: dict[str, list[str]] = {}
    for question in (*offer.questions, *offer.asked):
        parts = _answered_at(router, question)
        if not parts and question in offer.asked:
            answer = "Asked, and not answered here in words"
        elif not planned:
            answer = "Asked, and answered when what is open is said"
        else:
            named = " and ".join(map(_quote, filter(None, parts)))
            answer = f"Asked, see {named} in the steps" if named else "Asked, see the steps"
        by_answer.setdefault(answer, []).append(_quote(question))
    yield from (f"{answer}: {', '.join(questions)}." for answer, questions in by_answer.items())


def _answered_at(router: Router, question: str) -> tuple[str, ...]:
    """The parts of a step that answer a question, by the words of the rules for each."""
    words, story = tidy(question).split(), router.rulebook.words.story
    return tuple(name for key, name in ANSWERED_AT.items() if stands_in(words, story.get(key, ())))


def unanswered(router: Router, offer: Offered) -> tuple[str, ...]:
    """What a story asks in so many words, and what no part of a step answers."""
    return tuple(it for it in offer.asked if asks_something(it) and not _answered_at(router, it))


def _beside(states: Collection[Reading]) -> Iterator[str]:
    """The States of which nothing is made."""
    if states:
        yield f"also named, and asked nothing: {', '.join(_quoted(it.says, it.phrase) for it in states)}"


def _no_danger(offer: Offered) -> str:
    """What a story says of danger that tells of none."""
    denied = (item for item in offer.facts if item.fact == EMERGENCY and item.value == NONE)
    unsure = f"{NOT_SURE} ({_quote(offer.near_danger)}: is somebody in danger now? {IF_SO})"
    open_ = unsure if offer.near_danger else f"{NOT_SAID} ({IF_DANGER})"
    return next((_quoted(NONE, item.phrase) for item in denied), open_)


def not_used(router: Router, offer: Offered, sought: str = "") -> Iterator[str]:
    """What a story may also ask for, and what of it was not understood. sought: what is asked for, as it was
    answered."""
    wants = (*((it, it.measures[1:]) for it in offer.needed), *((it, it.measures) for it in offer.perhaps))
    may_be = ((router.rulebook.measures[id].name, it.phrase) for it, measures in wants for id in measures)
    names = dict.fromkeys(_quoted(name, phrase) for name, phrase in may_be if name not in sought)
    if names:
        yield f"perhaps also meant, and not in this plan: {', '.join(names)}"
    read = {want.phrase for want in offer.wants}
    named = (it for it in offer.mentioned if it.topic == MEASURE and it.phrase not in read)
    if only := dict.fromkeys(_quoted(it.says, it.phrase) for it in named):
        also = _quote(f"We also want {next(iter(only)).partition(' (')[0]}.")
        yield f"mentioned, and not in this plan: {', '.join(only)} (to add it, write {also})"
    asked = (*offer.questions, *offer.asked)
    unused = (it for it in (*offer.unread, *offer.passed_over) if not any(it in q or q in it for q in asked))
    if left := dict.fromkeys(unused):
        asks = f". {ASKED_THERE}" if offer.leaves_wish else ""
        yield f"not used: {', '.join(map(_quote, left))}{asks}"


def _quoted(says: str, phrase: str) -> str:
    return f"{says} ({_quote(phrase)})"


def wrapped(note: str) -> Iterator[str]:
    """A text in the lines of a head; none of nothing."""
    return iter(lines_of(printable(note), WIDTH, "", "  ") if note else ())
