"""The background paper, row by row: what the map names exists, agrees with the rules, and changes a plan."""

from __future__ import annotations

import pytest
from paper_rows import (
    ACTS,
    BOOK,
    CASES,
    MAP,
    paragraph,
    row_changes_the_plan,
    row_says_what_acts_on_it_or_why_nothing_can,
    rule_of_a_row_cites_its_paragraph,
    rule_that_cites_the_paper_stands_in_its_map,
    what_a_case_shows_is_what_its_row_names,
)
from sweeps import each, in_parts


def test_the_map_has_every_paragraph_of_the_paper_and_every_part() -> None:
    assert list(dict.fromkeys(map(paragraph, MAP))) == [str(number) for number in range(1, 75)]
    for number in range(1, 75):
        parts = [row.removeprefix(str(number)) for row in MAP if paragraph(row) == str(number)]
        assert parts == [""] or parts == list("abcde")[: len(parts)], number


def test_a_row_says_what_acts_on_it_or_why_nothing_can() -> None:
    each(row_says_what_acts_on_it_or_why_nothing_can, MAP)


def test_a_rule_of_a_row_cites_its_paragraph() -> None:
    each(rule_of_a_row_cites_its_paragraph, [row for row in MAP if MAP[row].get("rules")])


def test_a_rule_that_cites_the_paper_stands_in_its_map() -> None:
    each(
        rule_that_cites_the_paper_stands_in_its_map,
        sorted({rule.parent for rule in BOOK.rules if rule.paper}),
    )


def test_every_row_that_can_act_has_its_case_and_no_other() -> None:
    assert list(CASES["rows"]) == ACTS


def test_a_row_changes_the_plan() -> None:
    each(row_changes_the_plan, ACTS[::12])


@pytest.mark.when_changed("rules", "tests/paper")
@in_parts(ACTS, 4)
def test_every_row_changes_the_plan(part: list[str]) -> None:
    each(row_changes_the_plan, part)


def test_what_a_case_shows_is_what_its_row_names() -> None:
    each(what_a_case_shows_is_what_its_row_names, ACTS)
