"""A case file of a story: a line for all that it tells, with the words it was read from; what is not sure
stands there as a line that is not used yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from routing.core.grouping import grouped
from routing.core.lines import lines_of
from routing.core.printable import in_quotes, printable
from routing.core.records import replace
from routing.law.providers import NAMED_PROVIDER
from routing.law.states import States
from routing.render.case_template import spoken
from routing.rulebook.measures_meant import ASKED_OF_A_STATE, only_offered
from routing.rulebook.model import Rulebook
from routing.rulebook.words import KIND, MEASURE, STATE
from routing.story.needs import Want
from routing.story.offered import Offered, offered_by
from routing.story.open_parts import completed, settled
from routing.story.readings import Reading, gravest
from routing.story.signatures import OFFENCE

if TYPE_CHECKING:
    from routing.analyse.interview.from_story import StoryInterview
    from routing.opened import Router

WIDTH, COLUMN = 110, 44
UNUSED, END = "# ", "."
PERHAPS = "perhaps "
MENTIONED = "Mentioned, and not used"
ALSO_NAMED = "Also named, and in no line (one that is only crossed: `via: {QAT: not_asked}`, with its code)"
PASSED_OVER = "Said in doubt, as past or of something else, and not used"
HEAD = (
    "Written from what was told. Each line ends with the words it was read from: read it through and mend"
    " what is wrong. A line that begins with # is not used until you take the # away."
)


def case_told(router: Router, text: str, day: date) -> str:
    """The text of a case file of what somebody tells, in sentences or in lines.

    day: from which times are counted.
    Every line says from which words it was read. Of what may be several things, and of what the story only
    mentions, there are lines that begin with `#`, which say nothing until that is taken away.
    """
    return case_of(router, completed(router, offered_by(router, text, day)))


def case_of(router: Router, offer: Offered) -> str:
    """The same of an offer that a story makes."""
    rulebook, states = router.rulebook, router.law.states
    kinds = tuple(item for item in offer.facts if item.fact == KIND)
    facts = grouped((item.fact, item) for item in offer.facts if item.fact != KIND)
    apart = {
        fact
        for fact, items in facts.items()
        if _parts(rulebook, items, offer.needed) and any(_fits(rulebook, items, it) for it in offer.needed)
    }
    shared = {fact: items for fact, items in facts.items() if fact not in apart}
    lines = [
        *lines_of(HEAD, WIDTH, UNUSED, UNUSED),
        *(lines_of(printable(offer.cut_off), WIDTH, UNUSED, UNUSED) if offer.rest else ()),
        _own(states, offer),
        *_stated(rulebook, shared, ""),
        *(_line(UNUSED, it.fact, it.says, f"{_wrote(it.phrase)}: the person's?") for it in offer.people),
        "needs:",
    ]
    for want in (*offer.needed, *offer.perhaps):
        fitting = {
            fact: items for fact, items in facts.items() if fact in apart and _fits(rulebook, items, want)
        }
        lines += _need(states, offer, want, kinds)
        if want.days and not want.asked:
            lines.append(_line("    ", rulebook.clocks.needed, want.days, _wrote(want.due)))
        lines += [] if want.asked else _stated(rulebook, fitting, "    ")
    if not (offer.needed or offer.perhaps):
        lines += _not_said(rulebook, states, offer, kinds)
    elif len(kinds) > 1:
        lines += _of_no_need(offer, kinds)
    lines += _unsure(offer)
    return "\n".join(line.rstrip() for line in lines) + "\n"


def in_short(router: Router, offer: Offered) -> str:
    """What an offer tells, in a line: the States, what is needed, the crime; empty where that is too
    little."""
    wanted = {name: want.asked for want in offer.wants for name in want.measures[:1]}
    gives = any(item.fact == KIND and item.value not in ASKED_OF_A_STATE for item in offer.facts)
    if not offer.states or not (wanted or gives):
        return ""
    name = router.law.states.name
    parts = [
        *([f"our State {name(offer.own)}"] if offer.own else []),
        *([f"the other State {name(offer.partner)}"] if offer.partner else []),
        *(f"{PERHAPS if asked else ''}{router.rulebook.measures[it].name}" for it, asked in wanted.items()),
        *(spoken(item.value) for item in offer.facts if item.fact == OFFENCE),
    ]
    return printable("; ".join(parts))


def interview_of(router: Router, offer: Offered, name: str, day: date) -> StoryInterview:
    """The interview that goes on from what a story offers. name: where it stands."""
    from routing.analyse.interview.from_story import StoryInterview
    from routing.yaml.tree import read_text

    data, _, _ = router.begun(read_text(case_of(router, settled(router, offer)), name), name, day)
    return StoryInterview.of_story(router, offer, data, day)


def _line(lead: str, key: str, value: str, comment: str) -> str:
    return f"{f'{lead}{key}: {value}'.rstrip():<{COLUMN}} # {printable(comment)}"


def _wrote(*phrases: str) -> str:
    return ", ".join(in_quotes(phrase) for phrase in dict.fromkeys(phrases) if phrase)


def _own(states: States, offer: Offered) -> str:
    if not offer.own:
        several = len(offer.states) > 1
        needs = offer.needed if several else offer.wants
        others = {offer.partner, *offer.away, *(want.state for want in needs)}
        left = [it for it in offer.states if it.value not in others]
        return _line("", "state", _which(left), f"your own State: {_named(left)}?")
    phrase = {side.state: side.phrase for side in offer.sides}[offer.own]
    named = {item.value: item.phrase for item in offer.states}.get(offer.own, "")
    return _line("", "state", states.name(offer.own), _wrote(phrase or named))


def _named(states: Iterable[Reading]) -> str:
    return " or ".join(item.says for item in states) or "its name or code"


def _which(items: Sequence[Reading]) -> str:
    """What stands in a line until a person says which of several it is: no plan is made while it does."""
    named = " or ".join(item.says if item.fact == STATE else item.value for item in items)
    return f"{named}?" if len(items) > 1 else ""


def _stated(rulebook: Rulebook, facts: dict[str, list[Reading]], lead: str) -> Iterator[str]:
    """Each fact on a line; one that has a single value, and of which several are told, on lines that are not
    used."""
    for fact, items in facts.items():
        if len(items) == 1:
            yield _line(lead, fact, spoken(items[0].value), _wrote(items[0].phrase))
        elif rulebook.facts[fact].type == "many":
            values = ", ".join(spoken(item.value) for item in items)
            yield _line(lead, fact, f"[{values}]", _wrote(*(item.phrase for item in items)))
        else:
            grave = gravest(rulebook.facts[fact], items)
            yield from _stated(rulebook, {fact: grave} if grave else {}, lead)
            yield from _either(lead, fact, [item for item in items if item not in grave])


def _either(lead: str, key: str, items: Iterable[Reading]) -> Iterator[str]:
    for item in items:
        yield _line(f"{lead}{UNUSED}", key, spoken(item.value), f"{_wrote(item.phrase)}: is it this?")


def _fits(rulebook: Rulebook, items: Iterable[Reading], want: Want) -> bool:
    presumes = rulebook.measures[want.measures[0]].presumes
    return all(presumes.get(item.fact, item.value) == item.value for item in items)


def _parts(rulebook: Rulebook, items: Sequence[Reading], wanted: Sequence[Want]) -> bool:
    """Whether a fact is told of some needs alone, as the measure of another presumes that it is otherwise."""
    of_need = rulebook.facts[items[0].fact].of != "case"
    return of_need and not all(_fits(rulebook, items, want) for want in wanted)


def _need(states: States, offer: Offered, want: Want, kinds: Sequence[Reading]) -> Iterator[str]:
    """The lines of a need; of one that the story does not say is needed, as lines that are not used."""
    lead, under = (f"  {UNUSED}- ", f"  {UNUSED}  ") if want.asked else ("  - ", "    ")
    first, *others = want.measures
    wanted = f"{_wrote(want.phrase)}{': do you want this?' if want.asked else ''}"
    yield _line(lead, MEASURE, spoken(first), wanted)
    for measure in others:
        yield _line(f"    {UNUSED}", MEASURE, spoken(measure), "or this")
    of_kind = [it for it in kinds if it.value == want.kind]
    yield from _kind([replace(it, phrase=want.kind_words or it.phrase) for it in of_kind] or kinds, under)
    state = "" if want.state == offer.own else want.state
    if want.provider:
        seat = f"{_wrote(want.where_named)}: {want.provider.company} answers for it; is it there?"
        yield _line(under, "with", states.name(state), seat)
        yield _line(under, NAMED_PROVIDER, want.provider.services[0], _wrote(want.where_named))
        return
    yield _with(states, offer, under, state or ("" if want.anywhere else offer.partner), want.held_by)


def _kind(kinds: Sequence[Reading], lead: str) -> Iterator[str]:
    if len(kinds) == 1:
        yield _line(lead, KIND, kinds[0].value, f"{_wrote(kinds[0].phrase)}: {kinds[0].says}")
    elif kinds:
        wrote = _wrote(*(it.phrase for it in kinds))
        yield _line(lead, KIND, _which(kinds), f"{wrote}: which is it?" if wrote else "who asks whom?")


def _with(states: States, offer: Offered, lead: str, code: str, held_by: str = "") -> str:
    if code:
        named = {item.value: item.phrase for item in offer.states}.get(code, "")
        return _line(lead, "with", states.name(code), _wrote(named) if named else "the other State")
    others = [item for item in offer.states if item.value != offer.own]
    whose = f"where is {_wrote(held_by)}" if held_by else "the other State"
    asked = f"{whose}: {_named(others)}?"
    if len(others) > 1 and offer.own and not held_by:
        return _line(lead, "with", _which(others), asked)
    return _line(f"{lead}{UNUSED}", "with", "", asked)


def _not_said(rulebook: Rulebook, states: States, offer: Offered, kinds: Sequence[Reading]) -> Iterator[str]:
    """A need for what the story does not say in words that are known."""
    kind = kinds[0].value if len(kinds) == 1 else ""
    only = only_offered(rulebook, kind) if kind else None
    yield _line("  - ", MEASURE, spoken(only) if only else "", "" if only else "what do you need?")
    yield from _kind(kinds, "    ")
    yield _with(states, offer, "    ", offer.partner)


def _of_no_need(offer: Offered, kinds: Sequence[Reading]) -> Iterator[str]:
    """Of each kind that no need is of, where every need has its own, a need as lines that are not used: the
    story does not say what it is for."""
    of_needs = [want.kind for want in offer.needed]
    needed = {*of_needs, *(want.kind for want in offer.perhaps)}
    for item in kinds if all(of_needs) else ():
        if item.value not in needed:
            yield _line(f"  {UNUSED}- ", MEASURE, "", f"{_wrote(item.phrase)}: what is this about?")
            yield from _kind([item], f"  {UNUSED}  ")


def _unsure(offer: Offered) -> Iterator[str]:
    """Of whom something may be needed, what the story only mentions and what was not understood, as lines
    that say nothing."""
    for want in offer.wants:
        if not want.measures:
            yield from lines_of(f"What do you need of {_wrote(want.phrase)}?", WIDTH, UNUSED, UNUSED)
    settled = offer.own and (offer.partner or all(want.state for want in offer.wants if not want.asked))
    beside = offer.beside() if settled else ()
    listed = (
        (ALSO_NAMED, [f"{it.says} ({_wrote(it.phrase)})" for it in beside]),
        (MENTIONED, [f"{_wrote(it.phrase)} ({it.says.rstrip(END)})" for it in offer.mentioned]),
        (PASSED_OVER, [_wrote(it) for it in offer.passed_over]),
        ("Not understood", [_wrote(it) for it in offer.unread]),
    )
    for heading, parts in listed:
        if parts:
            yield from lines_of(printable(f"{heading}: {'; '.join(parts)}."), WIDTH, UNUSED, UNUSED)
