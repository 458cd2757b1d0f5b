"""What one need of a case tells another: that it is for what is passed on, or that it waits for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from routing.case.model import Need, Stated
from routing.core.domain import YES
from routing.core.records import replace
from routing.rulebook.model import PassedOn, Rulebook, WatchedFirst


def told_beside(
    needs: Sequence[Need], shared: Mapping[str, Stated], rulebook: Rulebook
) -> tuple[list[Need], list[str]]:
    """The needs with what others of the case tell of them, and what is said back of it.

    shared: what the case tells of every need.
    """
    notes: list[str] = []
    received = [_passed_on(need, needs, rulebook.passed_on, notes) for need in needs]
    return _waiting(received, shared, rulebook.watched_first, notes), notes


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


def _waiting(
    needs: list[Need], shared: Mapping[str, Stated], watched: WatchedFirst, notes: list[str]
) -> list[Need]:
    """The needs, of which those for what shows a person what we know wait where another is for what that
    person is not to notice; unless the case says itself whether they do."""
    asked = [need for need in needs if need.kind == "request"]
    quiet = [need.id for need in asked if need.measure in watched.quiet]
    waiting = [
        need.id
        for need in asked
        if quiet and need.measure in watched.open and watched.fact not in {*need.facts, *shared}
    ]
    if not waiting:
        return needs
    verb = "waits" if len(waiting) == 1 else "wait"
    notes.append(
        f"{_listed(waiting)} {verb} for {_listed(quiet)}, which the person is not to notice, unless it"
        f" presses; write `{watched.fact}: no` where it is about somebody else"
    )
    return [
        replace(need, facts={**need.facts, watched.fact: YES}) if need.id in waiting else need
        for need in needs
    ]


def _listed(ids: Sequence[str]) -> str:
    return " and ".join(f"`{name}`" for name in ids)
