"""Law that was read in a private copy alone is told so wherever it is printed, in the same words."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from routing.cli import main
from routing.core.domain import COPY, IN_A_COPY, SAID_OF_MARK
from routing.opened import Router
from routing.papers.drafting import Desk
from routing.plan.model import Plan
from routing.render import rendered

CASE: dict[str, object] = {
    "title": "Records of a bank in Accra", "state": "CHE", "as_of": "2026-11-29", "actor": "prosecutor",
    "offence": ["corruption"],
    "needs": [{"id": "one", "measure": "bank_records", "with": "GHA", "purpose": "evidence"}],
}  # fmt: skip


@pytest.fixture(scope="module")
def plan(router: Router) -> Plan:
    return router.route(CASE)


def test_the_plan_marks_it(plan: Plan) -> None:
    marks = {basis.provision: basis.mark for step in plan.steps for basis in step.basis}
    assert marks["ghana-mla-act 1(1)"] == COPY
    assert marks["uncac 46(1)"] == "text"


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_each_page_says_it_beside_the_provision(router: Router, plan: Plan, form: str) -> None:
    page = " ".join(rendered(plan, router, form).split())
    assert f"Ghanaian Mutual Legal Assistance Act 1(1){SAID_OF_MARK[COPY]}" in page
    assert f"UNCAC 46(1){SAID_OF_MARK[COPY]}" not in page


def test_look_ups_say_it() -> None:
    shown = CliRunner().invoke(main, ["law", "show", "ghana-mla-act 1(1)"]).output
    assert IN_A_COPY in shown and "no official text is known" in " ".join(shown.split())
    data = json.loads(
        CliRunner().invoke(main, ["law", "state", "MUS", "--format", "json", "--as-of", "2026-11-24"]).output
    )
    assert {entry["mark"] for entry in data["entries"] if entry["key"] == "must_refuse_political"} == {COPY}
    assert IN_A_COPY in CliRunner().invoke(main, ["law", "state", "MUS", "--as-of", "2026-11-24"]).output


def test_the_sheet_for_the_officer_says_it(router: Router) -> None:
    desk = Desk(CASE, router)
    doubtful = " ".join(desk.draft(desk.choose(document="mla_request"), {}).doubtful)
    assert "Only a private copy was read" in doubtful and "Ghanaian Mutual Legal Assistance Act" in doubtful
