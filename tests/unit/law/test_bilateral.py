"""Treaties of two States: which one a plan cites, on which day, and what is wrong with a table of them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click
import pytest
from small_rules import write_rules

from routing.core.records import replace
from routing.law import Law
from routing.law.bilateral import HEAD
from routing.law.check import problems
from routing.opened import Router, shared_router
from routing.render.text import text
from routing.verify.diff.law_changes import Day, moves

DAY = date(2026, 1, 1)
ROW = {
    "kind": "assistance",
    "state": "BEL",
    "other": "DEU",
    "status": "in_force",
    "signed": "2001-05-17",
    "in_force": "2003-02",
    "ended": "",
    "title": "Treaty on assistance",
    "source": "https://example.org/treaties",
    "confidence": "high",
    "checked": "2026-01-01",
    "note": "",
}


def table(*rows: dict[str, str]) -> str:
    return "\n".join([",".join(HEAD), *(",".join((ROW | row)[cell] for cell in HEAD) for row in rows), ""])


def law(tmp_path: Path, *rows: dict[str, str]) -> Law:
    return Law.load(write_rules(tmp_path, {"bilateral.csv": table(*rows)}))


def binds(law: Law, on: date, kind: str = "assistance") -> bool | None:
    own = law.own_treaty(kind, "DEU", "BEL", on)
    return None if own is None else own.binds


def test_a_treaty_binds_both_from_its_first_day_on_and_goes_on_as_last_seen(tmp_path: Path) -> None:
    of_two = law(tmp_path, {})
    assert binds(of_two, date(2003, 2, 28)) is True
    assert binds(of_two, date(2003, 2, 10)) is None, "of that month only the end is sure"
    assert binds(of_two, date(2003, 1, 31)) is False
    assert binds(of_two, date(2031, 1, 1)) is True
    assert binds(of_two, DAY, "extradition") is None, (
        "a pair that is not in the table may have one all the same"
    )
    assert binds(of_two.strictly(), DAY) is True
    assert binds(of_two.strictly(), date(2026, 1, 2)) is None


@pytest.mark.parametrize(
    ("row", "then", "now"),
    [
        ({"status": "signed", "in_force": ""}, None, None),
        ({"status": "ended", "ended": "2010-06-30"}, True, False),
        ({"status": "suspended", "ended": "2020-07-28"}, True, False),
        ({"status": "suspended"}, None, False),
        ({"confidence": "low"}, None, None),
        ({"signed": "", "in_force": ""}, None, True),
        ({"in_force": ""}, True, True),
    ],
)
def test_what_a_row_says_of_a_day(
    tmp_path: Path, row: dict[str, str], then: bool | None, now: bool | None
) -> None:
    of_two = law(tmp_path, row)
    assert (binds(of_two, date(2005, 1, 1)), binds(of_two, DAY)) == (then, now)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"kind": "aid"}, "`aid` is not a kind of help"),
        ({"status": "open"}, "`open` is not a status"),
        ({"confidence": "sure"}, "`sure` is not a degree of confidence"),
        ({"state": "DEU", "other": "BEL"}, "`DEU` stands before `BEL`"),
        ({"state": "BEL", "other": "BEL"}, "`BEL` stands before `BEL`"),
        ({"state": "BEL", "other": "XQX"}, "`XQX` is not a code of a State"),
        ({"title": ""}, "the treaty has no title"),
        ({"source": "a book"}, "`a book` is not a source"),
        ({"signed": "17 May"}, "`17 May` is not a date"),
        ({"in_force": "2010", "ended": "2009"}, "it ends on `2009`, before it begins on `2010`"),
        ({"checked": "today"}, "`today` is not a day of checking"),
    ],
)
def test_every_fault_of_a_row_is_told_with_its_line(tmp_path: Path, row: dict[str, str], said: str) -> None:
    of_two = law(tmp_path, {"kind": "transfer"}, row, {"kind": "help"})
    found = [
        (problem.message, problem.line)
        for problem in problems(of_two)
        if problem.file.endswith("bilateral.csv")
    ]
    assert (said, 3) in found
    if "code" not in said:
        assert ("`help` is not a kind of help", 4) in found, "all faults together"


def test_one_kind_between_two_states_stands_once(tmp_path: Path) -> None:
    of_two = law(tmp_path, {}, {"signed": "1999-01-01"})
    assert [(problem.line, problem.message) for problem in problems(of_two)] == [
        (3, "the same two States and the same kind stand on line 2")
    ]


def plan(router: Router, **need: Any) -> Any:
    return router.route(
        {"state": "CHE", "as_of": "2026-11-26", "offence": "fraud", "needs": [{"with": "USA", **need}]}
    )


def test_a_plan_cites_the_treaty_of_the_two_states_by_name(router: Router) -> None:
    step = next(step for step in plan(router, measure="bank_records").steps if step.pathway == "mla")
    lead = step.basis[0]
    assert lead.instrument == "Treaty on mutual assistance in criminal matters of 25 May 1973"
    assert (lead.in_force_since, lead.certainty, lead.mark) == ("1977-01-23", "confirmed", "secondary")
    assert lead.source is not None and lead.source.startswith("https://")


def test_what_the_case_says_of_a_treaty_goes_before_the_table(router: Router) -> None:
    for told in ({"bilateral_mla_treaty": "no"}, {"both_bound_by": ["none"]}):
        leads = [step.basis[0].instrument for step in plan(router, measure="bank_records", **told).steps]
        assert not [name for name in leads if name.startswith("Treaty on mutual assistance")]


def test_no_treaty_at_all_settles_the_treaties_of_two(router: Router) -> None:
    case = {
        "state": "KEN",
        "as_of": "2026-11-26",
        "both_bound_by": ["none"],
        "needs": [{"measure": "surrender", "with": "ARE"}],
    }
    assert "bilateral_extradition_treaty" not in str(router.route(case).questions)


def test_a_treaty_that_is_told_without_its_name_leads(router: Router) -> None:
    case = {
        "state": "KEN",
        "as_of": "2026-11-26",
        "both_bound_by": ["bilateral"],
        "needs": [{"measure": "surrender", "with": "ARE"}],
    }
    lead = next(step for step in router.route(case).steps if step.pathway == "extradition").basis[0]
    assert (lead.provision, lead.certainty, lead.source) == (
        "bilateral extradition treaty",
        "confirmed",
        None,
    )


def test_what_a_new_table_says_otherwise_is_told_pair_by_pair(tmp_path: Path, router: Router) -> None:
    old, new = law(tmp_path / "old", {}), law(tmp_path / "new", {}, {"kind": "extradition"})
    small = shared_router(tmp_path / "old").rulebook
    fact = replace(router.rulebook.facts["bilateral_extradition_treaty"], id="treaty")
    asked = replace(small, facts={**small.facts, "treaty": fact})
    turned, _ = moves(asked, Day(old, DAY), Day(new, DAY))
    assert [(move.facts, move.pairs) for move in turned] == [((("treaty", "unknown", "yes"),), 1)]


def test_a_treaty_that_was_only_signed_is_named_with_what_is_open(router: Router) -> None:
    case = {
        "state": "ARG",
        "as_of": "2026-11-26",
        "offence": "fraud",
        "needs": [{"measure": "bank_records", "with": "CHN"}],
    }
    shown = text(router.route(case), router, width=200)
    told = " ".join(click.unstyle(shown).split())
    assert "Treaty on mutual legal assistance in criminal matters of 25 Jun 2012 (if it is in force" in told
