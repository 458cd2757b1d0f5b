"""The grid of the world: for each measure, each requesting and each requested State, what the rules conclude.

All needs are requests, and say what a profile says of the case; of the rest what is usual is presumed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from routing.core.domain import KINDS_OF_NEED
from routing.evaluate.columnar.evaluator import MAIN, ColumnarEvaluator
from routing.evaluate.columnar.machine import flags_of
from routing.evaluate.columnar.needs import Needs, needs_of
from routing.law import Law
from routing.opened import Router
from routing.plan.columnar.answers import ColumnarAnswers

NONE, OPEN, CONFIRMED = 0, 1, 2
"""Of a pair and a measure: no lawful route is left, one may be there, one surely is."""
Progress = Callable[[int, float], None]


@dataclass
class Grid:
    """status: by measure, requesting and requested State, shape (measures, states, states), the diagonal
    NONE.

    route: the same shape, the place of the route shown in the rulebook's routes. states: codes, in order.
    """

    router: Router
    day: date
    states: tuple[str, ...]
    measures: tuple[str, ...]
    status: Any
    route: Any

    @property
    def instrument(self) -> Any:
        """By route, the place in `instruments` of the one that leads it."""
        return np.array([self.instruments.index(name) for name in self._leads], np.int16)

    @property
    def _leads(self) -> list[str]:
        return [route.lead[0].split(" ")[0] for route in self.router.rulebook.routes.values()]

    @property
    def instruments(self) -> list[str]:
        """The instruments that lead some route."""
        return list(dict.fromkeys(self._leads))

    def confirmed(self) -> dict[str, int]:
        """By measure, how many pairs have a confirmed route."""
        return {m: int((self.status[i] == CONFIRMED).sum()) for i, m in enumerate(self.measures)}


def sovereign(law: Law) -> tuple[str, ...]:
    """The codes of all States; territories are left out."""
    return tuple(sorted(place.alpha3 for place in law.states if place.parent is None))


def world(
    router: Router,
    law: Law,
    day: date,
    facts: Mapping[str, object] | None = None,
    measures: Sequence[str] | None = None,
    progress: Progress = lambda done, share: None,
) -> Grid:
    """The grid on a day. law: as it is or as it is supposed to be. facts: as a case file states them.

    Raises CaseProblems for facts that cannot be read.
    """
    evaluator = ColumnarEvaluator(router.rulebook, law)
    states = sovereign(law)
    size = len(states)
    chosen = tuple(measures or router.rulebook.measures)
    requesting, requested = (side.ravel() for side in np.indices((size, size)))
    off = requesting != requested
    status = np.zeros((len(chosen), size * size), np.int8)
    route = np.zeros((len(chosen), size * size), np.int16)
    done = 0
    for number, (answers, rows) in enumerate(
        answered(evaluator, router, day, facts or {}, chosen, states, requesting[off], requested[off])
    ):
        statuses = np.zeros(len(rows), np.int8)
        statuses[flags_of(answers.result.open, len(rows))] = OPEN
        statuses[
            flags_of(answers.result.sure & ~answers.result.shown[answers.result.ways[-1]], len(rows))
        ] = CONFIRMED
        status[number, off] = statuses
        routes = np.zeros(len(rows), np.int16)
        places = {name: place for place, name in enumerate(router.rulebook.routes)}
        for (_, name, _), bits in answers.primary():
            routes[flags_of(bits, len(rows))] = places[name]
        route[number, off] = routes
        done += len(rows)
        progress(done, (number + 1) / len(chosen))
    shape = (len(chosen), size, size)
    return Grid(router, day, states, chosen, status.reshape(shape), route.reshape(shape))


def answered(
    evaluator: ColumnarEvaluator,
    router: Router,
    day: date,
    facts: Mapping[str, object],
    measures: Sequence[str],
    states: Sequence[str],
    requesting: Any,
    requested: Any,
) -> Iterator[tuple[ColumnarAnswers, Any]]:
    tables = evaluator.tables
    places = np.array([tables.place[code] for code in states], np.int32)
    names = list(router.rulebook.measures)
    for measure in measures:
        case = router.read({**facts, "needs": [{"measure": measure}]})
        template = needs_of([(case, case.needs[0])], tables, day)
        count = len(requesting)

        def same(columns: Mapping[str, Any], count: int = count) -> dict[str, Any]:
            return {name: np.repeat(column, count) for name, column in columns.items()}

        needs = Needs(
            np.full(count, names.index(measure), np.int32),
            np.full(count, KINDS_OF_NEED.index("request"), np.int32),
            places[requesting],
            places[requested],
            np.full(count, day.toordinal(), np.int32),
            np.zeros(count, np.int32),
            same(template.stated),
            same(template.ties),
            same(template.days),
            bonds=same(template.bonds),
        )
        yield (
            ColumnarAnswers(evaluator.result(needs, measure, "request", day, np.arange(count), MAIN)),
            needs.own,
        )
