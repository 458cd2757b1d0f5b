"""A case that was read says the same when it is read again: a library that reads and then routes gets the plan of the
command line."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from places import ROOT

from devtools.coverage import cases_of
from routing.case.model import Case
from routing.core.errors import CaseProblems
from routing.core.records import replace
from routing.opened import Router


def read_twice(router: Router, document: Mapping[str, object]) -> tuple[Case, Case]:
    """The case, and what a copy of it is read as: the very case that was read here is not read again."""
    read = router.read(document)
    return read, router.read(replace(read))


@pytest.mark.parametrize(
    ("measure", "by"),
    [
        ("hear the witness over Zoom", "video"),
        ("hear the witness by telephone", "telephone"),
        ("video_hearing", "video"),
    ],
)
def test_what_a_measure_tells_is_told_by_the_words_for_it_too(router: Router, measure: str, by: str) -> None:
    document = {"state": "KEN", "needs": [{"id": "hear", "measure": measure, "with": "GBR"}]}
    first, again = read_twice(router, document)
    assert first.needs[0].facts["hearing_by"] == again.needs[0].facts["hearing_by"] == by


SEARCH = {
    "state": "KEN",
    "actor": "police",
    "needs": [{"id": "home", "measure": "search_seizure", "with": "GBR"}],
}


def test_what_was_read_here_stays_as_it_is_and_is_not_read_again(router: Router) -> None:
    case = router.read(SEARCH)
    assert router.read(case) is case
    for facts in (case.facts, case.needs[0].facts):
        with pytest.raises(TypeError):
            facts["actor"] = "plumber"  # type: ignore[index]


def test_a_copy_of_it_is_read_again(router: Router) -> None:
    with pytest.raises(CaseProblems, match="plumber"):
        router.read(replace(router.read(SEARCH), facts={"actor": "plumber"}))


@pytest.mark.when_changed("routing", "rules", "examples", "tests/scenarios", "tests/published")
def test_every_kept_case_says_the_same_when_it_is_read_again(router: Router) -> None:
    count = 0
    for name, document in cases_of(ROOT):
        first, again = read_twice(router, document)
        assert (first.facts, first.needs, first.notes) == (again.facts, again.needs, again.notes), name
        count += 1
    assert count > 1000
