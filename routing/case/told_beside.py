"""What one need of a case tells another: that it is for what is passed on, that it waits for it, or only that
it is there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter

from routing.case.model import Need, Stated
from routing.core.domain import NO, YES
from routing.core.printable import every_of
from routing.core.records import replace
from routing.rulebook.model import PassedOn, Rulebook, ToldBeside

LISTED = re.compile(r"\s*[,;+]\s*|\s+and\s+", re.IGNORECASE)


def told_beside(
    needs: Sequence[Need], shared: Mapping[str, Stated], rulebook: Rulebook
) -> tuple[list[Need], list[str]]:
    """The needs with what others of the case tell of them, and what is said back of it.

    shared: what the case tells of every need.
    """
    notes: list[str] = []
    listed = [_passed_on(need, needs, rulebook.passed_on, notes) for need in needs]
    listed = [replace(need, awaits=_named_needs(need, needs, rulebook)) for need in listed]
    for signal in rulebook.told_beside:
        if signal.denied:
            listed = _denied_beside(listed, signal, notes)
        elif signal.named_in:
            listed = [_told_by_name(need, signal) for need in listed]
        else:
            listed = _told_by_measure(listed, shared, signal, notes)
    return listed, notes


def _named_needs(need: Need, needs: Sequence[Need], rulebook: Rulebook) -> tuple[str, ...]:
    """The ids of the other needs that a need names as those it waits for."""
    ids = (it for name in _names(need, rulebook) for it in _meant(name, need, needs))
    return tuple(dict.fromkeys(ids))


def wrongly_named(needs: Sequence[Need], rulebook: Rulebook) -> Iterator[tuple[Need, str]]:
    """What is wrong where needs name those they wait for, with the need: a name that no further need of the
    case has, and needs that wait for each other."""
    for need in needs:
        for name in _names(need, rulebook):
            if not _meant(name, need, needs):
                yield need, f"need `{need.id}` waits for `{name}`, which is not another need of the case"
    try:
        TopologicalSorter({need.id: _named_needs(need, needs, rulebook) for need in needs}).prepare()
    except CycleError as error:
        ring = every_of(list(dict.fromkeys(error.args[1])))
        yield next(need for need in needs if need.id in error.args[1]), f"{ring} wait for each other"


def _names(need: Need, rulebook: Rulebook) -> Iterator[str]:
    for signal in rulebook.told_beside:
        if signal.named_in and (value := need.facts.get(signal.named_in)):
            yield from (name for name in LISTED.split(str(value).strip()) if name)


def _meant(name: str, need: Need, needs: Sequence[Need]) -> list[str]:
    """The ids of the needs beside this one that a name stands for: an id, also of what was parted into
    several, or a measure."""
    beside = [it for it in needs if it.id != need.id]
    called = name.casefold()
    return (
        [it.id for it in beside if it.id.casefold() == called]
        or [it.id for it in beside if it.id.casefold().startswith(f"{called}-")]
        or [it.id for it in beside if it.measure.replace("_", " ") == called.replace("_", " ")]
    )


def _told_by_name(need: Need, signal: ToldBeside) -> Need:
    """The need, told that it waits, where it names another of the case for which it does."""
    if not need.awaits:
        return need
    return replace(need, facts={**need.facts, signal.fact: YES})


def _passed_on(need: Need, needs: Sequence[Need], passing_on: PassedOn | None, notes: list[str]) -> Need:
    """The need, as one for what another State gave, where another need of the case says that this is
    to be passed on; unless it says itself whether it is."""
    if passing_on is None or need.kind not in passing_on.kinds or need.measure not in passing_on.measures:
        return need
    of_another = need.facts.get(passing_on.of_another)
    in_use = (use for use in needs if use.kind == "use" and use.partner != need.partner)
    given = next((use for use in in_use if use.facts.get(passing_on.handed_on) == YES), None)
    if given is None or of_another not in (None, YES):
        return need
    if of_another is None:
        notes.append(
            f"Need `{need.id}` is read as one for what need `{given.id}` says that another State gave;"
            f" write `{passing_on.of_another}: no` there if it is not"
        )
    taken_over = {passing_on.owner_agrees} & given.facts.keys() - need.facts.keys()
    agreed = {fact: given.facts[fact] for fact in taken_over}
    assumed = {passing_on.of_another: YES, passing_on.owner_asked: YES}
    return replace(need, facts={**need.facts, **assumed, **agreed})


def _told_by_measure(
    needs: list[Need],
    shared: Mapping[str, Stated],
    signal: ToldBeside,
    notes: list[str],
) -> list[Need]:
    """The requests, of which those for a measure are told that another, or a use, of the case is there;
    unless the case says itself whether that is so, or that one waits for the other. What is to wait is
    said back."""
    asked = [need for need in needs if need.kind == "request"]
    able = (need for need in needs if need.kind in ("request", "use"))
    telling = [need for need in able if need.measure in signal.by and _tells(need, shared, signal)]
    of = [
        need.id
        for need in asked
        if need.measure in signal.of
        and signal.fact not in {*need.facts, *shared}
        and any(_beside(need, it, signal) for it in telling)
    ]
    if of and signal.duty:
        by = [need.id for need in telling]
        verb = "waits" if len(of) == 1 else "wait"
        notes.append(
            f"{every_of(of)} {verb} for {every_of(by)}, which the person is not to notice, unless it"
            f" presses; write `{signal.fact}: no` where it is about somebody else"
        )
    return [
        replace(need, facts={**need.facts, signal.fact: YES}) if need.id in of else need for need in needs
    ]


def _denied_beside(needs: list[Need], signal: ToldBeside, notes: list[str]) -> list[Need]:
    """The requests, of which those for a measure are told that what others say of the case is not so of
    them, as these all go to States elsewhere. It is said back."""
    saying = (it for it in needs if it.facts.get(signal.fact) == YES and it.partner)
    telling = [it for it in saying if it.measure in signal.by]
    of = [
        need.id
        for need in needs
        if telling and need.kind == "request" and need.partner
        if need.measure in signal.of and signal.fact not in need.facts
        if all(_beside(need, it, signal) for it in telling)
    ]
    if of:
        notes.append(
            f"{every_of(of)}: `{signal.fact}` is read as said of {every_of([it.id for it in telling])} alone;"
            f" write `{signal.fact}: yes` there too if it is so"
        )
    return [replace(it, facts={**it.facts, signal.fact: NO}) if it.id in of else it for it in needs]


def _tells(need: Need, shared: Mapping[str, Stated], signal: ToldBeside) -> bool:
    """Whether a need tells what a need for its measure may tell."""
    stated = {**shared, **need.facts}
    return stated.get(signal.not_if) != YES and (not signal.only_if or stated.get(signal.only_if) == YES)


def _beside(need: Need, teller: Need, signal: ToldBeside) -> bool:
    """Whether one need stands beside another as what it tells wants it: they do not wait for each other, and
    go to one State or to two."""
    if need.id == teller.id or teller.id in need.awaits or need.id in teller.awaits:
        return False
    is_of_one_state = teller.partner == need.partner
    return {YES: is_of_one_state, NO: not is_of_one_state}.get(signal.same_state, True)
