"""A term that ends an arrest is told with the provision that sets it, and none is told where nothing sets it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from routing.cli import main
from routing.opened import Router

HELD = (
    "title: Held\nstate: {state}\nas_of: 2026-12-01\nactor: central_authority\nstage: charged\n"
    "offence: [fraud]\nmax_penalty_months: 8 years\nneeds:\n  - {{id: man, kind: answer, measure: {measure},\n"
    "     with: {other}, person_role: accused, held_for_the_request: yes, arrested_on: 2026-11-25}}\n"
)


def page(folder: Path, state: str, other: str, measure: str = "surrender") -> str:
    path = folder / "case.yaml"
    path.write_text(HELD.format(state=state, other=other, measure=measure), encoding="utf-8")
    result = CliRunner().invoke(main, ["route", str(path)])
    assert result.exit_code in (0, 4), result.output  # 4: something is still to be decided
    return " ".join(result.output.split())


@pytest.mark.parametrize(("state", "other"), [("KEN", "TZA"), ("PER", "USA"), ("JPN", "KOR")])
@pytest.mark.parametrize("measure", ["arrest", "surrender"])
def test_no_day_is_told_that_no_provision_of_the_two_sets(
    tmp_path: Path, state: str, other: str, measure: str
) -> None:
    shown = page(tmp_path, state, other, measure=measure)
    assert "It may end after" not in shown and "18 from the arrest" not in shown
    assert "commonly 40 to 60" not in shown
    assert (
        "look them up today" in shown
        or "read its article on provisional arrest" in shown
        or "look both up" in shown
    )


def test_the_day_of_a_convention_that_binds_has_its_article(tmp_path: Path) -> None:
    shown = page(tmp_path, "POL", "SRB")
    assert "It may end after 13 Dec 2026, counted from the day of the arrest (ETS 24 16(4))" in shown


def test_the_limit_of_an_arrest_has_its_article_once(tmp_path: Path) -> None:
    shown = page(tmp_path, "POL", "SRB", measure="arrest")
    limit = "It may end 18 days after the arrest without the papers, and ends after 40 days (ETS 24 16(4))."
    assert limit in shown
    assert "counted from the day of the arrest (" not in shown


def test_a_treaty_that_may_bind_is_told_as_open(tmp_path: Path) -> None:
    shown = page(tmp_path, "GHA", "NGA", measure="arrest")
    assert "if the ECOWAS Convention binds both" in shown
    assert "ECOWAS Extradition Convention 22" in shown


def test_a_row_of_an_arrest_that_tells_days_names_what_sets_them(router: Router) -> None:
    card = router.rulebook.pathways["provisional_arrest"].card
    rows = [
        row for row in card["manners"] if re.search(r"\d+ (days|from)|months? from", row.get("limit", ""))
    ]
    assert rows
    assert [row["limit"] for row in rows if not row.get("basis") and "in_force" in row["when"]] == []
    assert [row["limit"] for row in rows if not row.get("basis")] == []
