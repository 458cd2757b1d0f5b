"""What the law data say otherwise on two days, or in two folders, pair of States by pair."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from routing.case import Case, Need
from routing.conditions import leaves
from routing.facts import facts_of
from routing.frozen import Frozen
from routing.law import Law
from routing.law.profiles import profile
from routing.rulebook.forms import TIE
from routing.rulebook.model import Rulebook
from routing.verify.domains import CHOICE
from routing.vocabulary import UNKNOWN

LOOKED_UP = frozenset({"member_of", "not_member_of", "state"})
"""How facts are looked up that hang on the two States alone."""

Stands = tuple[tuple[str, str], ...]
"""Ties and facts, each with its value."""


class Day(Frozen):
    """The law as it stands on a day."""

    law: Law
    day: date


class Side(Frozen):
    """Two States in a case: ours, the other, and whether we are asked."""

    own: str
    other: str
    answering: bool


class Move(Frozen):
    """Ties and facts with their values before and after, and everyone for whom just these are said otherwise."""

    facts: tuple[tuple[str, str, str], ...]
    sides: tuple[Side, ...]

    @property
    def pairs(self) -> int:
        return len({frozenset((side.own, side.other)) for side in self.sides})

    def words(self) -> str:
        return ", ".join(f"{name.removeprefix(TIE)} {before} -> {after}" for name, before, after in self.facts)


def moves(rulebook: Rulebook, first: Day, second: Day) -> tuple[tuple[Move, ...], int]:
    """What is said otherwise, those for whom the same is together; and how many pairs of States there are."""
    states = sorted({place.alpha3 for place in first.law.states} & {place.alpha3 for place in second.law.states})
    turned = {name: _turned(name, states, first, second) for name in sorted({*asked_ties(rulebook), *_lists(rulebook)})}
    profiles = {state for state in states if _profile(first, state) != _profile(second, state)}
    touched = set(profiles).union(*turned.values())
    looked_up = {name for name in _lists(rulebook) if turned[name]}
    groups: dict[tuple[tuple[str, str, str], ...], list[Side]] = {}
    for one in states:
        for other in states:
            if one == other or not {one, other} & touched:
                continue
            ties = [name for name in asked_ties(rulebook) if {one, other} & turned[name]]
            facts = bool({one, other} & profiles) or any({one, other} & turned[name] for name in looked_up)
            for answering in (False, True):
                side = Side(one, other, answering)
                before, after = (dict(stands(rulebook, side, day, ties, facts)) for day in (first, second))
                apart = tuple((name, before[name], after[name]) for name in before if before[name] != after[name])
                if apart:
                    groups.setdefault(apart, []).append(side)
    found = [Move(facts, tuple(sides)) for facts, sides in groups.items()]
    return tuple(sorted(found, key=lambda move: (-len(move.sides), move.facts))), len(states) * (len(states) - 1) // 2


def asked_ties(rulebook: Rulebook) -> tuple[str, ...]:
    """The instruments of which some rule asks whether they bind."""
    asked = {getattr(leaf, "fact", "") for line in rulebook.plain for leaf in leaves(line.when)}
    return tuple(name for name in rulebook.instruments if TIE + name in asked)


def _lists(rulebook: Rulebook) -> tuple[str, ...]:
    """The lists on which a fact looks a State up."""
    named = [(fact.looked_up or {}).get(key, ()) for fact in rulebook.facts.values() for key in ("member_of", "not_member_of")]
    return tuple(sorted({name for one in named for name in ((one,) if isinstance(one, str) else one)}))


def _turned(name: str, states: Iterable[str], first: Day, second: Day) -> set[str]:
    """The States of which a list says something else."""
    entries = [day.law.instruments.get(name) for day in (first, second)]
    if None in entries:
        return set(states) if entries[0] is not entries[1] else set()
    if first.law is not second.law and (entries[0].hub != entries[1].hub or first.law.objections != second.law.objections):  # type: ignore[union-attr]
        return set(states)
    return {state for state in states if first.law.standing(name, state, first.day).status != second.law.standing(name, state, second.day).status}


def _profile(day: Day, state: str) -> Mapping[str, str]:
    return {key: entry["value"] for key, entry in profile(day.law.folder, state).items()}


def stands(rulebook: Rulebook, side: Side, day: Day, ties: Iterable[str], looked_up: bool = True) -> Iterator[tuple[str, str]]:
    """What the law data say between two States: these ties, and the facts that hang on the States alone."""
    for name in ties:
        if name in day.law.instruments:
            yield TIE + name, day.law.between(name, side.own, side.other, day.day).status
        else:
            yield TIE + name, UNKNOWN
    if looked_up:
        kind = "answer" if side.answering else "request"
        need = Need(id="n", kind=kind, measure=next(iter(rulebook.measures)), partner=side.other)
        facts = facts_of(Case(state=side.own, needs=(need,)), need, rulebook, day.law, day.day)
        for fact in rulebook.facts.values():
            if fact.looked_up and LOOKED_UP & set(fact.looked_up) and fact.type == CHOICE:
                value = facts.get(fact.id)
                yield fact.id, UNKNOWN if value is None else value.text()
