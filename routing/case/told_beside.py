"""What one need of a case tells another: that it is for what is passed on, that it waits for it, or only that
it is there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from routing.case.model import Need, Stated
from routing.core.domain import YES
from routing.core.records import replace
from routing.rulebook.model import PassedOn, Rulebook, ToldBeside


def told_beside(
    needs: Sequence[Need], shared: Mapping[str, Stated], rulebook: Rulebook
) -> tuple[list[Need], list[str]]:
    """The needs with what others of the case tell of them, and what is said back of it.

    shared: what the case tells of every need.
    """
    notes: list[str] = []
    listed = [_passed_on(need, needs, rulebook.passed_on, notes) for need in needs]
    for signal in rulebook.told_beside:
        listed = _told_by_measure(listed, shared, signal, notes)
    return listed, notes


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
    needs: list[Need], shared: Mapping[str, Stated], signal: ToldBeside, notes: list[str]
) -> list[Need]:
    """The requests, of which those for a measure are told that another of the case is there; unless the case
    says itself whether that is so. What is to wait for another is said back."""
    asked = [need for need in needs if need.kind == "request"]
    telling = [need for need in asked if need.measure in signal.by and need.facts.get(signal.not_if) != YES]
    of = [
        need.id
        for need in asked
        if need.measure in signal.of
        and signal.fact not in {*need.facts, *shared}
        and any(need.id != it.id and (not signal.same_state or it.partner == need.partner) for it in telling)
    ]
    if of and signal.duty:
        by = [need.id for need in telling]
        verb = "waits" if len(of) == 1 else "wait"
        notes.append(
            f"{_listed(of)} {verb} for {_listed(by)}, which the person is not to notice, unless it"
            f" presses; write `{signal.fact}: no` where it is about somebody else"
        )
    return [
        replace(need, facts={**need.facts, signal.fact: YES}) if need.id in of else need for need in needs
    ]


def _listed(ids: Sequence[str]) -> str:
    return " and ".join(f"`{name}`" for name in ids)
