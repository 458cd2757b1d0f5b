"""What somebody ticked of a story, as the answers of an interview."""

from __future__ import annotations

import re
from collections.abc import Sequence

from starlette.datastructures import FormData

from routing.analyse.interview.opening import DANGER, GROUP, MORE
from routing.core.domain import SAYS_OF_KIND, UNKNOWN
from routing.core.records import Record, replace
from routing.law.states import States
from routing.rulebook.measures_meant import ASKED_OF_A_STATE
from routing.rulebook.model import Rulebook
from routing.rulebook.state_names import find_state
from routing.serve.store import CaseDraft
from routing.story.sides import OWN, THEIRS

STATE_KEY = "S:"
WANTED = re.compile(r"([0-9]{1,3})\|([a-z_]{0,60})\|([^|]{0,200})")
MOST_WANTS = 50
SIDES = (OWN, THEIRS, "")


class Ticked(Record):
    """A need that was ticked.

    measure: empty where only the group is known; state: empty where it was left open; kind: empty where it
    is of the kind that was ticked for all.
    elsewhere: whether who holds it may be in any State, so that none but one that is named is taken.
    """

    measure: str
    group: str
    state: str
    elsewhere: bool = False
    kind: str = ""


def confirmed(rulebook: Rulebook, states: States, draft: CaseDraft, form: FormData) -> CaseDraft:
    """The draft with all that was ticked: danger first, then each need with its State, then the facts. A need
    beside which our own State stands is one of the other, where another one alone is told."""
    chosen = _facts(form)
    urgent = [fact for fact in chosen if fact in rulebook.facts and rulebook.facts[fact].urgent]
    dangers = tuple(value for fact in urgent for value in chosen.pop(fact))
    draft = draft.with_answer(DANGER, dangers) if dangers else draft
    kind, each = chosen.pop("kind", None), any(need.kind for need in _wanted(form))
    kind = kind or [UNKNOWN if each else _kind_of(rulebook, [need.measure for need in _wanted(form)])]
    draft = draft.with_answer("kind", kind[0])
    own, theirs = _states(form, OWN), _states(form, THEIRS)
    draft = draft.with_answer("state", own[0]) if own else draft
    partners = theirs or tuple(state for state in _states(form, *SIDES) if state not in own)
    of_all = kind[0] if each else ""
    wanted = tuple(replace(need, kind=need.kind or of_all) for need in _wanted(form))
    wanted = tuple(
        replace(need, state=partners[0] if len(partners) == 1 else "")
        if own and _code(rulebook, states, need.state) == own[0]
        else need
        for need in wanted
    )
    draft = _with_needs(draft, wanted or (Ticked("", "", ""),), theirs)
    for fact, values in chosen.items():
        definition = rulebook.facts.get(fact)
        value = tuple(values) if definition is not None and definition.type == "many" else values[0]
        for need in _needs_of(rulebook, fact, values[0], wanted):
            draft = draft.with_answer(fact, value, need)
    return draft


def _kind_of(rulebook: Rulebook, wanted: Sequence[str]) -> str:
    """The kind of need, where none was ticked: a request, or the one for which the first measure is."""
    measure = rulebook.measures.get(next(iter(wanted), ""))
    return measure.kinds[0] if measure and measure.kinds else ASKED_OF_A_STATE[0]


def _with_needs(draft: CaseDraft, wanted: tuple[Ticked, ...], theirs: tuple[str, ...]) -> CaseDraft:
    for number, need in enumerate(wanted, 1):
        id, what = f"need-{number}", need.measure or need.group
        if number > 1:
            draft = draft.with_answer(MORE, what)
        named = _named(need, theirs, len(wanted))
        draft = draft.with_answer(THEIRS, named, id) if named else draft
        draft = draft.with_answer("kind", need.kind, id) if need.kind else draft
        if what and (number == 1 or need.kind):  # again where its kind was not the one of the first
            draft = draft.with_answer("measure" if need.measure else GROUP, what, id)
    return draft


def _named(need: Ticked, theirs: tuple[str, ...], needs: int) -> str | tuple[str, ...]:
    """The State of a need: its own, else the other one of the story; several only where there is one need."""
    if need.state:
        return need.state
    if need.elsewhere:
        return ""
    if len(theirs) == 1:
        return theirs[0]
    return theirs if needs == 1 else ""


def _needs_of(rulebook: Rulebook, fact: str, value: str, wanted: tuple[Ticked, ...]) -> tuple[str, ...]:
    """The needs of which a fact is true: all, but those whose measure presumes another value."""
    definition = rulebook.facts.get(fact)
    if definition is None or definition.of == "case" or len(wanted) < 2:
        return ("",)
    measures = [rulebook.measures.get(need.measure) for need in wanted]
    return tuple(
        f"need-{number}"
        for number, measure in enumerate(measures, 1)
        if measure is None or measure.presumes.get(fact, value) == value
    )


def _facts(form: FormData) -> dict[str, list[str]]:
    chosen: dict[str, list[str]] = {}
    for item in form.getlist("fact"):
        fact, _, value = str(item).partition("=")
        chosen.setdefault(fact, []).append(value)
    return chosen


def _code(rulebook: Rulebook, states: States, name: str) -> str:
    match = find_state(name, rulebook.words, states) if name else None
    return match.place.alpha3 if match else ""


def _states(form: FormData, *sides: str) -> tuple[str, ...]:
    return tuple(
        key.removeprefix(STATE_KEY)
        for key, value in form.items()
        if key.startswith(STATE_KEY) and value in sides
    )


def _wanted(form: FormData) -> tuple[Ticked, ...]:
    """The needs that were ticked, each with the State that stands beside it."""
    elsewhere = {str(item) for item in form.getlist("elsewhere")[:MOST_WANTS]}
    read = (WANTED.fullmatch(str(item)) for item in form.getlist("want")[:MOST_WANTS])
    return tuple(
        Ticked(
            match[2],
            match[3],
            str(form.get(f"from{match[1]}", "")).strip(),
            match[1] in elsewhere,
            str(form.get(f"kind{match[1]}", "")) if form.get(f"kind{match[1]}") in SAYS_OF_KIND else "",
        )
        for match in read
        if match is not None and (match[2] or match[3])
    )
