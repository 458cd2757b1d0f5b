"""Whether what the law data say otherwise changes a plan: for every case of one need between real States."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from routing.case.model import Case
from routing.core.conditions import Is
from routing.core.domain import ASSUMED_MAIN_STEP, NO_STEP_ASSUMED
from routing.core.records import Record, replace
from routing.rulebook.model import Rulebook
from routing.verify.diff.law_changes import Day, Move, StatePair, asked_ties, moves, stands
from routing.verify.diff.observables import KINDS, Observable, watches
from routing.verify.diff.rulebooks import Shift
from routing.verify.solver.assumed_main_step import as_planned
from routing.verify.solver.domains import CHOICE, FactShape, shapes_of
from routing.verify.solver.encoding import SolverModel, View
from routing.verify.solver.session import GaveUp, Questions
from routing.verify.solver.terms import Term, conj, disj
from routing.verify.solver.witness import case_of, says, smallest
from routing.verify.statements import Statements

# patterns in which every kind of change is looked for; of others it is asked only whether some plan changes
MOST_SEARCHED = 3
MOST_SIDES = 40  # pairs of States, no two of them alike, that are tried for one pattern and one measure
CHUNK = 20  # sides put to the solver together
MOST_MEASURES = 8
MOST_AT_ONCE = 20  # patterns of ties; the next are looked at only while no plan changes


class Moved(Record):
    """The answer. shifts: the kinds of change. changing, idle: what is said otherwise, by whether a plan
    changes for it.

    open: those of which this was not shown, because they concern too many pairs. unread: how many further
    patterns were not looked at, because plans change anyhow. pairs: how many pairs of States there are.
    """

    shifts: tuple[Shift, ...]
    changing: tuple[Move, ...]
    idle: tuple[Move, ...]
    open: tuple[Move, ...]
    unread: int
    pairs: int
    gave_up: tuple[str, ...]

    @property
    def changes(self) -> bool:
        """Whether some plan changes."""
        return bool(self.changing)

    @property
    def none(self) -> bool:
        """Whether it is proved that nothing changes for any real pair of States."""
        return not (self.changing or self.open or self.gave_up)


def compared_days(
    rulebook: Rulebook,
    statements: Statements,
    first: Day,
    second: Day,
    seconds: float = 30.0,
    progress: Callable[[str], None] = lambda measure: None,
) -> Moved:
    """Compare the plans under two states of the law data; the rules are the same."""
    every, count = moves(rulebook, first, second)
    seen = _Seen(rulebook, first, second)
    gave_up: list[str] = []
    read = 0
    while read < len(every) and not seen.changing:
        now, read = every[read : read + MOST_AT_ONCE], min(read + MOST_AT_ONCE, len(every))
        for measure in _spread(tuple(rulebook.measures)):
            if measure is None:
                if seen.changing:
                    seen.open |= set(now)
                    break
                continue
            try:
                session = _Days(rulebook, statements, measure, int(seconds * 1000))
                for place, move in enumerate(now):
                    if place < MOST_SEARCHED or move not in seen.changing:
                        session.examine(move, seen)
            except GaveUp:
                gave_up.append(measure)
            progress(measure)
    unsettled = seen.open - seen.changing.keys()
    changing, idle, left = (
        tuple(move for move in every[:read] if move in those)
        for those in (seen.changing, set(every) - seen.changing.keys() - unsettled, unsettled)
    )
    return Moved(seen.shifts(), changing, idle, left, len(every) - read, count, tuple(dict.fromkeys(gave_up)))


def _spread(measures: tuple[str, ...]) -> Iterator[str | None]:
    """Some measures from all over the list, then None, then the others: where those show a change, it is
    shown enough."""
    first = measures[:: max(len(measures) // MOST_MEASURES, 1)]
    yield from (*first, None, *(measure for measure in measures if measure not in first))


class _Seen:
    """What was found so far. cases: for each kind the smallest case, what moves in it, and why."""

    def __init__(self, rulebook: Rulebook, first: Day, second: Day) -> None:
        self.rulebook, self.first, self.second = rulebook, first, second
        self.changing: dict[Move, set[str]] = {}
        self.by_kind: dict[str, Shift] = {}
        self.open: set[Move] = set()
        self._ties = asked_ties(rulebook)
        self._stands: dict[StatePair, tuple[tuple[str, str], ...]] = {}

    def stands(self, side: StatePair) -> tuple[tuple[str, str], ...]:
        """What the law data say of two States on the first day."""
        if side not in self._stands:
            self._stands[side] = tuple(stands(self.rulebook, side, self.first, self._ties))
        return self._stands[side]

    def unlike(self, move: Move) -> tuple[tuple[StatePair, ...], bool]:
        """Sides for whom the law data differ otherwise as well, as many as are tried, and whether these are
        all."""
        unlike: dict[tuple[object, ...], StatePair] = {}
        for side in move.sides:
            if len(unlike) == MOST_SIDES:
                return tuple(unlike.values()), False
            unlike.setdefault((side.answering, self.stands(side)), side)
        return tuple(unlike.values()), True

    def shifts(self) -> tuple[Shift, ...]:
        touched = {
            kind: sum(move.pairs for move, kinds in self.changing.items() if kind in kinds)
            for kind in self.by_kind
        }
        return tuple(
            replace(self.by_kind[kind], touched=touched[kind]) for kind in KINDS if kind in self.by_kind
        )


class _Days(Questions[str]):
    """One measure: the rules are the same before and after, what is looked up is not."""

    def __init__(self, rulebook: Rulebook, statements: Statements, measure: str, milliseconds: int) -> None:
        self.rulebook, self.measure = rulebook, measure
        shapes = {
            **shapes_of(rulebook, *statements.conditions()),
            ASSUMED_MAIN_STEP: FactShape(
                ASSUMED_MAIN_STEP, CHOICE, (NO_STEP_ASSUMED, *rulebook.pathways), always=True
            ),
        }
        self.model = SolverModel(
            rulebook,
            measure,
            shapes,
            tuple(constraint.holds for constraint in statements.constraints),
            milliseconds,
            taking=True,
        )
        self.watches = watches(rulebook, rulebook)

    def examine(self, move: Move, seen: _Seen) -> None:
        """Whether some case of this measure, between two of these States, has another plan."""
        names = [name for name, _, _ in move.facts if self.model.fixed_value(name) is None]
        reached = self.model.reached_from(names)
        shown = [watch for watch in self.watches if watch.hangs_on(reached)]
        kinds = [kind for kind in dict.fromkeys(watch.kind for watch in shown) if kind not in seen.by_kind]
        if not kinds and move not in seen.changing:
            kinds = list(dict.fromkeys(watch.kind for watch in shown))
        if not kinds:
            return
        with self.model.scope():
            later = self.model.variant(names)
            before = self._stand(self.model.view, ((name, old) for name, old, _ in move.facts))
            after = self._stand(later, ((name, new) for name, _, new in move.facts))
            moved = {
                kind: disj(watch.moved(self.model.view, later) for watch in shown if watch.kind == kind)
                for kind in kinds
            }
            if not self.satisfiable(before, after, disj(moved.values())):
                return
            unlike, every = seen.unlike(move)
            for start in range(0, len(unlike), CHUNK):
                sides = [(side, self._side(side, seen)) for side in unlike[start : start + CHUNK]]
                real = disj(term for _, term in sides)
                for kind in kinds:
                    if kind not in seen.changing.get(move, ()) and self.satisfiable(after, real, moved[kind]):
                        seen.changing.setdefault(move, set()).add(kind)
                        if kind not in seen.by_kind:
                            side, at = next((side, term) for side, term in sides if self.true_now(term))
                            of_kind = [watch for watch in shown if watch.kind == kind]
                            self._keep(kind, of_kind, conj((at, after, moved[kind])), move, side, seen)
                if move in seen.changing:
                    return
            if not every:
                seen.open.add(move)

    def _stand(self, view: View, facts: Iterable[tuple[str, str]]) -> Term:
        return conj(
            says(view.domain(name), word) for name, word in facts if self.model.fixed_value(name) is None
        )

    def _side(self, side: StatePair, seen: _Seen) -> Term:
        """That the case is one of these States on the first day."""
        kind = self.model.view.truth(
            Is("kind", frozenset({"answer"} if side.answering else {"request", "share", "use"}))
        )[0]
        return conj((kind, self._stand(self.model.view, seen.stands(side))))

    def _keep(
        self, kind: str, shown: list[Observable], term: Term, move: Move, side: StatePair, seen: _Seen
    ) -> None:
        stood = {name for name, _ in seen.stands(side)}
        hanging = [fact.id for fact in seen.rulebook.facts.values() if fact.presumed and fact.presumed.unless]
        with self.model.scope():
            self.model.solver.add(term)
            (stated,) = smallest(self, (self.model.view,), True, hanging, stood)
        pair = (side.partner, side.own) if side.answering else (side.own, side.partner)
        case = case_of(stated, seen.rulebook, f"{kind}: {self.measure}", pair)
        readings = [as_planned(case, seen.rulebook, day.law, day.day) for day in (seen.first, seen.second)]
        items = tuple(watch.what for watch in shown if watch.moved(*readings) is True)
        cases: tuple[Case, ...] = (case,) if items else ()
        seen.by_kind[kind] = Shift(kind, items, (move.words(),), (str(self.measure),), cases, 0)
