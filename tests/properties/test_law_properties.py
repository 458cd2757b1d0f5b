"""What holds of every tie, whichever instrument, States and day; each property is shown to catch a planted fault."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from places import ROOT

from routing.core.records import replace
from routing.law import Law, PartialDate, Standing, Tie
from routing.law.partial_dates import covers, parse_partial

LAW = Law.load(ROOT / "rules")
LISTED = [entry.id for entry in LAW.instruments.values() if entry.reaches]
EVERYONE = sorted(place.alpha3 for place in LAW.states)
ORDER = ("in_force", "unknown", "signed", "none")
LEAST = 200
TODAY = date(2026, 11, 24)

Between = Callable[[str, str, str, date], Tie]


@st.composite
def questions(draw: st.DrawFn) -> tuple[str, str, str, date]:
    """An instrument, two States, mostly from its list, and a day."""
    instrument = draw(st.sampled_from(LISTED))
    listed = LAW.members(instrument)
    assert listed is not None
    states = st.one_of(*[st.sampled_from(listed.states)] * 4, st.sampled_from(EVERYONE))
    days = st.one_of(
        st.just(TODAY), st.dates(date(1995, 1, 1), date(2028, 12, 31)), st.dates(date(2024, 1, 1), TODAY)
    )
    return instrument, draw(states), draw(states), draw(days)


def tried(check: Callable[[str, str, str, date], bool], examples: int = 3500) -> int:
    """Run a property over many questions; returns how often its premise held."""
    held = 0

    @settings(max_examples=examples, deadline=None, derandomize=True, database=None, phases=(Phase.generate,), suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(questions())
    def run(question: tuple[str, str, str, date]) -> None:
        nonlocal held
        held += check(*question)

    run()
    return held


def symmetric(between: Between) -> Callable[[str, str, str, date], bool]:
    def check(instrument: str, one: str, other: str, on: date) -> bool:
        there, back = between(instrument, one, other, on), between(instrument, other, one, on)
        assert (there.status, there.since, there.confidence) == (back.status, back.since, back.confidence)
        assert there.sides == back.sides[::-1]
        return one != other

    return check


def bound_on_both_sides(between: Between) -> Callable[[str, str, str, date], bool]:
    def check(instrument: str, one: str, other: str, on: date) -> bool:
        tie = between(instrument, one, other, on)
        if tie.status != "in_force":
            return False
        assert [side.status for side in tie.sides] == ["in_force", "in_force"]
        assert "low" not in {side.confidence for side in tie.sides}
        assert tie.since is None or tie.since.last <= on
        assert all(
            side.since is None or tie.since is None or tie.since.last >= side.since.last for side in tie.sides
        )
        return True

    return check


def never_better_than_a_side(between: Between) -> Callable[[str, str, str, date], bool]:
    def check(instrument: str, one: str, other: str, on: date) -> bool:
        tie = between(instrument, one, other, on)
        worst = max(ORDER.index(side.status) for side in tie.sides)
        assert ORDER.index(tie.status) >= worst
        return one != other

    return check


def lasts(between: Between) -> Callable[[str, str, str, date], bool]:
    """Once in force, in force until a row or the instrument ends."""

    def check(instrument: str, one: str, other: str, on: date) -> bool:
        tie = between(instrument, one, other, on)
        ends = LAW.instruments[instrument].ended is not None or any(side.until for side in tie.sides)
        if tie.status != "in_force" or ends:
            return False
        for days in (1, 400, 4000):
            assert between(instrument, one, other, on + timedelta(days=days)).status == "in_force"
        return True

    return check


def says_why(between: Between) -> Callable[[str, str, str, date], bool]:
    def check(instrument: str, one: str, other: str, on: date) -> bool:
        tie = between(instrument, one, other, on)
        assert tie.reason and all(side.reason for side in tie.sides)
        for side in tie.sides:
            assert (side.seen is None) or side.status == "unknown"
            if side.status in ("in_force", "signed"):
                assert side.source and side.confidence
        return True

    return check


def nobody_before_it_was(between: Between) -> Callable[[str, str, str, date], bool]:
    """Before an instrument or a network came into being it binds nobody, and nobody is left unknown."""

    def check(instrument: str, one: str, other: str, on: date) -> bool:
        entry = LAW.instruments[instrument]
        begun = entry.starts or entry.adopted
        if begun is None:
            return False
        early = between(instrument, one, other, begun.first - timedelta(days=1 + on.day))
        assert early.status in ("none", "signed")
        return True

    return check


PROPERTIES = [symmetric, bound_on_both_sides, never_better_than_a_side, lasts, says_why, nobody_before_it_was]


@pytest.mark.when_changed("rules")
@pytest.mark.parametrize("holds", PROPERTIES)
def test_it_holds_of_every_tie(holds: Callable[[Between], Callable[[str, str, str, date], bool]]) -> None:
    assert tried(holds(LAW.between)) >= LEAST


def first_side_decides(instrument: str, one: str, other: str, on: date) -> Tie:
    tie = LAW.between(instrument, one, other, on)
    return replace(tie, status=tie.sides[0].status)


def earlier_start(instrument: str, one: str, other: str, on: date) -> Tie:
    tie = LAW.between(instrument, one, other, on)
    starts = [side.since for side in tie.sides if side.since]
    return replace(
        tie, since=min(starts, key=lambda start: start.last) if starts and tie.since else tie.since
    )


def forgets_after_2015(instrument: str, one: str, other: str, on: date) -> Tie:
    tie = LAW.between(instrument, one, other, on)
    return replace(tie, status="unknown") if tie.status == "in_force" and on.year > 2015 else tie


def without_reason(instrument: str, one: str, other: str, on: date) -> Tie:
    return replace(LAW.between(instrument, one, other, on), reason="")


def knows_nothing_early(instrument: str, one: str, other: str, on: date) -> Tie:
    return replace(LAW.between(instrument, one, other, on), status="unknown")


@pytest.mark.parametrize(
    ("holds", "faulty"),
    [
        (symmetric, first_side_decides),
        (bound_on_both_sides, earlier_start),
        (bound_on_both_sides, first_side_decides),
        (never_better_than_a_side, first_side_decides),
        (lasts, forgets_after_2015),
        (says_why, without_reason),
        (nobody_before_it_was, knows_nothing_early),
    ],
)
def test_a_planted_fault_is_caught(
    holds: Callable[[Between], Callable[[str, str, str, date], bool]], faulty: Between
) -> None:
    with pytest.raises(AssertionError):
        tried(holds(faulty))


@settings(max_examples=600, deadline=None, derandomize=True, database=None)
@given(st.dates(date(1990, 1, 1), date(2030, 12, 31)), st.sampled_from(["%Y", "%Y-%m"]), st.dates(date(1989, 1, 1), date(2032, 1, 1)), st.booleans())  # fmt: skip
def test_knowing_the_day_never_overturns_what_the_year_told(
    day: date, form: str, on: date, starts: bool
) -> None:
    rough, exact, known = (
        parse_partial(day.strftime(form)),
        parse_partial(day.isoformat()),
        date(2026, 11, 24),
    )

    def answer(when: PartialDate) -> bool | None:
        return covers(when, None, known, on) if starts else covers(parse_partial("1950"), when, known, on)

    if answer(rough) is not None:
        assert answer(exact) == answer(rough)


def test_standings_do_not_depend_on_what_was_asked_before() -> None:
    fresh = Law.load(LAW.folder)
    asked: list[tuple[str, str, date]] = [
        (id, state, date(2026, 11, 24)) for id in LISTED for state in EVERYONE[::17]
    ]
    forwards: list[Standing] = [fresh.standing(*question) for question in asked]
    again = Law.load(LAW.folder)
    assert [again.standing(*question) for question in reversed(asked)][::-1] == forwards
