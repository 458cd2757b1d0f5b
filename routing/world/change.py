"""What a ratification would change: the pairs gained, and which single one would help a State most."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import numpy as np

from routing.core.kinds import TREATY
from routing.core.records import Record
from routing.evaluate.columnar.evaluator import ColumnarEvaluator
from routing.evaluate.columnar.law_tables import LawTables
from routing.law import Law
from routing.law.supposed import supposed
from routing.opened import Router
from routing.rulebook.parse.conditions import TIE
from routing.world.grid import CONFIRMED, NONE, OPEN, Grid, answered, sovereign


class Gained(Record):
    """Of one measure: pairs that gain a confirmed route, that lose one, and that are no longer without
    any."""

    measure: str
    confirmed: int
    lost: int
    opened: int


def gained(before: Grid, after: Grid) -> tuple[Gained, ...]:
    """What differs between two grids, the measures that gain most first."""
    gains = []
    for place, measure in enumerate(before.measures):
        was, now = before.status[place], after.status[place]
        gains.append(
            Gained(
                measure,
                int(((was != CONFIRMED) & (now == CONFIRMED)).sum()),
                int(((was == CONFIRMED) & (now != CONFIRMED)).sum()),
                int(((was == NONE) & (now >= OPEN)).sum()),
            )
        )
    return tuple(sorted(gains, key=lambda item: (-item.confirmed, -item.opened, item.measure)))


class Ranked(Record):
    """What joining one instrument would bring a State: pairs and measures with a confirmed route, now and
    then."""

    instrument: str
    now: int
    then: int

    @property
    def gain(self) -> int:
        return self.then - self.now


def ranking(
    router: Router,
    law: Law,
    state: str,
    day: date,
    facts: dict[str, object] | None = None,
    measures: Sequence[str] | None = None,
    progress: Callable[[int, float], None] = lambda done, share: None,
) -> tuple[Ranked, ...]:
    """Every treaty that does not bind a State yet, by how much joining it would bring, best first.

    Counted are confirmed routes in both directions, over all other States and the measures given. Whether a
    treaty is open to the State is for the reader to see: `routing law instrument` says for whom it is.
    """
    base = ColumnarEvaluator(router.rulebook, law)
    code = law.states.code(state)
    now = _around(base, router, code, day, facts or {}, measures)
    ranked = []
    able = [
        name
        for name in sorted({test.removeprefix(TIE) for test in base.tables.codings if test.startswith(TIE)})
        if name in law.instruments
        and law.instruments[name].kind == TREATY
        and law.instruments[name].hub is None
        and law.standing(name, code, day).status != "in_force"
        and not law.dormant(name, day)
    ]
    for number, name in enumerate(able):
        joined = ColumnarEvaluator(router.rulebook, supposed(law, [(name, code)], {}))
        joined._programs = base._programs  # the rules are the same
        _share(base.tables, joined.tables, name)
        then = _around(joined, router, code, day, facts or {}, measures)
        ranked.append(Ranked(name, now, then))
        progress(number + 1, (number + 1) / len(able))
    return tuple(sorted(ranked, key=lambda item: (-item.gain, item.instrument)))


def _around(
    evaluator: ColumnarEvaluator,
    router: Router,
    state: str,
    day: date,
    facts: dict[str, object],
    measures: Sequence[str] | None,
) -> int:
    """How many pairs with a State, and measures, have a confirmed route."""
    states = sovereign(evaluator.law)
    own = states.index(state) if state in states else 0
    others = np.array([place for place in range(len(states)) if place != own])
    mine = np.full(len(others), own)
    requesting, requested = np.concatenate((mine, others)), np.concatenate((others, mine))
    count = 0
    chosen = tuple(measures or router.rulebook.measures)
    for answers, rows in answered(evaluator, router, day, facts, chosen, states, requesting, requested):
        result = answers.result
        bits = result.sure & ~result.shown[result.ways[-1]]
        count += int(np.unpackbits(bits.view(np.uint8), count=len(rows), bitorder="little").sum())
    return count


def _share(base: LawTables, supposed: LawTables, changed: str) -> None:
    """Let tables that do not rest on a changed instrument be used by both."""
    law, rulebook = base.law, base.rulebook

    def rests_on_changed(fact: str) -> bool:
        """Whether a looked-up fact is read from the list of the changed instrument."""
        how = rulebook.facts[fact].looked_up or {} if fact in rulebook.facts else {}
        lists = how.get("member_of") or how.get("not_member_of") or ()
        return changed in ([lists] if isinstance(lists, str) else lists) or fact.endswith(f" of {changed}")

    def hub_side(name: str) -> str | None:
        """The instrument whose members stand on one side of a bloc agreement."""
        entry = law.instruments.get(name)
        return entry.hub.side if entry is not None and entry.hub is not None else None

    circles = {
        name
        for name, entry in law.instruments.items()
        if entry.circle is not None and changed in entry.circle.members_of
    }
    changing = {changed, *circles}
    for day, tables in base._ties.items():
        supposed._ties[day] = {
            name: table
            for name, table in tables.items()
            if name not in changing and hub_side(name) not in changing
        }
    for day, tables in base._states.items():
        supposed._states[day] = {
            name: table
            for name, table in tables.items()
            if not rests_on_changed(name) and not any(name.endswith(f" of {item}") for item in changing)
        }
