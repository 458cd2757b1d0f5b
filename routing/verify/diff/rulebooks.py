"""What changes in the plans between two rulebooks: the kinds of change, each with the smallest case, or a
proof of none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from routing.case.model import Case
from routing.core.records import Record
from routing.evaluate.reference import Reference
from routing.law import Law
from routing.rulebook.model import Rulebook
from routing.rulebook.parse.conditions import TIE
from routing.verify.diff.attribution import responsible
from routing.verify.diff.observables import KINDS, PRESUMED, Observable, watches
from routing.verify.diff.paired_models import PairedModels, RulebookVersion, readable_by_one
from routing.verify.pool import cores, shared_out
from routing.verify.solver.assumed_main_step import as_planned
from routing.verify.solver.session import GaveUp
from routing.verify.solver.terms import Term, conj, disj
from routing.verify.solver.witness import MEASURE, StatedFacts, case_of, real_pairs, says, silent, smallest

ENOUGH = 2  # measures in which the smallest case of one kind is looked for


class MeasureChange(Record):
    """One kind of change in one measure. cases: before and after. stated: how many facts the case states.
    touched: how many of the sample."""

    kind: str
    measure: str
    items: tuple[str, ...]
    rules: tuple[str, ...] = ()
    cases: tuple[Case, ...] = ()
    stated: int = 0
    touched: int = 0


class ExaminedMeasure(Record):
    """One measure. alike: both rulebooks have the same plain rules for it. sampled: how many cases were
    drawn."""

    measure: str
    alike: bool
    sampled: int = 0
    changes: tuple[MeasureChange, ...] = ()
    gave_up: bool = False


class Shift(Record):
    """One kind of change. items: what changes. rules: those responsible in the case. measures: where."""

    kind: str
    items: tuple[str, ...]
    rules: tuple[str, ...]
    measures: tuple[str, ...]
    cases: tuple[Case, ...]
    touched: int


class ShownElsewhere(Record):
    """What other measures showed already, by kind of change: how many cases, and which items."""

    cases: dict[str, int]
    items: dict[str, set[str]]


class RulebookDifference(Record):
    """Everything that changes. only_one: what a case can say to one rulebook alone. alike: measures whose
    plain rules are the same."""

    shifts: tuple[Shift, ...]
    only_one: tuple[str, ...]
    measures: int
    alike: int
    sampled: int
    gave_up: tuple[str, ...]

    @property
    def changes(self) -> bool:
        """Whether some plan changes, or what a case can say."""
        return bool(self.shifts or self.only_one)

    @property
    def none(self) -> bool:
        """Whether it is proved that nothing changes."""
        return not (self.changes or self.gave_up)


def difference(
    old: RulebookVersion,
    new: RulebookVersion,
    seconds: float = 30.0,
    jobs: int | None = None,
    progress: Callable[[str], None] = lambda measure: None,
) -> RulebookDifference:
    """Compare two rulebooks on every case of one need that both can read."""
    measures = [measure for measure in old.rulebook.measures if measure in new.rulebook.measures]
    seen: list[ExaminedMeasure] = []
    shared = ShownElsewhere({}, {})
    for examined in _examined(old, new, measures, int(seconds * 1000), jobs, shared):
        seen.append(examined)
        for change in examined.changes:
            shared.cases[change.kind] = shared.cases.get(change.kind, 0) + bool(change.cases)
            shared.items.setdefault(change.kind, set()).update(change.items)
        progress(examined.measure)
    return RulebookDifference(
        tuple(
            _shift(kind, [change for each in seen for change in each.changes if change.kind == kind])
            for kind in KINDS
            if any(change.kind == kind for each in seen for change in each.changes)
        ),
        tuple(readable_by_one(old.rulebook, new.rulebook)),
        len(measures),
        sum(each.alike for each in seen),
        sum(each.sampled for each in seen),
        tuple(each.measure for each in seen if each.gave_up),
    )


def _shift(kind: str, changes: list[MeasureChange]) -> Shift:
    best = min(
        (change for change in changes if change.cases),
        key=lambda change: (change.stated, change.measure),
        default=changes[0],
    )
    return Shift(
        kind,
        tuple(sorted({item for change in changes for item in change.items})),
        best.rules,
        tuple(change.measure for change in changes),
        best.cases,
        sum(change.touched for change in changes),
    )


_shared: dict[str, tuple[RulebookVersion, RulebookVersion]] = {}


def _examined(
    old: RulebookVersion,
    new: RulebookVersion,
    measures: list[str],
    milliseconds: int,
    jobs: int | None,
    shared: ShownElsewhere,
) -> Iterator[ExaminedMeasure]:
    count = min(jobs or cores(), len(measures))
    if count <= 1:
        for measure in measures:
            yield examine(old, new, measure, milliseconds, shared)
        return
    parts = shared_out(
        measures, count, _share, (old, new), _examine_shared, lambda measure: (measure, milliseconds, shared)
    )
    yield from (examined for _, examined in parts)


def _share(old: RulebookVersion, new: RulebookVersion) -> None:
    _shared["now"] = (old, new)


def _examine_shared(measure: str, milliseconds: int, shared: ShownElsewhere) -> ExaminedMeasure:
    return examine(*_shared["now"], measure, milliseconds, shared)


def examine(
    old: RulebookVersion, new: RulebookVersion, measure: str, milliseconds: int, shared: ShownElsewhere
) -> ExaminedMeasure:
    """What changes in one measure."""
    paired = PairedModels(old, new, measure, milliseconds)
    loud = _loud(paired)
    shown = [
        watch
        for watch in watches(old.rulebook, new.rulebook)
        if not watch.told_alike or watch.hangs_on(paired.unlike)
    ]
    if not shown and not loud:
        return ExaminedMeasure(measure, alike=not paired.unlike)
    possible = paired.samples_later.possible
    finder = _Finder(paired, (Law.load(old.rulebook.source), Law.load(new.rulebook.source)), shown, loud)
    changes: list[MeasureChange] = []
    try:
        for kind in dict.fromkeys(watch.kind for watch in shown):
            change = finder.kind(
                kind, possible, shared.items.get(kind, set()), shared.cases.get(kind, 0) < ENOUGH
            )
            changes += [change] if change else []
        for name in loud:
            change = finder.presumed(name, watches(old.rulebook, new.rulebook))
            changes += [change] if change else []
    except GaveUp:
        return ExaminedMeasure(measure, False, possible.bit_count(), tuple(changes), gave_up=True)
    return ExaminedMeasure(measure, not paired.unlike, possible.bit_count(), tuple(changes))


def _loud(paired: PairedModels) -> tuple[str, ...]:
    """Facts of which the two rulebooks take something else where a case is silent."""
    return tuple(
        name
        for name in paired.model.shapes
        if name in paired.old.facts
        and name in paired.new.facts
        and paired.model.fixed_value(name) is None
        and paired.later.fixed_value(name) is None
        and silent(paired.old, paired.measure, name) != silent(paired.new, paired.measure, name)
    )


class _Finder:
    """Looks for changes in one measure, and for cases that show them."""

    def __init__(
        self, paired: PairedModels, laws: tuple[Law, Law], shown: Iterable[Observable], loud: tuple[str, ...]
    ) -> None:
        self.paired, self.laws, self.loud = paired, laws, loud
        self.shown = tuple(shown)
        self.day = date.fromisoformat(paired.new.data_date)

    def kind(self, kind: str, possible: int, seen: set[str], with_case: bool) -> MeasureChange | None:
        """One kind of change, if some case that both can read shows it. seen: what other measures showed
        already."""
        paired = self.paired
        of_kind = [watch for watch in self.shown if watch.kind == kind]
        samples = {watch.what: watch.moved(paired.samples, paired.samples_later) for watch in of_kind}
        met = {what for what, term in samples.items() if _bits(term) & possible}
        terms = {watch.what: watch.moved(*paired.views) for watch in of_kind}
        met |= paired.reachable({what: term for what, term in terms.items() if what not in met | seen})
        if not met and not paired.satisfiable(disj(term for what, term in terms.items() if what in seen)):
            return None
        touched = (_bits(disj(samples.values())) & possible).bit_count()
        items = tuple(what for what in terms if what in met)
        if not with_case:
            return MeasureChange(kind, paired.measure, items, touched=touched)
        stated, cases, rules = self._case(of_kind, disj(terms.values()), self.loud, kind)
        return MeasureChange(kind, paired.measure, items, rules, cases, len(stated), touched)

    def presumed(self, name: str, every: tuple[Observable, ...]) -> MeasureChange | None:
        """A case that is silent on a fact of which something else is taken as given, and whose plan is
        another one for that."""
        paired = self.paired
        old, new = paired.views
        with paired.model.scope():
            then = paired.later.variant((name,))
            alone = disj(watch.moved(new, then) for watch in every)
            term = conj(
                (
                    says(old.domain(name), silent(paired.old, paired.measure, name)),
                    says(then.domain(name), silent(paired.new, paired.measure, name)),
                    alone,
                    disj(watch.moved(old, then) for watch in every),
                )
            )
            if not paired.satisfiable(term):
                return None
            stated, cases, _ = self._case(
                every, term, tuple(fact for fact in self.loud if fact != name), f"{PRESUMED}: {name}", name
            )
        return MeasureChange(PRESUMED, paired.measure, (name,), (f"fact {name}",), cases, len(stated))

    def _case(
        self,
        moved: Iterable[Observable],
        term: Term,
        also_stated: tuple[str, ...],
        title: str,
        unsaid: str = "",
    ) -> tuple[StatedFacts, tuple[Case, ...], tuple[str, ...]]:
        """What the smallest case says, the case for each rulebook, and the rules responsible; no case where
        the reference does not agree."""
        paired = self.paired
        (stated,) = smallest(paired, (paired.model.view,), term, also_stated, (unsaid,))
        moved = tuple(moved)
        pairs = (
            [*real_pairs(stated, paired.new, self.laws[1]), None]
            if any(name.startswith(TIE) for name in stated)
            else [None]
        )
        for pair in pairs:
            cases = tuple(
                case_of(_readable(stated, book), book, f"{title}: {paired.measure}", pair)
                for book in (paired.old, paired.new)
            )
            readings = self._readings(cases)
            there = [watch for watch in moved if watch.moved(*readings) is True]
            if there:
                return stated, cases, responsible(paired.old, paired.new, there, readings, paired.measure)
        return stated, (), ()

    def _readings(self, cases: tuple[Case, ...]) -> tuple[Reference, Reference]:
        books = (self.paired.old, self.paired.new)
        before, after = (
            as_planned(case, book, law, self.day)
            for case, book, law in zip(cases, books, self.laws, strict=True)
        )
        return before, after


def _bits(term: Term) -> int:
    return -1 if term is True else int(term)


def _readable(stated_facts: StatedFacts, rulebook: Rulebook) -> StatedFacts:
    """What of a case the rulebook can read."""
    return {
        name: stated
        for name, stated in stated_facts.items()
        if name in ("kind", MEASURE)
        or name in rulebook.facts
        or (name.startswith(TIE) and name.removeprefix(TIE) in rulebook.instruments)
    }
