"""What the officer at the gate, the sender of a question and the accused read on the page itself, in at most 45 lines."""

from __future__ import annotations

from functools import partial

import pytest
from click.testing import CliRunner
from pages import page_of, page_of_story
from scenario_check import HERE, read

from routing.cli import main
from routing.opened import Router
from routing.render.text import text

CASES = HERE / "who-asks-and-who-acts"
page = partial(page_of_story, CASES)


def test_the_officer_at_the_gate_reads_what_an_arrest_needs(router: Router) -> None:
    shown = page(router, "gate-in-johannesburg")
    assert (
        "A red notice or a message is not a request for extradition and, in most States, not an arrest warrant."
        in shown
    )
    assert "Nobody is deported in place of extradition" in shown
    assert "South African Extradition Act 5(1)(b)" in shown
    assert "Scottish Government" not in shown and "probably Ministry of Justice" not in shown
    arrest, extradition = shown.index("2 NOW Decide provisional arrest"), shown.index("Decide extradition")
    assert arrest < shown.index("They need it by 27 Nov 2026.") < extradition


def test_a_question_about_an_arrest_is_answered_with_the_request_that_must_come(router: Router) -> None:
    shown = page(router, "question-at-the-gate")
    whole = page_of(router, read(CASES / "question-at-the-gate.yaml"), full=True)  # no room on the page
    assert "1 NOW Ask for the petition" in shown and "ask for a request for provisional arrest" in whole
    assert "Nobody is held for it" in shown and "the request is here" not in shown


def test_an_accused_who_is_summoned_hears_of_the_safe_conduct_and_not_of_a_log(router: Router) -> None:
    shown = page(router, "summons-from-ankara")
    assert "nobody here makes anyone go" in shown and "(ETS 30 12(2), 12(3))" in shown
    assert "logged" not in shown and "Landelijk" not in shown and "Public Prosecution Service" not in shown


def test_each_way_of_taking_a_sentence_over_is_cited_by_its_own_article(router: Router) -> None:
    shown = page(router, "rest-of-the-sentence-in-mexico")
    assert "counts all time served. (ETS 112 10(2), 11(1)(d))" in shown
    assert "whether we continue the sentence or convert it" in shown
    whole = page_of(
        router, read(CASES / "rest-of-the-sentence-in-mexico.yaml"), full=True
    )  # no room on the page
    assert "Early release then follows our own law alone. (ETS 112 9(2), 9(3))" in whole


@pytest.mark.parametrize(
    "story", ["gate-in-johannesburg", "question-at-the-gate", "gate-in-madrid", "question-from-stuttgart"]
)
def test_the_page_keeps_its_length(router: Router, story: str) -> None:
    assert text(router.route(read(CASES / f"{story}.yaml")), router, width=100).count("\n") <= 48


def test_the_bureau_that_carries_a_request_for_arrest_is_not_the_authority_that_asks() -> None:
    case = CASES / "fugitive-in-izmir.yaml"
    done = CliRunner().invoke(main, ["draft", str(case), "--step", "2"])
    assert done.exit_code == 0 and "Request for provisional arrest" in done.output
    assert (
        "Authority that asks" in done.output and "National Central Bureau" not in done.output.split("---")[-1]
    )
