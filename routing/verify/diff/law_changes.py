"""What the law data say otherwise on two days, or in two folders, pair of States by pair."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import combinations

from routing.case.facts import facts_for
from routing.case.model import Case, Need
from routing.core.conditions import leaf_tests
from routing.core.domain import UNKNOWN
from routing.core.grouping import grouped
from routing.core.records import Record
from routing.law import Law
from routing.rulebook.model import Rulebook
from routing.rulebook.parse.conditions import TIE
from routing.verify.solver.domains import CHOICE

LOOKED_UP = frozenset({"member_of", "not_member_of", "state"})
"""How facts are looked up that hang on the two States alone."""

Role = tuple[bool, bool]
"""Whether a State is ours, and whether we are asked."""

ROLES: tuple[Role, ...] = ((True, False), (True, True), (False, False), (False, True))


class Day(Record):
    """The law as it stands on a day."""

    law: Law
    day: date


class StatePair(Record):
    """Two States in a case: ours, the other, and whether we are asked."""

    own: str
    partner: str
    answering: bool


class Move(Record):
    """Ties and facts with their values before and after, and everyone for whom just these are said
    otherwise."""

    facts: tuple[tuple[str, str, str], ...]
    sides: tuple[StatePair, ...]

    @property
    def pairs(self) -> int:
        return len({frozenset((side.own, side.partner)) for side in self.sides})

    def words(self) -> str:
        return ", ".join(
            f"{name.removeprefix(TIE)} {before} -> {after}" for name, before, after in self.facts
        )


def moves(rulebook: Rulebook, first: Day, second: Day) -> tuple[tuple[Move, ...], int]:
    """What is said otherwise, those for whom the same is together; and how many pairs of States there are."""
    states = sorted(
        {place.alpha3 for place in first.law.states} & {place.alpha3 for place in second.law.states}
    )
    turned = {name: _turned(name, states, first, second) for name in asked_ties(rulebook)}
    alone = {
        (state, role): _alone(rulebook, state, role, first, second) for state in states for role in ROLES
    }
    groups: dict[tuple[tuple[str, str, str], ...], list[StatePair]] = {}
    treaties = _treaties_turned(rulebook, first, second)
    for a, b in combinations(states, 2):
        ties = (
            *(
                (TIE + name, before, after)
                for name, those in turned.items()
                if a in those or b in those
                if (before := _tie(first, name, a, b)) != (after := _tie(second, name, a, b))
            ),
            *treaties.get((a, b), ()),
        )
        for side in (
            StatePair(a, b, False),
            StatePair(a, b, True),
            StatePair(b, a, False),
            StatePair(b, a, True),
        ):
            apart = (
                *ties,
                *alone[side.own, (True, side.answering)],
                *alone[side.partner, (False, side.answering)],
            )
            if apart:
                groups.setdefault(tuple(sorted(apart)), []).append(side)
    moves = [Move(facts, tuple(sides)) for facts, sides in groups.items()]
    return tuple(sorted(moves, key=lambda move: (-len(move.sides), move.facts))), len(states) * (
        len(states) - 1
    ) // 2


def _treaties_turned(
    rulebook: Rulebook, first: Day, second: Day
) -> dict[tuple[str, str], list[tuple[str, str, str]]]:
    """By pair of States, the facts looked up among treaties of two that are said otherwise."""
    pairs = {pair for day in (first, second) for pair in day.law.bilateral().pairs}
    return grouped(
        (pair, (name, before, after))
        for pair in pairs
        for (name, before), (_, after) in zip(
            _of_two(rulebook, pair, first), _of_two(rulebook, pair, second), strict=True
        )
        if before != after
    )


def _of_two(rulebook: Rulebook, pair: tuple[str, str], day: Day) -> Iterator[tuple[str, str]]:
    """The facts that are looked up among the treaties of two States."""
    for fact in rulebook.facts.values():
        if kind := (fact.looked_up or {}).get("bilateral"):
            own = day.law.own_treaty(kind, *pair, day.day)
            yield fact.id, UNKNOWN if own is None else own.answer


def _tie(day: Day, name: str, state: str, partner: str) -> str:
    return day.law.between(name, state, partner, day.day).status if name in day.law.instruments else UNKNOWN


def _alone(
    rulebook: Rulebook, state: str, role: Role, first: Day, second: Day
) -> tuple[tuple[str, str, str], ...]:
    """The facts of one State in its part that are said otherwise."""
    before, after = (dict(_of_state(rulebook, state, role, day)) for day in (first, second))
    return tuple((name, before[name], after[name]) for name in before if before[name] != after[name])


def _of_state(rulebook: Rulebook, state: str, role: Role, day: Day) -> Iterator[tuple[str, str]]:
    """The facts that hang on one State in its part."""
    ours, answering = role
    parts = {"own" if ours else "other", "requesting" if ours != answering else "requested"}
    need = Need(
        id="n",
        kind="answer" if answering else "request",
        measure=next(iter(rulebook.measures)),
        partner=None if ours else state,
    )
    facts = facts_for(Case(state=state if ours else None, needs=(need,)), need, rulebook, day.law, day.day)
    for fact in rulebook.facts.values():
        how = fact.looked_up or {}
        if LOOKED_UP & set(how) and fact.type == CHOICE and (how.get("who") or how.get("state")) in parts:
            value = facts.get(fact.id)
            yield fact.id, UNKNOWN if value is None else value.text()


def asked_ties(rulebook: Rulebook) -> tuple[str, ...]:
    """The instruments of which some rule asks whether they bind."""
    asked = {getattr(leaf, "fact", "") for line in rulebook.plain for leaf in leaf_tests(line.when)}
    return tuple(name for name in rulebook.instruments if TIE + name in asked)


def _turned(name: str, states: Iterable[str], first: Day, second: Day) -> set[str]:
    """The States of which a list says something else."""
    before, after = (day.law.instruments.get(name) for day in (first, second))
    if before is None or after is None:
        return set(states) if before is not after else set()
    if first.law is not second.law and (
        before.hub != after.hub or first.law.objections != second.law.objections
    ):
        return set(states)
    return {
        state
        for state in states
        if first.law.standing(name, state, first.day).status
        != second.law.standing(name, state, second.day).status
    }


def stands(rulebook: Rulebook, side: StatePair, day: Day, ties: Iterable[str]) -> Iterator[tuple[str, str]]:
    """What the law data say between two States: these ties, their own treaties, and the facts that hang on
    the States alone."""
    yield from ((TIE + name, _tie(day, name, side.own, side.partner)) for name in ties)
    yield from _of_two(rulebook, (side.own, side.partner), day)
    yield from _of_state(rulebook, side.own, (True, side.answering), day)
    yield from _of_state(rulebook, side.partner, (False, side.answering), day)
