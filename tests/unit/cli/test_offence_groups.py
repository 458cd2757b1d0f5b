"""The kinds of offence are offered in plain groups, also at a terminal."""

from __future__ import annotations

from datetime import date

import pytest

from routing import CaseProblems
from routing.analyse.interview import Interview, Question
from routing.cli.ask import _take
from routing.cli.ask_page import show
from routing.core.records import replace
from routing.opened import Router


@pytest.fixture(scope="module")
def interview() -> Interview:
    interview = Interview(Router.open(), as_of=date(2026, 11, 24))
    interview.answer("kind", "request")
    return interview


@pytest.fixture(scope="module")
def question(interview: Interview) -> Question:
    asked = interview.question_of("offence")
    assert asked is not None
    return replace(asked, need="need-1")


def test_the_groups_are_shown_and_each_answer_has_a_number(
    question: Question, capsys: pytest.CaptureFixture[str]
) -> None:
    show(question, 5)
    shown = " ".join(capsys.readouterr().err.split())
    for group in question.in_groups():
        assert group in shown
    assert shown.count("36 other") == 1 and "1 property crime; 2 fraud;" in shown


@pytest.mark.parametrize("words", ["Tax, customs or public money", "public money"])
def test_the_words_of_a_group_are_met_with_what_is_in_it(
    interview: Interview, question: Question, words: str
) -> None:
    with pytest.raises(CaseProblems) as told:
        _take(interview, question, words)
    (problem,) = told.value.problems
    assert "which of these" in problem.message
    assert "vat fraud (fraud with value added tax)" in str(problem.fix) and "murder" not in str(problem.fix)


@pytest.mark.parametrize(
    ("words", "offence"),
    [
        ("2", ["fraud"]),
        ("bribery, theft", ["corruption", "property_crime"]),
        ("fraud", ["fraud"]),
        ("1, 2", ["property_crime", "fraud"]),
    ],
)
def test_an_answer_is_a_number_or_words(
    interview: Interview, question: Question, words: str, offence: list[str]
) -> None:
    _take(interview, question, words)
    assert list(interview.data()["offence"]) == offence
