"""Whatever a program passes in is checked against the rulebook, and told in sentences that survive a process."""

from __future__ import annotations

import pickle
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from strategies import cases

import routing
from routing.case.model import Assumptions, Case, Need
from routing.core.errors import CaseProblems, EngineFailure, Problem, RulebookProblems

DAY = date(2026, 11, 24)
SEARCH: dict[str, Any] = {"id": "n", "kind": "request", "measure": "search", "partner": "FRA"}


def case(**parts: Any) -> Case:
    return Case(**{"state": "KEN", "as_of": DAY, "needs": (Need(**SEARCH),), **parts})


def need(**parts: Any) -> tuple[Need, ...]:
    return (Need(**{**SEARCH, **parts}),)


@pytest.mark.parametrize(
    ("built", "told"),
    [
        (case(needs=need(kind="favour")), "`favour` is .* kind of need"),
        (case(needs=need(measure="serch")), "`serch` is .* measure"),
        (case(needs=need(partner="XXX")), "`XXX` is .* State"),
        (case(needs=need(partner="KEN")), "are the same, KEN"),
        (case(needs=need(id="a*b")), "`a\\*b` is .* id"),
        (case(needs=(*need(), *need(partner="CRI"))), "two needs are called `n`"),
        (case(needs=()), "no needs"),
        (case(needs=need(via={"FRA": "maybe"})), "`maybe` is .* consent"),
        (case(needs=need(facts={"purpos": "evidence"})), "`purpos` is .* part of a need"),
        (case(needs=need(facts={"purpose": "evidense"})), "`evidense` is .* value of `purpose`"),
        (case(needs=need(facts={"measure": "search"})), "`measure` is a part of need `n` and no fact"),
        (case(facts={"needs": "x"}), "`needs` is a part of the case and no fact"),
        (case(facts={"max_penalty_months": -1}), "`-1` is .* number"),
        (case(title="a\x1b[31m"), r"U\+001B cannot be seen"),
        (case(assume=Assumptions(ties={"nothing": "in_force"})), "`nothing` is .* instrument"),
        (case(as_of=date(1, 1, 1)), "lies outside 1900 to 2199"),
        (case(facts=None), "`facts` takes a dictionary, and here is NoneType"),
        (case(needs=need(facts=["a"])), "`facts` takes a dictionary, and here is list"),
        (case(needs=None), "`needs` takes a tuple of Need, and here is NoneType"),
        (case(needs=(SEARCH,)), "`needs` takes a tuple of Need, and here is dict"),
        (case(needs=need(id=10**5000)), "a number is too large"),
        (case(assume={"untoc": "in_force"}), "`assume` takes Assumptions, and here is dict"),
        (case(notes="note"), "`notes` takes a tuple of texts, and here is str"),
        (case(notes=(1,)), "`notes` takes a tuple of texts, and here is int"),
        (case(notes=("a\x1b[31m",)), r"`notes`: character U\+001B cannot be seen"),
    ],
)
def test_a_built_case_is_checked_like_a_file(built: Case, told: str) -> None:
    with pytest.raises(CaseProblems, match=told):
        routing.route(built, as_of=DAY)


@pytest.mark.parametrize("part", ["needs", "facts", "assume", "notes"])
def test_a_model_that_was_copied_with_a_part_of_another_form_is_told(part: str) -> None:
    """`model_copy` of a pydantic model checks nothing of what it is given."""
    router = routing.load_rulebook()
    read = router.read({"state": "KEN", "needs": [{"measure": "search", "with": "FRA"}]})
    for bent in (None, 1, "x", [None], [{}]):
        with pytest.raises(CaseProblems, match=f"`{part}` takes "):
            router.route(read.model_copy(update={part: bent}), DAY)


def test_every_fault_of_a_built_case_is_told_at_once() -> None:
    built = case(facts={"needs": "x", "nonsense": "y"}, needs=need(kind="favour", measure="serch"))
    with pytest.raises(CaseProblems) as found:
        routing.route(built)
    assert len(found.value.problems) == 4


def test_a_word_in_other_letters_means_the_same_in_a_built_case() -> None:
    """`Possible` for `possible` once turned a case without lawful route into one that is undecided."""
    plans = [routing.route(case(facts={"death_penalty_risk": word})) for word in ("possible", "Possible")]
    assert plans[0] == plans[1]


@settings(max_examples=60)
@given(cases())
def test_a_case_that_was_read_reads_as_the_same_again(tree: dict[str, Any]) -> None:
    router = routing.load_rulebook()
    read = router.read({**tree, "as_of": "2026-11-24"})
    assert router.read(read) == read


@pytest.mark.parametrize("given_", [None, 1, [], ("a",), object()])
def test_what_is_no_case_is_told(given_: Any) -> None:
    with pytest.raises(CaseProblems, match="a case is a path, text, bytes, a dictionary or a Case"):
        routing.route(given_)


def test_a_day_may_be_text_and_a_moment_and_what_is_none_is_told() -> None:
    expected = routing.route(case(as_of=None), as_of=DAY)
    assert routing.route(case(as_of=None), as_of="2026-11-24") == expected
    assert routing.route(case(as_of=None), as_of=datetime(2026, 11, 24, 23, 59, tzinfo=UTC)) == expected
    for wrong in ("24.11.2026", "soon", "", 20261124, b"2026-11-24", date(3000, 1, 1)):
        with pytest.raises(CaseProblems, match="as_of: "):
            routing.route(case(), as_of=wrong)  # type: ignore[arg-type]


def test_a_path_may_be_text(tmp_path: Path) -> None:
    file = tmp_path / "case.yaml"
    file.write_text("state: KEN\nas_of: 2026-11-24\nneeds: [{measure: search, with: FRA}]\n")
    assert routing.route(str(file)) == routing.route(file)
    with pytest.raises(CaseProblems, match="no such file"):
        routing.route(str(tmp_path / "other.yaml"))
    with pytest.raises(RulebookProblems, match="is not a folder of rules"):
        routing.load_rulebook(str(tmp_path))
    with pytest.raises(RulebookProblems, match="takes what load_rulebook"):
        routing.route(file, rulebook="rules")  # type: ignore[arg-type]


def test_errors_survive_the_way_to_another_process() -> None:
    problem = Problem("wrong", "case", 3, "mend it", "a.b")
    for error in (CaseProblems([problem]), RulebookProblems([problem, problem]), EngineFailure("stopped")):
        again = pickle.loads(pickle.dumps(error))
        assert type(again) is type(error) and str(again) == str(error)
        assert getattr(again, "problems", None) == getattr(error, "problems", None)
