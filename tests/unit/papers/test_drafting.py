"""What a desk works out once for all its papers."""

from __future__ import annotations

from pathlib import Path

import pytest

from routing.opened import shared_router
from routing.papers import drafting
from routing.papers.drafting import Desk
from routing.plan.build import findings_of

CASE = Path(__file__).parents[3] / "examples" / "three-needs-two-states" / "case.yaml"


def test_findings_are_sought_once_for_each_need_and_a_given_plan_is_taken(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    router = shared_router()
    case = router.read(CASE)
    plan = router.route(case)
    whole = Desk(case, router)
    wanted = [whole.draft(paper, {}) for paper in whole.papers]
    sought: list[str] = []

    def counted(*given: object) -> object:
        sought.append(given[1].id)  # type: ignore[attr-defined]
        return findings_of(*given)  # type: ignore[arg-type]

    monkeypatch.setattr("routing.papers.sources.findings_of", counted)
    monkeypatch.setattr("routing.opened.build_plan", None)  # a plan that is there is not made again
    monkeypatch.setattr("routing.rulebook.parse.documents.read_bytes", None)  # nor documents read again
    desk = Desk(case, router, None, plan)
    assert [desk.draft(paper, {}) for paper in desk.papers] == wanted
    assert len(sought) == len(set(sought)) <= len(case.needs)
    assert drafting.DOCUMENTS(router.law) is whole.documents
